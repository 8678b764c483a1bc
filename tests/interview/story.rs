//! Tells a story about interviews to one team, and writes down what everybody sees. Each decision
//! is made twice, each request has to be answered once, and the process may die at any effect.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use mockingbird::bank::QuestionBank;
use mockingbird::practice::effect::{Audience, Errand, Failure, OrderId};
use mockingbird::practice::input::Place;
use mockingbird::practice::interview::InterviewChange;
use mockingbird::practice::rules::Rules;
use mockingbird::practice::view::FormView;
use mockingbird::practice::{
    Change, ChannelId, Decision, Effect, Input, InterviewId, MemberId, Moment, Outcome, Team,
};

use crate::real::{Real, named};
use crate::seed::{PEOPLE, member, name_of, plans, questions};
use crate::tell::{tell, tell_form};
use crate::transcript::say;
use crate::world::World;

/// The channel in which interviews are asked for.
pub(crate) const PREP: ChannelId = ChannelId(200);

/// What an errand is about, whichever note or member it serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Announce,
    Correct,
    Thread,
    Add,
    Say,
    Mend,
}

/// At which effect the process dies, and whether that effect still happens.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Death {
    pub(crate) at: usize,
    pub(crate) happens: bool,
    /// How long it is dead.
    pub(crate) away: SignedDuration,
}

/// A story about one team.
pub(crate) struct Story {
    pub(crate) team: Team,
    pub(crate) now: Timestamp,
    pub(crate) bank: QuestionBank,
    pub(crate) world: World,
    pub(crate) rules: Rules,
    journal: Vec<Vec<u8>>,
    told: String,
    pub(crate) real: Option<Real>,
    pub(crate) next_id: u64,
    /// The newest interview that was asked for.
    pub(crate) interview: InterviewId,
    /// Where people press and run commands; none means the thread for presses, #prep for commands.
    pub(crate) place: Place,
    failures: VecDeque<(Kind, Failure)>,
    /// What works without the news of it.
    unheard: Option<Kind>,
    /// Outcomes that nobody has heard of yet, where Discord takes its time.
    slow: Option<Vec<Input>>,
    /// Effects that ask for an outcome, so far.
    pub(crate) effects: usize,
    pub(crate) death: Option<Death>,
    /// Whether it dies at the next answer that is to be remembered, which people still read.
    pub(crate) dies_answering: bool,
    /// How often it has died.
    pub(crate) deaths: usize,
    /// Which scorecards were sealed, by whom, and which turns were deleted.
    sealed: BTreeSet<(InterviewId, u8, MemberId)>,
    /// Every interview that was asked for, and those whose scorecards are open.
    pub(crate) asked: Vec<InterviewId>,
    opened: BTreeSet<InterviewId>,
    pub(crate) thread: Option<ChannelId>,
}

impl Story {
    /// A team that has just met the bot, on a Monday at eight.
    pub(crate) fn new() -> Self {
        let rules = Rules { plans: Arc::new(plans()), ..Rules::default() };
        let mut story = Self {
            team: Team::new(),
            now: "2026-11-23T08:00:00Z".parse().expect("a timestamp"),
            bank: QuestionBank::of(questions()),
            world: World::default(),
            rules,
            journal: Vec::new(),
            told: String::new(),
            real: None,
            next_id: 300_000_000_000_000_000,
            interview: InterviewId(0),
            place: Place::Channel,
            failures: VecDeque::new(),
            unheard: None,
            slow: None,
            effects: 0,
            death: None,
            dies_answering: false,
            deaths: 0,
            sealed: BTreeSet::new(),
            asked: Vec::new(),
            opened: BTreeSet::new(),
            thread: None,
        };
        story.happens(&Input::Connected { channels: vec![PREP] });
        story
    }

    /// The next effect of this kind fails so.
    pub(crate) fn fails(&mut self, kind: Kind, failure: Failure) {
        self.failures.push_back((kind, failure));
    }

    /// The next effect of this kind works, but the connection breaks before the news of it.
    pub(crate) fn works_unheard(&mut self, kind: Kind) {
        self.unheard = Some(kind);
    }

    /// Nothing fails any more.
    pub(crate) fn works_again(&mut self) {
        self.failures.clear();
        self.death = None;
    }

    /// From now on nobody hears how anything ended.
    pub(crate) fn is_slow(&mut self) {
        self.slow.get_or_insert_default();
    }

    /// All of that is heard of, in order; and what comes of it at once.
    pub(crate) fn lands(&mut self) {
        for input in self.slow.take().unwrap_or_default() {
            self.happens(&input);
        }
    }

    /// Minutes go by; what is due on the way happens when it is due.
    pub(crate) fn minutes(&mut self, minutes: i64) {
        let until = self.now + SignedDuration::from_mins(minutes);
        for _ in 0..2000 {
            match self.team.next_wakeup() {
                Some(wakeup) if wakeup.at <= until => {
                    self.now = self.now.max(wakeup.at);
                    self.happens(&Input::Woke);
                }
                Some(_) | None => {
                    self.now = until;
                    return;
                }
            }
        }
        panic!("the team wants to be woken again and again: {:?}", self.team.next_wakeup());
    }

