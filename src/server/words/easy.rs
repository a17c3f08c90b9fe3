use super::{Telling, Words, clock, day_in_japanese, in_japanese, named_in_japanese};

/// Short sentences with spaces, readings behind the harder words.
pub(super) static WORDS: Words = Words {
    fictional: "【架空の例（かくうのれい）】",
    fictional_line: "架空の例（かくう の れい）です。ほんとうの 予約（よやく）では ありません。",
    neutral_sender: "予約（よやく）の お知らせ",
    neutral_subject: "予定（よてい）の 確認（かくにん）",
    neutral_title: "予定",
    title: "女性チーム相談",
    received: Telling {
        subject: "相談（そうだん）の 申し込みを 受け取りました",
        opening: "申し込みを 受け取りました。まだ 決まって いません。決まったら、メールを 送ります。",
    },
    confirmed: Telling {
        subject: "相談（そうだん）の 予約が 決まりました",
        opening: "予約（よやく）が 決まりました。",
    },
    moved: Telling {
        subject: "相談（そうだん）の 日が 変わりました",
        opening: "日と 時間が 変わりました。新しい 日と 時間です。",
    },
    declined: Telling {
        subject: "その 日は できませんでした",
        opening: "すみません。その 日と 時間は できませんでした。ほかの 日を 選ぶことが できます。",
    },
    cancelled: Telling {
        subject: "相談（そうだん）の 予約を やめました",
        opening: "予約（よやく）を やめました。",
    },
    waiting: Telling {
        subject: "相談（そうだん）の 順番を 待って います",
        opening: "この 日は いま いっぱいです。あいたら、申し込みの 順番（じゅんばん）に 知らせます。知らせるのは 朝 8時から 夜 9時までです。",
    },
    offered: Telling {
        subject: "待って いる 日が あきました",
        opening: "あいた 時間が あります。返事（へんじ）を もらうまで、この 時間を とって おきます。",
    },
    none_free: Telling {
        subject: "待って いた 日は あきませんでした",
        opening: "すみません。待って いた 日は あきませんでした。ほかの 日を 選ぶことが できます。",
    },
    reminder: Telling {
        subject: "もうすぐ 相談（そうだん）の 日です",
        opening: "もうすぐ 予約（よやく）の 日です。",
    },
    when: "日と 時間",
    how: "方法（ほうほう）",
    visit: "行って 話す",
    online: "オンライン",
    phone: "電話（でんわ）",
    room: "へや",
    team: "相談（そうだん）する ところ",
    team_phone: "電話番号（でんわばんごう）",
    to_check: "（確かめて ください）",
    reference: "受付番号（うけつけばんごう）",
    reason: "チームの 人から",
    colon: "：",
    change_until: "{until}まで、下の ページで 変えたり やめたり できます。",
    change_past: "ページで 変えたり やめたり できる 時間は 終わりました。来られないときは、電話（でんわ）を してください。",
    look: "下の ページで 見ることが できます。",
    answer_until: "{until}までに、下の ページで 返事を して ください。そのあとは 次の 人に 知らせます。あなたは そのまま 待つことが できます。",
    leave_list: "待つのを やめるときは、下の ページで やめて ください。",
    calendar: "ついている ファイルを 開くと、カレンダーに 入れることが できます。",
    automatic: "この メールには 返事が できません。知らない メールのときは、消して ください。",
    span: |from, to| {
        let (day, weekday) = (day_in_japanese(from.date), in_japanese(from.date.weekday()));
        format!("{day}（{weekday}よう日）{}から {}まで（日本の 時間）", clock(from), clock(to))
    },
    day: |date| format!("{}（{}よう日）", day_in_japanese(date), in_japanese(date.weekday())),
    moment: |at| {
        let weekday = in_japanese(at.date.weekday());
        format!("{}（{weekday}よう日）{}", day_in_japanese(at.date), clock(at))
    },
    team_name: named_in_japanese,
};
