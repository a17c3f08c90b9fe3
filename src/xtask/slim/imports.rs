//! Short names between wasm and glue. wasm-bindgen calls each function of the browser `__wbg_append_8db8b5e2f5b1e5c3`,
//! in both files; two hundred such names weigh more than 5 KB, because hashes do not compress.

use std::collections::HashMap;

use anyhow::{Context, Result, bail};

const IMPORTS: u8 = 2;
const HEADER: usize = 8;

/// Renames what the wasm imports and the glue offers, in both.
pub fn shorten(wasm: &[u8], glue: &str) -> Result<(Vec<u8>, String)> {
    let mut short = HashMap::new();
    let mut out = wasm.get(..HEADER).context("this is no wasm")?.to_vec();
    let mut reader = Reader { bytes: wasm, at: HEADER };
    while reader.at < wasm.len() {
        let section = reader.byte()?;
        let size = reader.number()?;
        let content = reader.take(size)?;
        let renamed = if section == IMPORTS { Some(rename(content, glue, &mut short)?) } else { None };
        let content = renamed.as_deref().unwrap_or(content);
        out.push(section);
        write_number(&mut out, content.len());
        out.extend_from_slice(content);
    }
    Ok((out, words_replaced(glue, &short)))
}

fn rename<'a>(section: &'a [u8], glue: &str, short: &mut HashMap<&'a str, String>) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut reader = Reader { bytes: section, at: 0 };
    let count = reader.number()?;
    write_number(&mut out, count);
    for number in 0..count {
        write_text(&mut out, reader.text()?);
        let name = reader.text()?;
        // A name the glue says once is the key under which it offers the function, and nothing else.
        if words(glue).filter(|word| *word == name).count() == 1 {
            short.insert(name, nth_name(number));
        }
        write_text(&mut out, short.get(name).map_or(name, String::as_str));
        let described = reader.at;
        reader.skip_description()?;
        out.extend_from_slice(&section[described..reader.at]);
    }
    Ok(out)
}

/// `a`, `b`, … `Z`, `ab`, …: no two numbers have the same.
fn nth_name(mut number: usize) -> String {
    const LETTERS: &[u8; 52] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut name = String::new();
    loop {
        name.push(char::from(LETTERS[number % LETTERS.len()]));
        number /= LETTERS.len();
        if number == 0 {
            return name;
        }
    }
}

fn is_part_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '$'
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c| !is_part_of_word(c))
}

fn words_replaced(text: &str, by: &HashMap<&str, String>) -> String {
    let pieces = text.split_inclusive(|c| !is_part_of_word(c));
    pieces
        .map(|piece| {
            let word = piece.trim_end_matches(|c| !is_part_of_word(c));
            by.get(word).map_or_else(|| piece.to_owned(), |new| piece.replacen(word, new, 1))
        })
        .collect()
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Result<u8> {
        let byte = self.bytes.get(self.at).context("the wasm ends too soon")?;
        self.at += 1;
        Ok(*byte)
    }

    fn take(&mut self, size: usize) -> Result<&'a [u8]> {
        let taken =
            self.bytes.get(self.at..).and_then(|rest| rest.get(..size)).context("the wasm ends too soon")?;
        self.at += size;
        Ok(taken)
    }

    /// LEB128, as all numbers of the format.
    fn number(&mut self) -> Result<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        bail!("the wasm holds a number that is too long")
    }

    fn text(&mut self) -> Result<&'a str> {
        let size = self.number()?;
        std::str::from_utf8(self.take(size)?).context("the wasm holds a name that is no text")
    }

    /// What kind of thing is imported.
    fn skip_description(&mut self) -> Result<()> {
        match self.byte()? {
            0 => drop(self.number()?),
            1 => {
                self.byte()?;
                self.skip_limits()?;
            }
            2 => self.skip_limits()?,
            3 => drop(self.take(2)?),
            other => bail!("the wasm imports something of the unknown kind {other}"),
        }
        Ok(())
    }

    fn skip_limits(&mut self) -> Result<()> {
        let has_maximum = self.byte()? & 1 == 1;
        self.number()?;
        if has_maximum {
            self.number()?;
        }
        Ok(())
    }
}

fn write_number(out: &mut Vec<u8>, mut number: usize) {
    loop {
        let low = (number & 0x7f) as u8;
        number >>= 7;
        if number == 0 {
            out.push(low);
            return;
        }
        out.push(low | 0x80);
    }
}

fn write_text(out: &mut Vec<u8>, text: &str) {
    write_number(out, text.len());
    out.extend_from_slice(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_get_the_same_short_name_and_all_else_stays() {
        let (module, name) = ("./app_bg.js", "__wbg_append_8db8b5e2f5b1e5c3");
        let mut imports = vec![1];
        write_text(&mut imports, module);
        write_text(&mut imports, name);
        imports.extend([0, 5]);
        let mut wasm = b"\0asm\x01\0\0\0\x01\x02ab\x02".to_vec();
        write_text(&mut wasm, std::str::from_utf8(&imports).unwrap());
        wasm.extend(b"\x0a\x01c");

        let glue = format!("const imports = {{\n{name}: function(a) {{ append(a); }},\n}};");
        let (wasm, glue) = shorten(&wasm, &glue).unwrap();
        assert_eq!(wasm, b"\0asm\x01\0\0\0\x01\x02ab\x02\x11\x01\x0b./app_bg.js\x01a\x00\x05\x0a\x01c");
        assert_eq!(glue, "const imports = {\na: function(a) { append(a); },\n};");
    }

    #[test]
    fn no_two_names_are_the_same() {
        let names: std::collections::HashSet<String> = (0..3000).map(nth_name).collect();
        assert_eq!(names.len(), 3000);
    }
}
