//! Holds a JSON value against a schema of Discord's `OpenAPI` document (JSON Schema 2020-12).
//!
//! It knows the keywords that the document uses and no others: one that it does not know is a
//! fault, so that a newer document cannot quietly be checked less. Written out here because the
//! crate for it switches a feature of `serde_json` on, and with that everything between
//! `serde_json` and the bot would be built twice, for `cargo run` and for `cargo test`.

use std::fmt::Write as _;

use jiff::Timestamp;
use serde_json::{Map, Value};

/// Whether keys that the description does not have are faults.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unknown {
    /// What the bot sends: Discord ignores a misspelt key, and so would a test.
    Refused,
    /// What Discord sends: it always sends more than it describes.
    Allowed,
}

/// Says in lines like `/embeds/0/title: 300 characters, at most 256` what is wrong with a value.
pub(crate) fn faults(
    document: &Value,
    schema: &Value,
    value: &Value,
    unknown: Unknown,
) -> Vec<String> {
    let mut check = Check { document, unknown, faults: Vec::new() };
    check.value(schema, value, "", true);
    check.faults
}

struct Check<'a> {
    document: &'a Value,
    unknown: Unknown,
    faults: Vec<String>,
}

impl<'a> Check<'a> {
    fn fault(&mut self, at: &str, what: impl AsRef<str>) {
        self.faults.push(format!("{at}: {}", what.as_ref()));
    }

    /// `whole` is false for a part of an `allOf`, which knows only some of the keys.
    fn value(&mut self, schema: &'a Value, value: &Value, at: &str, whole: bool) {
        let Some(rules) = schema.as_object() else {
            return self.fault(at, format!("{schema} is no schema"));
        };
        for (keyword, rule) in rules {
            self.keyword(keyword, rule, value, at, whole);
        }
        if let Value::Object(object) = value {
            self.keys(rules, object, at, whole);
        }
    }

