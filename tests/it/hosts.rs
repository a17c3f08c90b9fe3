//! `tonari embed`, by the real program on the folder of a server.

use crate::binary::{Running, run, tonari_on};

#[test]
fn a_host_is_allowed_listed_and_taken_back() {
    let server = Running::start();
    let embed = |args: &[&str]| tonari_on(server.var.path(), &[&["embed"], args].concat());
    assert_eq!(embed(&["list"]).unwrap(), "");
    let said = embed(&["allow", "shimane", "https://WWW.Example.jp/"]).unwrap();
    assert_eq!(said, "shimane: https://www.example.jp allowed\n");
    let said = embed(&["allow", "shimane", "https://www.example.jp:443"]).unwrap();
    assert_eq!(said, "shimane: https://www.example.jp was allowed before\n");
    embed(&["allow", "gunma", "http://localhost:8000"]).unwrap();
    let both = "gunma http://localhost:8000\nshimane https://www.example.jp\n";
    assert_eq!(embed(&["list"]).unwrap(), both);
    assert_eq!(embed(&["list", "gunma"]).unwrap(), "gunma http://localhost:8000\n");
    assert_eq!(
        embed(&["refuse", "shimane", "https://www.example.jp"]).unwrap(),
        "shimane: https://www.example.jp refused\n"
    );
    assert_eq!(embed(&["list", "shimane"]).unwrap(), "");
    assert_eq!(tonari_on(server.var.path(), &["check"]).unwrap(), "nothing is wrong\n");
}

// An association's new site went online on a Sunday; nobody was there to start the server anew.
#[test]
fn a_running_server_takes_up_by_itself_who_may_frame_a_widget() {
    let server = Running::start();
    let allowed =
        || server.get("/embed/team?team=shimane").contains("frame-ancestors 'self' https://new.example.jp ");
    for (command, expected) in [("allow", true), ("refuse", false)] {
        assert_ne!(allowed(), expected);
        tonari_on(server.var.path(), &["embed", command, "shimane", "https://new.example.jp"]).unwrap();
        let begun = std::time::Instant::now();
        // It looks once a second, and only when it is asked.
        while allowed() != expected {
            assert!(begun.elapsed() < tests::patience::PATIENCE, "the server did not hear of it");
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
    }
}

// The address of a whole page was pasted; a widget on that host was expected for a week.
#[test]
fn what_cannot_be_meant_is_one_line_and_changes_nothing() {
    let server = Running::start();
    let embed = |args: &[&str]| tonari_on(server.var.path(), &[&["embed"], args].concat());
    for (args, expected) in [
        (&["allow", "atlantis", "https://www.example.jp"][..], "there is no association \"atlantis\""),
        (&["list", "atlantis"], "there is no association \"atlantis\""),
        (&["refuse", "shimane", "https://www.example.jp"], "https://www.example.jp was not allowed"),
        (&["allow", "shimane", "https://example.jp/founders"], "without a path"),
        (&["allow", "shimane", "http://example.jp"], "http:// is for this machine only"),
        (&["allow", "shimane", "https://*.example.jp"], "* stands for nothing here"),
        (&["allow", "shimane", "https://日本.jp"], "xn--"),
        (&["allow", "shimane", "https://a.jp; script-src *\n"], "is no host"),
        (&["allow", "shimane"], "required arguments were not provided"),
    ] {
        let line = embed(args).unwrap_err();
        assert!(line.starts_with("tonari: ") && line.contains(expected), "{args:?}: {line}");
        assert_eq!(line.trim_end().lines().count(), 1, "{line}");
    }
    assert_eq!(embed(&["list"]).unwrap(), "");
    let nowhere = run(&["embed", "list"], &[]);
    assert_eq!(nowhere.status.code(), Some(1), "a folder without a server's data is no empty list");
}

// A list grew with every campaign until the header it became was refused by the proxy, and every widget was dark.
#[test]
fn the_list_of_an_association_ends_where_its_header_would_grow_too_long() {
    let server = Running::start();
    let embed = |args: &[&str]| tonari_on(server.var.path(), &[&["embed"], args].concat());
    for n in 0..8 {
        embed(&["allow", "shimane", &format!("https://campaign{n}.example.jp")]).unwrap();
    }
    let line = embed(&["allow", "shimane", "https://campaign8.example.jp"]).unwrap_err();
    assert_eq!(line, "tonari: shimane: has 8 hosts already; take one back first\n");
    assert!(embed(&["allow", "shimane", "https://campaign0.example.jp"]).unwrap().contains("before"));
    assert!(embed(&["allow", "gunma", "https://campaign8.example.jp"]).unwrap().contains("allowed"));
}
