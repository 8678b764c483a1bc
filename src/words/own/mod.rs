//! What people read in and about their own practice: which view is said where.

mod refusal;

pub(super) use refusal::sentence as refusal;

use super::{Form, Message, color, framed};
use crate::practice::own::{OwnFormView, OwnView};

/// A view of own practice as messages.
pub(super) fn messages(view: &OwnView) -> Vec<Message> {
    vec![framed(String::new(), format!("{view:?}"), color::STATE)]
}

/// A form.
pub(super) fn form(view: &OwnFormView) -> Form {
    let _ = view;
    Form { custom_id: String::new(), title: String::new(), fields: Vec::new() }
}
