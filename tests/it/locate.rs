//! `tonari locate` as its users call it: lines in, JSON out, and nothing that can stop it.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::binary::tonari;

/// The raw answers to these bytes.
fn locate(args: &[&str], input: &[u8]) -> Vec<u8> {
    let mut child = Command::new(tonari())
        .arg("locate")
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success());
    output.stdout
}

fn answers(args: &[&str], input: &[u8]) -> Vec<Value> {
    let out = String::from_utf8(locate(args, input)).unwrap();
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn answer(line: &str) -> Value {
    let mut all = answers(&[], format!("{line}\n").as_bytes());
    assert_eq!(all.len(), 1);
    all.remove(0)
}

#[test]
fn an_answer_is_this_line_to_the_byte() {
    let out = String::from_utf8(locate(&["--who", "sole", "--home"], "松江市\n".as_bytes())).unwrap();
    let beginning = concat!(
        r#"{"input":"松江市","kind":"municipality","municipalities":[{"code":"32201","name":"松江市"}],"#,
        r#""prefectures":[{"code":"32","name":"島根県"}],"in_charge":["shimane"],"#,
        r#""women_teams":[{"association":"shimane","distance_km":0.0,"in_charge":true},"#,
    );
    assert!(out.starts_with(beginning), "{out}");
    assert!(out.ends_with("],\"ambiguous\":false,\"error\":null}\n"), "{out}");
    let failed = String::from_utf8(locate(&[], b"nowhere\n")).unwrap();
    assert_eq!(
        failed,
        concat!(
            r#"{"input":"nowhere","kind":null,"municipalities":[],"prefectures":[],"in_charge":[],"#,
            r#""women_teams":[],"ambiguous":false,"error":"unknown_name"}"#,
            "\n",
        )
    );
}

#[test]
fn places_in_any_writing_find_who_is_in_charge() {
    for (line, kind, in_charge, ambiguous) in [
        ("690-0887", "postal_code", json!(["shimane"]), false),
        ("〒６９０－０８８７", "postal_code", json!(["shimane"]), false),
        ("6900887", "postal_code", json!(["shimane"]), false),
        ("まつえ", "municipality", json!(["shimane"]), false),
        ("ﾏﾂｴｼ", "municipality", json!(["shimane"]), false),
        ("Matsue-shi", "municipality", json!(["shimane"]), false),
        ("横浜市", "city", json!(["kanagawa", "yokohama-shi"]), false),
        ("川崎市中原区", "municipality", json!(["kanagawa", "kawasaki-shi"]), false),
        ("名古屋市", "city", json!(["aichi", "nagoya-shi"]), false),
        ("岐阜市", "municipality", json!(["gifu", "gifu-shi"]), false),
        ("大垣市", "municipality", json!(["gifu"]), false),
        ("神奈川県", "prefecture", json!(["kanagawa", "yokohama-shi", "kawasaki-shi"]), true),
        ("島根県", "prefecture", json!(["shimane"]), false),
        ("府中市", "municipality", json!(["tokyo", "hiroshima"]), true),
        ("498-0000", "postal_code", json!(["aichi", "mie"]), true),
        ("35.468,133.051", "coordinates", json!(["shimane"]), false),
        (" 35.468 , 133.051 ", "coordinates", json!(["shimane"]), false),
    ] {
        let answer = answer(line);
        assert_eq!(answer["error"], Value::Null, "{line}: {answer}");
        assert_eq!(answer["input"], line);
        assert_eq!((&answer["kind"], &answer["in_charge"]), (&json!(kind), &in_charge), "{line}");
        assert_eq!(answer["ambiguous"], ambiguous, "{line}");
        assert_eq!(answer["women_teams"].as_array().unwrap().len(), 10, "{line}");
    }
}

#[test]
fn nearest_and_in_charge_are_two_answers() {
    let osaka = answer("大阪市北区");
    assert_eq!(osaka["in_charge"], json!(["osaka"]));
    let teams = osaka["women_teams"].as_array().unwrap();
    assert!(teams.iter().all(|team| team["in_charge"] == false), "大阪 had no such team in 2018");
    let far: Vec<f64> = teams.iter().map(|team| team["distance_km"].as_f64().unwrap()).collect();
    assert!(far.is_sorted() && far[0] > 50.0, "{far:?}");
    // Where a line may mean several places nothing is measured.
    let fuchu = answer("府中市");
    assert!(fuchu["women_teams"].as_array().unwrap().iter().all(|team| team["distance_km"].is_null()));
}

#[test]
fn every_failure_has_its_code_and_concerns_its_line_only() {
    let long = "あ".repeat(2000);
    let mut input = Vec::new();
    for line in ["", "  　", "123", "12345678", "000-0000", "どこでもない", "51.5,-0.1", "91,181", "NaN,inf"]
    {
        input.extend_from_slice(line.as_bytes());
        input.push(b'\n');
    }
    input.extend_from_slice(b"\xff\xfe\xe6\x9d\xbe\n");
    input.extend_from_slice(long.as_bytes());
    input.extend_from_slice("\r\n松江市\r\n高知市".as_bytes());
    let all = answers(&[], &input);
    let codes: Vec<_> = all.iter().map(|answer| answer["error"].as_str().unwrap_or("-")).collect();
    assert_eq!(
        codes,
        [
            "empty",
            "empty",
            "postal_code_length",
            "postal_code_length",
            "unknown_postal_code",
            "unknown_name",
            "outside_japan",
            "unknown_name",
            "unknown_name",
            "invalid_utf8",
            "line_too_long",
            "-",
            "-",
        ]
    );
    assert_eq!((&all[11]["input"], &all[12]["input"]), (&json!("松江市"), &json!("高知市")));
}

#[test]
fn who_asks_and_about_which_place_may_be_said_and_must_be_one_of_them() {
    for who in ["sole", "company", "planned"] {
        for basis in ["--home", "--business"] {
            assert_eq!(
                answers(&["--who", who, basis], "秋田市".as_bytes())[0]["in_charge"],
                json!(["akita"])
            );
        }
    }
    for wrong in [vec!["--who", "queen"], vec!["--home", "--business"]] {
        let output = Command::new(tonari()).arg("locate").args(&wrong).output().unwrap();
        assert!(!output.status.success());
        assert_eq!(String::from_utf8(output.stderr).unwrap().lines().count(), 1, "{wrong:?}");
    }
}

// Workers share the lines; an answer on the wrong line would send somebody to the wrong office.
#[test]
fn thousands_of_lines_come_back_in_their_order() {
    let places = ["松江市", "690-0887", "nowhere", "35.468,133.051", "Takasaki", "\u{1}\"\\"];
    let lines: Vec<&str> = (0..60_000).map(|at| places[at * at % 7 % places.len()]).collect();
    let all = answers(&[], lines.join("\n").as_bytes());
    assert_eq!(all.len(), lines.len());
    for (answer, line) in all.iter().zip(&lines) {
        assert_eq!(answer["input"], *line);
    }
}

#[test]
fn a_typed_line_is_answered_before_the_next_one() {
    use std::io::{BufRead, BufReader};
    let mut child =
        Command::new(tonari()).arg("locate").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for line in ["松江市", "高知市"] {
        writeln!(stdin, "{line}").unwrap();
        let mut answer = String::new();
        stdout.read_line(&mut answer).unwrap();
        assert!(answer.contains(line));
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn the_help_names_every_field_and_every_code() {
    let output = Command::new(tonari()).args(["locate", "--help"]).output().unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    for word in [
        "input",
        "kind",
        "municipalities",
        "prefectures",
        "in_charge",
        "women_teams",
        "ambiguous",
        "error",
        "empty",
        "postal_code_length",
        "unknown_postal_code",
        "unknown_name",
        "outside_japan",
        "invalid_utf8",
        "line_too_long",
    ] {
        assert!(help.contains(word), "{word}");
    }
}
