//! The files of a picture-text encoder in a folder, as exports of the CLIP family lie in one.

use std::path::{Path, PathBuf};

use super::catalogue::ModelPart;
use super::digest::Sha256;
use super::search::files_below;
use crate::{Code, Failure};

/// What the networks are called in every published export, before what tells their variants apart (`_quantized`).
const PICTURES: &str = "vision_model";
const TEXTS: &str = "text_model";
const NETWORK_ENDING: &str = ".onnx";
/// The tokenizer in one file …
const TOKENIZER: &str = "tokenizer.json";
/// … and in two.
const VOCABULARY: &str = "vocab.json";
const MERGES: &str = "merges.txt";

/// An encoder as it lies in a folder: the network of pictures, that of texts, and the tokenizer in one file or two.
pub(super) struct EncoderFolder {
    pub(super) parts: Vec<(ModelPart, PathBuf)>,
}

impl EncoderFolder {
    /// Looks for an encoder in a folder and those below it, where exports have their networks.
    ///
    /// # Errors
    /// [`Code::ModelUnknown`] with what is not there, or why a file cannot be read.
    pub(super) fn find(folder: &Path) -> Result<Self, Failure> {
        let files: Vec<PathBuf> = files_below(folder).into_iter().map(|file| file.path).collect();
        let named =
            |name: &str| files.iter().find(|file| file.file_name().is_some_and(|it| it == name)).cloned();
        let mut variants: Vec<String> = files.iter().filter_map(|file| variant(file)).collect();
        // The whole numbers first, then by name.
        variants.sort();
        let pair = variants.iter().find_map(|variant| {
            let network = |part: &str| named(&format!("{part}{variant}{NETWORK_ENDING}"));
            Some([network(PICTURES)?, network(TEXTS)?])
        });
        let one = named(TOKENIZER).map(|file| vec![file]);
        let two =
            || named(VOCABULARY).zip(named(MERGES)).map(|(vocabulary, merges)| vec![vocabulary, merges]);
        let (Some(networks), Some(tokenizer)) = (pair, one.or_else(two)) else {
            let message = format!(
                "It holds no picture-text encoder. An export of one has {PICTURES}{NETWORK_ENDING} and {TEXTS}{NETWORK_ENDING}, with \
                 {TOKENIZER} or {VOCABULARY} and {MERGES}, all in one folder."
            );
            return Err(Failure::new(Code::ModelUnknown, message).at(folder));
        };
        let parts = networks.into_iter().chain(tokenizer).map(part).collect::<Result<_, _>>()?;
        Ok(Self { parts })
    }
}

/// What stands between a picture network's name and its ending.
fn variant(file: &Path) -> Option<String> {
    let name = file.file_name()?.to_str()?;
    let variant = name.strip_prefix(PICTURES)?.strip_suffix(NETWORK_ENDING)?;
    let is_word = variant.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    is_word.then(|| variant.to_owned())
}

fn part(path: PathBuf) -> Result<(ModelPart, PathBuf), Failure> {
    let cannot_read = |error: std::io::Error| {
        let message = format!("The file cannot be read ({error}). Check its permissions and its drive.");
        Failure::new(Code::FileUnreadable, message).at(&path)
    };
    let size = std::fs::metadata(&path).map_err(cannot_read)?.len();
    let sha256 = Sha256::of_file(&path).map_err(cannot_read)?;
    let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok((ModelPart { file, url: None, size, sha256 }, path))
}

#[cfg(test)]
mod tests {
    use testkit::Folder;

    use super::*;

    /// The names of the parts that are found among these files, or the reason why there are none.
    fn found(files: &[&str]) -> Result<Vec<String>, String> {
        let folder = Folder::new();
        for name in files {
            let file = folder.file(name);
            std::fs::create_dir_all(file.parent().expect("a file lies in a folder"))
                .expect("a folder can be made");
            std::fs::write(&file, name).expect("a temporary file can be written");
        }
        let found = EncoderFolder::find(folder.path()).map_err(|failure| failure.message)?;
        Ok(found.parts.into_iter().map(|(part, _)| part.file).collect())
    }

    #[test]
    fn an_export_is_found_in_the_forms_that_are_published() {
        let check = |files: &[&str], expected: &[&str]| {
            assert_eq!(found(files).expect("it is an encoder"), expected, "among {files:?}");
        };
        check(
            &["onnx/vision_model.onnx", "onnx/text_model.onnx", "tokenizer.json", "vocab.json", "merges.txt"],
            &["vision_model.onnx", "text_model.onnx", "tokenizer.json"],
        );
        check(
            &[
                "vision_model_int8.onnx",
                "text_model_int8.onnx",
                "text_model.onnx",
                "vocab.json",
                "merges.txt",
            ],
            &["vision_model_int8.onnx", "text_model_int8.onnx", "vocab.json", "merges.txt"],
        );
        for files in [
            &["vision_model.onnx", "text_model_int8.onnx", "tokenizer.json"][..],
            &["vision_model.onnx", "text_model.onnx", "vocab.json"],
            &[],
        ] {
            let reason = found(files).expect_err("something is missing");
            assert!(
                reason.contains("text_model.onnx") && reason.contains("merges.txt"),
                "{files:?}: {reason}"
            );
        }
    }
}
