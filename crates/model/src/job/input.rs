//! `InputConfig`: which media, and what to look for in them.

use std::ops::RangeInclusive;

use serde_json::Value;

use super::address::{MediaAddress, without_user};
use super::fault::{Fault, Faults, Parsed};
use super::reader::{self, Findings, Object};
use super::strategy::Strategy;
use crate::MediaTime;

/// What a job works on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputConfig {
    /// The materials, within [`InputConfig::MEDIA`].
    pub media: Vec<MediaReference>,
    /// What to look for.
    pub strategy: Strategy,
}

/// One material of a job: at least one of the two is given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MediaReference {
    /// An asset of the media library, 32 hexadecimal digits in small letters; wins when both are given.
    pub id: Option<String>,
    /// Where the file is.
    pub url: Option<MediaAddress>,
}

impl MediaReference {
    /// How the answer names the material: the id, or the address where an address was given.
    #[must_use]
    pub fn as_given(&self) -> &str {
        match (&self.id, &self.url) {
            (Some(id), _) => id,
            (None, Some(url)) => url.as_str(),
            (None, None) => "",
        }
    }
}

impl From<MediaAddress> for MediaReference {
    fn from(url: MediaAddress) -> Self {
        Self { id: None, url: Some(url) }
    }
}

impl InputConfig {
    /// How many materials a job may have.
    pub const MEDIA: RangeInclusive<usize> = 1..=5;
    /// How long all materials together may last.
    pub const TOTAL_DURATION: MediaTime = MediaTime::from_whole_seconds(2 * 60 * 60);

    /// A job that did not come as JSON, held to the same rules.
    ///
    /// # Errors
    /// Every rule it breaks.
    pub fn new(media: Vec<MediaReference>, strategy: Strategy) -> Result<Self, Faults> {
        let mut faults: Vec<Fault> = check_number(media.len()).into_iter().collect();
        let neither = |material: &&MediaReference| material.id.is_none() && material.url.is_none();
        for (index, _) in media.iter().enumerate().filter(|(_, material)| neither(material)) {
            faults
                .push(Fault::missing(format!("MediaArray[{index}]"), format!("must have {ONE_OF_THE_TWO}")));
        }
        faults.extend(strategy.check());
        Faults::none_of(faults)?;
        Ok(Self { media, strategy })
    }

    /// Reads the contract's JSON.
    ///
    /// # Errors
    /// Every rule it breaks.
    pub fn parse(text: &str) -> Result<Parsed<Self>, Faults> {
        reader::document("InputConfig", text, |object, findings| {
            let media = read_media(object, findings);
            let strategy = match object.object("Strategy", findings) {
                Some(mut strategy) => Strategy::read(&mut strategy, findings),
                None => Strategy::default(),
            };
            Self { media, strategy }
        })
    }
}

/// How many hexadecimal digits a media id has.
const MEDIA_ID_DIGITS: usize = 32;
const MEDIA_ID_RULE: &str = "must be the id of a video in the media library: 32 hexadecimal digits";

/// A media id in its usual form, in small letters; `None` for what is none.
fn media_id(text: &str) -> Option<String> {
    let text = text.trim();
    let is_id = text.len() == MEDIA_ID_DIGITS && text.chars().all(|digit| digit.is_ascii_hexdigit());
    is_id.then(|| text.to_ascii_lowercase())
}

const ONE_OF_THE_TWO: &str = "a MediaId or a MediaURL";

fn check_number(number: usize) -> Option<Fault> {
    let rule = format!("must have {}, there are {number}", number_allowed());
    (!InputConfig::MEDIA.contains(&number)).then(|| Fault::missing("MediaArray", rule))
}

fn number_allowed() -> String {
    format!("{} to {} items", InputConfig::MEDIA.start(), InputConfig::MEDIA.end())
}

fn read_media(object: &mut Object<'_>, findings: &mut Findings) -> Vec<MediaReference> {
    if object.value("MediaArray").is_none() {
        findings.missing("MediaArray", format!("is required: a list of {}", number_allowed()));
        return Vec::new();
    }
    let Some(items) = object.list("MediaArray", findings) else { return Vec::new() };
    findings.faults.extend(check_number(items.len()));
    items.iter().enumerate().map(|(index, item)| read_material(index, item, findings)).collect()
}

fn read_material(index: usize, item: &Value, findings: &mut Findings) -> MediaReference {
    let field = format!("MediaArray[{index}]");
    let Value::Object(map) = item else {
        findings.fault(field, item, format!("must be an object with {ONE_OF_THE_TWO}"));
        return MediaReference::default();
    };
    let mut object = Object::new(field.clone(), map);
    let given = object.value("MediaId").is_some() || object.value("MediaURL").is_some();
    if !given {
        findings.missing(field, format!("must have {ONE_OF_THE_TWO}"));
    }
    let id = object.text("MediaId", findings).and_then(|text| {
        let id = media_id(text);
        if id.is_none() {
            findings.fault(object.field("MediaId"), &text.into(), MEDIA_ID_RULE);
        }
        id
    });
    let url = object.text("MediaURL", findings).and_then(|text| match MediaAddress::parse(text) {
        Ok(address) => Some(address),
        Err(rule) => {
            findings.fault(object.field("MediaURL"), &without_user(text).into(), rule);
            None
        }
    });
    if id.is_some() && url.is_some() {
        findings.warn(object.field("MediaURL"), "has no effect, because MediaId wins");
    }
    object.warn_of_the_rest(findings);
    MediaReference { id, url }
}
