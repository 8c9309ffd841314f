//! How work fails, as data: it crosses the border between worker and parent, and between the engine and its doors.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use delivery::{BucketError, DeliveryError, SecretError};
use library::LibraryError;
use media::MediaError;
use project::{AdmissionRule, EditError, RefusedMaterial};
use serde::{Deserialize, Serialize};

use crate::source::shown;

/// What kind of failure it is; a door acts on this, never on the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Code {
    /// No file has this name.
    FileNotFound,
    /// The file is there but cannot be read.
    FileUnreadable,
    /// No media container was recognised.
    NotMedia,
    /// A media file of which nothing can be decoded.
    MediaDamaged,
    /// The container holds neither picture nor sound.
    NoPictureOrSound,
    /// A stream is in a codec that this machine's FFmpeg cannot decode.
    UnsupportedCodec,
    /// Six materials or more.
    TooManyMaterials,
    /// Materials of more than two hours in all.
    TooLong,
    /// The same content is there already.
    AlreadyImported,
    /// The material lasts no time.
    EmptyMedia,
    /// Neither subtitles nor a human voice.
    Speechless,
    /// A worker process ended without an answer.
    WorkerCrashed,
    /// A worker process made no progress for too long.
    WorkerHung,
    /// A worker process used more memory than it may.
    WorkerOutOfMemory,
    /// No space is left where something was to be written.
    DiskFull,
    /// The folder cannot be made or written to.
    FolderNotWritable,
    /// A file of that name is there and may not be replaced.
    TargetExists,
    /// The name template breaks a rule.
    TemplateInvalid,
    /// A range breaks a rule.
    RangeInvalid,
    /// The library file cannot be read or written.
    LibraryFailed,
    /// The library was damaged: it was moved aside, and an empty one stands in.
    LibraryDamaged,
    /// A newer Standout has changed the library: it is left as it is, and another one stands in.
    LibraryNewer,
    /// The library is another program's or may not be read: it is left as it is, and another one stands in.
    LibraryUnreadable,
    /// The project that was open last is damaged or of a newer Standout: it is left as it is, and an empty one is open.
    LastProjectUnreadable,
    /// What should be a project is none, is damaged, or is of a newer Standout.
    ProjectUnreadable,
    /// No project has the id (any more).
    ProjectUnknown,
    /// A material's file is gone.
    MaterialMissing,
    /// A material's file is no longer the one that was imported.
    MaterialChanged,
    /// There is no range to export.
    NothingToExport,
    /// The same kind of work is running already.
    Busy,
    /// A clip could not be encoded.
    EncodeFailed,
    /// This machine has no encoder for the codec.
    EncoderMissing,
    /// The file's ending and the codec do not go together.
    ContainerUnsuitable,
    /// A server does not let the address be read.
    RemoteForbidden,
    /// A server has nothing at the address.
    RemoteNotFound,
    /// A server does not send parts of the file.
    RemoteWithoutRanges,
    /// The connection broke off while media were read.
    RemoteInterrupted,
    /// A server cannot be reached, or answers with something else than the file.
    RemoteUnreachable,
    /// No video of the media library has the id.
    AssetUnknown,
    /// A bucket does not take the keys, or they may not do this.
    BucketDenied,
    /// There is no such bucket.
    BucketMissing,
    /// The bucket is in another region.
    BucketWrongRegion,
    /// The bucket's server takes no checksums.
    BucketChecksums,
    /// The bucket's server cannot be reached.
    BucketUnreachable,
    /// The bucket's server refused, for another reason.
    BucketFailed,
    /// An object of that name is there and may not be replaced.
    ObjectExists,
    /// The connection broke off while a clip was sent; what has arrived is kept.
    UploadInterrupted,
    /// No keys for a bucket can be had or kept.
    SecretsUnavailable,
    /// No model of the catalogue has the id or the content.
    ModelUnknown,
    /// What should be a model is not, or no longer.
    ModelDamaged,
    /// This processor cannot use a model.
    ProcessorUnsuitable,
    /// No model that writes down what is said is installed.
    ModelMissing,
    /// What is said could not be written down.
    TranscriptionFailed,
    /// A server does not send a model.
    DownloadFailed,
    /// The connection broke off while a model was fetched; what has arrived is kept.
    DownloadInterrupted,
    /// No other moment resembles the range.
    NothingAlike,
    /// No better place is near the ends of a range.
    NothingToSnapTo,
    /// What was asked for breaks a rule of the contract.
    InvalidRequest,
    /// A fault of Standout's own.
    Internal,
}

impl Code {
    /// The code's fixed name for programs, as in `FileNotFound`.
    #[must_use]
    pub fn name(self) -> String {
        format!("{self:?}")
    }

