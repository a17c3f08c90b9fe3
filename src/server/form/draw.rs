//! The form itself: the questions of the app, on one page, in the same order.

use domain::api::{Offer, OfferedTime};
use domain::association::Association;
use domain::booking::contact::{Channel, NAME_MAX, NOTE_MAX};
use domain::booking::letter::{Stage, Topic};
use domain::calendar::{JstTime, from_rfc3339};
use maud::{Markup, html};

use super::filled::{Filled, Wrong, option};
use crate::words::{Words, clock, day_and_weekday};

/// What there is to say above the form.
pub enum Notice {
    None,
    Wrong(Vec<Wrong>),
    /// Sent once more it is taken.
    Once(&'static str),
}

#[must_use]
pub fn form(team: &Association, offer: &Offer, filled: &Filled, notice: &Notice, words: &Words) -> Markup {
    let wrong = match notice {
        Notice::Wrong(wrong) => wrong.as_slice(),
        Notice::None | Notice::Once(_) => &[],
    };
    let contact = &filled.letter.contact;
    html! {
        p.tn-book__team { ((words.team_name)(team)) }
        @if offer.fictional { p.tn-boot-failed { "【架空の例】お試し用の架空の予定です。実際の相談は行われません。" } }
        (said(notice))
        form.tn-form method="post" novalidate {
            (times(offer, filled, wrong, words))
            (line("name", "text", "お名前（ニックネームでも）", &contact.name, NAME_MAX * 2, wrong))
            p.tn-form__between { "電話かメール、どちらか一つで大丈夫です。" }
            (line("phone", "tel", "電話番号", &contact.phone, 40, wrong))
            (line("mail", "email", "メールアドレス", &contact.mail, 254, wrong))
            (safety(filled, wrong))
            (about(filled, wrong))
            (consent(team, filled, wrong))
            (trap(filled))
            input type="hidden" name="key" value=(filled.stamp.key);
            input type="hidden" name="made_at" value=(filled.stamp.made_at);
            input type="hidden" name="mark" value=(filled.stamp.mark);
            p.tn-book__ways { button.tn-button data-kind="primary" type="submit" { "この内容で送る" } }
        }
    }
}

fn said(notice: &Notice) -> Markup {
    html! {
        @match notice {
            Notice::None => {}
            Notice::Once(words) => div.tn-errors role="alert" { p { (words) } },
            Notice::Wrong(wrong) => div.tn-errors role="alert" {
                h2.tn-errors__title { "入力を確かめてください" }
                ul.tn-errors__list {
                    @for one in wrong {
                        li { a.tn-errors__link href={ "#" (one.field()) } { (one.words()) } }
                    }
                }
            },
        }
    }
}

fn times(offer: &Offer, filled: &Filled, wrong: &[Wrong], words: &Words) -> Markup {
    let begin =
        |time: &OfferedTime| JstTime::from_unix_seconds(from_rfc3339(&time.start).unwrap_or_default());
    let times: Vec<_> = offer.times.iter().map(|time| (begin(time), time)).collect();
    let days = times.chunk_by(|one, next| one.0.date == next.0.date);
    html! {
        div.tn-field {
            label.tn-field__label for="wish" { "日時と話し方" }
            (fault("wish", wrong))
            select.tn-field__input #wish name="wish" aria-invalid=[invalid("wish", wrong)] aria-describedby=[described("wish", wrong)] {
                option value="" { "選んでください" }
                @for day in days {
                    optgroup label=(day_and_weekday(day[0].0.date)) {
                        @for (begin, time) in day {
                            @for kind in &time.kinds {
                                @let value = option(&time.start, *kind);
                                option value=(value) selected[value == filled.wish] {
                                    (day_and_weekday(begin.date)) " " (clock(*begin)) " " (words.kind(*kind))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn line(name: &str, kind: &str, label: &str, value: &str, most: usize, wrong: &[Wrong]) -> Markup {
    html! {
        div.tn-field {
            label.tn-field__label for=(name) { (label) }
            (fault(name, wrong))
            input.tn-field__input id=(name) name=(name) type=(kind) value=(value) maxlength=(most) autocomplete="off"
                aria-invalid=[invalid(name, wrong)] aria-describedby=[described(name, wrong)];
        }
    }
}

fn safety(filled: &Filled, wrong: &[Wrong]) -> Markup {
    let safety = &filled.letter.contact.safety;
    let by = |channel| safety.channels.contains(&channel);
    html! {
        section.tn-page__section aria-labelledby="safe" {
            h2.tn-page__subtitle #safe { "安全に連絡するために" }
            p.tn-page__small { "ご家族などに知られたくないときのための質問です。チームは連絡の前に必ず見ます。" }
            fieldset.tn-checks #channels {
                legend.tn-checks__legend { "連絡してよい方法" }
                (fault("channels", wrong))
                div.tn-checks__list {
                    (tick("channels", Channel::Phone.code(), "電話", by(Channel::Phone)))
                    (tick("channels", Channel::Mail.code(), "メール", by(Channel::Mail)))
                }
            }
            (line("hours", "text", "連絡してよい時間帯（例：平日の10時から15時）", &safety.hours, 100, &[]))
            (tick("message", "yes", "留守番電話に伝言を残してもよい", safety.may_leave_message))
            (tick("discreet", "yes", "件名や差出人で、相談だと分からないようにする", safety.discreet))
        }
    }
}

fn about(filled: &Filled, wrong: &[Wrong]) -> Markup {
    let letter = &filled.letter;
    html! {
        section.tn-page__section aria-labelledby="about" {
            h2.tn-page__subtitle #about { "相談の内容（書かなくても大丈夫です）" }
            fieldset.tn-checks {
                legend.tn-checks__legend { "今の段階" }
                div.tn-checks__list {
                    @for stage in Stage::ALL {
                        (choice("radio", "stage", stage.code(), stage_words(stage), letter.stage == Some(stage)))
                    }
                }
            }
            fieldset.tn-checks {
                legend.tn-checks__legend { "話したいこと" }
                div.tn-checks__list {
                    @for topic in Topic::ALL {
                        (tick("topics", topic.code(), topic_words(topic), letter.topics.contains(&topic)))
                    }
                }
            }
            div.tn-field {
                label.tn-field__label for="note" { "伝えておきたいこと" }
                (fault("note", wrong))
                textarea.tn-field__input #note name="note" rows="5" maxlength=(NOTE_MAX) autocomplete="off" {
                    // Browsers swallow the first line end in here; it shall not be hers.
                    "\n" (letter.contact.note)
                }
            }
        }
    }
}

fn consent(team: &Association, filled: &Filled, wrong: &[Wrong]) -> Markup {
    html! {
        section.tn-page__section aria-labelledby="use" {
            h2.tn-page__subtitle #use { "個人情報の使い方" }
            p {
                "書いた内容は、" (team.name.value) "がこの相談の準備と連絡のためだけに使います。"
                "届いた内容にはサーバーで封をし、暗号のまま保管します。健康やご家庭の事情を書くかどうかは自由です。"
                "必要がなくなったら消します。見たい、直したい、消したいときは、チームに連絡してください。"
            }
            div #consent {
                (fault("consent", wrong))
                (tick("consent", "yes", "この使い方に同意します", filled.letter.contact.consent.is_some()))
            }
        }
    }
}

/// Nobody sees it, until somebody has filled it in: then perhaps her browser did, and she can mend it.
fn trap(filled: &Filled) -> Markup {
    let hidden = filled.trap.is_empty();
    html! {
        div.tn-visually-hidden[hidden] aria-hidden=[hidden.then_some("true")] {
            label for="website" { "この欄は空のままにしてください" }
            input.tn-field__input #website name="website" value=(filled.trap) autocomplete="off" tabindex=[hidden.then_some("-1")];
        }
    }
}

fn tick(name: &str, value: &str, label: &str, ticked: bool) -> Markup {
    choice("checkbox", name, value, label, ticked)
}

fn choice(kind: &str, name: &str, value: &str, label: &str, chosen: bool) -> Markup {
    html! {
        label.tn-check {
            input.tn-check__box type=(kind) name=(name) value=(value) checked[chosen];
            span { (label) }
        }
    }
}

fn fault(field: &str, wrong: &[Wrong]) -> Markup {
    html! {
        @if let Some(one) = wrong.iter().find(|one| one.field() == field) {
            p.tn-field__error id={ (field) "-error" } { (one.words()) }
        }
    }
}

fn invalid(field: &str, wrong: &[Wrong]) -> Option<&'static str> {
    wrong.iter().any(|one| one.field() == field).then_some("true")
}

fn described(field: &str, wrong: &[Wrong]) -> Option<String> {
    invalid(field, wrong).map(|_| format!("{field}-error"))
}

const fn stage_words(stage: Stage) -> &'static str {
    match stage {
        Stage::Idea => "考えはじめた",
        Stage::Preparing => "準備している",
        Stage::Started => "始めて5年以内",
        Stage::Running => "それより前から",
    }
}

const fn topic_words(topic: Topic) -> &'static str {
    match topic {
        Topic::Plan => "事業計画",
        Topic::Money => "資金と保証",
        Topic::Balance => "家庭やほかの仕事との両立",
        Topic::Customers => "お客さまの見つけ方",
        Topic::Other => "そのほか",
    }
}
