//! Buttons, menus and forms of one's own practice: what stands in a custom id, in both directions:
//! `own:grade:00000000000000ff:2`. What they do is `practice`'s business.

use crate::practice::ids::PostId;
use crate::practice::own::state::{Fault, Key};
use crate::practice::own::{Flow, Grade, OwnForm, OwnMenu, OwnPress};

const OWN: &str = "own:";

/// What a button carries.
pub(super) fn press_id(press: OwnPress) -> String {
    use OwnPress as P;
    match press {
        P::GradePost(post, grade) => named("grade-post", post.0, &[number(grade)]),
        P::Grade(key, grade) => named("grade", key.number(), &[number(grade)]),
        P::TakeBack(key) => named("take-back", key.number(), &[]),
        P::Ask(key) => named("ask", key.number(), &[]),
        P::Answer(key) => named("answer", key.number(), &[]),
        P::Explain(key) => named("explain", key.number(), &[]),
        P::Type(key, flow) => named("type", key.number(), &[flow_number(flow)]),
        P::Said(typed, flow, point, said) => {
            named("said", typed, &[flow_number(flow), point, u8::from(said)])
        }
        P::Coach(typed, flow) => named("coach", typed, &[flow_number(flow)]),
        P::CoachAgree(typed, flow, to) => {
            named("coach-agree", typed, &with_bytes(flow_number(flow), to))
        }
        P::CoachNever(typed, flow, to) => {
            named("coach-never", typed, &with_bytes(flow_number(flow), to))
        }
        P::CoachLater(typed, flow) => named("coach-later", typed, &[flow_number(flow)]),
        P::CoachSetting(true) => plain("coach-ask"),
        P::CoachSetting(false) => plain("coach-off"),
        P::Hint(key) => named("hint", key.number(), &[]),
        P::FollowUp(key, which) => named("follow", key.number(), &[which]),
        P::FollowUpAnswer(key, which) => named("follow-answer", key.number(), &[which]),
        P::Related(key) => named("related", key.number(), &[]),
        P::Report(key) => named("report", key.number(), &[]),
        P::ReportFault(key, fault) => named("fault", key.number(), &[fault_number(fault)]),
        P::ReviewNext => plain("review-next"),
        P::ReviewAnswer(key) => named("review-answer", key.number(), &[]),
        P::ReviewGrade(key, grade) => named("review-grade", key.number(), &[number(grade)]),
        P::ReviewTakeBack(key) => named("review-take-back", key.number(), &[]),
        P::SprintAnswer(sprint, step) => named("sprint-answer", sprint, &[step]),
        P::SprintGrade(sprint, step, grade) => {
            named("sprint-grade", sprint, &[step, number(grade)])
        }
        P::SprintSkip(sprint, step) => named("sprint-skip", sprint, &[step]),
        P::SprintEnd(sprint) => named("sprint-end", sprint, &[]),
        P::Settings => plain("settings"),
        P::Quiet => plain("quiet"),
        P::Export => plain("export"),
        P::Forget => plain("forget"),
        P::ForgetForGood => plain("forget-for-good"),
        P::ReminderOff(server) => named("reminder-off", server, &[]),
        P::Settle(report) => named("settle", u64::from(report), &[]),
    }
}

