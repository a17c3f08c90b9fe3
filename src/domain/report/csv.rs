//! Tables for spreadsheets: UTF-8 with a mark that Excel knows it by, RFC 4180, and no cell that is computed.
//!
//! A spreadsheet takes a cell that begins with `=` for a formula, whoever wrote it; such a cell gets an apostrophe, which
//! spreadsheets do not show.

const MARK: char = '\u{feff}';

/// What makes a formula of a cell; the wide ones do where the Japanese input method is at home.
const BEGINS_FORMULA: [char; 12] = ['\0', '=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

#[must_use]
pub fn file<'a>(lines: impl IntoIterator<Item = Vec<&'a str>>) -> String {
    let mut file = String::from(MARK);
    for line in lines {
        for (at, text) in line.into_iter().enumerate() {
            if at > 0 {
                file.push(',');
            }
            cell(&mut file, text);
        }
        file.push_str("\r\n");
    }
    file
}

fn cell(file: &mut String, text: &str) {
    let safe = if text.starts_with(BEGINS_FORMULA) { "'" } else { "" };
    if text.contains([',', '"', '\r', '\n', '\t']) {
        file.push('"');
        file.push_str(safe);
        file.push_str(&text.replace('"', "\"\""));
        file.push('"');
    } else {
        file.push_str(safe);
        file.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // A name that began with = opened a web page on the computer of whoever counted the month.
    #[test]
    fn nothing_is_a_formula_and_everything_is_one_cell() {
        let hostile = [
            "=1+1", "+1", "-1", "@SUM(A1)", "\0=1", "\t=1", "\r=1", "＝1", "a=1", "a,b", "a\"b", "=\"a,b\"",
            "",
        ];
        let file = file([hostile.to_vec(), vec!["5", "件"]]);
        let first = "'=1+1,'+1,'-1,'@SUM(A1),'\0=1,\"'\t=1\",\"'\r=1\",'＝1,a=1,\"a,b\",\"a\"\"b\",\"'=\"\"a,b\"\"\",";
        assert_eq!(file, format!("\u{feff}{first}\r\n5,件\r\n"));
        assert_eq!(&file.as_bytes()[..3], [0xef, 0xbb, 0xbf]);
    }
}
