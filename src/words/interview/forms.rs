//! Forms of interviews: an answer, comments, last words.

use super::say::plain;
use crate::command::button;
use crate::practice::input::FormId;
use crate::practice::interview::{FormView, MockForm, Of};
use crate::words::limits::{FORM_FIELDS, FORM_LABEL, FORM_PLACEHOLDER, FORM_TEXT};
use crate::words::text::clip;
use crate::words::{Field, Form};

/// Characters of a comment.
const COMMENT: u16 = 1_000;

/// A form of an interview's.
pub(in crate::words) fn form(view: &FormView) -> Form {
    match view {
        FormView::Answer { place, prompt } => Form {
            custom_id: button::form_id(FormId::Mock(Of {
                interview: place.interview,
                what: MockForm::Answer(place.turn, place.question),
            })),
            title: format!("Answer to question {}", u16::from(place.question) + 1),
            fields: vec![answer(prompt)],
        },
        FormView::Heard { place, prompt } => Form {
            custom_id: button::form_id(FormId::Mock(Of {
                interview: place.interview,
                what: MockForm::Heard(place.turn, place.question),
            })),
            title: format!("What was said to question {}", u16::from(place.question) + 1),
            fields: vec![Field {
                label: "What the candidate said; it is not kept".to_owned(),
                ..answer(prompt)
            }],
        },
        FormView::Comments { interview, turn, dimensions } => Form {
            custom_id: button::form_id(FormId::Mock(Of {
                interview: *interview,
                what: MockForm::Comments(*turn),
            })),
            title: "Comments".to_owned(),
            fields: dimensions
                .iter()
                .take(FORM_FIELDS)
                .map(|(title, before)| {
                    comment(&plain(title, FORM_LABEL), "What did you see or hear?", before)
                })
                .collect(),
        },
        FormView::Words { interview, turn, well, next } => Form {
            custom_id: button::form_id(FormId::Mock(Of {
                interview: *interview,
                what: MockForm::Words(*turn),
            })),
            title: "Went well / next".to_owned(),
            fields: vec![
                comment("What went well", "Something to keep", well),
                comment("What to try next", "One thing, as concrete as you can", next),
            ],
        },
    }
}

fn answer(prompt: &str) -> Field {
    Field {
        label: "Your answer".to_owned(),
        placeholder: plain(&crate::words::plain(prompt), FORM_PLACEHOLDER),
        value: String::new(),
        most: u16::try_from(FORM_TEXT).unwrap_or(u16::MAX),
        required: true,
        long: true,
    }
}

fn comment(label: &str, placeholder: &str, before: &str) -> Field {
    Field {
        label: label.to_owned(),
        placeholder: placeholder.to_owned(),
        value: clip(before, COMMENT.into()),
        most: COMMENT,
        required: false,
        long: true,
    }
}
