//! Another catalogue for a development build, whose addresses lie on loopback, so that a test can download. Release
//! builds do not contain this file.

use super::catalogue::Catalogue;
use crate::{Code, Failure};

/// The catalogue in the file of `STANDOUT_TEST_CATALOGUE`, when that is set.
pub(super) fn catalogue() -> Option<Result<Catalogue, Failure>> {
    let file = std::env::var_os("STANDOUT_TEST_CATALOGUE").filter(|file| !file.is_empty())?;
    let cannot = |error| Failure::new(Code::Internal, format!("No test catalogue ({error})."));
    Some(std::fs::read_to_string(file).map_err(cannot).and_then(|text| Catalogue::parse(&text)))
}
