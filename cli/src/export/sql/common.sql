
-- What people commonly call ports. The first name of a use is the one to show.
CREATE TABLE common_uses (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    title TEXT NOT NULL,
    source TEXT NOT NULL,
    CHECK (first <= last)
);

CREATE TABLE common_use_protocols (
    use_id INTEGER NOT NULL REFERENCES common_uses (id),
    protocol TEXT NOT NULL REFERENCES protocols (keyword),
    PRIMARY KEY (use_id, protocol)
);

CREATE TABLE common_use_names (
    use_id INTEGER NOT NULL REFERENCES common_uses (id),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (use_id, position)
);

CREATE INDEX common_uses_ports ON common_uses (first, last);
CREATE INDEX common_use_names_name ON common_use_names (lower(name));
