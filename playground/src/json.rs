//! Reading and writing JSON whose shape nobody has promised.

use serde_json::Value;

static NULL: Value = Value::Null;

/// Access that never panics.
pub(crate) trait Json {
    /// What is under a key; null if there is no such key or no object.
    fn at(&self, key: &str) -> &Value;

    /// The array under a key; empty if there is none.
    fn list(&self, key: &str) -> &[Value];

    /// The text under a key; empty if there is none.
    fn text(&self, key: &str) -> &str;

    /// Puts something under a key of an object; does nothing to anything else.
    fn set(&mut self, key: &str, value: Value);
}

impl Json for Value {
    fn at(&self, key: &str) -> &Value {
        self.get(key).unwrap_or(&NULL)
    }

    fn list(&self, key: &str) -> &[Value] {
        self.at(key).as_array().map_or(&[], Vec::as_slice)
    }

    fn text(&self, key: &str) -> &str {
        self.at(key).as_str().unwrap_or_default()
    }

    fn set(&mut self, key: &str, value: Value) {
        if let Self::Object(object) = self {
            object.insert(key.to_owned(), value);
        }
    }
}