    /// What a failure of decoding or encoding means.
    pub(crate) const fn of_media(error: &MediaError) -> Self {
        match error {
            MediaError::NotFound { .. } => Self::FileNotFound,
            MediaError::Unreadable { .. } => Self::FileUnreadable,
            MediaError::NotMedia { .. } => Self::NotMedia,
            MediaError::Damaged { .. } => Self::MediaDamaged,
            MediaError::NoPictureOrSound { .. } => Self::NoPictureOrSound,
            MediaError::UnsupportedCodec { .. } | MediaError::Encrypted { .. } => Self::UnsupportedCodec,
            MediaError::EmptyRange { .. } => Self::RangeInvalid,
            MediaError::DiskFull { .. } => Self::DiskFull,
            MediaError::Unwritable { .. } => Self::FolderNotWritable,
            MediaError::RemoteForbidden { .. } => Self::RemoteForbidden,
            MediaError::RemoteNotFound { .. } => Self::RemoteNotFound,
            MediaError::RemoteWithoutRanges { .. } => Self::RemoteWithoutRanges,
            MediaError::RemoteInterrupted { .. } => Self::RemoteInterrupted,
            MediaError::RemoteUnreachable { .. }
            | MediaError::RemoteRedirected { .. }
            | MediaError::RemoteStatus { .. } => Self::RemoteUnreachable,
            MediaError::RemoteChanged { .. } => Self::MaterialChanged,
            MediaError::EncoderMissing { .. } => Self::EncoderMissing,
            MediaError::Container { .. } | MediaError::CannotCopy { .. } => Self::ContainerUnsuitable,
            MediaError::Ffmpeg { .. } => Self::EncodeFailed,
            // Nothing in a worker asks its own decoding to stop: the parent ends the whole process instead.
            MediaError::Cancelled => Self::Internal,
        }
    }

    fn of_bucket(error: &BucketError) -> Self {
        match error {
            BucketError::Profile(_) => Self::InvalidRequest,
            BucketError::WrongKey { .. }
            | BucketError::WrongSecret { .. }
            | BucketError::SessionEnded { .. }
            | BucketError::AccessDenied { .. } => Self::BucketDenied,
            BucketError::NoSuchBucket { .. } => Self::BucketMissing,
            BucketError::WrongRegion { .. } | BucketError::WrongEndpoint { .. } => Self::BucketWrongRegion,
            BucketError::ChecksumRejected { .. } => Self::BucketChecksums,
            BucketError::ObjectExists { .. } => Self::ObjectExists,
            BucketError::Unreachable { .. } => Self::BucketUnreachable,
            BucketError::Interrupted { .. } => Self::UploadInterrupted,
            BucketError::BadKey { .. }
            | BucketError::ClockSkew { .. }
            | BucketError::Busy { .. }
            | BucketError::SizeDiffers { .. }
            | BucketError::NotThere { .. }
            | BucketError::Refused { .. }
            | BucketError::NotUnderstood { .. } => Self::BucketFailed,
            BucketError::FileUnreadable { .. } | BucketError::FileChanged { .. } => Self::FileUnreadable,
        }
    }

    pub(crate) const fn of_admission(rule: &AdmissionRule) -> Self {
        match rule {
            AdmissionRule::TooMany => Self::TooManyMaterials,
            AdmissionRule::TooLong { .. } => Self::TooLong,
            AdmissionRule::AlreadyImported { .. } => Self::AlreadyImported,
            AdmissionRule::Empty => Self::EmptyMedia,
            AdmissionRule::NoPictureOrSound => Self::NoPictureOrSound,
        }
    }
}

/// Work that failed: what happened and the next step, and to which file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// What kind of failure.
    pub code: Code,
    /// What happened and what to do next, as whole sentences that do not name the file.
    pub message: String,
    /// The file it happened to.
    pub path: Option<PathBuf>,
}

