//! What people read in and about interviews.

use super::{Form, Message, color, framed};
use crate::practice::interview::{FormView, InterviewView};
use crate::practice::refusal::Refusal;

/// A view of an interview's as messages.
pub(super) fn messages(view: &InterviewView) -> Vec<Message> {
    vec![framed("Interview", format!("{view:?}"), color::STATE)]
}

/// A form of an interview's.
pub(super) fn form(_: &FormView) -> Form {
    let field = super::Field {
        label: "-".to_owned(),
        placeholder: String::new(),
        value: String::new(),
        most: 1_000,
        required: true,
        long: true,
    };
    Form { custom_id: "-".to_owned(), title: "Interview".to_owned(), fields: vec![field] }
}

/// Why something about interviews was turned down, and the way out.
pub(super) fn refusal(refusal: &Refusal) -> String {
    format!("{refusal:?}")
}
