//! What she types and what it finds.

use super::{Document, Field, How, Index, Reason, highlight, snippet};

/// Title, summary, label, body; readings.
type Story = ([&'static str; 4], &'static [(&'static str, &'static str)]);

const CAFE: Story = (
    [
        "古民家でカフェを開業",
        "島根県松江市の佐々木さんが資金繰りを越えて続ける店",
        "飲食",
        "コンサルティングを受け、サーバー代も見直した。",
    ],
    &[("島根", "しまね"), ("松江市", "まつえし"), ("古民家", "こみんか"), ("佐々木", "ささき")],
);
const SCHOOL: Story = (
    [
        "ヴァイオリン教室のはじめかた",
        "学びを仕事に",
        "教育・教室",
        "いすゞ通りで月1,000円から。３ヶ月でウェブ予約へ。とうきょうの島根館にも。",
    ],
    &[("学び", "まなび")],
);
const MAKER: Story = (
    [
        "㈱つづき工房",
        "龍の器と國の伝統工芸",
        "ものづくり",
        "本を読み、日本の髙﨑さんにならった。Website を作る。おおきな窯。",
    ],
    &[("津", "つ"), ("工房", "こうぼう")],
);

fn index() -> Index {
    Index::build([CAFE, SCHOOL, MAKER].map(|([title, summary, label, body], readings)| Document {
        fields: vec![
            (Field::Title, title),
            (Field::Summary, summary),
            (Field::Label, label),
            (Field::Body, body),
        ],
        readings: readings.to_vec(),
    }))
}

fn found(index: &Index, typed: &str) -> Vec<usize> {
    index.search(&index.query(typed), 9).into_iter().map(|hit| hit.document).collect()
}

#[test]
#[rustfmt::skip]
fn a_word_is_found_in_every_writing() {
    let index = index();
    for (document, writings) in [
        (0, &["カフェ", "かふぇ", "ｶﾌｪ", "カフエ", "kafe", "KAFE", "ｋａｆｅ", "cafe", "kaf"][..]),
        (0, &["コンサルティング", "konsarutingu", "ｺﾝｻﾙﾃｨﾝｸﾞ", "コンサルテ", "konsaru", "サルティ"]),
        (0, &["松江市", "まつえし", "マツエシ", "matsueshi", "matueshi", "matuesi", "matsu", "まつえ"]),
        (0, &["佐々木", "佐佐木", "ささき", "sasaki"]),
        (0, &["サーバー", "サーバ", "さーば", "ｻ-ﾊﾞ-", "saaba"]),
        (1, &["ヴァイオリン", "バイオリン", "vaiorin", "baiorin", "ｳﾞｧｲｵﾘﾝ"]),
        (1, &["いすず", "いすゞ", "イスズ", "isuzu"]),
        (1, &["1000円", "１０００円", "1,000円", "3か月", "3ヶ月", "３カ月", "3ヵ月"]),
        (1, &["ウェブ", "webu", "うえぶ", "web"]),
        (1, &["學び", "manabi", "まなび", "学"]),
        (1, &["toukyou", "tokyo", "tōkyō", "Tookyoo", "とーきょー", "tôkyô"]),
        (2, &["株", "㈱", "つずき", "つづき", "tsuduki", "tuzuki", "工房", "こうぼう", "koubou", "kobo", "kōbō", "koobo"]),
        (2, &["竜", "龍", "国の伝統", "國", "高崎", "髙﨑"]),
        (2, &["web", "website", "WEBSITE", "Ｗｅｂ"]),
        (2, &["本", "日本", "本を読"]),
        (2, &["おーきな", "ookina", "おおきな", "おうきな", "okina"]),
    ] {
        for typed in writings {
            assert!(found(&index, typed).contains(&document), "{typed} does not find {document}");
        }
    }
}

#[test]
fn what_only_looks_alike_is_not_found() {
    let index = index();
    for typed in [
        "カヘ",
        "site",
        "000円",
        "松江県",
        "つ波",
        "ai",
        "xyz",
        "ビオリン",
        "本日",
        "",
        " 　",
        "々",
        "ー",
        "・",
    ] {
        assert_eq!(found(&index, typed), Vec::<usize>::new(), "{typed}");
    }
    assert_eq!(found(&index, "kafe サーバー"), [0], "all words, in any order");
    assert_eq!(found(&index, "サーバー　ｶﾌｪ"), [0]);
    assert_eq!(found(&index, "カフェ 龍"), Vec::<usize>::new(), "each of them alone would find one");
    assert_eq!(found(&index, "飲食・カフェ"), [0], "signs part words");
}

#[test]
#[rustfmt::skip]
fn letters_find_the_kana_that_somebody_meant_by_them() {
    for (text, spellings) in [
        ("しんおんせん", &["shin'onsen", "shinonsen", "sinonsen", "shinnonsen", "shinon"][..]),
        ("かんい", &["kan'i", "kani", "kanni"]),
        ("こんにちは", &["konnichiha", "konnitiha", "konnnichiha"]),
        ("ティッシュ", &["tisshu", "thisshu", "tissyu"]),
        ("マッチング", &["matchingu", "macchingu", "mattingu"]),
        ("ぐんま", &["gumma", "gunma", "gunnma"]),
        ("おおつ", &["ohtsu", "ootu", "otsu", "ōtsu"]),
        ("じゅうたく", &["juutaku", "zyuutaku", "jutaku", "jyuutaku"]),
        ("ウォーキング", &["wookingu", "uookingu", "wokingu"]),
        ("ちゃや", &["chaya", "tyaya", "cyaya", "chay"]),
        ("フォロー", &["foroo", "foro", "fol", "folo"]),
        ("デュエット", &["dyuetto", "dhuetto"]),
        ("つづき", &["tsuzuki", "tuduki", "tudu"]),
    ] {
        let documents = [text, "関係のない話"].map(|text| Document { fields: vec![(Field::Body, text)], readings: vec![] });
        let index = Index::build(documents);
        for typed in spellings {
            assert_eq!(found(&index, typed), [0], "{typed} for {text}");
        }
    }
}

// 島根 stands in two stories, and only one of them says how it is read.
#[test]
fn a_reading_holds_for_every_story_and_says_so() {
    let index = index();
    let reasons = |typed: &str| -> Vec<(usize, Vec<Reason>)> {
        let hits = index.search(&index.query(typed), 9);
        hits.into_iter().map(|hit| (hit.document, hit.reasons)).collect()
    };
    let (summary, body) = (Field::Summary, Field::Body);
    for (typed, how) in [
        ("島根", How::Written),
        ("しまね", How::Reading),
        ("shimane", How::Reading),
        ("シマネ", How::Reading),
    ] {
        let expected = [(0, vec![Reason { field: summary, how }]), (1, vec![Reason { field: body, how }])];
        assert_eq!(reasons(typed), expected, "{typed}");
    }
    let title = Field::Title;
    assert_eq!(reasons("kafe"), [(0, vec![Reason { field: title, how: How::Romaji }])]);
    assert_eq!(found(&index, "しまね県"), [0], "a part of the word may be a reading");
    assert_eq!(found(&index, "しまねけん"), Vec::<usize>::new(), "nobody said how 県 is read");
}

#[test]
fn titles_come_before_summaries_and_equals_stay_in_their_order() {
    let texts = [
        (Field::Body, "融資の話"),
        (Field::Summary, "融資の話"),
        (Field::Label, "融資"),
        (Field::Title, "融資の話"),
        (Field::Body, "融資の相談"),
        (Field::Title, "ゆうしの話"),
    ];
    let index =
        Index::build(texts.map(|field| Document { fields: vec![field], readings: vec![("融資", "ゆうし")] }));
    assert_eq!(found(&index, "融資"), [3, 1, 2, 0, 4]);
    assert_eq!(found(&index, "ゆうし"), [5, 3, 1, 2, 0, 4], "as written before by its reading");
    assert_eq!(index.search(&index.query("融資"), 2).len(), 2);
}

#[test]
fn what_was_meant_is_marked_in_the_original() {
    let index = index();
    let marked = |text: &str, typed: &str| -> Vec<String> {
        let marks = highlight(text, &index.query(typed));
        marks.into_iter().map(|mark| text[mark].to_owned()).collect()
    };
    for (text, typed, marks) in [
        ("ｶﾌｪとカフェと珈琲", "kafe", &["ｶﾌｪ", "カフェ"][..]),
        ("島根県、しまねの店", "しまね", &["島根", "しまね"]),
        ("佐々木さん", "佐木", &["佐々木"]),
        ("㈱山田", "株 山田", &["㈱山田"]),
        ("月1,000円", "1000", &["1,000"]),
        ("か\u{3099}くぶち", "がく", &["か\u{3099}く"]),
        ("サーバー、サーバの", "サーバー", &["サーバー", "サーバ"]),
        ("日本の本", "本", &["本", "本"]),
        ("創業と融資", "融資 創業", &["創業", "融資"]),
        ("なにもない", "融資", &[]),
    ] {
        assert_eq!(marked(text, typed), marks, "{typed} in {text}");
    }
}

#[test]
fn the_piece_that_is_shown_has_most_of_the_words() {
    let index = index();
    let text = "融資の話から。\n長い前置きがここにあり、まだ何も始まらない。創業の融資を受けた佐藤さんの店は、いまも続く。後の話。";
    let piece = snippet(text, &index.query("創業 融資"), 16);
    assert_eq!(piece.text, "創業の融資を受けた佐藤さんの店は");
    let marks: Vec<&str> = piece.marks.iter().map(|mark| &piece.text[mark.clone()]).collect();
    assert_eq!(marks, ["創業", "融資"]);
    assert!(piece.begins_inside && piece.ends_inside);
    let piece = snippet(text, &index.query("介護"), 8);
    assert_eq!((piece.text, piece.marks.len(), piece.begins_inside), ("融資の話から。\n", 0, false));
    assert_eq!(snippet("", &index.query("介護"), 8).text, "");
}

// Somebody pastes a whole page into the field.
#[test]
fn a_query_without_end_is_cut() {
    let index = index();
    let endless = "カフェ ".repeat(10_000);
    assert_eq!(found(&index, &endless), [0]);
    assert!(found(&index, &"nannan".repeat(2_000)).is_empty());
    assert!(index.query(&"な".repeat(10_000)).words[0].forms[0].pattern.units().len() <= 200);
}
