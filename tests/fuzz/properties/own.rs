//! What is said in one's own practice, with hostile texts in every place: it fits and notifies
//! nobody, and what can be pressed and filled in is known when it comes back.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::date;
use mockingbird::bank::Question;
use mockingbird::command::button;
use mockingbird::judge::Thresholds;
use mockingbird::practice::own::state::{Fault, Report};
use mockingbird::practice::own::view::{Graded, Known, OwnQuestion, PartOf, ReviewOver};
use mockingbird::practice::own::{Flow, Grade, Key, OwnFormView, OwnView as V, TypedView};
use mockingbird::practice::view::{FormView, View};
use mockingbird::words::form;

use super::shown;

pub(super) fn hold(question: &Arc<Question>, typed: &str) {
    let at = Timestamp::from_second(1_795_000_000).expect("within range");
    let key = Key::of(&question.id);
    let text: String = typed.chars().take(300).collect();
    let graded = Graded {
        key,
        grade: Grade::Missed,
        due: date(2026, 11, 24),
        days: 1,
        replaced: true,
        leech: Some(u8::MAX),
        can_take_back: true,
    };
    let own = |part_of| OwnQuestion {
        question: Arc::clone(question),
        part_of,
        known: Known::Unseen,
        missed_points: vec![0, u8::MAX],
        two_grades: false,
        before: Some((Arc::clone(question), graded)),
        typed: None,
    };
    // A form carries no more.
    let before: String = typed.chars().take(4_000).collect();
    let judged = TypedView::of(Thresholds::default(), question, &before);
    let answered = |part_of| OwnQuestion { typed: Some(judged.clone()), ..own(part_of) };
    let parts = [
        PartOf::Itself,
        PartOf::Review { due: u16::MAX, new: u16::MAX },
        PartOf::Sprint { sprint: u64::MAX, step: (u8::MAX, u8::MAX), until: at },
    ];
    for part_of in parts {
        said(V::Question(own(part_of)));
        said(V::Typed { question: answered(part_of), standing: None });
        for graded in [None, Some(graded)] {
            said(V::Answer { question: own(part_of), graded, standing: None });
            said(V::Answer { question: answered(part_of), graded, standing: None });
        }
    }
    said(V::Graded { question: Arc::clone(question), graded });
    said(V::TakenBack { question: Arc::clone(question) });
    said(V::Hint { question: Arc::clone(question) });
    for (follow_up, number) in question.follow_ups.iter().zip(0..) {
        for shown in [false, true] {
            let (question, follow_up) = (Arc::clone(question), follow_up.clone());
            said(V::FollowUp { question, number, follow_up, shown });
        }
    }
    said(V::Related { to: Arc::clone(question), questions: vec![Arc::clone(question); 4] });
    said(V::ReportWhat { question: Arc::clone(question) });
    let fault = Fault::Outdated;
    said(V::Reported { question: Arc::clone(question), fault });
    let report = Report { number: 1, question: question.id.clone(), fault, text, at };
    said(V::Reports { reports: vec![(report, Some(Arc::clone(question)))], of: 9 });
    let last = Some((Arc::clone(question), graded));
    said(V::ReviewOver(ReviewOver { today: 1, left: 1, next: None, last }));
    let prompt = question.prompt.clone();
    let forms = [
        OwnFormView::Report { key, prompt: prompt.clone(), fault },
        OwnFormView::Typed { key, flow: Flow::Sprint, prompt, before },
    ];
    for view in forms {
        let form = form(&FormView::Own(view));
        assert_eq!(form.violations(), Vec::<String>::new());
        assert!(button::form(&form.custom_id).is_ok());
    }
}

/// It is one message, which a press can change, and every press in it is known.
fn said(view: V) {
    let messages = shown::fits(&View::Own(Box::new(view)));
    assert_eq!(messages.len(), 1);
    for pressed in messages.iter().flat_map(|message| message.rows.iter().flatten()) {
        assert!(button::press(&pressed.custom_id).is_ok(), "{}", pressed.custom_id);
    }
    for menu in messages.iter().flat_map(|message| &message.menus) {
        assert!(button::menu(&menu.custom_id).is_ok(), "{}", menu.custom_id);
    }
}
