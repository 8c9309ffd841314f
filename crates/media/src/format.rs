//! The file formats that clips are written in, and what each of them holds.

use std::path::Path;

use ffmpeg_next::codec::Id;
use model::job::VideoCodec;

use crate::MediaError;

/// A file format, by the extension of the file's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileFormat {
    /// `.mp4` and `.m4v`
    Mp4,
    /// `.mov`
    Mov,
    /// `.mkv`
    Matroska,
    /// `.webm`
    Webm,
}

/// Why a file of some extension cannot hold a clip. The words end without a full stop, so that a path can follow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ContainerRefusal {
    /// No format that is written has this extension.
    #[error(
        "Clips are not written as {}. Let the name end in .mp4, .m4v, .mov, .mkv or .webm",
        shown(extension)
    )]
    UnknownExtension {
        /// Without its dot; empty when the name has none.
        extension: String,
    },
    /// The format is known, but not with this codec in it.
    #[error(
        "A .{extension} file cannot hold {codec}. Let the name end in {instead}, or choose another codec"
    )]
    CodecDoesNotFit {
        /// Without its dot.
        extension: String,
        /// The codec: as the contract names it, or FFmpeg's name of a source's own.
        codec: String,
        /// Endings that can hold it.
        instead: &'static str,
    },
}

fn shown(extension: &str) -> String {
    if extension.is_empty() { "files without an ending".to_owned() } else { format!(".{extension}") }
}

/// Whether a clip of `codec` can be written to a file of this extension (without its dot, in any case): `.mp4` and `.m4v`
/// hold H.264, H.265, VP9 and AV1; `.mov` H.264 and H.265; `.mkv` everything; `.webm` VP9 and AV1. For
/// [`VideoCodec::Copy`] only the extension can be judged here: whether the source's own codec fits is told by
/// [`crate::export_clip`] before it writes anything.
///
/// # Errors
/// Why not.
pub fn check_container(extension: &str, codec: VideoCodec) -> Result<(), ContainerRefusal> {
    let format = FileFormat::of_extension(extension)?;
    let id = match codec {
        VideoCodec::H264 => Id::H264,
        VideoCodec::H265 => Id::HEVC,
        VideoCodec::Vp9 => Id::VP9,
        VideoCodec::Av1 => Id::AV1,
        VideoCodec::Copy => return Ok(()),
    };
    if format.holds_picture(id) {
        return Ok(());
    }
    Err(refusal(extension, codec.name(), id))
}

fn refusal(extension: &str, codec: &str, id: Id) -> ContainerRefusal {
    let instead = match (FileFormat::Mp4.holds_picture(id), FileFormat::Mov.holds_picture(id)) {
        (true, true) => ".mp4, .mov or .mkv",
        (true, false) => ".mp4 or .mkv",
        (false, true) => ".mov or .mkv",
        (false, false) => ".mkv",
    };
    let extension = extension.to_ascii_lowercase();
    ContainerRefusal::CodecDoesNotFit { extension, codec: codec.to_owned(), instead }
}

impl FileFormat {
    fn of_extension(extension: &str) -> Result<Self, ContainerRefusal> {
        match extension.to_ascii_lowercase().as_str() {
            "mp4" | "m4v" => Ok(Self::Mp4),
            "mov" => Ok(Self::Mov),
            "mkv" => Ok(Self::Matroska),
            "webm" => Ok(Self::Webm),
            _ => Err(ContainerRefusal::UnknownExtension { extension: extension.to_owned() }),
        }
    }

    /// The format of a clip of `codec` that is to be written to `target`.
    pub(crate) fn for_clip(target: &Path, codec: VideoCodec) -> Result<Self, MediaError> {
        let extension = extension_of(target);
        let found = check_container(&extension, codec).and_then(|()| Self::of_extension(&extension));
        found.map_err(|refusal| MediaError::Container { refusal, path: target.to_owned() })
    }

    /// Refuses a source's own codec that this format does not hold.
    pub(crate) fn check_copied(self, id: Id, name: &str, target: &Path) -> Result<(), MediaError> {
        if self.holds_picture(id) {
            return Ok(());
        }
        let refusal = refusal(&extension_of(target), name, id);
        Err(MediaError::Container { refusal, path: target.to_owned() })
    }

