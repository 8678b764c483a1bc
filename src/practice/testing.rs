//! Values for tests: small questions and the like.

use crate::bank::{KeyPoint, Question};

/// A question with just enough in it.
pub(crate) fn question(id: &str, topic: &str) -> Question {
    Question {
        key_points: vec![KeyPoint::of(format!("{id} is so"))],
        ..Question::bare(id, topic, &format!("What about {id}?"), &format!("The answer to {id}."))
    }
}
