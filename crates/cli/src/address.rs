//! What an argument names: a path or an address.

use std::path::Path;

use engine::model::job::{Fault, MediaAddress};

/// An argument is an address when it looks like one, else a path, whatever bytes it has. `argument` names it should it be
/// neither.
pub(crate) fn address(argument: &str, place: &Path) -> Result<MediaAddress, Fault> {
    let Some(text) = place.to_str().filter(|text| text.contains("://")) else {
        return Ok(MediaAddress::local_file(place.to_owned()));
    };
    // A folder's name may look like a scheme; what is there is a file.
    if place.exists() {
        return Ok(MediaAddress::local_file(place.to_owned()));
    }
    // The text itself is not repeated: it may hold a password.
    MediaAddress::parse(text).map_err(|rule| Fault::missing(argument, rule))
}
