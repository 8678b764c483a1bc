//! How a question or a plan lies inside what is stored: as JSON, which names its fields. So their
//! formats can grow without a new format of the store. It does not know where the bytes go.

use std::sync::Arc;

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize as _, Deserializer, Serialize, Serializer, ser};

/// Writes it as one text.
pub(super) fn serialize<T: Serialize, S: Serializer>(
    value: &Arc<T>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let text = serde_json::to_string(value).map_err(ser::Error::custom)?;
    serializer.serialize_str(&text)
}

/// Reads it again: a field that this version does not know is left out, and one that the writer
/// did not know is empty.
pub(super) fn deserialize<'de, T: DeserializeOwned, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Arc<T>, D::Error> {
    let text = String::deserialize(deserializer)?;
    serde_json::from_str(&text).map(Arc::new).map_err(D::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::Question;
    use crate::practice::testing::question;

    #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    struct Record {
        before: u32,
        #[serde(with = "super")]
        question: Arc<Question>,
        after: u32,
    }

    fn record(text: &str) -> Result<Record, postcard::Error> {
        postcard::from_bytes(&postcard::to_stdvec(&(7_u32, text, 8_u32)).unwrap())
    }

    #[test]
    fn a_question_comes_back_as_it_was_stored() {
        let record = Record { before: 1, question: Arc::new(question("a", "http")), after: 2 };
        let bytes = postcard::to_stdvec(&record).unwrap();
        assert_eq!(postcard::from_bytes(&bytes), Ok(record));
    }

    #[test]
    fn fields_of_another_version_neither_hide_a_question_nor_what_follows_it() {
        let text = r#"{"id":"a","topic":"http","topic_title":"HTTP","prompt":"Why?",
            "level":"hard","answer":"So.","a field of tomorrow":[1,{"deep":true}]}"#;
        let read = record(text).unwrap();
        assert_eq!((read.before, read.after), (7, 8));
        let expected = Question {
            topic_title: "HTTP".to_owned(),
            level: crate::bank::Level::Hard,
            ..Question::bare("a", "http", "Why?", "So.")
        };
        assert_eq!(*read.question, expected);
    }

    #[test]
    fn a_question_without_an_answer_is_damage() {
        assert!(record(r#"{"id":"a"}"#).is_err());
    }
}
