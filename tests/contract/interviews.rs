//! Every kind of change of an interview, and every kind of value in one, for the files that must
//! load for ever.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use mockingbird::bank::{Kind, Level, QuestionId, Topic};
use mockingbird::plans::{Dimension, Plan, PlanId, Rubric, Section};
use mockingbird::practice::effect::Failure;
use mockingbird::practice::interview::InterviewChange;
use mockingbird::practice::interview::state::{
    Announcement, Over, Past, PastBand, Said, Stage, Thread, Time, Turn, What,
};
use mockingbird::practice::{Change, ChannelId, InterviewId, MemberId, MessageId};

use crate::team::question;

fn plan() -> Plan {
    let bands = ["nothing", "a little", "enough", "all"].map(str::to_owned);
    Plan {
        id: PlanId::new("mid-backend"),
        title: "Mid-level backend".to_owned(),
        about: "for those who build services".to_owned(),
        swap: true,
        sections: vec![Section {
            title: "Basics".to_owned(),
            minutes: 20,
            questions: 3,
            topics: vec![Topic::new("databases")],
            levels: vec![Level::Easy, Level::Hard],
            kinds: vec![Kind::Concept],
            follow_ups: true,
            pushbacks: false,
        }],
        rubric: Rubric {
            id: "usual".to_owned(),
            title: "Usual".to_owned(),
            dimensions: vec![Dimension { title: "Depth".to_owned(), bands }],
        },
    }
}

fn stages(at: Timestamp, member: MemberId) -> Vec<Stage> {
    let over = |why| Stage::Over { since: at, why };
    vec![
        Stage::Lobby { until: at },
        Stage::Running,
        Stage::Paused { since: at, idle: true },
        Stage::Judging { until: at },
        over(Over::Cancelled { by: member }),
        over(Over::NobodyCame),
        over(Over::NoThread),
        over(Over::Empty),
        over(Over::Deleted),
        Stage::Opened { since: at },
    ]
}

fn notes() -> Vec<What> {
    vec![
        What::Lobby,
        What::Agenda(0),
        What::Question(0, 0),
        What::Hint(0, 0),
        What::FollowUp(0, 0, 0),
        What::PushBack(0, 0),
        What::Answer(0, 0, 0),
        What::Model(0, 0),
        What::Time(0, 0, Time::Nearly),
        What::Time(0, 0, Time::Over),
        What::Paused,
        What::Resumed,
        What::Cards,
        What::Opened(0),
        What::Over,
    ]
}