    fn keyword(&mut self, keyword: &str, rule: &'a Value, value: &Value, at: &str, whole: bool) {
        match keyword {
            "$ref" => {
                let path = rule.as_str().and_then(|path| path.strip_prefix('#'));
                match path.and_then(|path| self.document.pointer(path)) {
                    Some(schema) => self.value(schema, value, at, whole),
                    None => self.fault(at, format!("{rule} leads nowhere")),
                }
            }
            "type" => {
                let types = rule.as_array().map_or(std::slice::from_ref(rule), Vec::as_slice);
                if !types.iter().any(|name| is_of(name.as_str().unwrap_or_default(), value)) {
                    self.fault(at, format!("{} is not of type {rule}", short(value)));
                }
            }
            "const" if value != rule => self.fault(at, format!("{} is not {rule}", short(value))),
            "enum" if !list(rule).contains(value) => {
                self.fault(at, format!("{} is none of {rule}", short(value)));
            }
            "oneOf" => self.alternatives(list(rule), value, at, 1),
            "anyOf" => self.alternatives(list(rule), value, at, usize::MAX),
            "allOf" => list(rule).iter().for_each(|part| self.value(part, value, at, false)),
            "items" => {
                for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                    self.value(rule, item, &format!("{at}/{index}"), true);
                }
            }
            "uniqueItems" => {
                let items = value.as_array().map_or(&[][..], Vec::as_slice);
                let twice = |(index, item)| items[..index].contains(item);
                if rule == true && items.iter().enumerate().any(twice) {
                    self.fault(at, "something is there twice");
                }
            }
            "maxLength" | "minLength" => {
                let text = value.as_str().map(|text| text.chars().count());
                self.within(keyword, rule, text, at);
            }
            "maxItems" | "minItems" => {
                self.within(keyword, rule, value.as_array().map(Vec::len), at);
            }
            "maxProperties" | "minProperties" => {
                self.within(keyword, rule, value.as_object().map(Map::len), at);
            }
            "minimum" | "maximum" => {
                if let (Some(number), Some(limit)) = (value.as_f64(), rule.as_f64())
                    && if keyword == "minimum" { number < limit } else { number > limit }
                {
                    self.fault(at, format!("{number}, {keyword} {limit}"));
                }
            }
            "pattern" => {
                if let Some(text) = value.as_str()
                    && !fits(rule.as_str().unwrap_or_default(), text)
                {
                    self.fault(at, format!("{text:?} does not fit {rule}"));
                }
            }
            "format" => self.format(rule.as_str().unwrap_or_default(), value, at),
            // Looked at together, in `keys`; or no rules but words.
            "const"
            | "enum"
            | "properties"
            | "required"
            | "additionalProperties"
            | "description"
            | "title"
            | "contentEncoding"
            | "x-discord-union" => {}
            _ => self.fault(at, format!("the keyword {keyword} is not known to this test")),
        }
    }

    fn keys(
        &mut self,
        rules: &'a Map<String, Value>,
        object: &Map<String, Value>,
        at: &str,
        whole: bool,
    ) {
        for key in rules.get("required").map_or(&[][..], list) {
            if !object.contains_key(key.as_str().unwrap_or_default()) {
                self.fault(at, format!("{key} is missing"));
            }
        }
        let properties = rules.get("properties").and_then(Value::as_object);
        let others = rules.get("additionalProperties");
        for (key, value) in object {
            let inside = format!("{at}/{key}");
            match (properties.and_then(|known| known.get(key)), others) {
                (Some(schema), _) | (None, Some(schema @ Value::Object(_))) => {
                    self.value(schema, value, &inside, true);
                }
                (None, Some(Value::Bool(false))) => self.fault(&inside, "no such key"),
                (None, _) => {
                    if properties.is_some() && whole && self.unknown == Unknown::Refused {
                        self.fault(&inside, "no such key");
                    }
                }
            }
        }
    }

    /// At least one of these has to fit, and at most so many.
    fn alternatives(&mut self, schemas: &'a [Value], value: &Value, at: &str, most: usize) {
        let mut tried: Vec<Vec<String>> = Vec::new();
        for schema in schemas {
            let mut check =
                Check { document: self.document, unknown: self.unknown, faults: Vec::new() };
            check.value(schema, value, at, true);
            tried.push(check.faults);
        }
        let fitting = tried.iter().filter(|faults| faults.is_empty()).count();
        if fitting > most {
            self.fault(at, format!("{} fits {fitting} alternatives", short(value)));
        }
        if fitting == 0 {
            // What is nearest was probably meant: something of the right type, with the right
            // `type`, and with the least faults.
            let (own, kind) = (format!("{at}: "), format!("{at}/type: "));
            let distance = |faults: &Vec<String>| {
                let is_other = |fault: &String| {
                    fault.starts_with(&kind)
                        || fault.starts_with(&own) && fault.contains("is not of type")
                };
                (faults.iter().any(is_other), faults.len())
            };
            let nearest = tried.into_iter().min_by_key(distance).unwrap_or_default();
            let mut words = format!("{} fits no alternative; of the nearest:", short(value));
            for fault in nearest {
                let _ = write!(words, " {fault};");
            }
            self.fault(at, words);
        }
    }

    fn within(&mut self, keyword: &str, rule: &Value, number: Option<usize>, at: &str) {
        if let (Some(number), Some(limit)) = (number, rule.as_u64()) {
            let number = number as u64;
            if if keyword.starts_with("min") { number < limit } else { number > limit } {
                self.fault(at, format!("{number}, {keyword} {limit}"));
            }
        }
    }

    fn format(&mut self, format: &str, value: &Value, at: &str) {
        let good = match (format, value) {
            ("int32", Value::Number(number)) => {
                number.as_i64().is_some_and(|number| i32::try_from(number).is_ok())
            }
            ("int64", Value::Number(number)) => number.as_i64().is_some(),
            ("date-time", Value::String(text)) => text.parse::<Timestamp>().is_ok(),
            ("uri", Value::String(text)) => text.contains("://"),
            ("snowflake", Value::String(text)) => text.parse::<u64>().is_ok(),
            ("int32" | "int64" | "date-time" | "uri" | "snowflake" | "double" | "nonce", _) => true,
            _ => false,
        };
        if !good {
            self.fault(at, format!("{} is no {format}", short(value)));
        }
    }
}

fn list(rule: &Value) -> &[Value] {
    rule.as_array().map_or(&[], Vec::as_slice)
}

