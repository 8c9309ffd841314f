//! Finds the subtitle file that lies beside a video.

use std::path::{Path, PathBuf};

/// Endings that are read, the preferred first.
const ENDINGS: [&str; 4] = ["srt", "vtt", "ass", "ssa"];

/// The subtitle file of `video`: `talk.srt` beside `talk.mp4`, else one with a language such as `talk.en.srt`. The
/// ending's order decides between several, then the name.
pub(crate) fn find(video: &Path) -> Option<PathBuf> {
    let stem = video.file_stem()?.to_str()?;
    let mut found: Vec<(Rank, PathBuf)> = std::fs::read_dir(video.parent()?)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter_map(|path| Some((rank(stem, path.file_name()?.to_str()?)?, path)))
        .collect();
    found.sort();
    found.into_iter().map(|(_, path)| path).find(|path| path.is_file())
}

/// Smaller is better: without a language first, then by ending.
type Rank = (bool, usize);

/// How well the file `name` suits as the subtitle of a video named `stem`; `None` when it is none.
fn rank(stem: &str, name: &str) -> Option<Rank> {
    let rest = name.strip_prefix(stem)?.strip_prefix('.')?;
    let (language, ending) =
        rest.rsplit_once('.').map_or((None, rest), |(language, ending)| (Some(language), ending));
    let place = ENDINGS.iter().position(|known| ending.eq_ignore_ascii_case(known))?;
    let plausible = language.is_none_or(|tag| {
        (2..=12).contains(&tag.len())
            && tag.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
    });
    plausible.then_some((language.is_some(), place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_subtitles_of_the_video_itself_are_taken() {
        for (name, expected) in [
            ("talk.srt", Some((false, 0))),
            ("talk.VTT", Some((false, 1))),
            ("talk.en.srt", Some((true, 0))),
            ("talk.zh-Hans.ass", Some((true, 2))),
            ("talk.mp4", None),
            ("talk2.srt", None),
            ("talk.part two.srt", None),
            ("other.srt", None),
        ] {
            assert_eq!(rank("talk", name), expected, "{name}");
        }
    }

    #[test]
    fn the_plain_name_wins_over_one_with_a_language() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["talk.mp4", "talk.de.srt", "talk.vtt"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        assert_eq!(find(&folder.path().join("talk.mp4")), Some(folder.path().join("talk.vtt")));
        assert_eq!(find(&folder.path().join("else.mp4")), None);
    }
}
