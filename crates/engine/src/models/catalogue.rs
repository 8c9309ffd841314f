//! The catalogue of models, `assets/models.toml`: the only ones that are ever loaded.

use serde::{Deserialize, Serialize};

use super::digest::Sha256;
use crate::{Code, Failure};

/// What a model adds to analysing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ModelKind {
    /// What makes a sound: laughter, applause, sirens.
    SoundEvents,
    /// Where somebody speaks.
    Voice,
    /// Where faces are and how large.
    Faces,
    /// What is said.
    Speech,
    /// How well a picture fits words.
    PictureText,
}

impl ModelKind {
    /// Its name in the catalogue and for programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SoundEvents => "sound-events",
            Self::Voice => "voice",
            Self::Faces => "faces",
            Self::Speech => "speech",
            Self::PictureText => "picture-text",
        }
    }

    /// The evidence that it gives, in words for the middle of a sentence.
    #[must_use]
    pub const fn evidence(self) -> &'static str {
        match self {
            Self::SoundEvents => "sound events",
            Self::Voice => "the finer voice detection",
            Self::Faces => "faces",
            Self::Speech => "what is said",
            Self::PictureText => "what pictures show",
        }
    }
}

/// A model of the catalogue, or one that was imported as a folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelEntry {
    /// Short and fixed: what one types to name it.
    pub id: String,
    /// What it adds.
    pub kind: ModelKind,
    /// What its makers call it.
    pub name: String,
    /// What an editor gets from it, as a sentence.
    pub purpose: String,
    /// Which languages it knows, where that matters.
    #[serde(default)]
    pub languages: Option<String>,
    /// How quick it is beside the others of its kind, in a word or two.
    #[serde(default)]
    pub speed: Option<String>,
    /// Its licence, as an SPDX expression; `NOASSERTION` where nobody said.
    pub licence: String,
    /// The page that tells about it; `None` for what was imported.
    pub source: Option<String>,
    /// The name of its file, or of the first of several, in the library's folder.
    pub file: String,
    /// Where that is fetched from; `None` for what was imported.
    pub url: Option<String>,
    /// Bytes of that.
    pub size: u64,
    /// Of the whole of that.
    pub sha256: Sha256,
    /// True when its weights have eight bits, so that [`perception::byte_products_overflow`] tells where it cannot be used.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub byte_products: bool,
    /// The others, where it takes several. They lie in a folder of the model's id then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<ModelPart>,
}

/// One file of a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelPart {
    /// Its name in the library's folder.
    pub file: String,
    /// Where it is fetched from; `None` for what was imported.
    pub url: Option<String>,
    /// Bytes.
    pub size: u64,
    /// Of the whole file.
    pub sha256: Sha256,
}

impl ModelEntry {
    /// All its files, the first one first.
    #[must_use]
    pub fn parts(&self) -> Vec<ModelPart> {
        let Self { file, url, size, sha256, .. } = self;
        let first = ModelPart { file: file.clone(), url: url.clone(), size: *size, sha256: *sha256 };
        std::iter::once(first).chain(self.also.iter().cloned()).collect()
    }

    /// Bytes of all its files.
    #[must_use]
    pub fn total_size(&self) -> u64 {
        self.also.iter().map(|part| part.size).sum::<u64>() + self.size
    }

    /// What tells it from all other models: the digest of its file; of several, that of their digests in their order.
    #[must_use]
    pub fn digest(&self) -> Sha256 {
        Sha256::of_several(&self.parts().iter().map(|part| part.sha256).collect::<Vec<_>>())
    }
}

/// The models that may be installed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalogue(Vec<ModelEntry>);

/// The catalogue as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    model: Vec<ModelEntry>,
}

impl Catalogue {
    /// The catalogue that this build carries.
    ///
    /// # Errors
    /// Never, unless the program was built from a broken one.
    pub fn built_in() -> Result<Self, Failure> {
        Self::parse(include_str!("../../../../assets/models.toml"))
    }

    /// Reads a catalogue.
    ///
    /// # Errors
    /// When it is no TOML of this form, or an entry breaks a rule.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        let cannot = |why: String| Failure::new(Code::Internal, format!("The catalogue of models: {why}"));
        let Written { model: entries } = toml::from_str(text).map_err(|error| cannot(error.to_string()))?;
        for (index, entry) in entries.iter().enumerate() {
            check(entry, &entries[..index]).map_err(|why| cannot(format!("`{}` {why}.", entry.id)))?;
        }
        Ok(Self(entries))
    }

    /// All models, the preferred of each kind first.
    #[must_use]
    pub fn entries(&self) -> &[ModelEntry] {
        &self.0
    }

    /// The model of this id.
    #[must_use]
    pub fn entry(&self, id: &str) -> Option<&ModelEntry> {
        self.0.iter().find(|entry| entry.id == id)
    }
}

