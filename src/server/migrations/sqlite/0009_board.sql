-- Who of the team has it in hand: a member of the desk.
ALTER TABLE bookings ADD COLUMN assigned INTEGER;

-- What the team writes down for itself. `sealed` is closed for the key `key_id` and bound to `bound`.
CREATE TABLE notes (
    id      INTEGER PRIMARY KEY,
    booking INTEGER NOT NULL REFERENCES bookings (id),
    by      INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    bound   TEXT    NOT NULL,
    key_id  TEXT    NOT NULL,
    sealed  BLOB    NOT NULL
) STRICT;
CREATE INDEX notes_of ON notes (booking);

-- Asked on every board: what waits for the team, and what has changed last.
CREATE INDEX bookings_asked ON bookings (team, received_at) WHERE status = 'pending';
CREATE INDEX bookings_changed ON bookings (team, changed_at);
