//! Which sentence belongs to what the server calls by a code.

use domain::api::desk::{Act, Fault};
use domain::booking::Status;
use domain::booking::letter::{Stage, Topic};
use domain::content::Industry;
use domain::slot::Kind;
use domain::staff::Role;
use ui::component::{Tone, notice};
use ui::format;
use ui::i18n::{Key, plain, say, say_with};
use ui::node::{Content, El, el};

use crate::icon::{Sign, sign};
use crate::state::board::Told;
use crate::state::{Trouble, moment};

pub fn kind_key(kind: Kind) -> Key {
    match kind {
        Kind::Visit => Key::DeskKindVisit,
        Kind::Online => Key::DeskKindOnline,
        Kind::Phone => Key::DeskKindPhone,
    }
}

pub fn status_key(status: Status) -> Key {
    match status {
        // Those never leave her phone; a server that named one would be wrong, and the word says so.
        Status::Draft | Status::Queued | Status::Sending => Key::DeskStatusUnsent,
        Status::Pending => Key::DeskStatusPending,
        Status::Waiting => Key::DeskStatusWaiting,
        Status::Offered => Key::DeskStatusOffered,
        Status::Confirmed => Key::DeskStatusConfirmed,
        Status::Moved => Key::DeskStatusMoved,
        Status::Declined => Key::DeskStatusDeclined,
        Status::Cancelled => Key::DeskStatusCancelled,
        Status::Expired => Key::DeskStatusExpired,
        Status::Attended => Key::DeskStatusAttended,
        Status::Absent => Key::DeskStatusAbsent,
    }
}

/// The state with its sign; never by colour alone.
pub fn state(status: Status) -> El {
    let (tone, mark) = match status {
        Status::Draft | Status::Queued | Status::Sending | Status::Pending => ("wait", Sign::Wait),
        Status::Waiting | Status::Offered => ("line", Sign::Wait),
        Status::Confirmed | Status::Moved => ("good", Sign::Stands),
        Status::Attended => ("good", Sign::Came),
        Status::Absent => ("over", Sign::Missed),
        Status::Declined | Status::Cancelled | Status::Expired => ("over", Sign::Over),
    };
    el("span")
        .class("dk-state")
        .set("data-tone", tone)
        .set("data-testid", "state")
        .put(sign(mark))
        .put(el("span").put(say(status_key(status))))
}

pub fn role_key(role: Role) -> Key {
    match role {
        Role::Member => Key::DeskRoleMember,
        Role::Lead => Key::DeskRoleLead,
        Role::Federation => Key::DeskRoleFederation,
    }
}

pub fn act_key(act: Act) -> Key {
    match act {
        Act::Confirm => Key::DeskActConfirm,
        Act::Decline => Key::DeskActDecline,
        Act::Propose => Key::DeskActPropose,
        Act::Cancel => Key::DeskActCancel,
        Act::Attended => Key::DeskActAttended,
        Act::Absent => Key::DeskActAbsent,
    }
}

/// What will happen, and above all what she is told.
pub fn consequence_key(act: Act) -> Key {
    match act {
        Act::Confirm => Key::DeskThenConfirm,
        Act::Decline => Key::DeskThenDecline,
        Act::Propose => Key::DeskThenPropose,
        Act::Cancel => Key::DeskThenCancel,
        Act::Attended | Act::Absent => Key::DeskThenAttended,
    }
}

fn done_key(act: Act) -> Key {
    match act {
        Act::Confirm => Key::DeskDoneConfirm,
        Act::Decline => Key::DeskDoneDecline,
        Act::Propose => Key::DeskDonePropose,
        Act::Cancel => Key::DeskDoneCancel,
        Act::Attended => Key::DeskDoneAttended,
        Act::Absent => Key::DeskDoneAbsent,
    }
}

pub fn stage_key(code: &str) -> Option<Key> {
    Some(match Stage::parse(code)? {
        Stage::Idea => Key::DeskStageIdea,
        Stage::Preparing => Key::DeskStagePreparing,
        Stage::Started => Key::DeskStageStarted,
        Stage::Running => Key::DeskStageRunning,
    })
}

/// A code beside its word.
pub type Coded = (String, String);

