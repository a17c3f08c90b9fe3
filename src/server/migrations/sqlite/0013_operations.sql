-- What an association decides about its desk, a document a kind: the lines of its mails, how long it keeps bookings.
CREATE TABLE settings (
    id          INTEGER PRIMARY KEY,
    association TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    value       TEXT    NOT NULL,
    by          TEXT    NOT NULL,
    changed_at  INTEGER NOT NULL,
    UNIQUE (association, kind)
) STRICT;

-- Who was telephoned on the day, and what came of it. `start` is the booking's time then: another day is called anew.
CREATE TABLE calls (
    id      INTEGER PRIMARY KEY,
    booking INTEGER NOT NULL REFERENCES bookings (id),
    start   INTEGER NOT NULL,
    mark    TEXT    NOT NULL,
    by      INTEGER NOT NULL,
    at      INTEGER NOT NULL
) STRICT;
CREATE INDEX calls_of ON calls (booking);
