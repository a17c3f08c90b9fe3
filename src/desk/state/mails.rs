//! The team's own lines in mails, as a lead edits them. What she has typed lies in the drafts until it is saved.

use browser::spawn_local;
use domain::api::FieldProblem;
use domain::api::desk::Fault;
use domain::api::desk::ops::{AskPreview, MailLines, MailTexts, NewMailTexts, Preview};
use serde::{Deserialize, Serialize};
use ui::live::Live;

use super::drafts::Drafts;
use super::session::Session;
use super::{Fetched, Trouble};

const DRAFT: &str = "mails";
const PATH: &str = "mails";

/// Kinds of mails, by the server's codes, in the order in which a founder gets them.
pub const NEWS: [&str; 9] = [
    "received",
    "confirmed",
    "reminder",
    "moved",
    "declined",
    "cancelled",
    "waiting",
    "offered",
    "none_free",
];

#[derive(Serialize, Deserialize)]
struct Kept {
    texts: Vec<MailLines>,
    /// Of what she began with.
    mark: Option<String>,
}

#[derive(Clone, Copy)]
pub struct Mails {
    pub there: Live<Fetched<MailTexts>>,
    /// Of which kind, and whether in English.
    pub chosen: Live<(&'static str, bool)>,
    pub discreet: Live<bool>,
    pub preview: Live<Option<Fetched<Preview>>>,
    /// Somebody else saved while she was editing.
    pub meanwhile: Live<bool>,
    pub wrong: Live<Vec<FieldProblem>>,
    pub saved: Live<bool>,
    pub trouble: Live<Option<Trouble>>,
    pub busy: Live<bool>,
    /// Another number where the fields hold something else.
    pub shape: Live<u32>,
    form: Live<Vec<MailLines>>,
    mark: Live<Option<String>>,
    session: Session,
    drafts: Drafts,
}

impl Mails {
    pub(super) fn new(session: Session, drafts: Drafts) -> Self {
        Self {
            there: Live::new(Fetched::NotYet),
            chosen: Live::new(("confirmed", false)),
            discreet: Live::new(false),
            preview: Live::new(None),
            meanwhile: Live::new(false),
            wrong: Live::new(Vec::new()),
            saved: Live::new(false),
            trouble: Live::new(None),
            busy: Live::new(false),
            shape: Live::new(0),
            form: Live::new(Vec::new()),
            mark: Live::new(None),
            session,
            drafts,
        }
    }

    pub fn open(self) {
        self.saved.settle(false);
        self.trouble.settle(None);
        self.there.settle(Fetched::NotYet);
        spawn_local(async move {
            match self.session.get::<MailTexts>(PATH).await {
                Ok(there) => self.begin(there),
                Err(trouble) => self.there.settle(Fetched::Failed(trouble)),
            }
        });
    }

    pub fn forget(self) {
        self.there.settle(Fetched::NotYet);
        self.preview.settle(None);
        self.form.settle(Vec::new());
        self.meanwhile.settle(false);
        self.wrong.settle(Vec::new());
    }

    /// With what she had begun, where there is something.
    fn begin(self, there: MailTexts) {
        let kept: Option<Kept> = serde_json::from_str(&self.drafts.of(DRAFT)).ok();
        let (texts, mark) = match kept {
            Some(kept) => (kept.texts, kept.mark),
            None => (there.texts.clone(), there.mark.clone()),
        };
        self.meanwhile.settle(mark != there.mark);
        self.mark.settle(mark);
        self.form.settle(texts);
        self.there.set(Fetched::There(there));
        self.look();
    }

    pub fn choose(self, news: &'static str, english: bool) {
        self.chosen.settle((news, english));
        self.shape.update(|shape| *shape += 1);
        self.look();
    }

    pub fn show_discreet(self, discreet: bool) {
        self.discreet.settle(discreet);
        self.look();
    }

    /// As they stand in the fields now.
    #[must_use]
    pub fn lines(self) -> MailLines {
        let (news, english) = self.chosen.now();
        self.form.peek(|form| of(form, news, tag(english)))
    }

    pub fn write(self, change: impl FnOnce(&mut MailLines)) {
        let mut lines = self.lines();
        change(&mut lines);
        self.form.update(|form| put(form, lines));
        self.saved.settle(false);
        self.wrong.settle(Vec::new());
        self.keep();
    }

    fn keep(self) {
        if !self.is_changed_now() {
            self.drafts.drop(DRAFT);
            return;
        }
        let kept = Kept { texts: self.form.now(), mark: self.mark.now() };
        self.drafts.write(DRAFT, &serde_json::to_string(&kept).unwrap_or_default());
    }

    fn is_changed_now(self) -> bool {
        let form = self.form.now();
        self.theirs().is_some_and(|theirs| !differing(&form, &theirs).is_empty())
    }

    /// Whether there is anything to save; follows.
    #[must_use]
    pub fn is_changed(self) -> bool {
        let form = self.form.get();
        self.there.with(|there| match there {
            Fetched::There(there) => !differing(&form, &there.texts).is_empty(),
            Fetched::NotYet | Fetched::Failed(_) => false,
        })
    }

    fn theirs(self) -> Option<Vec<MailLines>> {
        self.there.peek(|there| match there {
            Fetched::There(there) => Some(there.texts.clone()),
            Fetched::NotYet | Fetched::Failed(_) => None,
        })
    }

