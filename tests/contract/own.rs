//! Every kind of change of own practice, and every kind of value in one, for the files that must
//! load for ever.

use jiff::civil::{Weekday, date, time};
use jiff::{SignedDuration, Timestamp};
use mockingbird::bank::QuestionId;
use mockingbird::judge::{Made, Opinion, PointOpinion, State};
use mockingbird::practice::effect::Failure;
use mockingbird::practice::own::change::{OwnChange, SharedChange};
use mockingbird::practice::own::state::{
    Claim, Consent, Digest, Fault, Memory, Reminded, Report, Settings, Sprint, Week,
};
use mockingbird::practice::own::typed::{Label, Opined, Seen, Typed};
use mockingbird::practice::own::{Grade, Key};
use mockingbird::practice::rules::Zone;
use mockingbird::practice::{Change, ChannelId, MemberId};

/// Who is left in the end; another member is forgotten.
const MEMBER: MemberId = MemberId(u64::MAX);
const FORGOTTEN: MemberId = MemberId(77);
const DAY: u16 = 20_780;

fn memory(question: &str, grade: Option<Grade>) -> Memory {
    Memory {
        question: Key::of(&QuestionId::new(question)),
        stability: 2.3065_f32.to_bits(),
        difficulty: 2.118_104_f32.to_bits(),
        last: DAY,
        met: DAY + 1,
        interval: 300,
        grades: 400,
        lapses: 8,
        grade,
    }
}

fn remembered(question: &str, grade: Option<Grade>, day: u16) -> OwnChange {
    let memory = memory(question, grade);
    OwnChange::Remembered { memory, day, graded: grade.is_some() }
}

fn sprint(id: u64, at: Timestamp) -> OwnChange {
    let keys = ["isolation-levels", "transactions-acid", "gone"];
    OwnChange::SprintBegun(Sprint {
        id,
        since: at,
        until: at + SignedDuration::from_mins(15),
        questions: keys.map(|id| Key::of(&QuestionId::new(id))).to_vec(),
        grades: Vec::new(),
        over: false,
    })
}

/// Typed answers with every state, one that is dropped, one that is graded, and one that is typed
/// anew; and labels of each.
fn typed(at: Timestamp) -> Vec<OwnChange> {
    let seen = [(1_000, State::Covered), (450, State::Unsure), (0, State::Missing)];
    let seen = seen.map(|(p, state)| Seen { p, state });
    let key = |question| Key::of(&QuestionId::new(question));
    let answer = |question, text: &str| {
        OwnChange::Typed(Typed {
            question: key(question),
            at,
            text: text.to_owned(),
            points: seen.to_vec(),
        })
    };
    let label = |question, point: u8, said| {
        let seen = seen[usize::from(point)];
        Label { question: key(question), at, point, seen, said }
    };
    let labelled = |question, said| {
        OwnChange::Labelled((0..3).map(|point| label(question, point, said)).collect())
    };
    vec![
        answer("isolation-levels", "the first one"),
        answer("isolation-levels", "Dirty reads.\n- ünï¢ode 💡"),
        labelled("isolation-levels", true),
        OwnChange::Labelled(vec![label("isolation-levels", 1, false)]),
        answer("dropped", "nobody needs it"),
        labelled("dropped", false),
        OwnChange::TypedDropped { question: key("dropped") },
        answer("typed-and-graded", "until it is graded"),
        remembered("typed-and-graded", Some(Grade::GotIt), DAY + 1),
        answer("transactions-acid", ""),
        OwnChange::Labelled(Vec::new()),
    ]
}

/// What a member said about coaches, and opinions of a typed answer that waits, of one that does not,
/// of one that is graded after it, and one in the place of another.
fn coached(at: Timestamp) -> Vec<OwnChange> {
    let key = |question| Key::of(&QuestionId::new(question));
    let points = [
        (1, Made::Yes, false, Some("Dirty reads".to_owned())),
        (2, Made::No, true, Some("ünï¢ode 💡".to_owned())),
        (3, Made::Unclear, false, None),
    ];
    let points = points.map(|(number, made, contradicted, quote)| PointOpinion {
        number,
        made,
        contradicted,
        quote,
    });
    let opined = |question, points: &[PointOpinion]| {
        let opinion = Opinion { points: points.to_vec() };
        OwnChange::Opined(Opined { question: key(question), at, opinion })
    };
    let graded = "thought-of-and-graded";
    let text = "until it is graded".to_owned();
    vec![
        OwnChange::CoachSettled(Some(Consent { to: u64::MAX, agreed: false })),
        OwnChange::CoachSettled(None),
        OwnChange::CoachSettled(Some(Consent { to: 1, agreed: true })),
        opined("gone", &points),
        opined("isolation-levels", &points[1..]),
        opined("isolation-levels", &points),
        OwnChange::Typed(Typed { question: key(graded), at, text, points: Vec::new() }),
        opined(graded, &[]),
        remembered(graded, Some(Grade::GotIt), DAY + 2),
        opined("transactions-acid", &[]),
    ]
}

