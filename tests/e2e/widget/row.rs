//! One host page of the matrix: how it is made, and what has to be true on it.

use super::host::Page;

/// Every one shows it, with what stood in the tag out of sight.
pub const SHOWS: &str = "widgets().length > 0 && widgets().every(shows)";
/// None does; telephone and link stand where they stood.
pub const FALLS: &str = "widgets().length > 0 && widgets().every(falls)";

pub struct Row {
    pub name: &'static str,
    headers: Vec<(String, String)>,
    doctype: &'static str,
    html: &'static str,
    head: String,
    body: String,
    /// Done by a tap once the page is there.
    pub act: Option<String>,
    /// Expressions of the host's page that become true.
    pub holds: Vec<String>,
    /// Whether a console without a word is expected; a refusal is written there by the browser.
    pub quiet: bool,
}

/// A tag as the generator writes it.
pub fn tag(attributes: &str) -> String {
    bare(&format!("style='display:block;min-height:560px' {attributes}"))
}

/// The same where nothing keeps the place free.
pub fn bare(attributes: &str) -> String {
    format!(
        "<tonari-widget {attributes}><p>電話 <a href='tel:0852-21-0561'>0852-21-0561</a></p></tonari-widget>"
    )
}

impl Row {
    /// A page with the tag in its middle, and the script in its head.
    pub fn new(name: &'static str, home: &str) -> Self {
        Self::without_script(name).head(&script(home))
    }

    pub fn without_script(name: &'static str) -> Self {
        Self {
            name,
            headers: Vec::new(),
            doctype: "<!doctype html>",
            html: "lang='ja'",
            head: String::new(),
            body: tag("team='shimane' view='find'"),
            act: None,
            holds: vec![SHOWS.to_owned()],
            quiet: true,
        }
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn quirks(mut self) -> Self {
        self.doctype = "";
        self
    }

    pub fn html(mut self, attributes: &'static str) -> Self {
        self.html = attributes;
        self
    }

    pub fn head(mut self, markup: &str) -> Self {
        self.head.push_str(markup);
        self
    }

    pub fn style(self, rules: &str) -> Self {
        self.head(&format!("<style>{rules}</style>"))
    }

    pub fn body(mut self, markup: &str) -> Self {
        markup.clone_into(&mut self.body);
        self
    }

    pub fn act(mut self, script: &str) -> Self {
        self.act = Some(script.to_owned());
        self
    }

    pub fn holds(mut self, expressions: &[&str]) -> Self {
        self.holds = expressions.iter().map(|&one| one.to_owned()).collect();
        self
    }

    pub fn loud(mut self) -> Self {
        self.quiet = false;
        self
    }

    pub fn page(&self) -> Page {
        let Self { doctype, html, head, body, .. } = self;
        let html = format!(
            "{doctype}<html {html}><head><meta charset='utf-8'><meta name='viewport' content='width=device-width'>\
             <link rel='icon' href='data:,'><title>{}</title><script src='/recorder.js'></script>{head}</head>\
             <body><main><h1>協会のページ</h1><button id='act'>する</button><p>上の文章</p>{body}<p id='below'>下の文章</p></main></body></html>",
            self.name
        );
        Page { headers: self.headers.clone(), html }
    }
}

pub fn script(home: &str) -> String {
    format!("<script src='{home}/embed.js' defer></script>")
}