    /// What a colleague saved where it is not what stands here.
    #[must_use]
    pub fn others(self) -> Vec<MailLines> {
        let form = self.form.now();
        differing(&form, &self.theirs().unwrap_or_default())
    }

    /// Theirs instead of hers.
    pub fn take_theirs(self) {
        self.form.settle(self.theirs().unwrap_or_default());
        self.shape.update(|shape| *shape += 1);
        self.go_on();
    }

    /// Goes on with hers, knowing of the other's.
    pub fn go_on(self) {
        let mark = self.there.peek(|there| match there {
            Fetched::There(there) => there.mark.clone(),
            Fetched::NotYet | Fetched::Failed(_) => None,
        });
        self.mark.settle(mark);
        self.meanwhile.settle(false);
        self.keep();
    }

    /// The mail as the server would compose it with what stands in the fields.
    pub fn look(self) {
        let asked = AskPreview { lines: self.lines(), discreet: self.discreet.now() };
        self.preview.settle(Some(Fetched::NotYet));
        spawn_local(async move {
            let found = self.session.post::<_, Preview>("mails/preview", &asked).await;
            // She may have chosen another one meanwhile.
            if self.lines() != asked.lines || self.discreet.now() != asked.discreet {
                return;
            }
            match found {
                Ok(preview) => self.preview.settle(Some(Fetched::There(preview))),
                Err(Trouble::Refused(problem)) if problem.code == Fault::Invalid => {
                    self.wrong.settle(problem.fields);
                    self.preview.settle(None);
                }
                Err(trouble) => self.preview.settle(Some(Fetched::Failed(trouble))),
            }
        });
    }

    pub fn save(self) {
        if self.busy.now() {
            return;
        }
        let new = NewMailTexts { texts: self.form.now(), mark: self.mark.now() };
        self.busy.set(true);
        self.trouble.settle(None);
        spawn_local(async move {
            match self.session.post::<_, MailTexts>(PATH, &new).await {
                Ok(there) => {
                    self.mark.settle(there.mark.clone());
                    self.there.set(Fetched::There(there));
                    // What she typed while it was on its way is still to be saved.
                    self.saved.settle(self.form.peek(|form| *form == new.texts));
                    self.keep();
                    self.look();
                }
                Err(trouble) => self.take_refusal(trouble, &new).await,
            }
            self.busy.set(false);
        });
    }

    async fn take_refusal(self, trouble: Trouble, sent: &NewMailTexts) {
        match trouble {
            Trouble::Refused(problem) if problem.code == Fault::ChangedMeanwhile => {
                match self.session.get::<MailTexts>(PATH).await {
                    Ok(there) => {
                        self.there.set(Fetched::There(there));
                        self.meanwhile.settle(true);
                    }
                    Err(trouble) => self.trouble.set(Some(trouble)),
                }
            }
            Trouble::Refused(problem) if problem.code == Fault::Invalid => {
                self.show_wrong(problem.fields, sent)
            }
            other => self.trouble.set(Some(other)),
        }
    }

    /// Goes to the mail in which something is wrong.
    fn show_wrong(self, fields: Vec<FieldProblem>, sent: &NewMailTexts) {
        let at = fields.first().and_then(|one| one.field.split(['[', ']']).nth(1)?.parse::<usize>().ok());
        if let Some(lines) = at.and_then(|at| sent.texts.get(at))
            && let Some(news) = NEWS.into_iter().find(|news| *news == lines.news)
        {
            self.chosen.settle((news, lines.language == "en"));
            self.shape.update(|shape| *shape += 1);
        }
        self.wrong.settle(fields);
    }
}

const fn tag(english: bool) -> &'static str {
    if english { "en" } else { "ja" }
}

fn of(texts: &[MailLines], news: &str, language: &str) -> MailLines {
    let found = texts.iter().find(|one| one.news == news && one.language == language);
    found.cloned().unwrap_or_else(|| MailLines {
        news: news.to_owned(),
        language: language.to_owned(),
        greeting: String::new(),
        closing: String::new(),
    })
}

fn put(texts: &mut Vec<MailLines>, lines: MailLines) {
    texts.retain(|one| (&one.news, &one.language) != (&lines.news, &lines.language));
    if !lines.greeting.is_empty() || !lines.closing.is_empty() {
        texts.push(lines);
    }
}

/// Where the other's is not the one's, the other's; an order is no difference.
fn differing(one: &[MailLines], other: &[MailLines]) -> Vec<MailLines> {
    let all = NEWS.into_iter().flat_map(|news| ["ja", "en"].map(|language| (news, language)));
    let pairs = all.map(|(news, language)| (of(one, news, language), of(other, news, language)));
    pairs.filter(|(one, other)| one != other).map(|(_, other)| other).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(news: &str, greeting: &str) -> MailLines {
        MailLines { greeting: greeting.to_owned(), ..of(&[], news, "ja") }
    }

    // A text was emptied, and "nothing to save" stood beside it: an empty one and none were two things.
    #[test]
    fn an_emptied_text_is_none_and_an_order_is_no_difference() {
        let mut mine = vec![lines("moved", "a"), lines("confirmed", "b")];
        let theirs = vec![lines("confirmed", "b"), lines("moved", "a")];
        assert_eq!(differing(&mine, &theirs), []);
        put(&mut mine, lines("moved", ""));
        assert_eq!(mine.len(), 1);
        assert_eq!(differing(&mine, &theirs), [lines("moved", "a")]);
        assert_eq!(differing(&theirs, &mine), [lines("moved", "")]);
    }
}
