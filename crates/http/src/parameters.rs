//! The parameters of a request, from its query and its form, and the form in which they are signed.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::ApiError;

/// What RFC 3986 leaves as it is (section 2.3), and nothing else.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The most parameters of one request; the protocol's longest action has some twenty.
const MOST_PARAMETERS: usize = 100;

/// Names and values, decoded. A name occurs once: of two values, one would be checked and the other one used.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parameters(BTreeMap<String, String>);

impl Parameters {
    /// Reads `a=b&c=d`, a query or a form, with `+` and `%20` for spaces.
    ///
    /// # Errors
    /// An escape that is none, bytes that are no UTF-8, an empty name, a name that occurs twice, or too many parameters.
    pub fn parse(text: &str) -> Result<Self, ApiError> {
        let mut parameters = BTreeMap::new();
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (decoded(name)?, decoded(value)?);
            if name.is_empty() {
                return Err(ApiError::malformed("A parameter has no name."));
            }
            if parameters.len() == MOST_PARAMETERS {
                return Err(ApiError::malformed(format!(
                    "A request may have at most {MOST_PARAMETERS} parameters."
                )));
            }
            if parameters.contains_key(&name) {
                return Err(twice(&name));
            }
            parameters.insert(name, value);
        }
        Ok(Self(parameters))
    }

    /// These and those of a form.
    ///
    /// # Errors
    /// A name that occurs in both.
    pub fn joined(mut self, form: Self) -> Result<Self, ApiError> {
        for (name, value) in form.0 {
            if self.0.contains_key(&name) {
                return Err(twice(&name));
            }
            self.0.insert(name, value);
        }
        Ok(self)
    }

    /// A parameter's value, unless it is not given or empty: clients send empty ones for what was not set.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The value of a mandatory parameter.
    ///
    /// # Errors
    /// It was not given.
    pub fn require(&self, name: &str) -> Result<&str, ApiError> {
        self.get(name).ok_or_else(|| ApiError::missing(name))
    }

    /// As they are signed: sorted by name, escaped by RFC 3986.
    #[must_use]
    pub fn canonical(&self) -> String {
        let escaped = |text| utf8_percent_encode(text, ESCAPED).to_string();
        let pairs = self.0.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value)));
        pairs.collect::<Vec<_>>().join("&")
    }
}

fn decoded(text: &str) -> Result<String, ApiError> {
    let bytes = text.as_bytes();
    let is_escape =
        |at: usize| bytes.get(at + 1..at + 3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
    if (0..bytes.len()).any(|at| bytes[at] == b'%' && !is_escape(at)) {
        return Err(ApiError::malformed("A parameter holds a % that begins no escape; write it as %25."));
    }
    let spaced = text.replace('+', " ");
    let decoded = percent_decode_str(&spaced).decode_utf8();
    decoded.map(Into::into).map_err(|_| ApiError::malformed("A parameter is not UTF-8."))
}

fn twice(name: &str) -> ApiError {
    let shown: String = name.chars().take(64).collect();
    ApiError::malformed(format!("The parameter {shown} was given twice; give it once."))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spaces_and_reserved_characters_are_signed_as_rfc_3986_writes_them() {
        let check = |text: &str, canonical: &str| {
            let parameters = Parameters::parse(text).expect("readable");
            assert_eq!(parameters.canonical(), canonical, "{text}");
        };
        check("b=2&a=1", "a=1&b=2");
        check("k=a+b%2F~*%2A", "k=a%20b%2F~%2A%2A");
        check("flag&empty=", "empty=&flag=");
        check("%E4%BD%A0=%2B", "%E4%BD%A0=%2B");
        check("a=1=2", "a=1%3D2");
        check("&&", "");
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_refused() {
        for text in ["a=%", "a=%4", "a=%zz", "a=%FF", "a=1&a=2", "a=1&%61=2", "=1"] {
            let error = Parameters::parse(text).expect_err("it must be refused");
            assert_eq!((error.status.as_u16(), error.code.as_str()), (400, "InvalidParameter"), "{text}");
        }
        let many = (0..=MOST_PARAMETERS).map(|index| format!("p{index}=1")).collect::<Vec<_>>().join("&");
        Parameters::parse(&many).expect_err("too many parameters must be refused");
        let query = Parameters::parse("a=1").expect("readable");
        query.clone().joined(query).expect_err("a name in query and form must be refused");
    }

    proptest! {
        #[test]
        fn signing_does_not_depend_on_how_a_client_escaped(pairs in prop::collection::btree_map(".{1,8}", ".{0,16}", 0..6)) {
            let canonical = Parameters(pairs.clone()).canonical();
            let read = Parameters::parse(&canonical).expect("what was escaped can be read");
            prop_assert_eq!(&read.0, &pairs);
            prop_assert_eq!(Parameters::parse(&canonical.replace("%20", "+")).expect("readable").canonical(), canonical);
        }
    }
}
