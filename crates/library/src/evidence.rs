//! The cache of what was perceived. Series are kept as raw floats: what two hours give is about 1.5 MB that way and is read in
//! a few milliseconds (`benches/evidence.rs`), and no value, not even an infinite one, changes on the way.

use std::collections::BTreeMap;

use model::{Cue, Evidence, Fade, Fingerprint, MediaTime, Series, Signal, SoundEvent, TimeRange, Utterance};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};

use crate::{Library, LibraryError};

/// What a piece of evidence depends on. When any of it differs, there is no evidence yet.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EvidenceKey {
    /// The material.
    pub fingerprint: Fingerprint,
    /// The version of the detectors, as they name it.
    pub detectors: String,
    /// The subtitle file read along, when there is one.
    pub subtitles: Option<Fingerprint>,
}

impl EvidenceKey {
    fn subtitles(&self) -> &str {
        self.subtitles.as_ref().map_or("", |fingerprint| &fingerprint.0)
    }
}

/// Everything but the series.
#[derive(Serialize, Deserialize)]
struct Outline {
    duration: MediaTime,
    cuts: Vec<MediaTime>,
    #[serde(default)]
    fades: Vec<Fade>,
    utterances: Vec<Utterance>,
    silences: Vec<TimeRange>,
    cues: Vec<Cue>,
}

impl Library {
    /// The evidence kept under `key`. An entry that cannot be read back is thrown away and counts as absent.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn evidence(&self, key: &EvidenceKey) -> Result<Option<Evidence>, LibraryError> {
        let kept = self.run("read the analysis", |connection| kept_evidence(connection, key))?;
        let Some((id, outline, signals)) = kept else { return Ok(None) };
        let evidence = evidence_from(&outline, signals);
        if evidence.is_none() {
            self.write("throw a damaged analysis away", |transaction| {
                transaction.execute("DELETE FROM evidence WHERE id = ?1", [id])
            })?;
        }
        Ok(evidence)
    }

    /// The detectors by which evidence of this material, with this subtitle, is kept: those of `key` or others.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn evidence_detectors(&self, key: &EvidenceKey) -> Result<Vec<String>, LibraryError> {
        self.run("read the analysis", |connection| {
            let mut statement = connection
                .prepare_cached("SELECT detectors FROM evidence WHERE fingerprint = ?1 AND subtitles = ?2")?;
            statement.query_map([&key.fingerprint.0, key.subtitles()], |row| row.get(0))?.collect()
        })
    }

    /// Keeps evidence. What other versions of the detectors perceived in this material is thrown away.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn set_evidence(&self, key: &EvidenceKey, evidence: &Evidence) -> Result<(), LibraryError> {
        let doing = "keep the analysis";
        let outline = Outline {
            duration: evidence.duration,
            cuts: evidence.cuts.clone(),
            fades: evidence.fades.clone(),
            utterances: evidence.utterances.clone(),
            silences: evidence.silences.clone(),
            cues: evidence.cues.clone(),
        };
        let outline =
            serde_json::to_string(&outline).map_err(|source| LibraryError::Document { doing, source })?;
        self.write(doing, |transaction| {
            transaction.execute(
                "DELETE FROM evidence WHERE fingerprint = ?1 AND (detectors <> ?2 OR subtitles = ?3)",
                params![key.fingerprint.0, key.detectors, key.subtitles()],
            )?;
            transaction.execute(
                "INSERT INTO evidence (fingerprint, detectors, subtitles, outline) VALUES (?1, ?2, ?3, ?4)",
                params![key.fingerprint.0, key.detectors, key.subtitles(), outline],
            )?;
            insert_series(transaction, transaction.last_insert_rowid(), evidence)
        })
    }

    /// The waveform kept for a material; `version` names its form, and another form counts as absent.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn peaks(&self, material: &Fingerprint, version: &str) -> Result<Option<Vec<u8>>, LibraryError> {
        self.run("read the waveform", |connection| {
            connection
                .query_row(
                    "SELECT peaks FROM peaks WHERE fingerprint = ?1 AND version = ?2",
                    [&material.0, version],
                    |row| row.get(0),
                )
                .optional()
        })
    }

    /// Keeps the waveform of a material.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn set_peaks(&self, material: &Fingerprint, version: &str, peaks: &[u8]) -> Result<(), LibraryError> {
        self.write("keep the waveform", |transaction| {
            transaction.execute(
                "INSERT INTO peaks (fingerprint, version, peaks) VALUES (?1, ?2, ?3)
                 ON CONFLICT (fingerprint) DO UPDATE SET version = ?2, peaks = ?3",
                params![material.0, version, peaks],
            )
        })?;
        Ok(())
    }
}

