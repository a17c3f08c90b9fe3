-- What the team said when it declined: its own words, for her.
ALTER TABLE bookings ADD COLUMN reason TEXT;
-- When everything about her was taken out; what is left counts and says nothing about anybody.
ALTER TABLE bookings ADD COLUMN erased_at INTEGER;

-- Who opened a letter, and what for.
CREATE TABLE accesses (
    id      INTEGER PRIMARY KEY,
    booking INTEGER NOT NULL REFERENCES bookings (id),
    who     TEXT    NOT NULL,
    what    TEXT    NOT NULL,
    at      INTEGER NOT NULL
) STRICT;
CREATE INDEX accesses_of ON accesses (booking);
