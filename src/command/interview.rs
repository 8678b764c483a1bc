//! Buttons, menus and forms of interviews: what stands in a custom id, in both directions:
//! `mock:next:00000000000000ff:0:3`. What they do is `practice`'s business.

use crate::practice::ids::InterviewId;
use crate::practice::interview::{MockForm, MockMenu, MockPress, Of};

const MOCK: &str = "mock:";

/// What a button of an interview's carries.
pub(super) fn press_id(press: Of<MockPress>) -> String {
    use MockPress as P;
    let (word, numbers) = match press.what {
        P::Join => ("join", vec![]),
        P::Begin => ("begin", vec![]),
        P::Cancel => ("cancel", vec![]),
        P::Next(turn, question) => ("next", vec![turn, question]),
        P::FollowUp(turn, question) => ("follow", vec![turn, question]),
        P::PushBack(turn, question) => ("push", vec![turn, question]),
        P::Hint(turn, question) => ("hint", vec![turn, question]),
        P::Kit(turn, question) => ("kit", vec![turn, question]),
        P::Answer(turn, question) => ("answer", vec![turn, question]),
        P::Aloud(turn, question) => ("aloud", vec![turn, question]),
        P::Found(turn, question) => ("found", vec![turn, question]),
        P::Heard(turn, question) => ("heard", vec![turn, question]),
        P::Resume => ("resume", vec![]),
        P::Card => ("card", vec![]),
        P::Comments(turn) => ("comments", vec![turn]),
        P::Words(turn) => ("words", vec![turn]),
        P::Seal(turn) => ("seal", vec![turn]),
        P::Delete => ("delete", vec![]),
        P::DeleteForGood => ("delete-for-good", vec![]),
    };
    written(word, press.interview, &numbers)
}

/// Which button of an interview's this is.
pub(super) fn press(custom_id: &str) -> Option<Of<MockPress>> {
    use MockPress as P;
    let (word, interview, numbers) = read(custom_id)?;
    let what = match (word, numbers.as_slice()) {
        ("join", []) => P::Join,
        ("begin", []) => P::Begin,
        ("cancel", []) => P::Cancel,
        ("next", &[turn, question]) => P::Next(turn, question),
        ("follow", &[turn, question]) => P::FollowUp(turn, question),
        ("push", &[turn, question]) => P::PushBack(turn, question),
        ("hint", &[turn, question]) => P::Hint(turn, question),
        ("kit", &[turn, question]) => P::Kit(turn, question),
        ("answer", &[turn, question]) => P::Answer(turn, question),
        ("aloud", &[turn, question]) => P::Aloud(turn, question),
        ("found", &[turn, question]) => P::Found(turn, question),
        ("heard", &[turn, question]) => P::Heard(turn, question),
        ("resume", []) => P::Resume,
        ("card", []) => P::Card,
        ("comments", &[turn]) => P::Comments(turn),
        ("words", &[turn]) => P::Words(turn),
        ("seal", &[turn]) => P::Seal(turn),
        ("delete", []) => P::Delete,
        ("delete-for-good", []) => P::DeleteForGood,
        _ => return None,
    };
    Some(Of { interview, what })
}

/// What a menu of an interview's carries.
pub(super) fn menu_id(menu: Of<MockMenu>) -> String {
    let (word, numbers) = match menu.what {
        MockMenu::Points(turn, question) => ("points", [turn, question]),
        MockMenu::Band(turn, dimension) => ("band", [turn, dimension]),
    };
    written(word, menu.interview, &numbers)
}

/// Which menu of an interview's this is.
pub(super) fn menu(custom_id: &str) -> Option<Of<MockMenu>> {
    let (word, interview, numbers) = read(custom_id)?;
    let what = match (word, numbers.as_slice()) {
        ("points", &[turn, question]) => MockMenu::Points(turn, question),
        ("band", &[turn, dimension]) => MockMenu::Band(turn, dimension),
        _ => return None,
    };
    Some(Of { interview, what })
}

