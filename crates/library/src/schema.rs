//! The tables, version by version. A step that was released is never changed; a new form is a new step.

/// Marks a database file as Standout's: "STDO" in ASCII.
pub(crate) const APPLICATION_ID: u32 = u32::from_be_bytes(*b"STDO");

/// Step `i` brings a database from version `i` to `i + 1`.
pub(crate) const MIGRATIONS: &[&str] = &[VERSION_1];

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
