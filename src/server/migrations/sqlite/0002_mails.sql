-- What she still has to hear by mail. One row for each thing that happened, written with it, so nothing is said twice or
-- forgotten; who she is stays in the sealed letter. `attempt_at` is when to try next; `outcome` is empty until the end.
CREATE TABLE mails (
    id         INTEGER PRIMARY KEY,
    booking    INTEGER NOT NULL REFERENCES bookings (id),
    event      TEXT    NOT NULL,
    sequence   INTEGER NOT NULL,
    due_at     INTEGER NOT NULL,
    attempt_at INTEGER NOT NULL,
    attempts   INTEGER NOT NULL DEFAULT 0,
    outcome    TEXT,
    UNIQUE (booking, event, sequence)
) STRICT;
CREATE INDEX mails_waiting ON mails (attempt_at) WHERE outcome IS NULL;