/// What a form of an interview's carries.
pub(super) fn form_id(form: Of<MockForm>) -> String {
    let (word, numbers) = match form.what {
        MockForm::Answer(turn, question) => ("answer-form", vec![turn, question]),
        MockForm::Heard(turn, question) => ("heard-form", vec![turn, question]),
        MockForm::Comments(turn) => ("comments-form", vec![turn]),
        MockForm::Words(turn) => ("words-form", vec![turn]),
    };
    written(word, form.interview, &numbers)
}

/// Which form of an interview's this is.
pub(super) fn form(custom_id: &str) -> Option<Of<MockForm>> {
    let (word, interview, numbers) = read(custom_id)?;
    let what = match (word, numbers.as_slice()) {
        ("answer-form", &[turn, question]) => MockForm::Answer(turn, question),
        ("heard-form", &[turn, question]) => MockForm::Heard(turn, question),
        ("comments-form", &[turn]) => MockForm::Comments(turn),
        ("words-form", &[turn]) => MockForm::Words(turn),
        _ => return None,
    };
    Some(Of { interview, what })
}

fn written(word: &str, interview: InterviewId, numbers: &[u8]) -> String {
    let mut parts = vec![word.to_owned(), interview.to_string()];
    parts.extend(numbers.iter().map(u8::to_string));
    format!("{MOCK}{}", parts.join(":"))
}

/// Only what `written` writes: an id of sixteen digits, lower case; numbers without zeros before
/// them.
fn read(custom_id: &str) -> Option<(&str, InterviewId, Vec<u8>)> {
    let mut parts = custom_id.strip_prefix(MOCK)?.split(':');
    let word = parts.next()?;
    let id = parts.next()?;
    let digits = |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    if id.len() != 16 || !id.bytes().all(digits) {
        return None;
    }
    let number = |text: &str| {
        let number: u8 = text.parse().ok()?;
        (number.to_string() == text).then_some(number)
    };
    let numbers: Option<Vec<u8>> = parts.map(number).collect();
    Some((word, id.parse().ok()?, numbers?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn presses(a: u8, b: u8) -> [MockPress; 19] {
        use MockPress as P;
        [
            P::Join,
            P::Begin,
            P::Cancel,
            P::Next(a, b),
            P::FollowUp(a, b),
            P::PushBack(a, b),
            P::Hint(a, b),
            P::Kit(a, b),
            P::Answer(a, b),
            P::Aloud(a, b),
            P::Found(a, b),
            P::Heard(a, b),
            P::Resume,
            P::Card,
            P::Comments(a),
            P::Words(a),
            P::Seal(a),
            P::Delete,
            P::DeleteForGood,
        ]
    }

    #[test]
    fn a_button_of_an_interview_has_one_spelling() {
        let press = Of { interview: InterviewId(255), what: MockPress::Next(0, 3) };
        assert_eq!(press_id(press), "mock:next:00000000000000ff:0:3");
        for other in [
            "mock:next:00000000000000ff:0",
            "mock:next:00000000000000ff:0:03",
            "mock:next:00000000000000ff:0:256",
            "mock:next:00000000000000ff:0:3:1",
            "mock:next:00000000000000FF:0:3",
            "mock:next:ff:0:3",
            "mock:jump:00000000000000ff:0:3",
            "mock:",
        ] {
            assert_eq!(self::press(other), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn everything_of_an_interview_comes_back_as_itself(id: u64, a: u8, b: u8) {
            let interview = InterviewId(id);
            for what in presses(a, b) {
                let carried = press_id(Of { interview, what });
                prop_assert!(carried.len() <= 100);
                prop_assert_eq!(press(&carried), Some(Of { interview, what }));
                prop_assert_eq!((menu(&carried), form(&carried)), (None, None));
            }
            for what in [MockMenu::Points(a, b), MockMenu::Band(a, b)] {
                let carried = menu_id(Of { interview, what });
                prop_assert_eq!(menu(&carried), Some(Of { interview, what }));
                prop_assert_eq!((press(&carried), form(&carried)), (None, None));
            }
            let answers = [MockForm::Answer(a, b), MockForm::Heard(a, b)];
            for what in answers.into_iter().chain([MockForm::Comments(a), MockForm::Words(b)]) {
                let carried = form_id(Of { interview, what });
                prop_assert_eq!(form(&carried), Some(Of { interview, what }));
                prop_assert_eq!((press(&carried), menu(&carried)), (None, None));
            }
        }
    }
}
