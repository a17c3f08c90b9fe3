//! One of each kind that is read, with everything it can have.

use domain::content::{File, Shelf};
use serde_json::json;

pub(super) fn shelf() -> Shelf {
    let text = json!({ "title": "酒蔵を改装した喫茶", "summary": "計画から開店までの一年。", "body": "## きっかけ\n空いていた蔵を見て、**一年**で開けました。" });
    let file = json!({ "items": [
        {
            "kind": "story", "id": "kura-kissa", "ja": text, "easy": text, "en": text, "association": "shimane",
            "picture": { "sha": "0123456789abcdef".repeat(4), "alt": "改装した蔵の入口",
                "alt_en": "The door of the storehouse", "width": 1200, "height": 800 },
            "readings": [{ "of": "酒蔵", "reads": "さかぐら" }],
            "sources": [{ "title": "本人への聞き取り", "url": "https://tonari.example.jp/kura", "as_of": "2026-10" }],
            "published": "2026-11-25", "expires": "2028-11-25", "fictional": true, "consent": "2026-10-20",
            "order": 1, "industries": ["food"], "stages": ["opening"], "areas": [32, 32201],
            "schemes": ["founding-guarantee"], "lives": ["childcare"]
        },
        {
            "kind": "event", "id": "first-seminar", "ja": text, "published": "2026-11-25", "fictional": true,
            "sort": "seminar", "starts": "2026-12-10T13:30", "ends": "2026-12-10T16:00",
            "deadline": "2026-12-07T17:00", "online": true, "capacity": 20, "cost": "無料",
            "place": { "name": "市民会館", "address": "松江市", "municipality": 32201 },
            "link": "https://tonari.example.jp/seminar"
        },
        {
            "kind": "notice", "id": "snow-desk", "ja": text, "published": "2026-11-25", "fictional": true,
            "areas": [17], "from": "2026-12-01T00:00", "to": "2026-12-20T17:00", "phone": "076-000-0000",
            "severity": "crisis", "link": "https://tonari.example.jp/desk"
        }
    ] });
    let items = File::read(file.to_string().as_bytes()).expect("the examples are tested").items;
    Shelf { number: 12, items }
}
