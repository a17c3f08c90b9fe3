//! The tables that are carried, with their columns as every database has them.

use super::{Column, Kind, Table};

/// Each after those that it refers to. Sessions, ceremonies and open invitations are left: everybody signs in again, and
/// whoever was not there yet is asked in again.
pub static TABLES: [Table; 23] = [
    RULES, BOOKINGS, PASSED, ANSWERS, MAILS, ACCESSES, NOTES, CONTENTS, SHELVES, HOSTS, PICTURES, MEMBERS,
    PASSKEYS, EDITIONS, FACTS, JOURNAL, DRAFTS, REVISIONS, COMMENTS, SETTINGS, CALLS, SUBJECTS, TALLIES,
];

const fn column(name: &'static str, kind: Kind) -> Column {
    Column { name, kind }
}

const RULES: Table = Table {
    name: "rules",
    columns: &[
        column("team", Kind::Text),
        column("rules", Kind::Text),
        column("fictional", Kind::Flag),
        column("changed_at", Kind::Big),
    ],
};

const BOOKINGS: Table = Table {
    name: "bookings",
    columns: &[
        column("id", Kind::Big),
        column("reference", Kind::Text),
        column("token", Kind::Bytes),
        column("team", Kind::Text),
        column("start", Kind::Big),
        column("length", Kind::Integer),
        column(HELD_UNTIL, Kind::Big),
        column("kind", Kind::Text),
        column("place", Kind::Small),
        column("status", Kind::Text),
        column("sequence", Kind::Big),
        column("deadline", Kind::Big),
        column("fictional", Kind::Flag),
        column("key", Kind::Text),
        column("key_id", Kind::Text),
        column("sealed", Kind::Bytes),
        column("received_at", Kind::Big),
        column("changed_at", Kind::Big),
        column("reason", Kind::Text),
        column("erased_at", Kind::Big),
        column("answer_by", Kind::Big),
        column("assigned", Kind::Big),
    ],
};

const PASSED: Table = Table {
    name: "passed",
    columns: &[column("id", Kind::Big), column("booking", Kind::Big), column("start", Kind::Big)],
};

/// The end of what a booking holds, its buffer included; where it holds nothing any more, its own end.
pub const HELD_UNTIL: &str = "held_until";

const ANSWERS: Table = Table {
    name: "answers",
    columns: &[
        column("key", Kind::Text),
        column("fingerprint", Kind::Bytes),
        column("rank", Kind::Small),
        column("booking", Kind::Big),
        column("near", Kind::Text),
        column("at", Kind::Big),
    ],
};

const MAILS: Table = Table {
    name: "mails",
    columns: &[
        column("id", Kind::Big),
        column("booking", Kind::Big),
        column("event", Kind::Text),
        column("sequence", Kind::Big),
        column("due_at", Kind::Big),
        column("attempt_at", Kind::Big),
        column("attempts", Kind::Big),
        column("outcome", Kind::Text),
    ],
};

const ACCESSES: Table = Table {
    name: "accesses",
    columns: &[
        column("id", Kind::Big),
        column("booking", Kind::Big),
        column("who", Kind::Text),
        column("what", Kind::Text),
        column("at", Kind::Big),
    ],
};

const NOTES: Table = Table {
    name: "notes",
    columns: &[
        column("id", Kind::Big),
        column("booking", Kind::Big),
        column("by", Kind::Big),
        column("at", Kind::Big),
        column("bound", Kind::Text),
        column("key_id", Kind::Text),
        column("sealed", Kind::Bytes),
    ],
};

const CONTENTS: Table = Table {
    name: "contents",
    columns: &[
        column("id", Kind::Text),
        column("shelf", Kind::Text),
        column("origin", Kind::Text),
        column("body", Kind::Text),
        column("changed_at", Kind::Big),
    ],
};

const SHELVES: Table =
    Table { name: "shelves", columns: &[column("shelf", Kind::Text), column("number", Kind::Big)] };

const HOSTS: Table = Table {
    name: "hosts",
    columns: &[
        column("id", Kind::Big),
        column("association", Kind::Text),
        column("origin", Kind::Text),
        column("added_at", Kind::Big),
    ],
};

