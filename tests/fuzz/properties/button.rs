//! Custom ids of buttons: a text is one button or none, and none is told as what it was.

use mockingbird::command::button::{custom_id, press};
use mockingbird::practice::refusal::Refusal;
use mockingbird::practice::view::View;

use super::shown;

pub(super) fn holds(text: &str) {
    match press(text) {
        Ok(button) => assert_eq!(custom_id(button), text, "a button has one spelling"),
        Err(refusal) => {
            let Refusal::Unknown { name } = &refusal else {
                panic!("{text:?} is refused as {refusal:?}");
            };
            assert!(text.starts_with(name.as_str()), "{name:?}");
            assert!(name.chars().count() <= 100, "{name:?}");
            shown::is_inert(&View::Refusal(refusal));
        }
    }
}