/// A series as it is kept: signal, hop in microseconds, number of values, little-endian floats.
type KeptSignal = (String, i64, i64, Vec<u8>);

fn kept_evidence(
    connection: &Connection,
    key: &EvidenceKey,
) -> rusqlite::Result<Option<(i64, String, Vec<KeptSignal>)>> {
    // Both statements see the same state, also when another process replaces the entry in between.
    let reading = connection.unchecked_transaction()?;
    let kept = reading
        .query_row(
            "SELECT id, outline FROM evidence WHERE fingerprint = ?1 AND detectors = ?2 AND subtitles = ?3",
            [&key.fingerprint.0, &key.detectors, key.subtitles()],
            |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)),
        )
        .optional()?;
    let Some((id, outline)) = kept else { return Ok(None) };
    let mut statement = reading
        .prepare_cached("SELECT signal, hop, count, samples FROM evidence_signal WHERE evidence = ?1")?;
    let signals = statement
        .query_map([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Some((id, outline, signals)))
}

fn insert_series(transaction: &Transaction<'_>, id: i64, evidence: &Evidence) -> rusqlite::Result<()> {
    let mut statement = transaction.prepare_cached(
        "INSERT INTO evidence_signal (evidence, signal, hop, count, samples) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    let signals = evidence.signals.iter().map(|(signal, series)| (column(*signal).to_owned(), series));
    let sound_events = evidence.sound_events.iter().map(|(event, series)| (event_column(*event), series));
    for (column, series) in signals.chain(sound_events) {
        let values = series.values();
        let samples: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
        let (hop, count) = (series.hop().as_micros(), values.len() as i64);
        statement.execute(params![id, column, hop, count, samples])?;
    }
    Ok(())
}

/// `None` when anything is not as it was written.
fn evidence_from(outline: &str, kept: Vec<KeptSignal>) -> Option<Evidence> {
    let outline: Outline = serde_json::from_str(outline).ok()?;
    let (mut signals, mut sound_events) = (BTreeMap::new(), BTreeMap::new());
    for (name, hop, count, samples) in kept {
        let (values, rest) = samples.as_chunks::<4>();
        if !rest.is_empty() || values.len() as i64 != count || hop <= 0 {
            return None;
        }
        let values = values.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
        let series = Series::new(MediaTime::from_micros(hop), values);
        if let Some(event) = SoundEvent::ALL.into_iter().find(|event| event_column(*event) == name) {
            sound_events.insert(event, series);
        } else {
            signals.insert(Signal::ALL.into_iter().find(|signal| column(*signal) == name)?, series);
        }
    }
    let Outline { duration, cuts, fades, utterances, silences, cues } = outline;
    Some(Evidence { duration, signals, sound_events, cuts, fades, utterances, silences, cues })
}

/// A sound event's name in the file, apart from those of signals.
fn event_column(event: SoundEvent) -> String {
    format!("sound_event.{}", event.name())
}

/// A signal's name in the file; never changed once released.
const fn column(signal: Signal) -> &'static str {
    match signal {
        Signal::Loudness => "loudness",
        Signal::Voice => "voice",
        Signal::Onset => "onset",
        Signal::Motion => "motion",
        Signal::CutRate => "cut_rate",
        Signal::Faces => "faces",
        Signal::Fullness => "fullness",
        Signal::Words => "words",
        Signal::SoundEvents => "sound_events",
    }
}
