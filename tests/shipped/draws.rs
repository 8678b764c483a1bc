//! Whole interviews by the shipped plans with the shipped bank: each by two hundred seeds, from the
//! request to the scorecards, and which questions they asked.

#![expect(
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    reason = "a test that meets something else has failed"
)]

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use mockingbird::bank::{Question, QuestionBank};
use mockingbird::plans::{Plan, Plans};
use mockingbird::practice::input::{Ask, Call, Interaction, Place, Press};
use mockingbird::practice::interview::state::Stage;
use mockingbird::practice::interview::{InterviewChange, MockCall, MockPress, Of};
use mockingbird::practice::rules::Rules;
use mockingbird::practice::{
    Change, ChannelId, Effect, Input, InterviewId, MemberId, MessageId, Moment, Outcome, Team,
};

use crate::plans::plans;

const SEEDS: u64 = 200;
const PREP: ChannelId = ChannelId(200);
const THREAD: ChannelId = ChannelId(201);
const ANN: MemberId = MemberId(101);
const BOB: MemberId = MemberId(102);

fn bank() -> &'static QuestionBank {
    static BANK: OnceLock<QuestionBank> = OnceLock::new();
    BANK.get_or_init(crate::bank)
}

/// A question that was asked: in which turn and section.
type Drawn = (u8, u8, Arc<Question>);

/// A team in which bob interviews ann.
struct Interview {
    team: Team,
    rules: Rules,
    seed: u64,
    now: Timestamp,
    requests: u64,
    /// How many turns have begun.
    turns: u8,
    drawn: Vec<Drawn>,
    judging: bool,
}

impl Interview {
    fn held(plans: &Arc<Plans>, plan: &Plan, seed: u64) -> Vec<Drawn> {
        let rules = Rules { plans: Arc::clone(plans), ..Rules::default() };
        let now = "2026-11-23T08:00:00Z".parse().expect("a timestamp");
        let (team, drawn) = (Team::new(), Vec::new());
        let mut held =
            Self { team, rules, seed, now, requests: 0, turns: 0, drawn, judging: false };
        held.happens(Input::Connected { channels: vec![PREP] });
        let start = MockCall::Start {
            plan: plan.id.clone(),
            candidate: Some(ANN),
            interviewers: vec![BOB],
            public: false,
        };
        let id = InterviewId(held.asks(BOB, PREP, Call::Mock(start)));
        for member in [ANN, BOB] {
            held.presses(member, id, MockPress::Join);
        }
        // One more than there are: the last press ends the last turn.
        for _ in 0..=2 * plan.questions() {
            if !held.judging {
                let (turn, question) = held.under_way();
                let leads = if turn == 0 { BOB } else { ANN };
                held.presses(leads, id, MockPress::Next(turn, question));
            }
        }
        assert!(held.judging, "{} by seed {seed} does not end", plan.id);
        held.drawn
    }

    fn under_way(&self) -> (u8, u8) {
        let turn = self.turns - 1;
        let asked = self.drawn.iter().filter(|(of, ..)| *of == turn).count();
        (turn, u8::try_from(asked).expect("a few") - 1)
    }

    fn presses(&mut self, who: MemberId, interview: InterviewId, what: MockPress) {
        self.asks(who, THREAD, Call::Press(Press::Mock(Of { interview, what })));
    }

    fn asks(&mut self, member: MemberId, channel: ChannelId, call: Call) -> u64 {
        self.requests += 1;
        let id = (self.seed << 32) + self.requests;
        let interaction = Interaction { id, token: String::new() };
        let place = if channel == PREP { Place::Channel } else { Place::Thread };
        let ask = Ask { interaction, member, channel, place };
        self.happens(Input::Called { ask, call: Ok(call) });
        id
    }

