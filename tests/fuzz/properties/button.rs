//! Custom ids of buttons, menus and forms: a text is one of them or none, and none is told as what
//! it was; whatever is pressed, chosen or filled in gets one answer.
//!
//! An input is a custom id; lines behind it are what was chosen or filled in.

use mockingbird::command::button::{chosen, custom_id, form, form_id, menu, menu_id, press};
use mockingbird::practice::input::Call;
use mockingbird::practice::refusal::Refusal;
use mockingbird::practice::view::View;

use super::{answered, shown};

pub(super) fn holds(text: &str) {
    is_itself(text, press(text), custom_id);
    is_itself(text, menu(text), menu_id);
    is_itself(text, form(text), form_id);
    let kinds = [press(text).is_ok(), menu(text).is_ok(), form(text).is_ok()];
    assert!(kinds.iter().filter(|is| **is).count() <= 1, "{text} is two things");

    let mut lines = text.lines();
    let id = lines.next().unwrap_or_default();
    let values: Vec<String> =
        lines.take(5).map(|line| line.chars().take(4_000).collect()).collect();
    answered::once(press(id).map(Call::Press));
    answered::once(menu(id).and_then(|which| Ok(Call::Choose(which, chosen(id, &values)?))));
    answered::once(form(id).map(|which| Call::Submit(which, values)));
}

fn is_itself<T: Copy>(text: &str, read: Result<T, Refusal>, written: impl Fn(T) -> String) {
    match read {
        Ok(read) => assert_eq!(written(read), text, "it has one spelling"),
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
