-- What a consultation was about, a line an answer: said by whoever held it, never read from a letter.
CREATE TABLE subjects (
    id      INTEGER PRIMARY KEY,
    booking INTEGER NOT NULL REFERENCES bookings (id),
    axis    TEXT    NOT NULL,
    value   TEXT    NOT NULL,
    by      INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    UNIQUE (booking, axis)
) STRICT;

-- What is left of it when she is erased: one more in the month's count of each answer, by itself. `month` is 2026-12.
CREATE TABLE tallies (
    id    INTEGER PRIMARY KEY,
    team  TEXT    NOT NULL,
    month TEXT    NOT NULL,
    axis  TEXT    NOT NULL,
    value TEXT    NOT NULL,
    count INTEGER NOT NULL,
    UNIQUE (team, month, axis, value)
) STRICT;
