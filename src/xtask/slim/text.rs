//! Scripts and sheets without what only readers of the source need.

/// Drops comments that have lines of their own, indentation and empty lines; statements keep their line breaks. Nothing of
/// ours has a text over several lines in which leading space would count.
pub fn without_comments(text: &str) -> String {
    let mut slim = String::with_capacity(text.len());
    let mut in_comment = false;
    for line in text.lines() {
        let mut rest = line.trim();
        if in_comment || rest.starts_with("/*") {
            let end = rest.split_once("*/");
            in_comment = end.is_none();
            rest = end.map_or("", |(_, after)| after.trim());
        }
        if !rest.is_empty() && !rest.starts_with("//") {
            slim.push_str(rest);
            slim.push('\n');
        }
    }
    slim
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_comments_on_lines_of_their_own_go() {
        let script =
            "// why\nconst url = \"https://a.b//c\"; // stays\n\n  /** more\n   * and more */\n  go(url);\n";
        assert_eq!(without_comments(script), "const url = \"https://a.b//c\"; // stays\ngo(url);\n");
        assert_eq!(without_comments("/* one */ a {\n  b: c; /* stays */\n}"), "a {\nb: c; /* stays */\n}\n");
    }
}
