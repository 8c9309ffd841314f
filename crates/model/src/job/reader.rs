//! Walks a JSON document, collecting faults and warnings instead of stopping at the first.

use std::ops::RangeInclusive;

use serde_json::{Map, Value};

use super::fault::{Fault, Faults, Parsed, Warning, shortened};

/// Keys of newer versions of the service that Standout has no use for.
const WITHOUT_EFFECT: [&str; 3] = ["HighlightDescription", "FaceInfo", "ThemeConfig"];

/// What has been found so far.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) faults: Vec<Fault>,
    pub(super) warnings: Vec<Warning>,
}

impl Findings {
    pub(super) fn fault(&mut self, field: impl Into<String>, value: &Value, rule: impl Into<String>) {
        self.faults.push(Fault::new(field, value, rule));
    }

    pub(super) fn missing(&mut self, field: impl Into<String>, rule: impl Into<String>) {
        self.faults.push(Fault::missing(field, rule));
    }

    pub(super) fn warn(&mut self, field: impl Into<String>, reason: impl Into<String>) {
        self.warnings.push(Warning { field: field.into(), reason: reason.into() });
    }
}

/// Reads a document from its text: `read` makes the configuration and notes what it finds. A configuration is handed
/// out only when there was no fault.
pub(super) fn document<T>(
    name: &str,
    text: &str,
    read: impl FnOnce(&mut Object<'_>, &mut Findings) -> T,
) -> Result<Parsed<T>, Faults> {
    if text.trim().is_empty() {
        return Err(Faults(vec![Fault::missing(name, "must be a JSON object, and is empty")]));
    }
    let value: Value = serde_json::from_str(text).map_err(|error| {
        Faults(vec![Fault {
            field: name.to_owned(),
            value: shortened(text),
            rule: format!("must be JSON ({error})"),
        }])
    })?;
    let Value::Object(map) = &value else {
        return Err(Faults(vec![Fault::new(name, &value, "must be a JSON object")]));
    };
    let mut findings = Findings::default();
    let mut object = Object::new(String::new(), map);
    let config = read(&mut object, &mut findings);
    object.warn_of_the_rest(&mut findings);
    Faults::none_of(findings.faults)?;
    Ok(Parsed { config, warnings: findings.warnings })
}

/// One JSON object and where it lies in the document. `null` counts as not given.
pub(super) struct Object<'a> {
    path: String,
    map: &'a Map<String, Value>,
    asked: Vec<&'static str>,
}

impl<'a> Object<'a> {
    pub(super) fn new(path: String, map: &'a Map<String, Value>) -> Self {
        Self { path, map, asked: Vec::new() }
    }

    /// The full name of one of its fields.
    pub(super) fn field(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// The value under `key`, which thereby is a known key.
    pub(super) fn value(&mut self, key: &'static str) -> Option<&'a Value> {
        self.asked.push(key);
        self.map.get(key).filter(|value| !value.is_null())
    }

    /// The object under `key`.
    pub(super) fn object(&mut self, key: &'static str, findings: &mut Findings) -> Option<Object<'a>> {
        let value = self.value(key)?;
        let Value::Object(map) = value else {
            findings.fault(self.field(key), value, "must be an object");
            return None;
        };
        Some(Object::new(self.field(key), map))
    }

    /// The list under `key`.
    pub(super) fn list(&mut self, key: &'static str, findings: &mut Findings) -> Option<&'a [Value]> {
        let value = self.value(key)?;
        let Value::Array(items) = value else {
            findings.fault(self.field(key), value, "must be a list");
            return None;
        };
        Some(items)
    }

    pub(super) fn text(&mut self, key: &'static str, findings: &mut Findings) -> Option<&'a str> {
        let value = self.value(key)?;
        match value.as_str().map(str::trim) {
            Some("") => findings.fault(self.field(key), value, "must not be empty"),
            Some(text) => return Some(text),
            None => findings.fault(self.field(key), value, "must be a string"),
        }
        None
    }

    pub(super) fn boolean(&mut self, key: &'static str, findings: &mut Findings) -> Option<bool> {
        let value = self.value(key)?;
        if value.as_bool().is_none() {
            findings.fault(self.field(key), value, "must be true or false");
        }
        value.as_bool()
    }

    /// A number within `range`.
    pub(super) fn number(
        &mut self,
        key: &'static str,
        range: RangeInclusive<f64>,
        findings: &mut Findings,
    ) -> Option<f64> {
        let value = self.value(key)?;
        let number = value.as_f64().filter(|number| range.contains(number));
        if number.is_none() {
            let rule = format!("must be a number from {} to {}", range.start(), range.end());
            findings.fault(self.field(key), value, rule);
        }
        number
    }

    /// A whole number within `range` that also satisfies `fits`; `kind` names both: `an even integer`.
    pub(super) fn integer(
        &mut self,
        key: &'static str,
        kind: &str,
        range: RangeInclusive<u32>,
        fits: impl Fn(u32) -> bool,
        findings: &mut Findings,
    ) -> Option<u32> {
        let value = self.value(key)?;
        let integer = whole(value).filter(|integer| range.contains(integer) && fits(*integer));
        if integer.is_none() {
            let rule = format!("must be {kind} from {} to {}", range.start(), range.end());
            findings.fault(self.field(key), value, rule);
        }
        integer
    }

    /// Tells of every key that nobody asked for.
    pub(super) fn warn_of_the_rest(&self, findings: &mut Findings) {
        for key in self.map.keys().filter(|key| !self.asked.contains(&key.as_str())) {
            let reason = if WITHOUT_EFFECT.contains(&key.as_str()) {
                "has no effect in Standout"
            } else {
                "is not a known field and has no effect"
            };
            findings.warn(shortened(&self.field(key)), reason);
        }
    }
}

/// A JSON number without a fraction; `5.0` is the same number as `5`.
pub(super) fn whole(value: &Value) -> Option<u32> {
    let number = value.as_f64()?;
    (number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number)).then_some(number as u32)
}