    /// Decides, and does all that is to be done as Discord would.
    fn happens(&mut self, input: Input) {
        let mut inputs = VecDeque::from([input]);
        while let Some(input) = inputs.pop_front() {
            let (now, chance) = (self.now, self.seed);
            let moment = Moment { now, chance, bank: bank(), rules: &self.rules };
            let decision = self.team.decide(moment, &input);
            for change in &decision.changes {
                self.team.apply(change);
                if let Change::Interview { change, .. } = change {
                    self.notes(change);
                }
            }
            for effect in decision.effects {
                let outcome = match &effect {
                    Effect::StartThread { .. } => Outcome::Opened { thread: THREAD },
                    Effect::Send { .. } | Effect::Reply { .. } => {
                        self.requests += 1;
                        Outcome::Sent { message: MessageId(self.requests) }
                    }
                    _ => Outcome::Done,
                };
                inputs.extend(effect.order().map(|order| Input::Delivered { order, outcome }));
            }
        }
    }

    fn notes(&mut self, change: &InterviewChange) {
        match change {
            InterviewChange::TurnBegun { .. } => self.turns += 1,
            InterviewChange::Drawn { section, question, .. } => {
                self.drawn.push((self.turns - 1, *section, Arc::clone(question)));
            }
            InterviewChange::StageIs { stage: Stage::Judging { .. }, .. } => self.judging = true,
            _ => {}
        }
    }
}

/// How often each topic was asked about.
fn uses<'d>(drawn: impl IntoIterator<Item = &'d Drawn>) -> BTreeMap<&'d str, usize> {
    let mut uses = BTreeMap::new();
    for (.., question) in drawn {
        *uses.entry(question.topic.as_str()).or_default() += 1;
    }
    uses
}

/// It asked all that its plan promises, nothing twice, and of the topics of each section always one
/// of those that had been asked about least.
fn keeps_its_promises(plan: &Plan, drawn: &[Drawn]) {
    let turns = if plan.swap { 2 } else { 1 };
    let promised = (0..turns).flat_map(|turn| {
        (0..).zip(&plan.sections).flat_map(move |(number, section)| {
            std::iter::repeat_n((turn, number), usize::from(section.questions))
        })
    });
    let held: Vec<_> = drawn.iter().map(|(turn, section, _)| (*turn, *section)).collect();
    assert_eq!(held, promised.collect::<Vec<(u8, u8)>>(), "{}", plan.id);
    let ids: BTreeSet<_> = drawn.iter().map(|(.., question)| &question.id).collect();
    assert_eq!(ids.len(), drawn.len(), "{}: a question twice", plan.id);
    for (place, (_, number, question)) in drawn.iter().enumerate() {
        let section = &plan.sections[usize::from(*number)];
        assert!(section.fits(question), "{}: {} in {}", plan.id, question.id, section.title);
        assert!(!section.follow_ups || !question.follow_ups.is_empty(), "{}", question.id);
        assert!(!section.pushbacks || question.pushback.is_some(), "{}", question.id);
        let before = &drawn[..place];
        let is_new = |other: &Question| before.iter().all(|(.., asked)| asked.id != other.id);
        let uses = uses(before);
        let times = |topic: &str| uses.get(topic).copied().unwrap_or_default();
        let fresh = bank().iter().filter(|other| section.fits(other) && is_new(other));
        let least = fresh.map(|other| times(other.topic.as_str())).min();
        assert_eq!(Some(times(question.topic.as_str())), least, "{}: {uses:?}", plan.id);
    }
}

#[test]
fn two_hundred_interviews_by_each_plan_ask_all_they_promise_and_nothing_twice() {
    let plans = Arc::new(plans());
    for plan in plans.iter() {
        let mut came: BTreeMap<u8, BTreeSet<String>> = BTreeMap::new();
        for seed in 1..=SEEDS {
            let drawn = Interview::held(&plans, plan, seed);
            keeps_its_promises(plan, &drawn);
            for (_, section, question) in drawn {
                came.entry(section).or_default().insert(question.id.to_string());
            }
        }
        // Who is interviewed again and again does not meet the same few.
        for (section, came) in came {
            let section = &plan.sections[usize::from(section)];
            let fitting = bank().iter().filter(|question| section.fits(question)).count();
            let name = format!("{}, {}: {} of {fitting}", plan.id, section.title, came.len());
            assert!(2 * came.len() > fitting, "{name} ever come");
        }
    }
}
