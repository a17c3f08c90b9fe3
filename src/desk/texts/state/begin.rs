//! What a new text begins with: what the directory knows already, and words for a crisis. The words are what founders will read,
//! in their languages, whatever language she works in; she changes them before anybody does.

use domain::api::desk::publish::{Home, Source, Words, Written};
use domain::calendar::JstTime;
use domain::content::draft::Kind;

/// Days for which a crisis notice stands, unless she says otherwise.
const CRISIS_DAYS: i64 = 14;

struct Template {
    ja: [&'static str; 3],
    en: [&'static str; 3],
}

/// In the order of `desk.pub-templates`. The last is for what nobody foresaw: what happened is hers to say.
const TEMPLATES: [Template; 5] = [
    Template {
        ja: [
            "災害の影響を受けた方へ",
            "お店や事業、返済の心配は、{name}にご相談ください。",
            "まず、ご自身とご家族の安全を優先してください。\n\n災害の影響で、事業を続けること、資金繰り、返済に心配がある方は、早めにご相談ください。創業の準備が止まった方も同じです。\n\n- 書類がそろっていなくても相談できます。\n- 来所が難しいときは、電話でお話しください。",
        ],
        en: [
            "If the disaster has affected you",
            "Worried about your business, cash or repayments? Please talk to us.",
            "Your safety and your family’s come first.\n\nIf you are worried about your business, your cash flow or repayments, please talk to us early. You need no complete papers, and you can call if you cannot come.",
        ],
    },
    Template {
        ja: [
            "感染症の影響を受けた方へ",
            "休業や売上の減少による心配は、{name}にご相談ください。",
            "感染症の影響で、休業、売上の減少、返済に心配がある方は、早めにご相談ください。創業の準備が止まった方も同じです。\n\n- 来所のほか、電話でも相談できます。\n- 体調に不安があるときは、来所を控えて電話をご利用ください。",
        ],
        en: [
            "If the epidemic has affected you",
            "Closed, or fewer customers? Please talk to us.",
            "If you are worried about closing, falling sales or repayments, please talk to us early. You can also call; please do not come in if you feel unwell.",
        ],
    },
    Template {
        ja: [
            "経済の急な変化で影響を受けた方へ",
            "資金繰りや返済の心配は、{name}にご相談ください。",
            "物価や金利の急な動き、取引先の倒産などで、資金繰りや返済に心配がある方は、早めにご相談ください。\n\n- 取引のある金融機関と一緒に考えることもできます。\n- まだ困っていない段階でも相談できます。",
        ],
        en: [
            "If sudden economic changes have affected you",
            "Worried about cash or repayments? Please talk to us.",
            "If prices, interest or a customer’s failure make you worry about your cash flow or repayments, please talk to us early, also before there is trouble.",
        ],
    },
    Template {
        ja: [
            "窓口・電話がご利用いただけません",
            "障害のため、{name}の窓口や電話につながりにくくなっています。",
            "ただいま、障害のため、窓口や電話がご利用いただけないか、つながりにくくなっています。復旧しましたら、この画面でお知らせします。\n\nお急ぎの方は、取引のある金融機関にもご相談ください。",
        ],
        en: [
            "Our office or telephone cannot be reached",
            "Because of a failure we are hard to reach at the moment.",
            "Because of a failure our office or telephone cannot be reached, or only with difficulty. We will say here when it is mended.",
        ],
    },
    Template {
        ja: ["緊急のお知らせ", "{name}からの緊急のお知らせです。", ""], en: ["", "", ""]
    },
];

/// The association itself is what is cited first: it knows what it writes about itself.
#[must_use]
pub fn first(kind: Kind, home: &Home) -> Written {
    let website = Some(home.website.clone()).filter(|url| !url.is_empty());
    Written {
        sources: vec![Source { title: home.name.clone(), url: website, as_of: None }],
        areas: if home.area == 0 { Vec::new() } else { vec![home.area] },
        phone: home.phone.clone().filter(|_| kind == Kind::Notice),
        severity: (kind == Kind::Notice).then(|| "information".to_owned()),
        sort: (kind == Kind::Event).then(|| "seminar".to_owned()),
        ..Written::default()
    }
}

/// From now on, for the association's own area.
#[must_use]
pub fn crisis(at: usize, home: &Home, now: i64) -> Written {
    let Template { ja, en } = &TEMPLATES[at.min(TEMPLATES.len() - 1)];
    let words = |texts: &[&str; 3]| {
        let [title, summary, body] = texts.map(|text| text.replace("{name}", &home.name));
        Words { title, summary, body }
    };
    Written {
        ja: words(ja),
        en: Some(words(en)).filter(|words| !words.title.is_empty()),
        from: Some(clock(now)),
        to: Some(clock(now + CRISIS_DAYS * 86_400)),
        severity: Some("crisis".to_owned()),
        ..first(Kind::Notice, home)
    }
}

/// As a field for a moment has it.
fn clock(now: i64) -> String {
    let JstTime { date, minute } = JstTime::from_unix_seconds(now);
    let two =
        |number: u16| if number < 10 { ["0", &number.to_string()].concat() } else { number.to_string() };
    [&*date.to_text(), "T", &two(minute / 60), ":", &two(minute % 60)].concat()
}

#[cfg(test)]
mod tests {
    use domain::content::text;

    use super::*;

    fn home() -> Home {
        let name = "日本でいちばん長い名前の信用保証協会".to_owned();
        Home {
            name,
            website: "https://www.example.jp/".to_owned(),
            phone: Some("0852-00-0000".to_owned()),
            area: 32,
        }
    }

    // The template for floods had a summary of 170 characters, and in the night of the flood it could not be published.
    #[test]
    fn every_template_but_the_empty_one_can_be_published_as_it_is() {
        assert_eq!(crisis(TEMPLATES.len() - 1, &home(), 0).ja.body, "");
        for at in 0..TEMPLATES.len() - 1 {
            let notice = crisis(at, &home(), 1_795_996_800);
            for words in [Some(&notice.ja), notice.en.as_ref()].into_iter().flatten() {
                let fits =
                    |text: &str, most| (1..=most).contains(&text.chars().count()) && text.trim() == text;
                assert!(fits(&words.title, 60) && fits(&words.summary, 160) && fits(&words.body, 8_000));
                assert_eq!(text::check(&words.body), Ok(()));
                assert!(!words.summary.contains('{'));
            }
            let (from, to) = (notice.from.as_deref(), notice.to.as_deref());
            assert_eq!((from, to), (Some("2026-11-30T09:00"), Some("2026-12-14T09:00")));
            assert_eq!((notice.areas, notice.sources.len()), (vec![32], 1));
        }
    }

    #[test]
    fn an_association_without_a_known_area_writes_for_everywhere() {
        assert_eq!(first(Kind::Story, &Home { area: 0, ..home() }).areas, Vec::<u32>::new());
    }
}
