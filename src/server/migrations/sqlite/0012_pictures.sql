-- Pictures of what is read, by the hash of what is shown; nothing of the file they came from.
CREATE TABLE pictures (
    id          INTEGER PRIMARY KEY,
    sha         TEXT    NOT NULL UNIQUE,
    association TEXT    NOT NULL,
    width       INTEGER NOT NULL,
    height      INTEGER NOT NULL,
    alt         TEXT    NOT NULL,
    alt_en      TEXT,
    bytes       BLOB    NOT NULL,
    small       BLOB    NOT NULL,
    added_by    TEXT    NOT NULL,
    added_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX pictures_of ON pictures (association);