/// Which button this is.
pub(super) fn press(custom_id: &str) -> Option<OwnPress> {
    use OwnPress as P;
    let (word, id, numbers) = read(custom_id)?;
    let press = match (word, id, numbers.as_slice()) {
        ("grade-post", Some(post), &[number]) => P::GradePost(PostId(post), grade(number)?),
        ("grade", Some(key), &[number]) => P::Grade(Key::new(key), grade(number)?),
        ("take-back", Some(key), []) => P::TakeBack(Key::new(key)),
        ("ask", Some(key), []) => P::Ask(Key::new(key)),
        ("answer", Some(key), []) => P::Answer(Key::new(key)),
        ("explain", Some(key), []) => P::Explain(Key::new(key)),
        ("type", Some(key), &[number]) => P::Type(Key::new(key), flow(number)?),
        ("said", Some(typed), &[number, point, said @ 0..=1]) => {
            P::Said(typed, flow(number)?, point, said == 1)
        }
        ("coach", Some(typed), &[number]) => P::Coach(typed, flow(number)?),
        ("coach-agree", Some(typed), &[number, ref to @ ..]) => {
            P::CoachAgree(typed, flow(number)?, of_bytes(to)?)
        }
        ("coach-never", Some(typed), &[number, ref to @ ..]) => {
            P::CoachNever(typed, flow(number)?, of_bytes(to)?)
        }
        ("coach-later", Some(typed), &[number]) => P::CoachLater(typed, flow(number)?),
        ("coach-ask", None, []) => P::CoachSetting(true),
        ("coach-off", None, []) => P::CoachSetting(false),
        ("hint", Some(key), []) => P::Hint(Key::new(key)),
        ("follow", Some(key), &[which]) => P::FollowUp(Key::new(key), which),
        ("follow-answer", Some(key), &[which]) => P::FollowUpAnswer(Key::new(key), which),
        ("related", Some(key), []) => P::Related(Key::new(key)),
        ("report", Some(key), []) => P::Report(Key::new(key)),
        ("fault", Some(key), &[number]) => P::ReportFault(Key::new(key), fault(number)?),
        ("review-next", None, []) => P::ReviewNext,
        ("review-answer", Some(key), []) => P::ReviewAnswer(Key::new(key)),
        ("review-grade", Some(key), &[number]) => P::ReviewGrade(Key::new(key), grade(number)?),
        ("review-take-back", Some(key), []) => P::ReviewTakeBack(Key::new(key)),
        ("sprint-answer", Some(sprint), &[step]) => P::SprintAnswer(sprint, step),
        ("sprint-grade", Some(sprint), &[step, number]) => {
            P::SprintGrade(sprint, step, grade(number)?)
        }
        ("sprint-skip", Some(sprint), &[step]) => P::SprintSkip(sprint, step),
        ("sprint-end", Some(sprint), []) => P::SprintEnd(sprint),
        ("settings", None, []) => P::Settings,
        ("quiet", None, []) => P::Quiet,
        ("export", None, []) => P::Export,
        ("forget", None, []) => P::Forget,
        ("forget-for-good", None, []) => P::ForgetForGood,
        ("reminder-off", Some(server), []) => P::ReminderOff(server),
        ("settle", Some(report), []) => P::Settle(u32::try_from(report).ok()?),
        _ => return None,
    };
    Some(press)
}

/// What a menu carries.
pub(super) fn menu_id(menu: OwnMenu) -> String {
    match menu {
        OwnMenu::Reminder => plain("reminder"),
        OwnMenu::Shared => plain("shared"),
        OwnMenu::Grades => plain("grades"),
        OwnMenu::ADay => plain("a-day"),
        OwnMenu::Made(typed, flow) => named("made", typed, &[flow_number(flow)]),
    }
}

/// Which menu this is.
pub(super) fn menu(custom_id: &str) -> Option<OwnMenu> {
    match read(custom_id)? {
        ("reminder", None, _) => Some(OwnMenu::Reminder),
        ("shared", None, _) => Some(OwnMenu::Shared),
        ("grades", None, _) => Some(OwnMenu::Grades),
        ("a-day", None, _) => Some(OwnMenu::ADay),
        ("made", Some(typed), numbers) => match numbers.as_slice() {
            &[number] => Some(OwnMenu::Made(typed, flow(number)?)),
            _ => None,
        },
        _ => None,
    }
}

/// What a form carries.
pub(super) fn form_id(form: OwnForm) -> String {
    match form {
        OwnForm::Report(key, fault) => named("report-form", key.number(), &[fault_number(fault)]),
        OwnForm::Quiet => plain("quiet-form"),
        OwnForm::Typed(key, flow) => named("typed-form", key.number(), &[flow_number(flow)]),
    }
}

/// Which form this is.
pub(super) fn form(custom_id: &str) -> Option<OwnForm> {
    match read(custom_id)? {
        ("report-form", Some(key), numbers) => match numbers.as_slice() {
            &[number] => Some(OwnForm::Report(Key::new(key), fault(number)?)),
            _ => None,
        },
        ("quiet-form", None, _) => Some(OwnForm::Quiet),
        ("typed-form", Some(key), numbers) => match numbers.as_slice() {
            &[number] => Some(OwnForm::Typed(Key::new(key), flow(number)?)),
            _ => None,
        },
        _ => None,
    }
}

const fn number(grade: Grade) -> u8 {
    match grade {
        Grade::Missed => 0,
        Grade::Partly => 1,
        Grade::GotIt => 2,
        Grade::Easy => 3,
    }
}

fn grade(wanted: u8) -> Option<Grade> {
    Grade::ALL.into_iter().find(|grade| number(*grade) == wanted)
}

const fn fault_number(fault: Fault) -> u8 {
    match fault {
        Fault::Wrong => 0,
        Fault::Outdated => 1,
        Fault::Unclear => 2,
    }
}

fn fault(wanted: u8) -> Option<Fault> {
    let all = [Fault::Wrong, Fault::Outdated, Fault::Unclear];
    all.into_iter().find(|fault| fault_number(*fault) == wanted)
}

