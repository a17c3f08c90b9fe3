//! What every store must do with what is being written, told as stories.

use std::sync::Arc;

use domain::association::AssociationId;
use domain::content::draft::{Act, Consent, Kind, Refused, State};
use domain::content::{File, Item, ShelfName};
use domain::staff::Role;
use serde_json::json;

use super::drafts::{Comment, Draft, DraftStore, NewDraft, Revision, Sort, Step, Stepped, draft_named};
use super::journal_conformance::entry;
use super::{Store, Whole};

const NOW: i64 = 1_795_000_000;
const AUTHOR: i64 = 7;
const REVIEWER: i64 = 8;
const LEAD: i64 = 9;

fn ours() -> AssociationId {
    AssociationId("shimane".to_owned())
}

fn theirs() -> AssociationId {
    AssociationId("gunma".to_owned())
}

fn revision(by: i64, body: &str) -> Revision {
    Revision { number: 0, by, at: NOW, body: body.to_owned(), consent: Some(Consent::Paper) }
}

fn new(key: &str, kind: Kind) -> NewDraft {
    NewDraft { key: key.to_owned(), association: ours(), kind, revision: revision(AUTHOR, "{}") }
}

/// With a comment.
pub(super) async fn drafted(store: &dyn DraftStore) -> Draft {
    let count = store.drafts(ours()).await.unwrap().len();
    let draft = begin(store, &format!("key {count}"), Kind::Story).await;
    store.comment_on_draft(draft.id, comment("よい話", Sort::Team), line("draft_commented")).await.unwrap();
    store.draft(draft.id).await.unwrap().unwrap()
}

fn comment(text: &str, sort: Sort) -> Comment {
    Comment { association: ours(), by: REVIEWER, at: NOW, text: text.to_owned(), sort }
}

fn line(what: &'static str) -> super::journal::Entry {
    entry("member:7", what, "")
}

async fn begin(store: &dyn DraftStore, key: &str, kind: Kind) -> Draft {
    store.begin_draft(new(key, kind), line("draft_begun")).await.unwrap().unwrap()
}

fn item(draft: &Draft) -> Arc<Item> {
    let item = json!({
        "kind": draft.kind.code(), "id": draft.item_id().as_str(), "published": "2026-11-25", "fictional": true,
        "ja": { "title": draft.newest.body, "summary": "要約", "body": "本文" },
        "industries": [], "stages": [], "areas": [], "schemes": [], "lives": []
    });
    Arc::new(File::read(json!({ "items": [item] }).to_string().as_bytes()).unwrap().items.remove(0))
}

fn step(act: Act, by: i64, draft: &Draft) -> Step {
    Step {
        act,
        seen: draft.newest.number,
        by,
        role: if by == LEAD { Role::Lead } else { Role::Member },
        crisis: false,
        words: (act == Act::Ask).then(|| "もう少し短く".to_owned()),
        item: (act == Act::Publish).then(|| item(draft)),
    }
}

async fn done(store: &dyn DraftStore, act: Act, by: i64, draft: &Draft) -> Draft {
    match store.step_draft(draft.id, step(act, by, draft), line("stepped")).await.unwrap() {
        Stepped::Done(draft) => draft,
        other => panic!("{act:?} by {by}: {other:?}"),
    }
}

async fn written(store: &dyn DraftStore, by: i64, draft: &Draft, body: &str) -> Draft {
    let revision = revision(by, body);
    match store.write_draft(draft.id, draft.newest.number, revision, line("draft_written")).await.unwrap() {
        Stepped::Done(draft) => draft,
        other => panic!("{other:?}"),
    }
}

async fn titles(store: &Store) -> Vec<String> {
    let kept = store.contents.shelf(ShelfName::Stories).await.unwrap();
    kept.shelf.items.iter().map(|item| item.head().texts.ja.title.clone()).collect()
}

pub async fn a_text_goes_its_whole_way_and_readers_see_only_what_was_published(store: Arc<impl Whole>) {
    let store = Store::of(store);
    let drafts = &*store.drafts;
    let first = begin(drafts, "k1", Kind::Story).await;
    assert_eq!((first.state, first.newest.number, &*first.writers), (State::Draft, 1, &[AUTHOR][..]));
    assert_eq!(begin(drafts, "k1", Kind::Story).await, first, "the same key again");
    assert_eq!(drafts.begin_draft(new("k1", Kind::Case), line("x")).await.unwrap(), None);
    let approved = past_a_second_person(drafts, first.clone()).await;
    assert_eq!(titles(&store).await, Vec::<String>::new());
    let public = done(drafts, Act::Publish, LEAD, &approved).await;
    assert_eq!((public.public, public.published_on.map(|day| day.day)), (Some(3), Some(25)));
    a_correction_goes_the_same_way(&store, &public).await;

    let bodies: Vec<_> = drafts.revisions(first.id).await.unwrap().into_iter().map(|one| one.body).collect();
    assert_eq!(bodies, ["{}", "一", "二", "三"]);
    let lines = store.journal.about(draft_named(first.id)).await.unwrap();
    assert_eq!(lines.len(), 10, "{lines:?}");
    assert_eq!(store.journal.broken().await.unwrap(), None);
}