fn check(entry: &ModelEntry, earlier: &[ModelEntry]) -> Result<(), &'static str> {
    let is_word = |text: &str| {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        !text.is_empty() && text.bytes().all(allowed) && !text.starts_with('.')
    };
    let parts = entry.parts();
    if !is_word(&entry.id) || !parts.iter().all(|part| is_word(&part.file)) {
        return Err("has an id or a file name of other signs than letters, digits, - _ and .");
    }
    let is_web = |url: &Option<String>| {
        let url = url.as_deref().unwrap_or_default();
        ["http://", "https://"].iter().any(|scheme| url.starts_with(scheme))
    };
    if entry.source.is_none() || !parts.iter().all(|part| is_web(&part.url)) {
        return Err("is to be fetched from elsewhere than the web, or has no page");
    }
    if parts.iter().any(|part| part.size == 0) {
        return Err("holds no bytes");
    }
    let is_same = |one: &ModelPart, other: &ModelPart| one.file == other.file || one.sha256 == other.sha256;
    let is_twice = |part: &ModelPart| parts.iter().filter(|other| is_same(part, other)).count() > 1;
    let is_taken = |part: &ModelPart| earlier.iter().any(|it| it.parts().iter().any(|it| is_same(it, part)));
    if earlier.iter().any(|it| it.id == entry.id) || parts.iter().any(|part| is_twice(part) || is_taken(part))
    {
        return Err("has the id, the file or the digest of another");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_of_this_build_holds_to_its_rules() {
        let catalogue = Catalogue::built_in().expect("the catalogue can be read");
        for entry in catalogue.entries() {
            let ModelEntry { id, source, purpose, kind, .. } = entry;
            let source = source.as_deref().unwrap_or_default();
            for url in entry.parts().into_iter().filter_map(|part| part.url) {
                assert!(
                    url.starts_with("https://") && source.starts_with("https://"),
                    "{id} comes encrypted"
                );
                assert!(!url.contains("/main/") && !url.contains("/master/"), "{id} is pinned to a version");
            }
            assert!(purpose.ends_with('.') && purpose.len() > 30, "{id} says what it is for: {purpose}");
            let speaks = *kind == ModelKind::Speech;
            assert_eq!(speaks, entry.languages.is_some() && entry.speed.is_some(), "{id} says what it knows");
        }
        let yamnet = catalogue.entry("yamnet").expect("sound events have a model");
        assert_eq!((yamnet.kind, yamnet.size), (ModelKind::SoundEvents, 4_126_810));
        assert_eq!(yamnet.digest(), yamnet.sha256, "one file's digest is the model's");
        let clip = catalogue.entry("clip-vit-b32").expect("what pictures show has a model");
        assert_eq!((clip.parts().len(), clip.total_size()), (3, 155_845_627), "two networks and a tokenizer");
    }

    #[test]
    fn a_catalogue_that_breaks_a_rule_is_refused() {
        let good = |id: &str, file: &str, url: &str, size: u64| {
            let digest = Sha256::of_bytes(id.as_bytes());
            format!(
                "[[model]]\nid = '{id}'\nkind = 'faces'\nname = 'N'\npurpose = 'P'\nfile = '{file}'\nlicence = 'MIT'\n\
                 source = 'https://a/'\nurl = '{url}'\nsize = {size}\nsha256 = '{digest}'\n"
            )
        };
        let one = good("a", "a.bin", "https://a/a.bin", 1);
        let read = Catalogue::parse(&one).expect("a whole entry is taken");
        assert_eq!(read.entries().len(), 1);
        let other = Sha256::of_bytes(b"other");
        for (wrong, expected) in [
            (format!("{one}{}", good("a", "b.bin", "https://a/b", 1)), "of another"),
            (format!("{one}{}", good("b", "a.bin", "https://a/b", 1)), "of another"),
            (good("a", "../a.bin", "https://a/a", 1), "other signs"),
            (good("a", ".a", "https://a/a", 1), "other signs"),
            (good("a", "a", "file:///a", 1), "the web"),
            (good("a", "a", "https://a", 0), "no bytes"),
            (
                format!(
                    "{one}[[model.also]]\nfile = 'a.bin'\nurl = 'https://a/'\nsize = 1\nsha256 = '{other}'\n"
                ),
                "of another",
            ),
            (format!("{one}[[model.also]]\nfile = 'b.bin'\nsize = 1\nsha256 = '{other}'\n"), "the web"),
            (one.replace("faces", "feet"), "feet"),
            (one.replace("size = 1", "sise = 1"), "sise"),
            (one.replace("sha256 = '", "sha256 = 'x"), "64 hexadecimal digits"),
        ] {
            let refused = Catalogue::parse(&wrong).expect_err("it breaks a rule").to_string();
            assert!(refused.contains(expected), "the reason names {expected}: {refused}");
        }
    }
}