fn of_a_member(at: Timestamp) -> Vec<OwnChange> {
    let quiet = Some((time(22, 0, 0, 0), time(7, 30, 0, 0)));
    let settled = |reminder, quiet| {
        let (shared, two_grades, a_day) = (true, true, Some(30));
        OwnChange::Settled(Settings { shared, two_grades, a_day, reminder, quiet })
    };
    let reminded = |delayed, over, failure| {
        OwnChange::Reminded(Reminded { day: DAY, since: at, delayed, over, failure })
    };
    let grades = Grade::ALL.into_iter().zip(["q-m", "q-p", "q-g", "q-e"]);
    let mut changes: Vec<_> =
        grades.map(|(grade, question)| remembered(question, Some(grade), DAY)).collect();
    changes.extend([
        remembered("met", None, DAY),
        remembered("taken-back", Some(Grade::Missed), DAY + 1),
        OwnChange::TakenBack,
        remembered("isolation-levels", Some(Grade::Partly), DAY + 1),
        settled(None, None),
        settled(None, quiet),
        settled(Some(3), None),
        settled(Some(12), quiet),
        sprint(1, at),
        OwnChange::SprintOver { sprint: 1 },
        sprint(u64::MAX, at),
        OwnChange::SprintStep { sprint: u64::MAX, grade: Some(Grade::GotIt) },
        OwnChange::SprintStep { sprint: u64::MAX, grade: None },
        OwnChange::RemindAt(None),
        OwnChange::RemindAt(Some(at)),
        reminded(None, false, None),
        reminded(Some(at), false, None),
        reminded(None, true, Some(Failure::NotHere)),
    ]);
    changes
}

fn of_the_team(at: Timestamp) -> Vec<SharedChange> {
    let report = |number, fault, text: &str| {
        SharedChange::Reported(Report {
            number,
            question: QuestionId::new("isolation-levels"),
            fault,
            text: text.to_owned(),
            at,
        })
    };
    let week = Week {
        from: Some(date(2026, 11, 16)),
        members: 3,
        days: 9,
        questions: 300,
        interviews: 2,
        first: vec![(MEMBER, 5, 40), (FORGOTTEN, 4, 30)],
        most: Some("Databases & Storage".to_owned()),
        weakest: Some("HTTP".to_owned()),
    };
    let claim = Claim { date: date(2026, 11, 23), since: at, delayed: Some(at), week };
    let digest = |claimed, failure| {
        SharedChange::DigestIs(Some(Digest {
            channel: ChannelId(112_233_445_566_778_899),
            day: Weekday::Sunday.into(),
            at: time(9, 0, 0, 0),
            zone: Zone::named("Europe/Berlin").unwrap(),
            done_through: date(2026, 11, 23),
            claimed,
            failure,
        }))
    };
    vec![
        report(1, Fault::Wrong, "the answer is about locks"),
        report(2, Fault::Outdated, ""),
        report(3, Fault::Unclear, "ünï¢ode 💡"),
        SharedChange::ReportSettled { number: 2 },
        SharedChange::DigestIs(None),
        digest(None, Some(Failure::NotAllowed)),
        digest(Some(claim.clone()), None),
        // It ends without a word about it, so that it may have come.
        SharedChange::DigestIs(None),
        digest(Some(claim), None),
        SharedChange::InterviewOpened { day: DAY },
        SharedChange::InterviewOpened { day: DAY },
        SharedChange::RewriteWanted,
        SharedChange::Rewritten,
    ]
}

/// What format 4 brought: typed answers of one who stays and of one who is forgotten.
pub(crate) fn typed_changes() -> Vec<Change> {
    let at = Timestamp::from_second(1_795_000_000).unwrap();
    let of = |member| own(member, typed(at));
    of(MEMBER).chain(of(FORGOTTEN)).chain([Change::Forgotten { member: FORGOTTEN }]).collect()
}

/// What format 5 brought, of the same two.
pub(crate) fn coach_changes() -> Vec<Change> {
    let at = Timestamp::from_second(1_795_000_000).unwrap();
    let of = |member| own(member, coached(at));
    let typed = own(FORGOTTEN, typed(at));
    let forgotten = typed.chain(of(FORGOTTEN)).chain([Change::Forgotten { member: FORGOTTEN }]);
    of(MEMBER).chain(forgotten).collect()
}

fn own(member: MemberId, changes: Vec<OwnChange>) -> impl Iterator<Item = Change> {
    changes.into_iter().map(move |change| Change::Own { member, change: Box::new(change) })
}

/// One who has everything, what a team shares, and one who is forgotten, as far as format 3 knew
/// it.
pub(crate) fn changes() -> Vec<Change> {
    let at = Timestamp::from_second(1_795_000_000).unwrap();
    let of = |member| own(member, of_a_member(at));
    let shared = of_the_team(at).into_iter().map(|change| Change::Shared(Box::new(change)));
    of(MEMBER)
        .chain(of(FORGOTTEN))
        .chain(shared)
        .chain([Change::Forgotten { member: FORGOTTEN }])
        .collect()
}

/// Fails to compile when there is a new kind of change: add one to the lists above.
pub(crate) fn is_in_the_list(change: &OwnChange) {
    match change {
        OwnChange::Remembered { .. }
        | OwnChange::TakenBack
        | OwnChange::Settled(_)
        | OwnChange::SprintBegun(_)
        | OwnChange::SprintStep { .. }
        | OwnChange::SprintOver { .. }
        | OwnChange::RemindAt(_)
        | OwnChange::Reminded(_)
        | OwnChange::Typed(_)
        | OwnChange::Labelled(_)
        | OwnChange::CoachSettled(_)
        | OwnChange::Opined(_)
        | OwnChange::TypedDropped { .. } => {}
    }
}

/// The same for what a team shares.
pub(crate) fn is_in_the_shared_list(change: &SharedChange) {
    match change {
        SharedChange::Reported(_)
        | SharedChange::ReportSettled { .. }
        | SharedChange::DigestIs(_)
        | SharedChange::InterviewOpened { .. }
        | SharedChange::RewriteWanted
        | SharedChange::Rewritten => {}
    }
}
