
BEGIN;

-- The registry that the rows are from.
CREATE TABLE registry (
    updated TEXT PRIMARY KEY,
    title TEXT NOT NULL
);

CREATE TABLE protocols (
    keyword TEXT PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE
);

-- People and organizations. URIs are as the registry writes them, with & instead of the @ of a mail
-- address.
CREATE TABLE contacts (
    id TEXT PRIMARY KEY,
    name TEXT,
    organization TEXT,
    updated TEXT
);

CREATE TABLE contact_uris (
    contact_id TEXT NOT NULL REFERENCES contacts (id),
    position INTEGER NOT NULL,
    uri TEXT NOT NULL,
    PRIMARY KEY (contact_id, position)
);

-- IANA's rows, in their order. A row without a protocol stands for every one. Dates are YYYY-MM or
-- YYYY-MM-DD. A row is canonical if lookups by port give it, where several rows have the port.
CREATE TABLE records (
    id INTEGER PRIMARY KEY,
    status TEXT NOT NULL,
    name TEXT,
    first INTEGER,
    last INTEGER,
    protocol TEXT REFERENCES protocols (keyword),
    description TEXT NOT NULL,
    alias_of INTEGER REFERENCES records (id) DEFERRABLE INITIALLY DEFERRED,
    registered TEXT,
    modified TEXT,
    service_code BIGINT,
    unauthorized_use TEXT,
    note TEXT,
    canonical BOOLEAN NOT NULL,
    CHECK (first <= last)
);

CREATE TABLE record_assignees (
    record_id INTEGER NOT NULL REFERENCES records (id),
    position INTEGER NOT NULL,
    contact_id TEXT NOT NULL REFERENCES contacts (id),
    PRIMARY KEY (record_id, position)
);

CREATE TABLE record_contacts (
    record_id INTEGER NOT NULL REFERENCES records (id),
    position INTEGER NOT NULL,
    contact_id TEXT NOT NULL REFERENCES contacts (id),
    PRIMARY KEY (record_id, position)
);

CREATE TABLE record_references (
    record_id INTEGER NOT NULL REFERENCES records (id),
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    url TEXT,
    number BIGINT,
    section TEXT,
    note TEXT,
    PRIMARY KEY (record_id, position)
);

-- The name of every port that has one. Spans of one protocol do not overlap.
CREATE TABLE ports (
    protocol TEXT NOT NULL REFERENCES protocols (keyword),
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (protocol, first),
    CHECK (first <= last)
);

CREATE INDEX records_name ON records (lower(name));
CREATE INDEX records_ports ON records (first, last);
CREATE INDEX records_alias_of ON records (alias_of);
CREATE INDEX record_assignees_contact ON record_assignees (contact_id);
CREATE INDEX record_contacts_contact ON record_contacts (contact_id);
CREATE INDEX ports_name ON ports (lower(name));

-- The aliases of each service.
CREATE VIEW aliases AS
    SELECT service.id AS record_id, service.name AS name, alias.id AS alias_id, alias.name AS alias
    FROM records AS service
    JOIN records AS alias ON alias.alias_of = service.id;
