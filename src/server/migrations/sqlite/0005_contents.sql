-- What is read: one row an item. One that was withdrawn keeps its name and nothing else.
CREATE TABLE contents (
    id         TEXT PRIMARY KEY NOT NULL,
    shelf      TEXT NOT NULL,
    origin     TEXT NOT NULL,
    body       TEXT,
    changed_at INTEGER NOT NULL
) STRICT;

-- How often a shelf has changed. A phone takes no lower number than it has.
CREATE TABLE shelves (
    shelf  TEXT PRIMARY KEY NOT NULL,
    number INTEGER NOT NULL
) STRICT;
