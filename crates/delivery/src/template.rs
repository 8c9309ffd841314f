//! Name templates: what an editor or a client writes, taken apart and checked before any clip is made.

use std::path::PathBuf;

use crate::bucket::KEY;
use crate::error::TemplateError;
use crate::safe::{PART, without_bad_characters};

/// A checked template of clips' names, relative to a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameTemplate {
    /// Parts of the path; the last one is the file's name without its extension.
    pub(crate) parts: Vec<Vec<Piece>>,
    /// With its dot.
    pub(crate) extension: String,
}

/// A piece of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Text as it stands.
    Text(String),
    /// Something of the clip.
    Placeholder(Placeholder),
}

/// Something of the clip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Placeholder {
    Index,
    Name,
    Start,
    Tag,
    Title,
}

/// A folder, and the names in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// Where clips go.
    pub folder: PathBuf,
    /// What they are called there.
    pub template: NameTemplate,
}

/// Bytes in each part for what stands beside the template's own text: numbers, times, a few letters of names.
pub(crate) const BESIDE: usize = 64;

/// What a clip gets when the template has no extension.
const EXTENSION: &str = ".mp4";

impl NameTemplate {
    /// Reads a template such as `{name}/clip-{index}.mp4`. `{index}` is the running number through the batch, `{name}` (or
    /// `{media}`) the source file's name without extension, `{start}` where the clip begins, `{tag}` its first tag, `{title}`
    /// what its editor calls it. `/` and `\` separate folders. Without an extension, `.mp4` is added.
    ///
    /// # Errors
    /// When it has no `{index}`, an unknown placeholder, or leads out of its folder.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let text = text.trim();
        if text.starts_with(['/', '\\']) || has_drive(text) {
            return Err(TemplateError::OutsideFolder);
        }
        let mut parts: Vec<&str> = text.split(['/', '\\']).map(str::trim).collect();
        if parts.contains(&"..") {
            return Err(TemplateError::OutsideFolder);
        }
        let file = parts.pop().filter(|file| !file.is_empty() && *file != ".");
        let (stem, extension) = split_extension(file.ok_or(TemplateError::WithoutFileName)?);
        parts.retain(|part| !part.is_empty() && *part != ".");
        parts.push(stem);
        let parts: Vec<Vec<Piece>> = parts.into_iter().map(pieces).collect::<Result<_, _>>()?;
        let template = Self { parts, extension: extension.unwrap_or(EXTENSION).to_owned() };
        template.check()?;
        Ok(template)
    }

    fn check(&self) -> Result<(), TemplateError> {
        let index = Piece::Placeholder(Placeholder::Index);
        if !self.parts.iter().flatten().any(|piece| *piece == index) {
            return Err(TemplateError::WithoutIndex);
        }
        let limit = PART - BESIDE;
        if self.parts.iter().any(|part| text_length(part) > limit) {
            return Err(TemplateError::TooLong { limit });
        }
        if self.least_length() > KEY {
            return Err(TemplateError::TooDeep);
        }
        Ok(())
    }

    /// Bytes of a name with all the room that its parts need and none to spare.
    pub(crate) fn least_length(&self) -> usize {
        let slashes = self.parts.len().saturating_sub(1);
        slashes + self.parts.iter().map(|part| text_length(part) + BESIDE).sum::<usize>()
    }

    /// The extension with its dot, as the clips will have it.
    #[must_use]
    pub fn extension(&self) -> &str {
        &self.extension
    }
}

impl Destination {
    /// Reads a path such as `/videos/out/{name}-{index}.mp4`: the folders before the first placeholder are the folder, the
    /// rest is the template. A path without folders means the working directory.
    ///
    /// # Errors
    /// What is wrong with the template.
    pub fn parse(path: &str) -> Result<Self, TemplateError> {
        let path = path.trim();
        let separators: &[char] = if cfg!(windows) { &['/', '\\'] } else { &['/'] };
        let fixed = &path[..path.find('{').unwrap_or(path.len())];
        let (folder, template) = match fixed.rfind(separators) {
            Some(at) => path.split_at(at + 1),
            None => (".", path),
        };
        Ok(Self { folder: PathBuf::from(folder), template: NameTemplate::parse(template)? })
    }
}

/// Bytes of a part's own text.
pub(crate) fn text_length(part: &[Piece]) -> usize {
    let length = |piece: &Piece| match piece {
        Piece::Text(text) => text.len(),
        Piece::Placeholder(_) => 0,
    };
    part.iter().map(length).sum()
}

impl Placeholder {
    fn parse(name: &str) -> Result<Self, TemplateError> {
        match name {
            "index" => Ok(Self::Index),
            "name" | "media" => Ok(Self::Name),
            "start" => Ok(Self::Start),
            "tag" => Ok(Self::Tag),
            "title" => Ok(Self::Title),
            _ => Err(TemplateError::UnknownPlaceholder(name.to_owned())),
        }
    }
}

/// `C:`, with or without a slash after it.
fn has_drive(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(|c| c.is_ascii_alphabetic()) && characters.next() == Some(':')
}

/// `("clip-{index}", Some(".mp4"))`. An extension is up to five letters and digits with a letter among them, so that
/// neither `v1.2` nor a placeholder is taken for one.
fn split_extension(file: &str) -> (&str, Option<&str>) {
    let Some(dot) = file.rfind('.').filter(|dot| *dot > 0) else { return (file, None) };
    let letters = &file[dot + 1..];
    let sized = (1..=5).contains(&letters.len());
    let plain = letters.chars().all(|c| c.is_ascii_alphanumeric());
    let lettered = letters.chars().any(|c| c.is_ascii_alphabetic());
    if sized && plain && lettered { (&file[..dot], Some(&file[dot..])) } else { (file, None) }
}

fn pieces(part: &str) -> Result<Vec<Piece>, TemplateError> {
    let mut pieces = Vec::new();
    let mut rest = part;
    while let Some(brace) = rest.find(['{', '}']) {
        let (text, from_brace) = rest.split_at(brace);
        let inner = from_brace.strip_prefix('{').ok_or(TemplateError::UnmatchedBrace)?;
        let (name, after) = inner.split_once('}').ok_or(TemplateError::UnmatchedBrace)?;
        if name.contains('{') {
            return Err(TemplateError::UnmatchedBrace);
        }
        push_text(&mut pieces, text);
        pieces.push(Piece::Placeholder(Placeholder::parse(name)?));
        rest = after;
    }
    push_text(&mut pieces, rest);
    Ok(pieces)
}

fn push_text(pieces: &mut Vec<Piece>, text: &str) {
    if !text.is_empty() {
        pieces.push(Piece::Text(without_bad_characters(text)));
    }
}
