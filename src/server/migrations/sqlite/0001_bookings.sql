-- When a team can be met, as its file said it, and whether that is a demonstration.
CREATE TABLE rules (
    team       TEXT    NOT NULL PRIMARY KEY,
    rules      TEXT    NOT NULL,
    fictional  INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- `sealed` is closed for the key `key_id` and bound to the request's `key`; nothing else in here says who she is.
CREATE TABLE bookings (
    id          INTEGER PRIMARY KEY,
    reference   TEXT    NOT NULL UNIQUE,
    token       BLOB    NOT NULL UNIQUE CHECK (length(token) = 32),
    team        TEXT    NOT NULL,
    start       INTEGER NOT NULL,
    length      INTEGER NOT NULL CHECK (length > 0),
    kind        TEXT    NOT NULL,
    place       INTEGER NOT NULL,
    status      TEXT    NOT NULL,
    sequence    INTEGER NOT NULL DEFAULT 0,
    deadline    INTEGER NOT NULL,
    fictional   INTEGER NOT NULL,
    key         TEXT    NOT NULL,
    key_id      TEXT    NOT NULL,
    sealed      BLOB    NOT NULL,
    received_at INTEGER NOT NULL,
    changed_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX bookings_of_team ON bookings (team, start);

-- One row for each quarter of an hour that a booking holds in a place, its buffer included. Two bookings cannot hold the
-- same one, whatever the program believes.
CREATE TABLE held (
    team    TEXT    NOT NULL,
    place   INTEGER NOT NULL,
    quarter INTEGER NOT NULL,
    booking INTEGER NOT NULL REFERENCES bookings (id),
    PRIMARY KEY (team, place, quarter)
) STRICT, WITHOUT ROWID;
CREATE INDEX held_by ON held (booking);

-- What was answered to a key. `booking` is empty where the answer was a conflict; `near` holds the times offered then.
CREATE TABLE answers (
    key         TEXT    NOT NULL PRIMARY KEY,
    fingerprint BLOB    NOT NULL CHECK (length(fingerprint) = 32),
    rank        INTEGER,
    booking     INTEGER REFERENCES bookings (id),
    near        TEXT    NOT NULL DEFAULT '',
    at          INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX answers_by_age ON answers (at);