fn is_of(name: &str, value: &Value) -> bool {
    match (name, value) {
        ("integer", Value::Number(number)) => number.is_i64() || number.is_u64(),
        ("null", Value::Null)
        | ("boolean", Value::Bool(_))
        | ("number", Value::Number(_))
        | ("string", Value::String(_))
        | ("array", Value::Array(_))
        | ("object", Value::Object(_)) => true,
        _ => false,
    }
}

/// The two patterns of the document.
fn fits(pattern: &str, text: &str) -> bool {
    match pattern {
        "^(0|[1-9][0-9]*)$" => {
            text == "0"
                || !text.is_empty()
                    && !text.starts_with('0')
                    && text.bytes().all(|b| b.is_ascii_digit())
        }
        "^#(([0-9a-fA-F]{2}){3}|([0-9a-fA-F]){3})$" => text.strip_prefix('#').is_some_and(|text| {
            [3, 6].contains(&text.len()) && text.bytes().all(|b| b.is_ascii_hexdigit())
        }),
        _ => false,
    }
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() > 60 { text.chars().take(59).chain(['…']).collect() } else { text }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(value: &Value, unknown: Unknown) -> Vec<String> {
        let document = json!({
            "text": { "type": "object", "required": ["type", "text"], "properties": {
                "type": { "const": 1 },
                "text": { "type": ["string", "null"], "minLength": 1, "maxLength": 3 }
            } },
            "list": { "type": "object", "required": ["type"], "properties": {
                "type": { "type": "integer", "enum": [2], "allOf": [{ "format": "int32" }] },
                "ids": { "type": "array", "maxItems": 2, "uniqueItems": true, "items": {
                    "type": "string", "pattern": "^(0|[1-9][0-9]*)$", "format": "snowflake"
                } },
                "names": { "additionalProperties": { "type": "boolean" } }
            } }
        });
        let schema = json!({ "oneOf": [{ "$ref": "#/text" }, { "$ref": "#/list" }] });
        faults(&document, &schema, value, unknown)
    }

    #[test]
    fn what_fits_has_no_faults() {
        for value in [
            json!({ "type": 1, "text": "äöü" }),
            json!({ "type": 1, "text": null }),
            json!({ "type": 2, "ids": ["12", "0"], "names": { "any": true } }),
        ] {
            assert_eq!(check(&value, Unknown::Refused), [""; 0]);
        }
    }

    #[test]
    fn a_fault_names_its_place_and_rule() {
        for (value, fault) in [
            (json!({ "type": 1 }), "\"text\" is missing"),
            (json!({ "type": 1, "text": 5 }), "/text: 5 is not of type"),
            (json!({ "type": 1, "text": "" }), "/text: 0, minLength 1"),
            (json!({ "type": 1, "text": "four" }), "/text: 4, maxLength 3"),
            (json!({ "type": 1, "text": "ok", "txt": 1 }), "/txt: no such key"),
            (json!({ "type": 2, "ids": ["1", "1"] }), "/ids: something is there twice"),
            (json!({ "type": 2, "ids": ["1", "2", "3"] }), "/ids: 3, maxItems 2"),
            (json!({ "type": 2, "ids": ["01"] }), "/ids/0: \"01\" does not fit"),
            (json!({ "type": 2, "names": { "any": 1 } }), "/names/any: 1 is not of type"),
            (json!({ "type": 3 }), "/type: 3 is"),
            (json!([]), "[] is not of type"),
        ] {
            let faults = check(&value, Unknown::Refused);
            assert!(faults.iter().any(|said| said.contains(fault)), "{value}: {faults:?}");
        }
    }

    #[test]
    fn a_key_more_is_allowed_where_discord_speaks() {
        let value = json!({ "type": 1, "text": "ok", "more": 1 });
        assert_eq!(check(&value, Unknown::Allowed), [""; 0]);
    }

    #[test]
    fn a_keyword_that_is_not_known_is_a_fault() {
        let schema = json!({ "multipleOf": 2 });
        let said = faults(&Value::Null, &schema, &json!(4), Unknown::Allowed);
        assert_eq!(said, [": the keyword multipleOf is not known to this test"]);
    }
}
