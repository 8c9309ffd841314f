//! What is wrong with a request, in words a person can act on.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};

/// The longest excerpt of a value that is shown, in characters.
const SHOWN: usize = 60;

/// One broken rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Where, as the contract writes it: `Strategy.CustomActions[3]`.
    pub field: String,
    /// The value as JSON, shortened; empty when it is missing.
    pub value: String,
    /// What it must be, ready to follow the field's name: `must be an integer from 1 to 10`.
    pub rule: String,
}

impl Fault {
    /// A value that breaks a rule.
    #[must_use]
    pub fn new(field: impl Into<String>, value: &Value, rule: impl Into<String>) -> Self {
        Self { field: field.into(), value: excerpt(value), rule: rule.into() }
    }

    /// A value that is not there but must be.
    #[must_use]
    pub fn missing(field: impl Into<String>, rule: impl Into<String>) -> Self {
        Self { field: field.into(), value: String::new(), rule: rule.into() }
    }
}

impl fmt::Display for Fault {
    /// `Strategy.Count: must be an integer from 1 to 10, not 12`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.rule)?;
        if self.value.is_empty() { Ok(()) } else { write!(f, ", not {}", self.value) }
    }
}

/// Every broken rule of one request; never empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(transparent)]
pub struct Faults(pub Vec<Fault>);

impl Faults {
    /// `Ok` when there is none.
    ///
    /// # Errors
    /// All of them, when there is any.
    pub fn none_of(faults: Vec<Fault>) -> Result<(), Self> {
        if faults.is_empty() { Ok(()) } else { Err(Self(faults)) }
    }
}

impl fmt::Display for Faults {
    /// A line for each.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{fault}")?;
        }
        Ok(())
    }
}

/// Something in a request that is accepted and does nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// Where.
    pub field: String,
    /// Why it does nothing.
    pub reason: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.reason)
    }
}

/// An accepted request and what is to be said about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed<T> {
    /// The request, all rules kept.
    pub config: T,
    /// What in it does nothing.
    pub warnings: Vec<Warning>,
}

/// A value on one line, cut where it gets long; containers are named, not printed.
fn excerpt(value: &Value) -> String {
    let text = match value {
        Value::Object(_) => return "an object".to_owned(),
        Value::Array(_) => return "a list".to_owned(),
        Value::Number(number) => return in_digits(number),
        scalar => scalar.to_string(),
    };
    shortened(&text)
}

/// `61`, not `61.0`.
fn in_digits(number: &Number) -> String {
    let text = number.to_string();
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// At most [`SHOWN`] characters, without line breaks.
pub(super) fn shortened(text: &str) -> String {
    let line = |c: char| if c.is_control() { ' ' } else { c };
    if text.chars().count() <= SHOWN {
        return text.chars().map(line).collect();
    }
    text.chars().take(SHOWN - 1).map(line).chain(['…']).collect()
}