async fn past_a_second_person(drafts: &dyn DraftStore, first: Draft) -> Draft {
    let first = written(drafts, AUTHOR, &first, "一").await;
    let asked = done(drafts, Act::Ask, REVIEWER, &done(drafts, Act::Send, AUTHOR, &first).await).await;
    assert_eq!((asked.state, asked.comments), (State::ChangesAsked, (1, 0)));
    let second = written(drafts, AUTHOR, &asked, "二").await;
    assert_eq!(
        (second.state, second.newest.number),
        (State::ChangesAsked, 3),
        "what was asked for is still to be seen"
    );
    done(drafts, Act::Approve, REVIEWER, &done(drafts, Act::Send, AUTHOR, &second).await).await
}

// A correction is public when it has gone the same way.
async fn a_correction_goes_the_same_way(store: &Store, public: &Draft) {
    let drafts = &*store.drafts;
    let third = written(drafts, AUTHOR, public, "三").await;
    assert_eq!(
        (third.state, third.public, titles(store).await),
        (State::Draft, Some(3), vec!["二".to_owned()])
    );
    let withdrawn = done(drafts, Act::Withdraw, LEAD, &third).await;
    assert_eq!((withdrawn.state, withdrawn.public, titles(store).await), (State::Withdrawn, None, vec![]));
    let kept = store.contents.shelf(ShelfName::Stories).await.unwrap();
    assert_eq!(kept.withdrawn, [withdrawn.item_id()]);
    assert_eq!(done(drafts, Act::Withdraw, LEAD, &third).await, withdrawn, "once more");
}

// The author and a lead both mended the same sentence; the second one's 保存 took the first one's away.
pub async fn of_two_who_write_at_once_the_later_is_shown_the_others(store: Arc<impl Whole>) {
    let store = Store::of(store);
    let draft = begin(&*store.drafts, "k1", Kind::Story).await;
    let put =
        |by, body: &str| store.drafts.write_draft(draft.id, 1, revision(by, body), line("draft_written"));
    let (one, other) = tokio::join!(put(AUTHOR, "一"), put(LEAD, "二"));
    let there = store.drafts.draft(draft.id).await.unwrap().unwrap();
    let expected = [Stepped::Done(there.clone()), Stepped::Meanwhile(there.clone())];
    let (one, other) = (one.unwrap(), other.unwrap());
    assert!([one.clone(), other.clone()] == expected || [other, one] == expected);
    let again = put(there.newest.by, &there.newest.body).await.unwrap();
    assert_eq!(again, Stepped::Done(there.clone()), "the same again: the answer was lost on the way");
    assert_eq!(store.drafts.revisions(draft.id).await.unwrap().len(), 2);
    let nobody = store.drafts.write_draft(99, 1, revision(AUTHOR, "一"), line("x")).await.unwrap();
    assert_eq!(nobody, Stepped::Unknown);
}

// She approved what she had read, and published was what had been written in the meantime.
pub async fn a_review_of_what_changed_meanwhile_is_refused(store: Arc<impl Whole>) {
    let store = Store::of(store);
    let drafts = &*store.drafts;
    let first = begin(drafts, "k1", Kind::Story).await;
    let seen = done(drafts, Act::Send, AUTHOR, &first).await;
    let second = done(drafts, Act::Send, AUTHOR, &written(drafts, AUTHOR, &seen, "別").await).await;
    let late = drafts.step_draft(first.id, step(Act::Approve, REVIEWER, &seen), line("x")).await.unwrap();
    assert_eq!(late, Stepped::Meanwhile(second.clone()));
    let own = drafts.step_draft(first.id, step(Act::Approve, AUTHOR, &second), line("x")).await.unwrap();
    assert_eq!(own, Stepped::Refused(Refused::NotHers));
    assert_eq!(drafts.draft(first.id).await.unwrap(), Some(second));
}

pub async fn of_many_who_publish_at_once_readers_get_it_once(store: Arc<impl Whole>) {
    let store = Store::of(store);
    let first = begin(&*store.drafts, "k1", Kind::Story).await;
    let drafts = &*store.drafts;
    let approved = done(drafts, Act::Approve, REVIEWER, &done(drafts, Act::Send, AUTHOR, &first).await).await;
    let all: Vec<_> = (0..10)
        .map(|_| {
            let drafts = Arc::clone(&store.drafts);
            let (id, step) = (approved.id, step(Act::Publish, LEAD, &approved));
            tokio::spawn(async move { drafts.step_draft(id, step, line("published")).await })
        })
        .collect();
    for one in all {
        assert!(matches!(one.await.unwrap().unwrap(), Stepped::Done(_)));
    }
    assert_eq!(store.contents.shelf(ShelfName::Stories).await.unwrap().shelf.number, 1);
    let lines = store.journal.about(draft_named(approved.id)).await.unwrap();
    assert_eq!(lines.iter().filter(|line| line.what == "published").count(), 1);
}

