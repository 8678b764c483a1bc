//! Buttons, menus and forms: what stands in a custom id, in both directions. What they do is
//! `practice`'s business.

use super::{interview, own};
use crate::practice::ids::PostId;
use crate::practice::input::{FormId, MenuId, Press};
use crate::practice::refusal::Refusal;

const SHOW: &str = "show:";

/// What a button carries, at most 100 characters (Discord's limit): `show:00000000000000ff`.
pub fn custom_id(press: Press) -> String {
    match press {
        Press::Show(post) => format!("{SHOW}{post}"),
        Press::Mock(press) => interview::press_id(press),
        Press::Own(press) => own::press_id(press),
    }
}

/// What a menu carries.
pub fn menu_id(menu: MenuId) -> String {
    match menu {
        MenuId::Mock(menu) => interview::menu_id(menu),
        MenuId::Own(menu) => own::menu_id(menu),
    }
}

/// What a form carries.
pub fn form_id(form: FormId) -> String {
    match form {
        FormId::Mock(form) => interview::form_id(form),
        FormId::Own(form) => own::form_id(form),
    }
}

/// Which button this is.
///
/// # Errors
/// [`Refusal::Unknown`] where it is none of this version's.
pub fn press(custom_id: &str) -> Result<Press, Refusal> {
    let show = || custom_id.strip_prefix(SHOW).and_then(post_id).map(Press::Show);
    let mock = || interview::press(custom_id).map(Press::Mock);
    let own = || own::press(custom_id).map(Press::Own);
    show().or_else(mock).or_else(own).ok_or_else(|| unknown(custom_id))
}

/// Which menu this is.
///
/// # Errors
/// [`Refusal::Unknown`] where it is none of this version's.
pub fn menu(custom_id: &str) -> Result<MenuId, Refusal> {
    let mock = || interview::menu(custom_id).map(MenuId::Mock);
    let own = || own::menu(custom_id).map(MenuId::Own);
    mock().or_else(own).ok_or_else(|| unknown(custom_id))
}

/// What was chosen from a menu, by its numbers.
///
/// # Errors
/// [`Refusal::Unknown`] where something was chosen that is in no menu of this version's.
pub fn chosen(custom_id: &str, values: &[String]) -> Result<Vec<u8>, Refusal> {
    let number = |value: &String| value.parse().ok();
    values.iter().map(number).collect::<Option<_>>().ok_or_else(|| unknown(custom_id))
}

/// Which form this is.
///
/// # Errors
/// [`Refusal::Unknown`] where it is none of this version's.
pub fn form(custom_id: &str) -> Result<FormId, Refusal> {
    let mock = || interview::form(custom_id).map(FormId::Mock);
    let own = || own::form(custom_id).map(FormId::Own);
    mock().or_else(own).ok_or_else(|| unknown(custom_id))
}

fn unknown(custom_id: &str) -> Refusal {
    Refusal::Unknown { name: custom_id.chars().take(100).collect() }
}

fn post_id(text: &str) -> Option<PostId> {
    // Only what `custom_id` writes: sixteen digits, lower case, no sign.
    let written =
        text.len() == 16 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    written.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_button_has_one_spelling() {
        assert_eq!(custom_id(Press::Show(PostId(255))), "show:00000000000000ff");
    }

    #[test]
    fn other_buttons_are_unknown() {
        for text in [
            "",
            "show:",
            "show:ff",
            "show:00000000000000FF",
            "show:+0000000000000ff",
            "show:00000000000000ff ",
            "show:000000000000000ff",
            "hide:00000000000000ff",
            "show:é000000000000ff",
        ] {
            assert_eq!(press(text), Err(Refusal::Unknown { name: text.to_owned() }));
        }
    }

    proptest! {
        #[test]
        fn every_button_comes_back_as_itself(id: u64) {
            let button = Press::Show(PostId(id));
            let carried = custom_id(button);
            prop_assert!(carried.len() <= 100);
            prop_assert_eq!(press(&carried), Ok(button));
        }

        #[test]
        fn no_text_is_two_buttons(text in ".{0,40}") {
            if let Ok(button) = press(&text) {
                prop_assert_eq!(custom_id(button), text);
            }
        }
    }
}