/// The changes of one interview that has everything, of one that is forgotten, and of one that is
/// deleted.
#[expect(clippy::too_many_lines, reason = "a list")]
pub(crate) fn changes() -> Vec<Change> {
    let at = Timestamp::from_second(1_795_000_000).unwrap();
    let (ann, bob) = (MemberId(7), MemberId(u64::MAX));
    let (thread, message) = (ChannelId(u64::MAX), MessageId(u64::MAX));
    let of = |interview: u64| {
        move |change| Change::Interview {
            interview: InterviewId(interview),
            change: Box::new(change),
        }
    };
    let asked = |thread| InterviewChange::Asked {
        channel: ChannelId(112_233_445_566_778_899),
        thread,
        public: true,
        plan: Arc::new(plan()),
        by: bob,
        turn: Turn::new(ann, vec![bob]),
        stage: Stage::Lobby { until: at },
        at,
    };
    let turn = Turn {
        candidate: ann,
        interviewers: vec![bob],
        begun: Some(at),
        rested: SignedDuration::from_secs(61),
        told: BTreeSet::from([(0, Time::Nearly)]),
        asked: Vec::new(),
        deleted: false,
    };
    let drawn = || InterviewChange::Drawn { section: 0, question: Arc::new(question()), at };
    let mut whole = vec![asked(Thread::Wanted(at))];
    let threads =
        [Thread::Refused(Failure::NotAllowed), Thread::Lost(thread), Thread::Open(thread)];
    whole.extend(threads.map(|thread| InterviewChange::ThreadIs { thread }));
    let announcements = [
        Announcement::None,
        Announcement::True(message),
        Announcement::Staler(message),
        Announcement::Stale(message),
    ];
    whole.extend(announcements.map(|announcement| InterviewChange::Announced { announcement }));
    whole.extend([
        InterviewChange::Added { member: ann },
        InterviewChange::Joined { member: bob, at },
        InterviewChange::TurnBegun { turn, at },
        drawn(),
        InterviewChange::FollowedUp { at },
        InterviewChange::PushedBack { at },
        InterviewChange::Hinted { at },
        InterviewChange::Answered { question: 0, text: "because".to_owned(), at },
        InterviewChange::Ticked { turn: 0, question: 0, by: bob, points: vec![0] },
        InterviewChange::Rested { rested: SignedDuration::new(3, 4) },
        InterviewChange::TimeTold { section: 0, time: Time::Over },
        InterviewChange::Touched { at: at + SignedDuration::from_secs(1) },
        InterviewChange::Delayed { until: Some(at) },
        InterviewChange::Delayed { until: None },
    ]);
    whole.extend(notes().into_iter().map(|what| InterviewChange::Noted { what, at }));
    let said = [
        Said::Wanted,
        Said::Stands(message),
        Said::Stale(message),
        Said::Staler(message),
        Said::Never,
    ];
    whole.extend((0..).zip(said).map(|(note, said)| InterviewChange::SaidIs { note, said }));
    whole.extend([
        InterviewChange::Banded { turn: 0, by: bob, dimension: 0, band: 3 },
        InterviewChange::Commented { turn: 0, by: bob, comments: vec!["clear 💡".to_owned()] },
        InterviewChange::Worded {
            turn: 0,
            by: bob,
            well: "much".to_owned(),
            next: "more".to_owned(),
        },
        InterviewChange::Sealed { turn: 0, by: bob, at },
    ]);
    let stages = stages(at, bob).into_iter();
    whole.extend(stages.map(|stage| InterviewChange::StageIs { stage, at }));
    let past = |interview: u64| Past {
        interview: InterviewId(interview),
        at,
        plan: "Mid-level backend".to_owned(),
        interviewers: 1,
        bands: vec![PastBand { dimension: "Depth".to_owned(), others: Some(40), own: None }],
        questions: 1,
        points: (1, 300),
    };
    let missed = |points| InterviewChange::Missed {
        member: ann,
        question: QuestionId::new("isolation-levels"),
        points,
        at,
    };
    whole.push(InterviewChange::Kept { member: ann, past: past(u64::MAX) });
    whole.extend([missed(Vec::new()), missed(vec![0])]);
    let begun = Turn { begun: Some(at), ..Turn::new(bob, Vec::new()) };
    let deleted = [
        asked(Thread::Open(thread)),
        InterviewChange::TurnBegun { turn: begun, at },
        drawn(),
        InterviewChange::Kept { member: bob, past: past(9) },
        InterviewChange::Deleted { turn: 0, at },
    ];
    let forgotten = [asked(Thread::Wanted(at)), InterviewChange::Forgotten];
    let all: Vec<_> = whole
        .into_iter()
        .map(of(u64::MAX))
        .chain(deleted.into_iter().map(of(9)))
        .chain(forgotten.into_iter().map(of(10)))
        .collect();
    for change in &all {
        is_in_the_list(change);
    }
    all
}

/// Fails to compile when there is a new kind of change: add one to the list above.
fn is_in_the_list(change: &Change) {
    let Change::Interview { change, .. } = change else { return };
    match **change {
        InterviewChange::Asked { .. }
        | InterviewChange::Announced { .. }
        | InterviewChange::ThreadIs { .. }
        | InterviewChange::Added { .. }
        | InterviewChange::Joined { .. }
        | InterviewChange::StageIs { .. }
        | InterviewChange::TurnBegun { .. }
        | InterviewChange::Rested { .. }
        | InterviewChange::TimeTold { .. }
        | InterviewChange::Noted { .. }
        | InterviewChange::SaidIs { .. }
        | InterviewChange::Drawn { .. }
        | InterviewChange::FollowedUp { .. }
        | InterviewChange::PushedBack { .. }
        | InterviewChange::Hinted { .. }
        | InterviewChange::Answered { .. }
        | InterviewChange::Ticked { .. }
        | InterviewChange::Banded { .. }
        | InterviewChange::Commented { .. }
        | InterviewChange::Worded { .. }
        | InterviewChange::Sealed { .. }
        | InterviewChange::Delayed { .. }
        | InterviewChange::Deleted { .. }
        | InterviewChange::Forgotten
        | InterviewChange::Kept { .. }
        | InterviewChange::Missed { .. }
        | InterviewChange::Touched { .. } => {}
    }
}