    /// FFmpeg's name of the format.
    pub(crate) fn muxer(self) -> &'static std::ffi::CStr {
        match self {
            Self::Mp4 => c"mp4",
            Self::Mov => c"mov",
            Self::Matroska => c"matroska",
            Self::Webm => c"webm",
        }
    }

    /// True for the formats of the QuickTime family: they have an index, and edit lists that hide what is not to be shown.
    pub(crate) fn has_edit_lists(self) -> bool {
        matches!(self, Self::Mp4 | Self::Mov)
    }

    /// What players of this format expect, not all that FFmpeg would write.
    fn holds_picture(self, id: Id) -> bool {
        match self {
            Self::Mp4 => matches!(id, Id::H264 | Id::HEVC | Id::VP9 | Id::AV1 | Id::MPEG4),
            Self::Mov => {
                matches!(id, Id::H264 | Id::HEVC | Id::MPEG4 | Id::PRORES | Id::MJPEG | Id::DNXHD)
            }
            Self::Matroska => id != Id::None,
            Self::Webm => matches!(id, Id::VP8 | Id::VP9 | Id::AV1),
        }
    }

    /// True when sound of this codec can be copied into the format as it is. FLAC in MP4 is left out: older FFmpeg calls it
    /// experimental, and few players know it.
    pub(crate) fn holds_sound(self, id: Id) -> bool {
        match self {
            Self::Mp4 => {
                matches!(id, Id::AAC | Id::MP3 | Id::AC3 | Id::EAC3 | Id::OPUS | Id::ALAC)
            }
            Self::Mov => {
                matches!(
                    id,
                    Id::AAC | Id::MP3 | Id::AC3 | Id::EAC3 | Id::ALAC | Id::PCM_S16LE | Id::PCM_S24LE
                )
            }
            Self::Matroska => {
                matches!(
                    id,
                    Id::AAC
                        | Id::MP3
                        | Id::AC3
                        | Id::EAC3
                        | Id::DTS
                        | Id::OPUS
                        | Id::VORBIS
                        | Id::FLAC
                        | Id::PCM_S16LE
                        | Id::PCM_S24LE
                )
            }
            Self::Webm => matches!(id, Id::OPUS | Id::VORBIS),
        }
    }

    /// What sound is encoded as, for this format.
    pub(crate) fn sound_name(self) -> &'static str {
        if self == Self::Webm { "Opus" } else { "AAC" }
    }

    /// Encoders of sound for this format, in the order of preference.
    pub(crate) fn sound_encoders(self) -> &'static [&'static str] {
        match self {
            Self::Mp4 | Self::Mov | Self::Matroska => &["aac", "libfdk_aac", "aac_at", "aac_mf"],
            Self::Webm => &["libopus", "libvorbis"],
        }
    }
}

fn extension_of(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_ending_holds_the_codecs_its_players_know() {
        use VideoCodec::{Av1, Copy, H264, H265, Vp9};
        let check = |extension: &str, held: &[VideoCodec]| {
            for codec in VideoCodec::ALL {
                let fits = check_container(extension, codec).is_ok();
                assert_eq!(fits, held.contains(&codec), "{} in .{extension}", codec.name());
            }
        };
        check("mp4", &VideoCodec::ALL);
        check("M4V", &VideoCodec::ALL);
        check("mov", &[H264, H265, Copy]);
        check("mkv", &VideoCodec::ALL);
        check("webm", &[Vp9, Av1, Copy]);
        check("avi", &[]);
        check("", &[]);
    }

    #[test]
    fn a_refusal_names_the_endings_that_would_do() {
        let refused = |extension, codec| {
            check_container(extension, codec).expect_err("the pair is refused").to_string()
        };
        assert_eq!(
            refused("webm", VideoCodec::H264),
            "A .webm file cannot hold H.264. Let the name end in .mp4, .mov or .mkv, or choose another codec"
        );
        assert_eq!(
            refused("mov", VideoCodec::Vp9),
            "A .mov file cannot hold VP9. Let the name end in .mp4 or .mkv, or choose another codec"
        );
        assert_eq!(
            refused("avi", VideoCodec::H264),
            "Clips are not written as .avi. Let the name end in .mp4, .m4v, .mov, .mkv or .webm"
        );
        assert!(
            refused("", VideoCodec::Copy).starts_with("Clips are not written as files without an ending")
        );
    }
}
