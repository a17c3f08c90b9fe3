-- What a team writes for others to read, from its first words on. What readers have lies in `contents`.
CREATE TABLE drafts (
    id              INTEGER PRIMARY KEY,
    -- Of the request that began it: the same one twice is one draft.
    key             TEXT    NOT NULL UNIQUE,
    association     TEXT    NOT NULL,
    kind            TEXT    NOT NULL CHECK (kind IN ('story', 'case', 'event', 'notice')),
    author          INTEGER NOT NULL,
    state           TEXT    NOT NULL,
    -- The newest of its revisions.
    revision        INTEGER NOT NULL,
    public_revision INTEGER,
    -- The day on which it was public for the first time.
    published_on    TEXT,
    started_at      INTEGER NOT NULL,
    changed_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX drafts_of ON drafts (association);

-- Only ever added to.
CREATE TABLE draft_revisions (
    id      INTEGER PRIMARY KEY,
    draft   INTEGER NOT NULL REFERENCES drafts (id),
    number  INTEGER NOT NULL,
    by      INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    body    TEXT    NOT NULL,
    -- How a founder agreed to it.
    consent TEXT,
    UNIQUE (draft, number)
) STRICT;

CREATE TABLE draft_comments (
    id          INTEGER PRIMARY KEY,
    draft       INTEGER NOT NULL REFERENCES drafts (id),
    association TEXT    NOT NULL,
    by          INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    text        TEXT    NOT NULL,
    -- Who reads it: the team, the team as what a review asks for, all associations.
    sort        TEXT    NOT NULL CHECK (sort IN ('team', 'asked', 'open'))
) STRICT;
CREATE INDEX draft_comments_of ON draft_comments (draft);
