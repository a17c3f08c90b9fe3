-- Whose pages may show an association's widget, beside those of its official site.
CREATE TABLE hosts (
    id          INTEGER PRIMARY KEY,
    association TEXT    NOT NULL,
    origin      TEXT    NOT NULL,
    added_at    INTEGER NOT NULL,
    UNIQUE (association, origin)
) STRICT;
