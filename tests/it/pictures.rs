//! A picture from a camera's file to a founder's page, by the real program.

use std::process::Command;

use serde_json::{Value, json};

use crate::binary::{Running, tonari, tonari_on};

/// 320 × 200, with a comment that says who took it.
fn photograph() -> Vec<u8> {
    let mut bytes = Vec::new();
    let picture = image::RgbImage::from_fn(320, 200, |x, y| image::Rgb([x as u8, y as u8, 128]));
    picture.write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Jpeg).unwrap();
    let comment = b"\xff\xfe\x00\x0eTanaka-Phone";
    [&bytes[..2], &comment[..], &bytes[2..]].concat()
}

fn item(picture: &Value) -> Value {
    json!({ "items": [{
        "kind": "case", "id": "a-storehouse", "published": "2026-11-25", "fictional": true,
        "ja": { "title": "蔵の喫茶", "summary": "要約", "body": "本文" }, "picture": picture,
        "industries": [], "stages": [], "areas": [], "schemes": [], "lives": []
    }] })
}

// Her story was to be shown with a photograph; where it was taken was to stay with her.
#[test]
fn a_picture_is_taken_in_shown_and_goes_with_its_item() {
    let server = Running::start();
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (jpg, news) = (file("a.jpg"), file("news.json"));
    std::fs::write(&jpg, photograph()).unwrap();
    let add = |file: &str, alt: &str| {
        tonari_on(server.var.path(), &["picture", "add", file, "--association", "shimane", "--alt", alt])
    };
    let said: Value = serde_json::from_str(&add(&jpg, "蔵の入口").unwrap()).unwrap();
    let picture = &said["picture"];
    assert_eq!((&picture["width"], &picture["height"]), (&json!(320), &json!(200)));
    let publish = |picture: &Value| {
        std::fs::write(&news, item(picture).to_string()).unwrap();
        tonari_on(server.var.path(), &["publish", &news])
    };
    let mut other = picture.clone();
    other["sha"] = json!("0".repeat(64));
    assert!(publish(&other).unwrap_err().contains("items[0].picture is not there"));
    assert!(publish(picture).unwrap().contains("1 new"));

    let path = format!("/pictures/{}.jpg", picture["sha"].as_str().unwrap());
    let page = server.get("/read/a-storehouse");
    let shown = format!("src=\"{path}\" alt=\"蔵の入口\" width=\"320\" height=\"200\" loading=\"lazy\"");
    assert!(page.contains(&shown), "{page}");
    let bytes = |path: &str| {
        let asked = Command::new("curl").args(["-si", &format!("http://{}{path}", server.address)]).output();
        asked.unwrap().stdout
    };
    let answer = bytes(&path);
    let text = String::from_utf8_lossy(&answer).into_owned();
    for header in [
        "HTTP/1.1 200 OK",
        "content-type: image/jpeg",
        "cache-control: public, max-age=31536000, immutable",
        "x-content-type-options: nosniff",
        "content-security-policy: default-src 'none'; frame-ancestors 'none'; sandbox",
        "cross-origin-resource-policy: same-origin",
    ] {
        assert!(text.contains(header), "{header}: {}", text.split("\r\n\r\n").next().unwrap());
    }
    assert!(!text.contains("Tanaka") && answer.ends_with(&[0xff, 0xd9]));
    assert!(String::from_utf8_lossy(&bytes(&path.replace(".jpg", "-small.jpg"))).contains("image/jpeg"));
    tonari_on(server.var.path(), &["withdraw", "a-storehouse"]).unwrap();
    assert!(String::from_utf8_lossy(&bytes(&path)).starts_with("HTTP/1.1 404 "));
    assert_eq!(tonari_on(server.var.path(), &["check"]).unwrap(), "nothing is wrong\n");
}

// A few hundred bytes unfolded into fourteen gigabytes, and the machine ended the server.
#[test]
fn what_would_unfold_is_refused_in_little_memory() {
    let server = Running::start();
    let folder = tempfile::tempdir().unwrap();
    let bomb = folder.path().join("bomb.png");
    let mut png = Vec::new();
    image::RgbaImage::new(1, 1)
        .write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Png)
        .unwrap();
    // Its head says 60,000 × 60,000, and the sum of the head agrees.
    png[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
    let mut sum = flate2::Crc::new();
    sum.update(&png[12..29]);
    png[29..33].copy_from_slice(&sum.sum().to_be_bytes());
    std::fs::write(&bomb, png).unwrap();
    let limited = format!(
        "ulimit -v 1500000; exec {} picture add {} --association shimane --alt x",
        tonari().display(),
        bomb.display()
    );
    let ended =
        Command::new("sh").args(["-c", &limited]).env("TONARI_VAR", server.var.path()).output().unwrap();
    let line = String::from_utf8(ended.stderr).unwrap();
    assert!(!ended.status.success() && line.contains("has more than 40 million pixels"), "{line}");
    let add = |more: &[&str]| {
        let args = [&["picture", "add", bomb.to_str().unwrap(), "--association", "shimane"], more].concat();
        tonari_on(server.var.path(), &args).unwrap_err()
    };
    assert!(add(&["--alt", ""]).contains("--alt has to be one line"));
    assert!(add(&[]).contains("required arguments were not provided"));
}