// Another association's half-written story of a founder stood in everybody's list.
pub async fn what_is_another_teams_is_in_no_list_until_it_is_shared(store: Arc<impl Whole>) {
    let store = Store::of(store);
    let drafts = &*store.drafts;
    let ids =
        async |whose| drafts.drafts(whose).await.unwrap().iter().map(|draft| draft.id).collect::<Vec<_>>();
    let story = begin(drafts, "k1", Kind::Story).await;
    let case = begin(drafts, "k2", Kind::Case).await;
    let approved = done(drafts, Act::Approve, REVIEWER, &done(drafts, Act::Send, AUTHOR, &case).await).await;
    assert_eq!((ids(ours()).await.len(), ids(theirs()).await), (2, vec![]));
    let early = drafts.step_draft(case.id, step(Act::Publish, LEAD, &approved), line("x")).await.unwrap();
    assert_eq!(early, Stepped::Refused(Refused::NotNow), "first all associations, then everybody");
    let shared = done(drafts, Act::Share, LEAD, &approved).await;
    assert_eq!(ids(theirs()).await, [case.id]);
    two_comments_are_kept_apart(drafts, case.id).await;
    let public = done(drafts, Act::Publish, LEAD, &shared).await;
    written(drafts, AUTHOR, &public, "{\"a\":1}").await;
    assert_eq!(ids(theirs()).await.len(), 0, "what is being written again");
    assert_eq!(drafts.draft(story.id).await.unwrap().unwrap().state, State::Draft);
}

async fn two_comments_are_kept_apart(drafts: &dyn DraftStore, case: i64) {
    for (text, sort) in [("内輪の話", Sort::Team), ("うちでもできそう", Sort::Open)] {
        drafts.comment_on_draft(case, comment(text, sort), line("draft_commented")).await.unwrap();
    }
    assert_eq!(drafts.draft(case).await.unwrap().unwrap().comments, (2, 1));
    let said: Vec<Comment> = drafts.draft_comments(case).await.unwrap();
    assert_eq!(said, [comment("内輪の話", Sort::Team), comment("うちでもできそう", Sort::Open)]);
}

pub async fn what_readers_have_by_another_way_is_not_replaced(store: Arc<impl Whole>) {
    let store = Store::of(store);
    let drafts = &*store.drafts;
    let first = begin(drafts, "k1", Kind::Story).await;
    let approved = done(drafts, Act::Approve, REVIEWER, &done(drafts, Act::Send, AUTHOR, &first).await).await;
    let by_hand = super::content::Change::Publish(Arc::new(vec![Item::clone(&item(&approved))]));
    store.contents.change(by_hand, NOW).await.unwrap();
    let refused = drafts.step_draft(first.id, step(Act::Publish, LEAD, &approved), line("x")).await.unwrap();
    assert_eq!(refused, Stepped::Taken);
    store.contents.change(super::content::Change::Withdraw(approved.item_id()), NOW).await.unwrap();
    let public = done(drafts, Act::Publish, LEAD, &approved).await;
    // And by the command line it goes again.
    store.contents.change(super::content::Change::Withdraw(approved.item_id()), NOW).await.unwrap();
    let there = drafts.draft(public.id).await.unwrap().unwrap();
    assert_eq!((there.state, there.public), (State::Published, None));
}

// A founder took her consent back, and her story lay in the desk's table for another year.
pub async fn what_is_removed_leaves_no_word_but_its_line_in_the_journal(store: Arc<impl Whole>) {
    let store = Store::of(store);
    let drafts = &*store.drafts;
    let draft = drafted(drafts).await;
    let gone = drafts.step_draft(draft.id, step(Act::Remove, AUTHOR, &draft), line("draft_removed")).await;
    assert_eq!(gone.unwrap(), Stepped::Gone);
    assert_eq!(
        (drafts.draft(draft.id).await.unwrap(), drafts.revisions(draft.id).await.unwrap()),
        (None, vec![])
    );
    assert_eq!(drafts.draft_comments(draft.id).await.unwrap(), []);
    let lines = store.journal.about(draft_named(draft.id)).await.unwrap();
    assert_eq!(lines[0].what, "draft_removed");
    let again = drafts.step_draft(draft.id, step(Act::Remove, AUTHOR, &draft), line("x")).await.unwrap();
    assert_eq!(again, Stepped::Unknown);
}
