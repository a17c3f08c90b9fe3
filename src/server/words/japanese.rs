use super::{Telling, Words, clock, day_in_japanese, in_japanese, named_in_japanese};

pub(super) static WORDS: Words = Words {
    fictional: "【架空の例】",
    fictional_line: "架空の例です。実際の予約ではありません。",
    neutral_sender: "予約のお知らせ",
    neutral_subject: "ご予定の確認",
    neutral_title: "予定",
    title: "女性チーム相談",
    received: Telling {
        subject: "相談のお申し込みを受け付けました",
        opening: "お申し込みを受け付けました。まだ確定していません。確定したら、もう一度お知らせします。",
    },
    confirmed: Telling {
        subject: "相談のご予約が確定しました", opening: "ご予約が確定しました。"
    },
    moved: Telling {
        subject: "相談の日時を変更しました",
        opening: "日時を変更しました。新しい日時は次のとおりです。",
    },
    declined: Telling {
        subject: "ご希望の日時ではお受けできませんでした",
        opening: "申し訳ありません。ご希望の日時ではお受けできませんでした。別の日時をお選びいただけます。",
    },
    cancelled: Telling {
        subject: "相談のご予約を取り消しました", opening: "ご予約を取り消しました。"
    },
    waiting: Telling {
        subject: "相談の順番待ちを受け付けました",
        opening: "この日の順番待ちを受け付けました。空きが出ましたら、お申し込みの順に8時から21時の間にお知らせします。",
    },
    offered: Telling {
        subject: "お待ちの日に空きが出ました",
        opening: "空きが出ました。お返事をいただくまで、次の日時をお取りしています。",
    },
    none_free: Telling {
        subject: "お待ちの日に空きは出ませんでした",
        opening: "申し訳ありません。お待ちの日に空きは出ませんでした。別の日時をお選びいただけます。",
    },
    reminder: Telling {
        subject: "相談の日が近づきました",
        opening: "ご予約の日が近づきましたので、お知らせします。",
    },
    when: "日時",
    how: "方法",
    visit: "来所",
    online: "オンライン",
    phone: "電話",
    room: "部屋",
    team: "相談先",
    team_phone: "相談先の電話",
    to_check: "（要確認）",
    reference: "受付番号",
    reason: "担当者より",
    colon: "：",
    change_until: "変更・取り消しは、{until}まで次のページでできます。",
    change_past: "ページでの変更・取り消しの期限は過ぎています。ご都合が変わったときは、お電話でご連絡ください。",
    look: "内容は次のページで見られます。",
    answer_until: "{until}までに、次のページでお返事ください。過ぎると、次の方にお知らせします。順番待ちは続きます。",
    leave_list: "順番待ちは、次のページでいつでもやめられます。",
    calendar: "添付のファイルを開くと、カレンダーに反映できます。",
    automatic: "このメールは自動で送っています。返信は届きません。お心当たりがないときは、削除してください。",
    span: |from, to| {
        let day = day_in_japanese(from.date);
        format!("{day}（{}）{}〜{}（日本時間）", in_japanese(from.date.weekday()), clock(from), clock(to))
    },
    day: |date| format!("{}（{}）", day_in_japanese(date), in_japanese(date.weekday())),
    moment: |at| format!("{}（{}）{}", day_in_japanese(at.date), in_japanese(at.date.weekday()), clock(at)),
    team_name: named_in_japanese,
};
