//! `tonari invite` and `tonari members`, by the real program on the folder of a server.

use crate::binary::{Running, tonari_on};

const HERE: [&str; 2] = ["--public-url", "https://tonari.example.jp"];

/// The code in what was printed.
fn code(said: &str) -> &str {
    let link = said.lines().next().unwrap();
    link.strip_prefix("https://tonari.example.jp/desk/invitation#").unwrap()
}

// The link was in the log of the proxy, which half the office could read.
#[test]
fn a_link_is_printed_and_mailed_once_and_is_nowhere_else() {
    let server = Running::start();
    let invite = |more: &[&str]| tonari_on(server.var.path(), &[&["invite"], &HERE[..], more].concat());
    let lead = ["--association", "shimane", "--role", "lead"];
    let said = invite(&[&lead[..], &["--email", "tanaka@example.jp"]].concat()).unwrap();
    assert!(said.ends_with("\nmailed\n") && said.contains("good once, until 20"), "{said}");
    let code = code(&said);
    assert_eq!(code.len(), 43);
    let there = server.get(&format!("/desk/api/invitations/{code}"));
    assert!(there.starts_with("HTTP/1.1 200 ") && there.contains("\"role\":\"lead\""), "{there}");
    let mails: Vec<_> = std::fs::read_dir(server.var.path().join("mail")).unwrap().collect();
    assert_eq!(mails.len(), 1);
    let mail = mails[0].as_ref().unwrap();
    assert!(!mail.file_name().to_str().unwrap().contains(code));
    let mail = std::fs::read(mail.path()).unwrap();
    let mail = mail_parser::MessageParser::default().parse(&mail).unwrap();
    let link = format!("https://tonari.example.jp/desk/invitation#{code}");
    assert!(mail.body_text(0).unwrap().lines().any(|line| line == link), "whole, and in a line of its own");
    assert!(mail.subject().unwrap().starts_with("窓口へのご招待"));
    let whole = format!("{:?}", mail.headers());
    assert!(!whole.contains("島根") && !whole.contains("shimane") && !whole.contains(code), "{whole}");
    let (var, code) = (std::sync::Arc::clone(&server.var), code.to_owned());
    server.signal("TERM");
    let (_, log) = server.end();
    assert!(!log.contains(&code) && log.contains("/desk/api/invitations/{code}"), "{log}");
    for file in ["tonari.db", "tonari.db-wal"] {
        let bytes = std::fs::read(var.path().join(file)).unwrap_or_default();
        assert!(!bytes.windows(code.len()).any(|part| part == code.as_bytes()), "{file}");
    }
}

// Somebody asked a lead in for an association that was mistyped; the link was good for nothing and nobody knew.
#[test]
fn what_cannot_be_meant_is_one_line() {
    let server = Running::start();
    let on = |args: &[&str]| tonari_on(server.var.path(), args).unwrap_err();
    for (args, expected) in [
        (&["invite", "--association", "atlantis", "--role", "lead"][..], "there is no association"),
        (&["invite", "--role", "lead"], "all others have one"),
        (&["invite", "--association", "shimane", "--role", "federation"], "all others have one"),
        (&["invite", "--association", "shimane", "--role", "boss"], "member, lead or federation"),
        (&["invite", "--association", "shimane"], "required arguments were not provided"),
        (&["invite", "--member", "7"], "there is no such member"),
        (&["invite", "--role", "federation", "--email", "nobody"], "has to be a mail address"),
        (&["invite", "--role", "federation", "--public-url", "http://192.168.0.2"], "no passkeys"),
        (&["members", "disable", "7"], "there is no such member"),
        (&["members", "role", "7", "boss"], "member, lead or federation"),
    ] {
        let line = on(args);
        assert!(line.starts_with("tonari: ") && line.contains(expected), "{args:?}: {line}");
        assert_eq!(line.trim_end().lines().count(), 1, "{line}");
    }
    assert_eq!(tonari_on(server.var.path(), &["members", "list"]).unwrap(), "");
}