impl Failure {
    /// A failure that is about no file.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), path: None }
    }

    /// A failure of making something out of `file`; its words end in the file it is about, which is kept apart here.
    pub(crate) fn of_media(error: &MediaError, file: &Path) -> Self {
        let about = match error {
            MediaError::DiskFull { path } | MediaError::Unwritable { path, .. } => path,
            _ => file,
        };
        let mut failure = Self::of_words(Code::of_media(error), &error.to_string(), about);
        if matches!(error, MediaError::Ffmpeg { .. }) {
            failure.message.push_str(" Convert the file with another tool, then try again.");
        }
        failure
    }

    /// A failure of reading `file` while nothing is encoded yet.
    pub(crate) fn of_reading(error: &MediaError, file: &Path) -> Self {
        let mut failure = Self::of_media(error, file);
        if failure.code == Code::EncodeFailed {
            failure.code = Code::FileUnreadable;
        }
        failure
    }

    /// Words that end in `: file`, taken apart.
    pub(crate) fn of_words(code: Code, words: &str, file: &Path) -> Self {
        let words = words.strip_suffix(&format!(": {}", file.display())).unwrap_or(words);
        Self::new(code, format!("{}.", words.trim_end_matches('.'))).at(file)
    }

    /// The library cannot be read or written.
    pub(crate) fn of_library(error: &LibraryError) -> Self {
        let code =
            if matches!(error, LibraryError::DiskFull { .. }) { Code::DiskFull } else { Code::LibraryFailed };
        Self::new(code, format!("{error}."))
    }

    /// A clip cannot take its place; the words end in the file, which is kept apart here.
    pub(crate) fn of_delivery(error: &DeliveryError) -> Self {
        let (code, path) = match error {
            DeliveryError::TargetExists { path } => (Code::TargetExists, path),
            DeliveryError::DiskFull { path, .. } => (Code::DiskFull, path),
            DeliveryError::FolderNotWritable { path, .. } => (Code::FolderNotWritable, path),
            DeliveryError::Io { path, .. } => (Code::FolderNotWritable, path),
        };
        Self::of_words(code, &error.to_string(), path)
    }

    /// A bucket does not do what it was asked for; the words end in the place, which is kept apart here.
    pub(crate) fn of_bucket(error: &BucketError) -> Self {
        let code = Code::of_bucket(error);
        match error.place() {
            Some(place) => Self::of_words(code, &error.to_string(), Path::new(&place.to_string())),
            None => Self::new(code, format!("{error}.")),
        }
    }

    /// A bucket's keys cannot be had or kept.
    pub(crate) fn of_secrets(error: &SecretError) -> Self {
        Self::new(Code::SecretsUnavailable, format!("{error}."))
    }

    /// An edit broke a rule.
    pub(crate) fn of_edit(error: &EditError) -> Self {
        let code = match error {
            EditError::UnknownMaterial(_) | EditError::UnknownRange(_) => Code::InvalidRequest,
            EditError::TextTooLong { .. } | EditError::NotSnapped(_) | EditError::UnknownMarker(_) => {
                Code::InvalidRequest
            }
            EditError::MarkerOutside { .. }
            | EditError::RangeOutside { .. }
            | EditError::RangeTooShort { .. } => Code::RangeInvalid,
            EditError::Strategy(_) => Code::InvalidRequest,
            EditError::Material(refused) => Code::of_admission(&refused.rule),
        };
        Self::new(code, format!("{error}."))
    }

    /// A file may not come into a project.
    pub(crate) fn of_admission(refused: &RefusedMaterial) -> Self {
        Self::new(Code::of_admission(&refused.rule), format!("{}.", refused.rule))
            .at(&shown(&refused.material.location))
    }

    /// The system refused to write a file or to make a folder.
    pub(crate) fn of_write(error: &io::Error, file: &Path) -> Self {
        let full = matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
        let (code, message) = if full {
            (Code::DiskFull, "The disk is full. Free some space or choose another folder.".to_owned())
        } else {
            (Code::FolderNotWritable, format!("It cannot be written ({error}). Choose another folder."))
        };
        Self::new(code, message).at(file)
    }

    /// The same, about this file.
    #[must_use]
    pub fn at(mut self, path: &Path) -> Self {
        self.path.get_or_insert_with(|| path.to_owned());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message.trim_end_matches('.'))?;
        self.path.as_ref().map_or(Ok(()), |path| write!(f, ": {}", path.display()))
    }
}

impl std::error::Error for Failure {}

/// How a piece of work that may be cancelled ended short of its result. Cancelling is an outcome, not a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stopped {
    /// Somebody asked for it.
    Cancelled,
    /// It failed.
    Failed(Failure),
}

impl From<Failure> for Stopped {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

#[cfg(test)]
mod tests {
    use media::Damage;

    use super::*;

    #[test]
    fn a_failure_names_the_file_it_happened_to_apart_from_its_words() {
        let (source, target) = (Path::new("/videos/talk.mp4"), PathBuf::from("/clips/0.mp4"));
        let full = Failure::of_media(&MediaError::DiskFull { path: target.clone() }, source);
        assert_eq!(
            (full.code, full.path),
            (Code::DiskFull, Some(target)),
            "what is written, not what is read"
        );
        assert_eq!(full.message, "The disk is full. Free some space or choose another folder.");
        let damage = Damage::Content { codecs: vec!["h264".to_owned(), "aac".to_owned()] };
        let damaged = MediaError::Damaged { damage, path: source.to_owned() };
        let damaged = Failure::of_reading(&damaged, source);
        assert_eq!(damaged.code, Code::MediaDamaged);
        assert!(damaged.message.contains("h264 and aac"), "it says what was found: {}", damaged.message);
        assert_eq!(damaged.path.as_deref(), Some(source));
        assert!(!damaged.message.contains("/videos"), "{}", damaged.message);
    }
}
