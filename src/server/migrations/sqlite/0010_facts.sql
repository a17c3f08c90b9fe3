-- Every number an edition of the directory ever had. `body` is the file's edition, on the row with which it came; what desks
-- published is laid over the newest of these.
CREATE TABLE editions (
    number INTEGER PRIMARY KEY,
    at     INTEGER NOT NULL,
    by     TEXT    NOT NULL,
    base   INTEGER,
    body   TEXT    CHECK ((body IS NULL) = (base IS NULL))
) STRICT;

-- What desks said about their own association; no row is ever taken away. `given` is NULL where the file's own fact shall hold
-- again.
CREATE TABLE facts (
    id          INTEGER PRIMARY KEY,
    association TEXT    NOT NULL,
    field       TEXT    NOT NULL,
    given       TEXT,
    by          INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    state       TEXT    NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn')),
    edition     INTEGER REFERENCES editions (number) CHECK ((edition IS NULL) = (state <> 'published'))
) STRICT;
CREATE UNIQUE INDEX one_draft ON facts (association, field) WHERE state = 'draft';
CREATE INDEX facts_of ON facts (association, id);
