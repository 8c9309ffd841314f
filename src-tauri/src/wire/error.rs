//! Failures, for the page's own words.

use engine::Failure;
use serde::Serialize;
use specta::Type;

/// A failure. The page shows its own title for the code, and the message below it.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WireError {
    code: Code,
    /// What happened and what to do next, in whole English sentences.
    message: String,
    /// The file it happened to.
    path: Option<String>,
}

impl From<Failure> for WireError {
    fn from(Failure { code, message, path }: Failure) -> Self {
        Self { code: code.into(), message, path: path.map(|path| path.display().to_string()) }
    }
}

/// Mirrors the engine's codes for the page; a code that is missing here does not compile.
macro_rules! codes {
    ($($code:ident),* $(,)?) => {
        /// What kind of failure it is.
        #[derive(Debug, Clone, Copy, Serialize, Type)]
        #[serde(rename_all = "camelCase")]
        enum Code { $($code),* }

        impl From<engine::Code> for Code {
            fn from(code: engine::Code) -> Self {
                match code { $(engine::Code::$code => Self::$code),* }
            }
        }
    };
}

codes!(
    FileNotFound,
    FileUnreadable,
    NotMedia,
    MediaDamaged,
    NoPictureOrSound,
    UnsupportedCodec,
    TooManyMaterials,
    TooLong,
    AlreadyImported,
    EmptyMedia,
    Speechless,
    WorkerCrashed,
    WorkerHung,
    WorkerOutOfMemory,
    DiskFull,
    FolderNotWritable,
    TargetExists,
    TemplateInvalid,
    RangeInvalid,
    LibraryFailed,
    LibraryDamaged,
    LibraryNewer,
    LibraryUnreadable,
    LastProjectUnreadable,
    ProjectUnreadable,
    ProjectUnknown,
    MaterialMissing,
    MaterialChanged,
    NothingToExport,
    Busy,
    EncodeFailed,
    EncoderMissing,
    ContainerUnsuitable,
    RemoteForbidden,
    RemoteNotFound,
    RemoteWithoutRanges,
    RemoteInterrupted,
    RemoteUnreachable,
    AssetUnknown,
    BucketDenied,
    BucketMissing,
    BucketWrongRegion,
    BucketChecksums,
    BucketUnreachable,
    BucketFailed,
    ObjectExists,
    UploadInterrupted,
    SecretsUnavailable,
    ModelUnknown,
    ModelDamaged,
    ProcessorUnsuitable,
    ModelMissing,
    TranscriptionFailed,
    DownloadFailed,
    DownloadInterrupted,
    NothingAlike,
    NothingToSnapTo,
    InvalidRequest,
    Internal,
);
