//! The tables, version by version. A step that was released is never changed; a new form is a new step.

/// Marks a database file as Standout's: "STDO" in ASCII.
pub(crate) const APPLICATION_ID: u32 = u32::from_be_bytes(*b"STDO");

/// Step `i` brings a database from version `i` to `i + 1`.
pub(crate) const MIGRATIONS: &[&str] = &[VERSION_1, VERSION_2, VERSION_3, VERSION_4, VERSION_5];

/// The version this build works with.
pub(crate) const VERSION: u32 = MIGRATIONS.len() as u32;

const VERSION_1: &str = "
CREATE TABLE asset (
    id          TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL UNIQUE,
    path        BLOB NOT NULL,
    info        TEXT NOT NULL,
    thumbnail   BLOB,
    updated     INTEGER NOT NULL
) STRICT;

-- An entry per material, version of the detectors and subtitle read along ('' for none).
CREATE TABLE evidence (
    id          INTEGER PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    detectors   TEXT NOT NULL,
    subtitles   TEXT NOT NULL,
    outline     TEXT NOT NULL,
    UNIQUE (fingerprint, detectors, subtitles)
) STRICT;

-- 32-bit floats, little-endian.
CREATE TABLE evidence_signal (
    evidence    INTEGER NOT NULL REFERENCES evidence (id) ON DELETE CASCADE,
    signal      TEXT NOT NULL,
    hop         INTEGER NOT NULL,
    count       INTEGER NOT NULL,
    samples     BLOB NOT NULL,
    PRIMARY KEY (evidence, signal)
) STRICT;

CREATE TABLE peaks (
    fingerprint TEXT PRIMARY KEY,
    version     TEXT NOT NULL,
    peaks       BLOB NOT NULL
) STRICT;

CREATE TABLE project (
    id          TEXT PRIMARY KEY,
    name        TEXT NOT NULL,
    document    TEXT NOT NULL,
    updated     INTEGER NOT NULL
) STRICT;

CREATE TABLE job (
    id          TEXT PRIMARY KEY,
    kind        TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('created', 'executing', 'finished', 'failed', 'cancelled')),
    project     TEXT REFERENCES project (id) ON DELETE CASCADE,
    document    TEXT NOT NULL,
    created     INTEGER NOT NULL,
    updated     INTEGER NOT NULL
) STRICT;
CREATE INDEX job_by_state ON job (state);
CREATE INDEX job_by_project ON job (project);

CREATE TABLE setting (
    key         TEXT PRIMARY KEY,
    value       TEXT NOT NULL
) STRICT;
";

const VERSION_2: &str = "
-- Where a video is may be an address, too: a path's bytes, or the address's text.
ALTER TABLE asset RENAME COLUMN path TO location;
ALTER TABLE asset ADD COLUMN added INTEGER NOT NULL DEFAULT 0;
-- 0 when it was removed from the library while a project still shows it.
ALTER TABLE asset ADD COLUMN listed INTEGER NOT NULL DEFAULT 1;
UPDATE asset SET added = updated;

-- Clips on their way into a bucket: the file on this machine, what it is and where it goes, and how far it came.
CREATE TABLE upload (
    id          TEXT PRIMARY KEY,
    file        BLOB NOT NULL,
    document    TEXT NOT NULL,
    progress    TEXT,
    created     INTEGER NOT NULL
) STRICT;
";

const VERSION_3: &str = "
-- What was said in a material, by the weights that heard it and the language asked for ('' for finding it out).
CREATE TABLE transcript (
    fingerprint TEXT NOT NULL,
    model       TEXT NOT NULL,
    language    TEXT NOT NULL,
    document    TEXT NOT NULL,
    used        INTEGER NOT NULL,
    PRIMARY KEY (fingerprint, model, language)
) STRICT;
";

const VERSION_4: &str = "
-- The pictures of a material as vectors, by the encoder that made them: 32-bit floats, little-endian, one behind the other.
CREATE TABLE picture_embedding (
    fingerprint TEXT PRIMARY KEY,
    encoder     TEXT NOT NULL,
    hop         INTEGER NOT NULL,
    dimensions  INTEGER NOT NULL,
    vectors     BLOB NOT NULL
) STRICT;

-- Captions as vectors of the same encoders.
CREATE TABLE caption_embedding (
    encoder     TEXT NOT NULL,
    caption     TEXT NOT NULL,
    vector      BLOB NOT NULL,
    PRIMARY KEY (encoder, caption)
) STRICT;
";

const VERSION_5: &str = "
-- What the client of a queued job called it, so that asking twice makes one job.
ALTER TABLE job ADD COLUMN token TEXT;
-- Who executes a queued job: the name of a runner; NULL when nobody does.
ALTER TABLE job ADD COLUMN runner TEXT;
-- How often a queued job was begun.
ALTER TABLE job ADD COLUMN runs INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX job_by_token ON job (token) WHERE token IS NOT NULL;
CREATE INDEX job_by_kind ON job (kind, created);
CREATE INDEX job_by_change ON job (updated);

-- Signed requests that were taken, so that none is taken twice, also after a restart; forgotten once too old to be taken anyway.
CREATE TABLE nonce (
    access_key  TEXT NOT NULL,
    nonce       TEXT NOT NULL,
    expires     INTEGER NOT NULL,
    PRIMARY KEY (access_key, nonce)
) STRICT, WITHOUT ROWID;
CREATE INDEX nonce_by_expiry ON nonce (expires);
";