    /// The process dies and another one starts from what was durable.
    pub(crate) fn restarts(&mut self) {
        let mut team = Team::new();
        for (n, changes) in self.journal.iter().enumerate() {
            let changes: Vec<Change> = postcard::from_bytes(changes).expect("it can be read");
            for change in &changes {
                team.apply(change);
            }
            if n == self.journal.len() / 2 {
                let image = postcard::to_allocvec(&team).expect("an image");
                team = postcard::from_bytes(&image).expect("what was written can be read");
            }
        }
        assert_eq!(team, self.team, "the state is the fold of its changes");
        self.slow = None;
        self.happens(&Input::Started);
    }

    /// The turn and the question that were asked last.
    pub(crate) fn on(&self) -> (u8, u8) {
        let last = |word: &str| {
            let mut firsts = self.world.messages.iter().rev().map(|message| &message.first);
            let number = firsts.find_map(|first| first.strip_prefix(word)).unwrap_or("1");
            let number: u8 = number[..1].parse().expect("a digit");
            number - 1
        };
        (last("Agenda of turn "), last("Question "))
    }

    /// What was told since the last time.
    pub(crate) fn told(&mut self) -> String {
        match &mut self.real {
            Some(real) => named(&std::mem::take(&mut real.told), self.thread),
            None => std::mem::take(&mut self.told),
        }
    }

    /// From now on it is told in the words that people read.
    pub(crate) fn in_full(&mut self) -> &mut Real {
        self.real.get_or_insert_default()
    }

    /// What the answer to the last request was.
    pub(crate) fn last_line(&self) -> &str {
        self.told.lines().last().unwrap_or_default().trim()
    }

    /// In a private chat the chat is the thread.
    pub(crate) fn in_private(&mut self, chat: ChannelId) {
        self.place = Place::Private;
        self.thread = Some(chat);
    }

    /// Decides, remembers, carries out, and tells the team how it went, until nothing is left.
    pub(crate) fn happens(&mut self, input: &Input) {
        let mut inputs = VecDeque::from([input.clone()]);
        while let Some(input) = inputs.pop_front() {
            let moment = Moment { now: self.now, chance: 7, bank: &self.bank, rules: &self.rules };
            let decision = self.team.decide(moment, &input);
            assert_eq!(decision, self.team.decide(moment, &input), "it decides the same twice");
            let Decision { changes, effects } = decision;
            let answers = effects.iter().filter(|effect| effect.answers().is_some()).count();
            let expected = usize::from(matches!(input, Input::Called { .. }));
            assert_eq!(answers, expected, "each request is answered once: {input:?}");
            self.remember(&changes);
            // Answers leave ahead of everything.
            let (answers, others): (Vec<_>, Vec<_>) =
                effects.into_iter().partition(|effect| effect.answers().is_some());
            for effect in answers.into_iter().chain(others) {
                self.keeps_secrets(&effect);
                if self.dies_at(&effect) {
                    return;
                }
                let (order, is_answer) = (effect.order(), effect.answers().is_some());
                if is_answer && order.is_some() && std::mem::take(&mut self.dies_answering) {
                    self.carry_out(effect);
                    return self.restarts();
                }
                let (Some(mut outcome), Some(order)) = (self.carry_out(effect), order) else {
                    continue;
                };
                if let OrderId::Interview { errand, .. } = order
                    && self.unheard.take_if(|kind| *kind == kind_of(errand)).is_some()
                {
                    let reason = "the connection broke".to_owned();
                    outcome = Outcome::Failed(Failure::Unavailable { reason });
                }
                if is_answer {
                    self.happens(&Input::Delivered { order, outcome });
                } else if let Some(held) = &mut self.slow {
                    held.push(Input::Delivered { order, outcome });
                } else {
                    inputs.push_back(Input::Delivered { order, outcome });
                }
            }
        }
    }

    fn remember(&mut self, changes: &[Change]) {
        self.journal.push(postcard::to_allocvec(changes).expect("changes can be written"));
        for change in changes {
            self.team.apply(change);
            if let Change::Interview { change, interview } = change {
                match **change {
                    InterviewChange::Asked { .. } => {
                        self.interview = *interview;
                        self.asked.push(*interview);
                    }
                    InterviewChange::Sealed { turn, by, .. } => {
                        self.sealed.insert((*interview, turn, by));
                    }
                    InterviewChange::Deleted { turn, .. } => {
                        let gone = (*interview, turn);
                        self.sealed.retain(|(of, turn, _)| (*of, *turn) != gone);
                    }
                    InterviewChange::Kept { .. } => {
                        self.opened.insert(*interview);
                    }
                    _ => {}
                }
            }
        }
    }