const fn flow_number(flow: Flow) -> u8 {
    match flow {
        Flow::New => 0,
        Flow::Here => 1,
        Flow::Review => 2,
        Flow::Sprint => 3,
    }
}

fn flow(wanted: u8) -> Option<Flow> {
    Flow::ALL.into_iter().find(|flow| flow_number(*flow) == wanted)
}

/// A number, and a second name behind it, byte by byte.
fn with_bytes(number: u8, name: u64) -> Vec<u8> {
    [number].into_iter().chain(name.to_be_bytes()).collect()
}

fn of_bytes(bytes: &[u8]) -> Option<u64> {
    bytes.try_into().ok().map(u64::from_be_bytes)
}

fn plain(word: &str) -> String {
    format!("{OWN}{word}")
}

fn named(word: &str, id: u64, numbers: &[u8]) -> String {
    let mut parts = vec![word.to_owned(), format!("{id:016x}")];
    parts.extend(numbers.iter().map(u8::to_string));
    format!("{OWN}{}", parts.join(":"))
}

/// Only what `plain` and `named` write: an id of sixteen digits, lower case; numbers without zeros
/// before them.
fn read(custom_id: &str) -> Option<(&str, Option<u64>, Vec<u8>)> {
    let mut parts = custom_id.strip_prefix(OWN)?.split(':');
    let word = parts.next()?;
    let Some(id) = parts.next() else { return Some((word, None, Vec::new())) };
    let digits = |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    if id.len() != 16 || !id.bytes().all(digits) {
        return None;
    }
    let number = |text: &str| {
        let number: u8 = text.parse().ok()?;
        (number.to_string() == text).then_some(number)
    };
    let numbers: Option<Vec<u8>> = parts.map(number).collect();
    Some((word, Some(u64::from_str_radix(id, 16).ok()?), numbers?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn presses(id: u64, a: u8, grade: Grade) -> [OwnPress; 37] {
        use OwnPress as P;
        let key = Key::new(id);
        [
            P::GradePost(PostId(id), grade),
            P::Grade(key, grade),
            P::TakeBack(key),
            P::Ask(key),
            P::Explain(key),
            P::Answer(key),
            P::Type(key, Flow::New),
            P::Type(key, Flow::Sprint),
            P::Said(id, Flow::Here, a, true),
            P::Said(id, Flow::Review, a, false),
            P::Coach(id, Flow::Sprint),
            P::CoachAgree(id, Flow::Review, id.rotate_left(9)),
            P::CoachNever(id, Flow::Here, id.rotate_left(9)),
            P::CoachLater(id, Flow::Here),
            P::CoachSetting(true),
            P::CoachSetting(false),
            P::Hint(key),
            P::FollowUp(key, a),
            P::FollowUpAnswer(key, a),
            P::Related(key),
            P::Report(key),
            P::ReportFault(key, Fault::Outdated),
            P::ReviewNext,
            P::ReviewAnswer(key),
            P::ReviewGrade(key, grade),
            P::ReviewTakeBack(key),
            P::SprintAnswer(id, a),
            P::SprintGrade(id, a, grade),
            P::SprintSkip(id, a),
            P::SprintEnd(id),
            P::Settings,
            P::Quiet,
            P::Export,
            P::Forget,
            P::ForgetForGood,
            P::ReminderOff(id),
            P::Settle(u32::from(a)),
        ]
    }

    proptest! {
        #[test]
        fn every_button_comes_back_as_itself(id: u64, a: u8, grade in 0_usize..4) {
            for button in presses(id, a, Grade::ALL[grade]) {
                let carried = press_id(button);
                prop_assert!(carried.len() <= 100);
                prop_assert_eq!(press(&carried), Some(button));
            }
        }

        #[test]
        fn every_form_and_menu_comes_back_as_itself(id: u64) {
            let key = Key::new(id);
            let typed = Flow::ALL.map(|flow| OwnForm::Typed(key, flow));
            for made in [OwnForm::Report(key, Fault::Unclear), OwnForm::Quiet].into_iter().chain(typed) {
                prop_assert_eq!(form(&form_id(made)), Some(made));
            }
            let points = Flow::ALL.map(|flow| OwnMenu::Made(id, flow));
            let settled = [OwnMenu::Reminder, OwnMenu::Shared, OwnMenu::Grades, OwnMenu::ADay];
            for made in settled.into_iter().chain(points) {
                prop_assert_eq!(menu(&menu_id(made)), Some(made));
            }
        }

        #[test]
        fn no_text_is_two_buttons(text in "own:[a-z-]{0,16}(:[0-9a-f]{14,17})?(:[0-9]{1,3}){0,2}") {
            if let Some(button) = press(&text) {
                prop_assert_eq!(press_id(button), text);
            }
        }
    }
}
