//! JSON as the phone writes it: one object, member by member.

/// An object being written.
#[must_use = "an object that is not ended is no JSON"]
pub struct Writer(String);

impl Writer {
    pub fn object() -> Self {
        Self(String::from("{"))
    }

    pub fn text(self, name: &str, value: &str) -> Self {
        self.member(name, |json| quote(json, value))
    }

    pub fn bool(self, name: &str, value: bool) -> Self {
        self.raw(name, if value { "true" } else { "false" })
    }

    pub fn texts(self, name: &str, values: &[&str]) -> Self {
        self.member(name, |json| list(json, values, |json, value| quote(json, value)))
    }

    /// Members that are JSON already.
    pub fn list(self, name: &str, values: &[String]) -> Self {
        self.member(name, |json| list(json, values, |json, value| json.push_str(value)))
    }

    /// A member that is JSON already.
    pub fn raw(self, name: &str, value: &str) -> Self {
        self.member(name, |json| json.push_str(value))
    }

    #[must_use]
    pub fn end(mut self) -> String {
        self.0.push('}');
        self.0
    }

    fn member(mut self, name: &str, write: impl FnOnce(&mut String)) -> Self {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        quote(&mut self.0, name);
        self.0.push(':');
        write(&mut self.0);
        self
    }
}

fn list<T>(json: &mut String, values: &[T], write: impl Fn(&mut String, &T)) {
    json.push('[');
    for (at, value) in values.iter().enumerate() {
        if at > 0 {
            json.push(',');
        }
        write(json, value);
    }
    json.push(']');
}

fn quote(json: &mut String, text: &str) {
    json.push('"');
    for c in text.chars() {
        match c {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\n' => json.push_str("\\n"),
            c if c < ' ' => {
                json.push_str("\\u00");
                json.push(if c < '\u{10}' { '0' } else { '1' });
                json.push(char::from_digit(c as u32 & 15, 16).expect("a half byte is a digit"));
            }
            c => json.push(c),
        }
    }
    json.push('"');
}
