-- What is read: one row an item. One that was withdrawn keeps its name and nothing else.
CREATE TABLE contents (
    id         text PRIMARY KEY,
    shelf      text NOT NULL,
    origin     text NOT NULL,
    body       text,
    changed_at bigint NOT NULL
);

-- How often a shelf has changed. A phone takes no lower number than it has.
CREATE TABLE shelves (
    shelf  text PRIMARY KEY,
    number bigint NOT NULL
);
