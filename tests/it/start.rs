//! Starting and stopping as an operator sees it: one clear line, an exit code, and logs without persons.

use std::io::{Read, Write};

use crate::binary::{Running, run, tonari};
use crate::server_under_test::fixture_site;

#[test]
fn a_bad_setting_is_one_clear_line_and_a_failure() {
    let site = fixture_site();
    let site = site.to_str().unwrap();
    for (args, variables, expected) in [
        (vec!["serve"], vec![], "run `cargo xtask serve`"),
        (vec!["serve", "--listen", "nowhere"], vec![], "--listen"),
        (vec!["serve"], vec![("TONARI_LISTEN", "127.0.0.1:99999")], "127.0.0.1:99999"),
        (
            vec!["serve", "--site", site],
            vec![("TONARI_PUBLIC_URL", "tonari.example.jp")],
            "http:// or https://",
        ),
        (vec!["serve", "--site", site], vec![("TONARI_MIN_VERSION", "7")], "TONARI_MIN_VERSION"),
        (
            vec!["serve", "--site", site],
            vec![("TONARI_SMTP_URL", "smtp://who:secret@mail.example.jp:465")],
            "smtps://",
        ),
        (
            vec!["serve", "--site", site],
            vec![("TONARI_SMTP_URL", "smtps://who:secret@mail.example.jp")],
            "TONARI_MAIL_FROM",
        ),
        (
            vec!["serve", "--site", site],
            vec![("TONARI_DATABASE_URL", "postgres://who:secret@localhost/tonari?sslrootcert=/etc/ca.pem")],
            "TONARI_DATABASE_URL",
        ),
        (
            vec!["serve", "--site", site],
            vec![("TONARI_DATABASE_URL", "postgres://who:secret@127.0.0.1:1/tonari")],
            "cannot use the PostgreSQL database tonari",
        ),
        (
            vec!["bookings", "list", "shimane"],
            vec![("TONARI_DATABASE_URL", "mysql://who:secret@db")],
            "TONARI_DATABASE_URL",
        ),
        (vec!["serve", "--site", site], vec![("TONARI_VAR", "/dev/null/var")], "TONARI_VAR"),
        (vec!["serve", "--site", site, "--listen", "192.0.2.1:80"], vec![], "cannot listen on 192.0.2.1:80"),
        (vec!["serve", "--sit", "x"], vec![], "--sit"),
        (vec!["fly"], vec![], "fly"),
        (vec![], vec![], "subcommand"),
    ] {
        let output = run(&args, &variables);
        let said = String::from_utf8(output.stderr).unwrap();
        let said: Vec<&str> = said.lines().filter(|line| !line.starts_with('{')).collect();
        assert!(!output.status.success(), "{args:?} {variables:?}");
        assert_eq!(said.len(), 1, "{args:?} {variables:?}: {said:?}");
        assert!(!said[0].contains("secret"), "{said:?}");
        assert!(
            said[0].starts_with("tonari: ") && said[0].contains(expected),
            "{args:?} {variables:?}: {said:?}"
        );
    }
    assert!(run(&["--help"], &[]).status.success());
    assert!(String::from_utf8(run(&["--version"], &[]).stdout).unwrap().starts_with("tonari 0."));
    assert!(tonari().is_file());
}

#[test]
fn an_edition_can_be_checked_before_it_is_published() {
    let bundled = concat!(env!("CARGO_MANIFEST_DIR"), "/../public/data/directory.json");
    let good = run(&["edition", "check", bundled], &[]);
    let said = String::from_utf8(good.stdout).unwrap();
    assert!(good.status.success() && said.contains("51 associations, 10 women's teams"), "{said}");
    for (args, expected) in [
        (vec!["edition", "check", "/nowhere.json"], "cannot read /nowhere.json"),
        (vec!["edition", "check", "/proc/version"], "cannot be published: not the JSON of an edition"),
        (vec!["edition"], "subcommand"),
    ] {
        let refused = run(&args, &[]);
        let said = String::from_utf8(refused.stderr).unwrap();
        assert!(!refused.status.success() && said.lines().count() == 1 && said.contains(expected), "{said}");
    }
}

#[test]
fn told_to_stop_it_finishes_the_open_request_and_ends_well() {
    for signal in ["TERM", "INT"] {
        let server = Running::start();
        let mut open = server.connect();
        open.write_all(b"GET /api/v1/meta HTTP/1.1\r\nHost: tonari\r\n").unwrap();
        // Only an answer on another connection proves that the first one was accepted before the signal.
        assert!(server.get("/readyz").contains("ready"));
        server.signal(signal);
        open.write_all(b"\r\n").unwrap();
        let mut answer = String::new();
        open.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("\"edition\":1"), "{signal}: {answer}");
        let (code, log) = server.end();
        assert_eq!(code, Some(0), "{signal}");
        assert!(log.lines().last().unwrap().contains("stopped"), "{log}");
    }
}

// Somebody typed her postal code into the address line, or a link had it in its query: no log may remember it.
#[test]
fn the_log_of_requests_holds_no_query_no_address_and_nothing_typed() {
    let server = Running::start();
    let secrets = ["690-0887", "matsue", "35.4681", "secret-agent", "203.0.113.9", "referring-page"];
    for path in
        ["/find?code=690-0887&q=matsue", "/690-0887", "/api/v1/meta?at=35.4681,133.05", "/api/v1/matsue"]
    {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: tonari\r\nUser-Agent: secret-agent\r\nX-Forwarded-For: 203.0.113.9\r\n\
             Referer: http://referring-page/\r\nAccept: text/html\r\nConnection: close\r\n\r\n"
        );
        assert!(server.say(request.as_bytes()).starts_with("HTTP/1.1 "), "{path}");
    }
    server.signal("TERM");
    let (_, log) = server.end();
    assert_eq!(log.matches("tonari::request").count(), 4, "{log}");
    for secret in secrets {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
}

#[test]
fn oversized_headers_are_refused_and_the_server_lives_on() {
    let server = Running::start();
    let long = format!("GET / HTTP/1.1\r\nHost: tonari\r\nX-Long: {}\r\n\r\n", "x".repeat(100_000));
    let answer = server.say(long.as_bytes());
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 431"),
        "{}",
        answer.lines().next().unwrap_or_default()
    );
    let many = format!("GET / HTTP/1.1\r\nHost: tonari\r\n{}\r\n", "X-A: b\r\n".repeat(500));
    let answer = server.say(many.as_bytes());
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 431"),
        "{}",
        answer.lines().next().unwrap_or_default()
    );
    assert!(server.get("/healthz").starts_with("HTTP/1.1 200"));
}
