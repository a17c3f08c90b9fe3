-- A request that waits for a day is a booking that begins at its midnight and is as long as the day; it holds no place.
-- Where a time is offered to it, the time is kept until then.
ALTER TABLE bookings ADD COLUMN answer_by INTEGER;
CREATE INDEX bookings_waiting ON bookings (team, start) WHERE status IN ('waiting', 'offered');

-- Times she let go, or did not answer to. They are not offered to her again.
CREATE TABLE passed (
    id      INTEGER PRIMARY KEY,
    booking INTEGER NOT NULL REFERENCES bookings (id),
    start   INTEGER NOT NULL,
    UNIQUE (booking, start)
) STRICT;