pub(super) const PICTURES: Table = Table {
    name: "pictures",
    columns: &[
        column("id", Kind::Big),
        column("sha", Kind::Text),
        column("association", Kind::Text),
        column("width", Kind::Big),
        column("height", Kind::Big),
        column("alt", Kind::Text),
        column("alt_en", Kind::Text),
        column("bytes", Kind::Bytes),
        column("small", Kind::Bytes),
        column("added_by", Kind::Text),
        column("added_at", Kind::Big),
    ],
};

const MEMBERS: Table = Table {
    name: "members",
    columns: &[
        column("id", Kind::Big),
        column("handle", Kind::Bytes),
        column("name", Kind::Text),
        column("role", Kind::Text),
        column("association", Kind::Text),
        column("added_at", Kind::Big),
        column("disabled_at", Kind::Big),
    ],
};

const PASSKEYS: Table = Table {
    name: "passkeys",
    columns: &[
        column("id", Kind::Big),
        column("member", Kind::Big),
        column("credential", Kind::Bytes),
        column("body", Kind::Text),
        column("added_at", Kind::Big),
        column("used_at", Kind::Big),
    ],
};

const EDITIONS: Table = Table {
    name: "editions",
    columns: &[
        column("number", Kind::Big),
        column("at", Kind::Big),
        column("by", Kind::Text),
        column("base", Kind::Big),
        column("body", Kind::Text),
    ],
};

const FACTS: Table = Table {
    name: "facts",
    columns: &[
        column("id", Kind::Big),
        column("association", Kind::Text),
        column("field", Kind::Text),
        column("given", Kind::Text),
        column("by", Kind::Big),
        column("at", Kind::Big),
        column("state", Kind::Text),
        column("edition", Kind::Big),
    ],
};

const JOURNAL: Table = Table {
    name: "journal",
    columns: &[
        column("id", Kind::Big),
        column("at", Kind::Big),
        column("who", Kind::Text),
        column("association", Kind::Text),
        column("what", Kind::Text),
        column("about", Kind::Text),
        column("detail", Kind::Text),
        column("hash", Kind::Bytes),
    ],
};

const DRAFTS: Table = Table {
    name: "drafts",
    columns: &[
        column("id", Kind::Big),
        column("key", Kind::Text),
        column("association", Kind::Text),
        column("kind", Kind::Text),
        column("author", Kind::Big),
        column("state", Kind::Text),
        column("revision", Kind::Big),
        column("public_revision", Kind::Big),
        column("published_on", Kind::Text),
        column("started_at", Kind::Big),
        column("changed_at", Kind::Big),
    ],
};

const REVISIONS: Table = Table {
    name: "draft_revisions",
    columns: &[
        column("id", Kind::Big),
        column("draft", Kind::Big),
        column("number", Kind::Big),
        column("by", Kind::Big),
        column("at", Kind::Big),
        column("body", Kind::Text),
        column("consent", Kind::Text),
    ],
};

const COMMENTS: Table = Table {
    name: "draft_comments",
    columns: &[
        column("id", Kind::Big),
        column("draft", Kind::Big),
        column("association", Kind::Text),
        column("by", Kind::Big),
        column("at", Kind::Big),
        column("text", Kind::Text),
        column("sort", Kind::Text),
    ],
};

const SETTINGS: Table = Table {
    name: "settings",
    columns: &[
        column("id", Kind::Big),
        column("association", Kind::Text),
        column("kind", Kind::Text),
        column("value", Kind::Text),
        column("by", Kind::Text),
        column("changed_at", Kind::Big),
    ],
};

const CALLS: Table = Table {
    name: "calls",
    columns: &[
        column("id", Kind::Big),
        column("booking", Kind::Big),
        column("start", Kind::Big),
        column("mark", Kind::Text),
        column("by", Kind::Big),
        column("at", Kind::Big),
    ],
};

const SUBJECTS: Table = Table {
    name: "subjects",
    columns: &[
        column("id", Kind::Big),
        column("booking", Kind::Big),
        column("axis", Kind::Text),
        column("value", Kind::Text),
        column("by", Kind::Big),
        column("at", Kind::Big),
    ],
};

const TALLIES: Table = Table {
    name: "tallies",
    columns: &[
        column("id", Kind::Big),
        column("team", Kind::Text),
        column("month", Kind::Text),
        column("axis", Kind::Text),
        column("value", Kind::Text),
        column("count", Kind::Big),
    ],
};
