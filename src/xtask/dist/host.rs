//! Settings for hosts that can be told headers, composed of those the server answered with: nobody keeps a second copy of a
//! policy. Hosts that can be told nothing have them in the pages, as far as a page may say them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::Answer;

/// Of this one answer, or of the connection it came by.
const PASSING: [&str; 10] = [
    "cache-control",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "date",
    "etag",
    "keep-alive",
    "transfer-encoding",
    "vary",
];
/// Would speak for the whole name and all below it, which is the host's to decide.
const OF_THE_HOST: &str = "strict-transport-security";

const WRITTEN_BY: &str = "Written by `cargo xtask dist --static` from what the server answers.";

pub struct Settings {
    /// With a slash at both ends.
    base: String,
    headers: Vec<(String, String)>,
    /// What is said of a file that may be kept for ever, and which files those are.
    lasting: BTreeMap<String, BTreeSet<String>>,
    /// By the end of the name.
    types: BTreeMap<String, String>,
}

impl Settings {
    pub fn of(base: &str, page: &Answer) -> Self {
        let names = page.headers.keys().map(|name| name.as_str());
        let lasting = names.filter(|name| !PASSING.contains(name) && *name != OF_THE_HOST);
        let headers = lasting.map(|name| (name.to_owned(), page.header(name).to_owned())).collect();
        Self { base: base.to_owned(), headers, lasting: BTreeMap::new(), types: BTreeMap::new() }
    }

    /// How a file was answered. What is not named is looked up each time.
    pub fn hear(&mut self, file: &str, answer: &Answer) {
        let cache = answer.header("cache-control");
        if cache != "no-cache" {
            self.lasting.entry(cache.to_owned()).or_default().insert(file.to_owned());
        }
        if let Some((_, end)) = file.rsplit_once('.') {
            self.types.entry(end.to_owned()).or_insert_with(|| answer.header("content-type").to_owned());
        }
    }

    pub fn files(&self) -> [(&'static str, String); 3] {
        [(".htaccess", self.apache()), ("_headers", self.list()), ("nginx.conf", self.nginx())]
    }

    fn apache(&self) -> String {
        let mut text = format!("# {WRITTEN_BY} For Apache, in the folder of the files.\n");
        put(&mut text, format_args!("DirectoryIndex index.html\nErrorDocument 404 {}404.html", self.base));
        put(&mut text, format_args!("<IfModule mod_mime.c>"));
        for (end, kind) in &self.types {
            put(&mut text, format_args!("  AddType \"{kind}\" .{end}"));
        }
        put(&mut text, format_args!("</IfModule>\n<IfModule mod_headers.c>"));
        for (name, value) in &self.headers {
            put(&mut text, format_args!("  Header always set {name} \"{value}\""));
        }
        put(&mut text, format_args!("  Header set cache-control \"no-cache\""));
        for (cache, files) in &self.lasting {
            let names: Vec<String> =
                files.iter().map(|file| escaped(file.rsplit('/').next().unwrap_or(file))).collect();
            put(&mut text, format_args!("  <FilesMatch \"^(?:{})$\">", names.join("|")));
            put(&mut text, format_args!("    Header set cache-control \"{cache}\"\n  </FilesMatch>"));
        }
        put(&mut text, format_args!("</IfModule>"));
        text
    }

    /// As Netlify and Cloudflare Pages read it. Both look each file up again by themselves.
    fn list(&self) -> String {
        let mut text = format!(
            "# {WRITTEN_BY} For Netlify and Cloudflare Pages, at the top of the site.\n{}*\n",
            self.base
        );
        for (name, value) in &self.headers {
            put(&mut text, format_args!("  {name}: {value}"));
        }
        for (cache, files) in &self.lasting {
            for file in files {
                put(&mut text, format_args!("{}{file}\n  cache-control: {cache}", self.base));
            }
        }
        text
    }

    fn nginx(&self) -> String {
        let mut text = format!("# {WRITTEN_BY} For nginx, inside of the site's `server` block.\n");
        // A location that names one header inherits none.
        let mut headers = String::new();
        for (name, value) in &self.headers {
            put(&mut headers, format_args!("  add_header {name} \"{value}\" always;"));
        }
        put(&mut text, format_args!("location {} {{", self.base));
        put(&mut text, format_args!("  try_files $uri $uri/index.html =404;"));
        put(&mut text, format_args!("  error_page 404 {}404.html;", self.base));
        text.push_str(&headers);
        put(&mut text, format_args!("  add_header cache-control \"no-cache\" always;\n}}"));
        for (cache, files) in &self.lasting {
            let names: Vec<String> = files.iter().map(|file| escaped(file)).collect();
            put(&mut text, format_args!("location ~ ^{}(?:{})$ {{", self.base, names.join("|")));
            text.push_str(&headers);
            put(&mut text, format_args!("  add_header cache-control \"{cache}\";\n}}"));
        }
        text
    }
}

fn put(text: &mut String, line: std::fmt::Arguments<'_>) {
    writeln!(text, "{line}").expect("writing to a String does not fail");
}

/// For a regular expression: names of ours hold letters, digits, dashes, lines and dots.
fn escaped(name: &str) -> String {
    name.replace('.', "\\.")
}
