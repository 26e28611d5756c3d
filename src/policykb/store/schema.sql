-- The tables of a knowledge base.  Records travel as JSON, compressed with zlib; columns stand beside them
-- for what is asked for.  Version and upgrades: see database.py.
CREATE TABLE state (revision INTEGER NOT NULL);
INSERT INTO state VALUES (0);
CREATE TABLE sources (
    key TEXT PRIMARY KEY, sha256 TEXT NOT NULL, name TEXT NOT NULL, origin TEXT NOT NULL, encoding TEXT NOT NULL, text BLOB NOT NULL
);
CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    source TEXT NOT NULL REFERENCES sources (key),
    title TEXT NOT NULL, kind TEXT NOT NULL, issuing_authority TEXT, document_number TEXT,
    issued_on TEXT, published_on TEXT,
    content_hash TEXT NOT NULL,
    revision INTEGER NOT NULL, -- the one that the document came or changed with
    record BLOB NOT NULL
);
CREATE INDEX documents_by_revision ON documents (revision);
CREATE TABLE removals (id TEXT PRIMARY KEY, revision INTEGER NOT NULL);
CREATE INDEX removals_by_revision ON removals (revision);
CREATE INDEX documents_by_source ON documents (source);
CREATE TABLE localities (
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    name TEXT NOT NULL, full_name TEXT NOT NULL, level TEXT NOT NULL, code TEXT
);
CREATE INDEX localities_by_document ON localities (document);
CREATE INDEX localities_by_code ON localities (code);
CREATE TABLE practices (
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    position INTEGER NOT NULL, id TEXT NOT NULL,
    name TEXT NOT NULL, kind TEXT NOT NULL,
    keys TEXT NOT NULL, -- folded name, full name and code, each between line feeds
    n_members INTEGER NOT NULL, record TEXT NOT NULL,
    PRIMARY KEY (document, position)
);
CREATE TABLE indicators (
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    position INTEGER NOT NULL, record TEXT NOT NULL,
    PRIMARY KEY (document, position)
);
CREATE TABLE citations (
    document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    position INTEGER NOT NULL, title TEXT NOT NULL, document_number TEXT, record TEXT NOT NULL,
    PRIMARY KEY (document, position)
);
