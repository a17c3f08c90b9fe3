//! `tonari import-events`, by the real program: what it says, what it writes, and that `publish` takes it.

use serde_json::Value;

use crate::binary::{Running, tonari_on};

/// Far enough from now, whenever that is: next month and the month after.
fn next_month() -> String {
    let now =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs().cast_signed();
    let day = domain::calendar::JstTime::from_unix_seconds(now).date.plus_days(30);
    format!("{:04}{:02}{:02}", day.year, day.month, day.day)
}

fn calendar(day: &str) -> String {
    let event = |uid: &str, lines: &str| {
        format!("BEGIN:VEVENT\r\nUID:{uid}\r\nSUMMARY:創業セミナー\r\n{lines}\r\nEND:VEVENT\r\n")
    };
    let here = "LOCATION:松江テルサ（島根県松江市朝日町478-18）";
    [
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:協会の予定\r\n",
        &event("1", &format!("DTSTART:{day}T043000Z\r\nDURATION:PT2H\r\n{here}")),
        &event("2", &format!("DTSTART:{day}T043000Z\r\nDURATION:PT2H\r\nLOCATION:3階会議室")),
        &event("3", &format!("DTSTART:20200101T043000Z\r\nDURATION:PT2H\r\n{here}")),
        "END:VCALENDAR\r\n",
    ]
    .concat()
}

// Somebody typed thirty seminars from one calendar into another, and two of them on the wrong day.
#[test]
fn what_is_in_a_calendar_is_said_written_and_published() {
    let server = Running::start();
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (ics, ready, drafts) = (file("a.ics"), file("ready.json"), file("drafts.json"));
    std::fs::write(&ics, calendar(&next_month())).unwrap();
    let import = |more: &[&str]| {
        let args = [&["import-events", &ics, "--association", "shimane"], more].concat();
        tonari_on(server.var.path(), &args).unwrap()
    };
    let said = import(&[]);
    assert!(said.ends_with("1 can be published, 1 lack something, 1 left out\n"), "{said}");
    assert!(said.contains("創業セミナー: lacks a place with its municipality"), "{said}");
    assert!(said.contains("創業セミナー: is over") && said.contains("T13:30 shimane-"), "{said}");
    assert!(std::fs::read_dir(folder.path()).unwrap().count() == 1, "nothing is written unasked");

    import(&["--sort", "consultation", "--write", &ready, "--drafts", &drafts]);
    let published = tonari_on(server.var.path(), &["publish", &ready]).unwrap();
    assert!(published.contains("1 new, 0 changed"), "{published}");
    let written: Value = serde_json::from_slice(&std::fs::read(&ready).unwrap()).unwrap();
    let id = written["items"][0]["id"].as_str().unwrap();
    assert_eq!(written["items"][0]["sort"], "consultation");
    let page = server.get(&format!("/events/{id}"));
    assert!(page.contains("創業セミナー") && page.contains("松江テルサ"), "{page}");
    // The day after, the same calendar is the same event.
    import(&["--sort", "consultation", "--write", &ready]);
    assert!(
        tonari_on(server.var.path(), &["publish", &ready]).unwrap().contains("0 new, 0 changed, 1 as before")
    );
    let refused = tonari_on(server.var.path(), &["publish", "--dry-run", &drafts]).unwrap_err();
    assert!(refused.contains("items[0].place.municipality"), "{refused}");
}

#[test]
fn what_cannot_be_meant_is_one_line() {
    let server = Running::start();
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("page.html");
    std::fs::write(&page, "<html><body>404</body></html>").unwrap();
    let on = |args: &[&str]| {
        let args = [&["import-events"], args].concat();
        tonari_on(server.var.path(), &args).unwrap_err()
    };
    let shimane = ["--association", "shimane"];
    for (source, expected) in [
        ("nowhere.ics", "cannot be read"),
        (page.to_str().unwrap(), "is neither a calendar (ICS) nor a feed (RSS, Atom)"),
        ("http://127.0.0.1/a.ics", "lies, or leads, into a network that is not public"),
        ("http://169.254.169.254/latest/meta-data", "lies, or leads, into a network that is not public"),
        ("https://hanako:secret@example.jp/a.ics", "has a name or a password in it"),
        ("https://example.jp:8443/a.ics", "asks for another port"),
        ("file:///etc/passwd", "is no address that begins with http:// or https://"),
    ] {
        let line = on(&[&[source], &shimane[..]].concat());
        assert!(line.starts_with("tonari: ") && line.contains(expected), "{source}: {line}");
        assert_eq!(line.trim_end().lines().count(), 1, "{line}");
    }
    assert!(on(&["a.ics", "--association", "atlantis"]).contains("there is no association"));
    assert!(on(&["a.ics", "--association", "shimane", "--sort", "party"]).contains("seminar, fair, school"));
    // Whoever was told no once is told so again, and nobody is asked a second time.
    let again = on(&[&["http://127.0.0.1/a.ics"], &shimane[..]].concat());
    assert!(again.contains("is not asked again before that hour is over"), "{again}");
}
