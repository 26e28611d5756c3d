-- What version 2 has beside version 1: where else a document was read from, and which texts are alike.
CREATE TABLE origins (
    document TEXT NOT NULL REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED,
    twin TEXT NOT NULL, -- the id that the text as it stood there would have had
    path TEXT NOT NULL, record TEXT NOT NULL,
    PRIMARY KEY (twin, path)
);
CREATE INDEX origins_by_document ON origins (document);
CREATE TABLE prints (
    number INTEGER PRIMARY KEY,
    document TEXT NOT NULL UNIQUE REFERENCES documents (id),
    print BLOB NOT NULL
);
CREATE TABLE bands (band INTEGER NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (band, number)) WITHOUT ROWID;