pub fn industries() -> Vec<Coded> {
    let words = plain(Key::DeskIndustries);
    Industry::ALL.iter().map(|one| one.code().to_owned()).zip(words.split('|').map(str::to_owned)).collect()
}

pub fn stages() -> Vec<Coded> {
    let word = |code| stage_key(code).map(plain).unwrap_or_default();
    Stage::ALL.iter().map(|one| (one.code().to_owned(), word(one.code()))).collect()
}

pub fn topic_key(code: &str) -> Option<Key> {
    Some(match Topic::parse(code)? {
        Topic::Plan => Key::DeskTopicPlan,
        Topic::Money => Key::DeskTopicMoney,
        Topic::Balance => Key::DeskTopicBalance,
        Topic::Customers => Key::DeskTopicCustomers,
        Topic::Other => Key::DeskTopicOther,
    })
}

/// 「9:30–10:30」
pub fn from_to(start: &str, minutes: u16) -> String {
    let start = moment(start);
    [format::clock(start), format::clock(start + i64::from(minutes) * 60)].join("–")
}

pub fn when(at: &str) -> String {
    format::day_and_clock(moment(at))
}

fn fault_key(fault: Fault) -> Key {
    match fault {
        Fault::SignedOut => Key::DeskFaultSignedOut,
        Fault::Forbidden => Key::DeskFaultForbidden,
        Fault::NotFound => Key::DeskFaultNotFound,
        Fault::Invalid => Key::DeskFaultInvalid,
        // The last is about rules, which are edited elsewhere.
        Fault::ChangedMeanwhile | Fault::WrongState | Fault::HitsBookings => Key::DeskFaultChanged,
        Fault::NotOffered => Key::DeskFaultNotOffered,
        // Asked for by itself; seen only where she does not answer.
        Fault::PasskeyRefused | Fault::SignInAgain => Key::DeskFaultPasskey,
        Fault::InvitationOver => Key::DeskFaultInvitation,
        Fault::LastOne => Key::DeskFaultLastOne,
        Fault::TooManyRequests | Fault::Busy | Fault::TimedOut => Key::DeskFaultBusy,
        Fault::TooLarge => Key::DeskFaultTooLarge,
        // Defects of ours, whichever they are: the same sentence, and nothing lost.
        Fault::MethodNotAllowed | Fault::Malformed | Fault::UnsupportedMediaType | Fault::Internal => {
            Key::DeskFaultInternal
        }
    }
}

pub fn trouble_key(trouble: &Trouble) -> Key {
    match trouble {
        Trouble::SignedOut => Key::DeskFaultSignedOut,
        Trouble::Unreachable => Key::DeskFaultUnreachable,
        Trouble::Refused(problem) => fault_key(problem.code),
        Trouble::Broken => Key::DeskFaultInternal,
    }
}

pub fn trouble(trouble: &Trouble) -> El {
    notice(Tone::Warning, say(trouble_key(trouble))).set("data-testid", "trouble")
}

/// What became of what she did.
pub fn told(told: &Told) -> El {
    match told {
        Told::Done(reference, act) => {
            let number = format::reference(reference);
            notice(Tone::Good, say_with(done_key(*act), &[("number", &number)])).set("data-testid", "done")
        }
        Told::HandedOver(reference) => {
            let number = format::reference(reference);
            notice(Tone::Good, say_with(Key::DeskDoneHandOver, &[("number", &number)]))
                .set("data-testid", "done")
        }
        Told::Noted => notice(Tone::Good, say(Key::DeskDoneNote)).set("data-testid", "done"),
        Told::Recorded => notice(Tone::Good, say(Key::DeskDoneSubject)).set("data-testid", "done"),
        Told::Changed(card) => {
            let places =
                [("number", &*format::reference(&card.reference)), ("now", &*plain(status_key(card.status)))];
            notice(Tone::Warning, say_with(Key::DeskChanged, &places)).set("data-testid", "changed")
        }
        Told::Trouble(why) => trouble(why),
    }
}

/// Nothing where there is nothing to tell.
pub fn told_if(what: Option<Told>) -> Content {
    what.as_ref().map_or(Content::Nothing, |what| told(what).into())
}
