-- Who works at the desk. Rows stay: the journal names them.
CREATE TABLE members (
    id          INTEGER PRIMARY KEY,
    -- What her passkeys know her by; random.
    handle      BLOB    NOT NULL UNIQUE CHECK (length(handle) = 16),
    name        TEXT    NOT NULL,
    role        TEXT    NOT NULL CHECK (role IN ('member', 'lead', 'federation')),
    association TEXT    CHECK ((association IS NULL) = (role = 'federation')),
    added_at    INTEGER NOT NULL,
    disabled_at INTEGER
) STRICT;
CREATE INDEX members_of ON members (association);

CREATE TABLE passkeys (
    id         INTEGER PRIMARY KEY,
    member     INTEGER NOT NULL REFERENCES members (id),
    credential BLOB    NOT NULL UNIQUE,
    -- Public key, counter, whether it is kept elsewhere, too.
    body       TEXT    NOT NULL,
    added_at   INTEGER NOT NULL,
    used_at    INTEGER
) STRICT;
CREATE INDEX passkeys_of ON passkeys (member);

-- Used, taken back or too old is gone. Codes, tokens and ceremonies are SHA-256 of what was handed out.
CREATE TABLE invitations (
    code        BLOB    NOT NULL PRIMARY KEY,
    role        TEXT    NOT NULL CHECK (role IN ('member', 'lead', 'federation')),
    association TEXT    CHECK ((association IS NULL) = (role = 'federation')),
    -- Of somebody who lost all her ways in.
    member      INTEGER REFERENCES members (id),
    until       INTEGER NOT NULL
) STRICT;

CREATE TABLE ceremonies (
    id    BLOB    NOT NULL PRIMARY KEY,
    state TEXT    NOT NULL,
    until INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
    token    BLOB    NOT NULL PRIMARY KEY,
    member   INTEGER NOT NULL REFERENCES members (id),
    began_at INTEGER NOT NULL,
    seen_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_of ON sessions (member);

-- Who saw or changed what. Each line holds the hash of the one before.
CREATE TABLE journal (
    id          INTEGER PRIMARY KEY,
    at          INTEGER NOT NULL,
    who         TEXT    NOT NULL,
    association TEXT,
    what        TEXT    NOT NULL,
    about       TEXT    NOT NULL,
    detail      TEXT    NOT NULL,
    hash        BLOB    NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX journal_about ON journal (about, id);