    /// Whether the process dies at this effect; then another one has started.
    fn dies_at(&mut self, effect: &Effect) -> bool {
        if effect.order().is_none() || effect.answers().is_some() {
            return false;
        }
        self.effects += 1;
        let Some(death) = self.death.filter(|death| death.at == self.effects) else { return false };
        self.death = None;
        self.deaths += 1;
        if death.happens {
            self.carry_out(effect.clone());
        }
        self.now += death.away;
        self.restarts();
        true
    }

    /// What is written on a card is told to nobody else before the opening, and never where it was
    /// not sealed.
    fn keeps_secrets(&self, effect: &Effect) {
        let text = format!("{effect:?}");
        if !text.contains("secret") {
            return;
        }
        for interview in &self.asked {
            for (turn, who) in [0, 1].into_iter().flat_map(|turn| PEOPLE.map(|who| (turn, who))) {
                let is_own = effect.answers().is_some_and(|to| to.token == who);
                let card = (*interview, turn, member(who));
                let may =
                    is_own || (self.opened.contains(interview) && self.sealed.contains(&card));
                let secret = self.secret(*interview, turn, who);
                assert!(may || !text.contains(&secret), "{who}'s card is told: {text}");
            }
        }
    }

    fn carry_out(&mut self, effect: Effect) -> Option<Outcome> {
        let seen = effect.clone();
        let outcome = self.happens_to(effect);
        if let Some(real) = &mut self.real
            && !matches!(outcome, Some(Outcome::Failed(_)))
        {
            real.reads(self.now, &seen, outcome.as_ref());
        }
        outcome
    }

    fn happens_to(&mut self, effect: Effect) -> Option<Outcome> {
        if let Some(OrderId::Interview { errand, .. }) = effect.order()
            && self.failures.front().is_some_and(|(kind, _)| *kind == kind_of(errand))
        {
            let (kind, failure) = self.failures.pop_front().expect("just seen");
            self.say(&format!("({kind:?} fails: {failure:?})"));
            return Some(Outcome::Failed(failure));
        }
        match effect {
            Effect::Reply { to, view, audience, order } => {
                let text = tell(&view);
                if audience == Audience::OnlyAsker {
                    self.say(&format!("  → {}: {text}", to.token));
                    return order.map(|_| Outcome::Done);
                }
                self.say(&format!("  → #prep: {text}"));
                let (message, _) = self.world.put(self.now, PREP, &text, None);
                self.world.replies.insert(to.id, message);
                Some(Outcome::Sent { message })
            }
            Effect::Update { to, view } => {
                self.say(&format!("  → {} (update): {}", to.token, tell(&view)));
                None
            }
            Effect::Acknowledge { .. } => None,
            Effect::Form { to, form } => {
                let FormView::Interview(form) = *form else { unreachable!("of interviews") };
                self.say(&format!("  → {} (form): {}", to.token, tell_form(&form)));
                None
            }
            Effect::Send { channel, view, nonce, attempt, after, .. } => {
                assert!(nonce.len() <= 20, "{nonce}");
                let text = tell(&view);
                let (message, new) =
                    self.world.put(self.now, channel, &text, Some((nonce, attempt, after)));
                if new {
                    self.say(&format!("  → thread: {text}"));
                }
                Some(Outcome::Sent { message })
            }
            Effect::Edit { channel, message, view, .. } => {
                let text = tell(&view);
                let place = if channel == PREP { "#prep" } else { "thread" };
                self.say(&format!("  ~ {place}: {text}"));
                self.world.edit(message, &text);
                Some(Outcome::Done)
            }
            Effect::StartThread { name, private, attempt, .. } => {
                let thread = self.world.open(&name, attempt);
                self.thread = Some(thread);
                let private = if private { "private" } else { "public" };
                self.say(&format!("  → #prep: {private} thread \"{name}\""));
                Some(Outcome::Opened { thread })
            }
            Effect::FindReply { request, .. } => Some(match self.world.replies.get(&request) {
                Some(message) => Outcome::Sent { message: *message },
                None => Outcome::NotFound,
            }),
            Effect::React { .. } => Some(Outcome::Done),
            Effect::ReadReactions { .. } => Some(Outcome::Reactors { members: Vec::new() }),
            Effect::AddToThread { thread, member, .. } => {
                let people = self.world.in_thread.entry(thread).or_default();
                if !people.contains(&member) {
                    people.push(member);
                    self.say(&format!("  → thread: + {}", name_of(member)));
                }
                Some(Outcome::Done)
            }
            other => unreachable!("no effect of interviews: {other:?}"),
        }
    }

    /// Writes a line down, where it is told in short.
    pub(crate) fn say(&mut self, line: &str) {
        if self.real.is_none() {
            for line in line.lines() {
                say(&mut self.told, self.now, line, None);
            }
        }
    }
}

const fn kind_of(errand: Errand) -> Kind {
    match errand {
        Errand::Announce => Kind::Announce,
        Errand::Correct => Kind::Correct,
        Errand::Thread => Kind::Thread,
        Errand::Add(_) => Kind::Add,
        Errand::Say(_) => Kind::Say,
        Errand::Mend(_) => Kind::Mend,
    }
}
