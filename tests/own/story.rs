//! Tells a story about own practice to one team, and writes down what everybody sees. Each decision
//! is made twice, each request has to be answered once, and the process may die at any effect.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use mockingbird::bank::QuestionBank;
use mockingbird::judge::{Asking, Opinion};
use mockingbird::practice::effect::{Attempt, Audience, Failure, OrderId, Step};
use mockingbird::practice::input::{
    Ask, Call, FormId, Interaction, MenuId, Place, Press, Subject, Wanted,
};
use mockingbird::practice::interview::{MockCall, MockMenu, MockPress, Of};
use mockingbird::practice::own::{Flow, OwnCall, OwnForm, OwnMenu, OwnPress, OwnView};
use mockingbird::practice::rules::{Rules, Zone};
use mockingbird::practice::view::View;
use mockingbird::practice::{
    Change, ChannelId, Decision, Effect, Input, InterviewId, MemberId, MessageId, Moment, Outcome,
    PostId, Team,
};

use crate::real::Real;
use crate::seed::{member, name_of, plans, questions};
use crate::tell::tell;
use crate::transcript;

/// The channel in which stories happen.
pub(crate) const PREP: ChannelId = ChannelId(200);
/// A private chat, and a thread.
pub(crate) const CHAT: ChannelId = ChannelId(300);
pub(crate) const THREAD: ChannelId = ChannelId(500);

/// At which effect the process dies, whether that effect still happens, and how long it is dead.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Death {
    pub(crate) at: usize,
    pub(crate) happens: bool,
    pub(crate) away: SignedDuration,
}

/// A story about one team.
pub(crate) struct Story {
    pub(crate) team: Team,
    pub(crate) now: Timestamp,
    pub(crate) bank: QuestionBank,
    pub(crate) rules: Rules,
    /// The changes of every decision, as they are kept.
    pub(crate) journal: Vec<Vec<u8>>,
    told: String,
    next_id: u64,
    /// How the next whisper, digest or rewrite ends, instead of well.
    failures: VecDeque<Failure>,
    /// The next of them works, but nobody hears of it.
    pub(crate) unheard: bool,
    /// What was sent to whom or where: private messages and posts of the week, by nonce.
    pub(crate) sent: BTreeMap<String, (Timestamp, String)>,
    /// Who has reacted to which message: that stays, whatever the bot forgets.
    reactions: BTreeMap<MessageId, BTreeSet<MemberId>>,
    /// What the newest post asks.
    newest: String,
    /// The newest post, interview, sprint.
    pub(crate) post: PostId,
    pub(crate) interview: InterviewId,
    pub(crate) sprint: u64,
    /// Effects that ask for an outcome, so far.
    pub(crate) effects: usize,
    pub(crate) death: Option<Death>,
    /// Whether older files were removed since somebody was forgotten.
    pub(crate) rewritten: usize,
    real: Option<Real>,
    private: bool,
    /// What the coach was asked, and what it thinks of everything; none: it does not answer.
    pub(crate) asked_of_coach: Vec<Asking>,
    pub(crate) opinion: Option<Opinion>,
    /// Outcomes are held back while the coach thinks.
    pub(crate) coach_thinks: bool,
    pub(crate) held_back: Vec<Input>,
    /// The names of what was typed last by whom to which question, as they were told.
    typed: BTreeMap<(MemberId, u64), u64>,
}

/// How long the world remembers nonces.
const NONCE_REMEMBERED: SignedDuration = SignedDuration::from_mins(3);

impl Story {
    /// A team that has just met the bot, on a Monday at eight.
    pub(crate) fn new() -> Self {
        Self::with(Self::rules())
    }

    /// The usual rules, with a plan of one question.
    pub(crate) fn rules() -> Rules {
        Rules { plans: Arc::new(plans()), ..Rules::default() }
    }

    /// The same under other rules.
    pub(crate) fn with(rules: Rules) -> Self {
        let mut story = Self {
            team: Team::new(),
            now: "2026-11-02T08:00:00Z".parse().expect("a timestamp"),
            bank: QuestionBank::of(questions()),
            rules,
            journal: Vec::new(),
            told: String::new(),
            next_id: 300_000_000_000_000_000,
            failures: VecDeque::new(),
            unheard: false,
            sent: BTreeMap::new(),
            reactions: BTreeMap::new(),
            newest: String::new(),
            post: PostId(0),
            interview: InterviewId(0),
            sprint: 0,
            effects: 0,
            death: None,
            rewritten: 0,
            real: None,
            private: false,
            asked_of_coach: Vec::new(),
            opinion: None,
            coach_thinks: false,
            held_back: Vec::new(),
            typed: BTreeMap::new(),
        };
        story.happens(&Input::Connected { channels: vec![PREP] });
        story
    }

    /// From now on it is told in the words that people read.
    pub(crate) fn in_full(&mut self) {
        self.real.get_or_insert_default();
    }

    /// From now on it happens in a private chat.
    pub(crate) fn in_private(&mut self) {
        self.private = true;
    }

    /// What happens, of which nothing is told but that.
    pub(crate) fn quietly(&mut self, what: &str, happens: impl FnOnce(&mut Self)) {
        let now = self.now;
        self.real().say(now, &format!("({what})"), None);
        self.real().quiet = true;
        happens(self);
        self.real().quiet = false;
    }

    /// A member presses the button with this label.
    pub(crate) fn taps(&mut self, who: &str, label: &str) {
        let (now, call) = (self.now, self.real().pressed(who, label));
        self.real().say(now, &format!("{who} presses [{label}]"), None);
        self.called(who, call);
    }

    /// A member chooses the option with this label.
    pub(crate) fn picks(&mut self, who: &str, label: &str) {
        let (now, call) = (self.now, self.real().chosen(who, label));
        self.real().say(now, &format!("{who} chooses {label}"), None);
        self.called(who, call);
    }

    /// A member chooses these options, by their labels.
    pub(crate) fn marks(&mut self, who: &str, labels: &[&str]) {
        let (now, call) = (self.now, self.real().marked(who, labels));
        self.real().say(now, &format!("{who} chooses {}", labels.join("; ")), None);
        self.called(who, call);
    }

    /// A member sends the form that is open to them.
    pub(crate) fn sends(&mut self, who: &str, text: &str) {
        let (now, call) = (self.now, self.real().sent(text));
        self.real().say(now, &format!("{who} sends {text:?}"), None);
        self.called(who, call);
    }

    /// A member types a command.
    pub(crate) fn types(&mut self, who: &str, line: &str, call: Call) {
        let now = self.now;
        self.real().say(now, &format!("{who} runs {line}"), None);
        self.called(who, call);
    }

    /// A member types a command that posts a question.
    pub(crate) fn asks(&mut self, who: &str, line: &str, call: Call) {
        self.post = PostId(self.next_id + 1);
        self.types(who, line, call);
    }

    /// Whether the newest picture ends with this date.
    pub(crate) fn picture_up_to(&mut self, date: &str) -> bool {
        self.real().picture.as_ref().is_some_and(|picture| picture.today.to_string() == date)
    }

    /// What people have read since the last time.
    pub(crate) fn read(&mut self) -> String {
        self.real().told()
    }

    fn real(&mut self) -> &mut Real {
        self.real.as_mut().expect("it is told in full")
    }

    /// The next private message, post of the week or rewriting fails so.
    pub(crate) fn fails(&mut self, failure: Failure) {
        self.failures.push_back(failure);
    }

    /// Nothing fails any more.
    pub(crate) fn works_again(&mut self) {
        self.failures.clear();
        self.unheard = false;
        self.death = None;
    }

    /// Time goes on to this moment; what is due on the way happens when it is due.
    pub(crate) fn at(&mut self, moment: &str) {
        self.until(moment.parse().expect("a timestamp"));
    }

    /// When the team wants to be woken.
    pub(crate) fn wakes(&self) -> String {
        self.team.next_wakeup().map_or("never".to_owned(), |wakeup| wakeup.at.to_string())
    }

    /// Hours go by.
    pub(crate) fn hours(&mut self, hours: i64) {
        self.until(self.now + SignedDuration::from_hours(hours));
    }

    fn until(&mut self, until: Timestamp) {
        for _ in 0..2000 {
            match self.team.next_wakeup() {
                Some(wakeup) if wakeup.at <= until => {
                    self.now = self.now.max(wakeup.at);
                    self.happens(&Input::Woke);
                }
                Some(_) | None => {
                    self.now = self.now.max(until);
                    return;
                }
            }
        }
        panic!("the team wants to be woken again and again: {:?}", self.team.next_wakeup());
    }

    /// The process is not there until this moment, and starts again then.
    pub(crate) fn away_until(&mut self, moment: &str) {
        self.now = moment.parse().expect("a timestamp");
        self.say("(the bot was away)");
        self.restarts();
        self.hours(0);
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
        self.happens(&Input::Started);
    }

    /// A member runs a command of their own practice.
    pub(crate) fn runs(&mut self, who: &str, call: OwnCall) {
        self.say(&format!("{who} runs {}", short(&call)));
        let is_sprint = matches!(call, OwnCall::Sprint { .. });
        self.called(who, Call::Own(call));
        if is_sprint {
            self.sprint = self.next_id;
        }
    }

    /// A member presses a button.
    pub(crate) fn presses(&mut self, who: &str, press: OwnPress) {
        self.say(&format!("{who} presses {}", named(&press)));
        self.called(who, Call::Press(Press::Own(press)));
    }

    /// A member chooses an option of a menu, by its value.
    pub(crate) fn chooses(&mut self, who: &str, menu: OwnMenu, value: u8) {
        self.say(&format!("{who} chooses {value} of {menu:?}"));
        let place = menu.values().iter().position(|one| *one == value).expect("an option");
        let chosen = vec![u8::try_from(place).expect("small")];
        self.called(who, Call::Choose(MenuId::Own(menu), chosen));
    }

    /// A member types an answer.
    pub(crate) fn types_answer(&mut self, who: &str, question: &str, flow: Flow, text: &str) {
        self.say(&format!("{who} types to {question} ({flow:?}): {text:?}"));
        let form = OwnForm::Typed(crate::seed::key(question), flow);
        self.called(who, Call::Submit(FormId::Own(form), vec![text.to_owned()]));
    }

    /// A member says which key points they made.
    pub(crate) fn chooses_points(&mut self, who: &str, question: &str, flow: Flow, made: &[u8]) {
        self.say(&format!("{who} says that they made {made:?} of {question}"));
        let menu = MenuId::Own(OwnMenu::Made(self.typed_of(who, question), flow));
        self.called(who, Call::Choose(menu, made.to_vec()));
    }

    /// A member says of a key point of what they typed last whether they made it.
    pub(crate) fn says(
        &mut self,
        who: &str,
        question: &str,
        flow: Flow,
        (point, made): (u8, bool),
    ) {
        let what = if made { "made" } else { "did not make" };
        self.say(&format!("{who} says that they {what} {point} of {question}"));
        let typed = self.typed_of(who, question);
        self.called(who, Call::Press(Press::Own(OwnPress::Said(typed, flow, point, made))));
    }

    /// The name of what a member typed last as an answer to a question; 0 if they never did.
    pub(crate) fn typed_of(&self, who: &str, question: &str) -> u64 {
        let of = (member(who), crate::seed::key(question).number());
        self.typed.get(&of).copied().unwrap_or_default()
    }

    /// A member fills in a form.
    pub(crate) fn submits(&mut self, who: &str, form: OwnForm, text: &str) {
        self.say(&format!("{who} writes {text:?}"));
        self.called(who, Call::Submit(FormId::Own(form), vec![text.to_owned()]));
    }

    /// A quiz about a topic.
    pub(crate) fn quiz(&mut self, who: &str, topic: &str) {
        self.say(&format!("{who} runs /quiz {topic}"));
        let subject = Subject::Topic(mockingbird::bank::Topic::new(topic));
        self.post = PostId(self.next_id + 1);
        self.called(who, Call::Quiz(Wanted { subject, level: None, kind: None }));
    }

    /// "Show me" under the newest post.
    pub(crate) fn shows(&mut self, who: &str) {
        self.say(&format!("{who} presses Show me"));
        self.called(who, Call::Press(Press::Show(self.post)));
    }

    /// A reaction to the newest post.
    pub(crate) fn reacts(&mut self, who: &str) {
        let now = self.now;
        if let Some(real) = &mut self.real {
            real.say(now, &format!("{who} reacts"), None);
        }
        self.say(&format!("{who} reacts"));
        self.reacts_unseen(who);
        self.happens(&Input::Reacted {
            channel: PREP,
            message: MessageId(self.post.0),
            member: member(who),
            by: mockingbird::practice::input::Reactor::Person,
            emoji: self.rules.reveal.emoji.clone(),
        });
    }

    /// The same while the bot does not look.
    pub(crate) fn reacts_unseen(&mut self, who: &str) {
        self.reactions.entry(MessageId(self.post.0)).or_default().insert(member(who));
    }

    /// A new session begins: what happened in between is caught up with.
    pub(crate) fn connects(&mut self) {
        self.happens(&Input::Connected { channels: vec![PREP] });
    }

    /// A member settles in another zone.
    pub(crate) fn moves(&mut self, who: &str, zone: &str) {
        self.say(&format!("{who} runs /zone {zone}"));
        let zone = Zone::named(zone);
        self.called(who, Call::Zone { zone });
    }

    /// A whole interview of one question: the candidate makes so many of five points, and all
    /// seal their cards.
    pub(crate) fn interview(&mut self, candidate: &str, interviewer: &str, points: &[u8]) {
        self.begin_interview(candidate, interviewer);
        self.mock(interviewer, Call::Choose(self.menu(MockMenu::Points(0, 0)), points.to_vec()));
        self.mock(interviewer, Call::Press(self.mock_press(MockPress::Next(0, 0))));
        for who in [candidate, interviewer] {
            self.mock(who, Call::Press(self.mock_press(MockPress::Card)));
            self.mock(who, Call::Choose(self.menu(MockMenu::Band(0, 0)), vec![2]));
            self.mock(who, Call::Press(self.mock_press(MockPress::Seal(0))));
        }
    }

    /// The same as far as its first question.
    pub(crate) fn begin_interview(&mut self, candidate: &str, interviewer: &str) {
        self.say(&format!("{interviewer} interviews {candidate}"));
        let call = MockCall::Start {
            plan: mockingbird::plans::PlanId::new("one"),
            candidate: Some(member(candidate)),
            interviewers: vec![member(interviewer)],
            public: true,
        };
        self.interview = InterviewId(self.next_id + 1);
        self.mock(candidate, Call::Mock(call));
        for who in [candidate, interviewer] {
            self.mock(who, Call::Press(self.mock_press(MockPress::Join)));
        }
    }

    /// Its end before its time.
    pub(crate) fn end_interview(&mut self, who: &str) {
        self.mock(who, Call::Mock(MockCall::End));
    }

    fn mock_press(&self, what: MockPress) -> Press {
        Press::Mock(Of { interview: self.interview, what })
    }

    fn menu(&self, what: MockMenu) -> MenuId {
        MenuId::Mock(Of { interview: self.interview, what })
    }

    /// Something about an interview, of which nothing is written down.
    pub(crate) fn mock(&mut self, who: &str, call: Call) {
        let before = self.told.clone();
        let is_start = matches!(call, Call::Mock(MockCall::Start { .. }));
        self.called_in(if is_start { PREP } else { THREAD }, who, call);
        let reminders = self.told[before.len()..].lines().filter(|line| line.contains("to "));
        let reminders: String = reminders.flat_map(|line| [line, "\n"]).collect();
        assert!(!reminders.contains("Reminder"), "nobody is reminded by an interview");
        self.told = before;
    }

    /// Something that a member wants, in the channel.
    pub(crate) fn called(&mut self, who: &str, call: Call) {
        self.called_in(PREP, who, call);
    }

    pub(crate) fn called_in(&mut self, channel: ChannelId, who: &str, call: Call) {
        self.next_id += 1;
        let interaction = Interaction { id: self.next_id, token: who.to_owned() };
        let place = match channel {
            _ if self.private => Place::Private,
            PREP => Place::Channel,
            CHAT => Place::Private,
            _ => Place::Thread,
        };
        let ask = Ask { interaction, member: member(who), channel, place };
        self.happens(&Input::Called { ask, call: Ok(call) });
    }

    /// What was told since the last time.
    pub(crate) fn told(&mut self) -> String {
        std::mem::take(&mut self.told)
    }

    /// What the newest post asks.
    pub(crate) fn asked(&self) -> String {
        self.newest.clone()
    }

    /// Which question the last answer of a review asks.
    pub(crate) fn under_review(&self) -> String {
        let last = self.last();
        let (_, question) = last.split_once("] ").expect("a question of a review");
        question.split(' ').next().unwrap_or_default().to_owned()
    }

    /// How much was told so far.
    pub(crate) fn mark(&self) -> usize {
        self.told.lines().count()
    }

    /// Of what was told since then, only the first two lines and the last one are kept.
    pub(crate) fn in_brief(&mut self, mark: usize) {
        let lines: Vec<_> = self.told.lines().collect();
        let last = lines.len() - 1;
        let kept = |place: usize| place < mark + 2 || place == last;
        let brief = lines.iter().enumerate().filter(|(place, _)| kept(*place));
        self.told = brief.flat_map(|(_, line)| [line, "\n"]).collect();
    }

    /// The last line that was told.
    pub(crate) fn last(&self) -> String {
        let line = self.told.lines().last().unwrap_or_default();
        line.split_once(": ").map_or_else(String::new, |(_, said)| said.trim().to_owned())
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
            self.journal.push(postcard::to_allocvec(&changes).expect("changes can be written"));
            for change in &changes {
                self.team.apply(change);
            }
            for effect in effects {
                if self.dies_at(&effect) {
                    return;
                }
                let order = effect.order();
                let (now, seen) = (self.now, effect.clone());
                let outcome = self.carry_out(effect);
                if let Some(real) = &mut self.real {
                    real.reads(now, &seen, outcome.as_ref());
                }
                if let (Some(mut outcome), Some(order)) = (outcome, order) {
                    let is_own = !matches!(order, OrderId::Post { .. } | OrderId::Interview { .. });
                    if is_own && std::mem::take(&mut self.unheard) {
                        self.say("(nobody hears of it)");
                        let reason = "the connection broke".to_owned();
                        outcome = Outcome::Failed(Failure::Unavailable { reason });
                    }
                    let input = Input::Delivered { order, outcome };
                    if self.coach_thinks && matches!(order, OrderId::Coach { .. }) {
                        self.held_back.push(input);
                    } else {
                        inputs.push_back(input);
                    }
                }
            }
        }
    }

    /// Whether the process dies at this effect; then another one has started.
    fn dies_at(&mut self, effect: &Effect) -> bool {
        if effect.order().is_none() || matches!(effect, Effect::Reply { .. }) {
            return false;
        }
        self.effects += 1;
        let Some(death) = self.death.filter(|death| death.at == self.effects) else { return false };
        self.death = None;
        if death.happens {
            self.carry_out(effect.clone());
        }
        self.now += death.away;
        self.restarts();
        self.hours(0);
        true
    }

    fn carry_out(&mut self, effect: Effect) -> Option<Outcome> {
        if let Effect::Reply { to, view, .. }
        | Effect::Update { to, view }
        | Effect::Consult { to, view, .. } = &effect
            && let View::Own(view) = &**view
            && let OwnView::Typed { question, .. } = &**view
        {
            let key = crate::seed::key(question.question.id.as_str());
            let name = question.typed.as_ref().map_or(0, |typed| typed.name);
            self.typed.insert((member(&to.token), key.number()), name);
        }
        match effect {
            Effect::Reply { to, view, audience, order } => {
                let everyone = audience == Audience::Everyone;
                let whom = if everyone { "everybody" } else { &to.token };
                let text = tell(&view);
                self.say(&format!("  to {whom}: {text}"));
                if let Some(question) = text.strip_prefix("Question: ") {
                    question.clone_into(&mut self.newest);
                }
                order.map(|_| Outcome::Sent { message: MessageId(to.id) })
            }
            Effect::Update { to, view } => {
                self.say(&format!("  to {} (update): {}", to.token, tell(&view)));
                None
            }
            Effect::Consult { to, view, asking, .. } => {
                self.say(&format!("  to {} (update): {}", to.token, tell(&view)));
                self.asked_of_coach.push(*asking);
                Some(Outcome::Opined { to, opinion: self.opinion.clone() })
            }
            Effect::Amend { to, view, .. } => {
                self.say(&format!("  to {} (amended): {}", to.token, tell(&view)));
                None
            }
            Effect::Form { to, form } => {
                let text = format!("{form:?}");
                self.say(&format!("  to {} (form): {text}", to.token));
                None
            }
            Effect::Acknowledge { .. } => None,
            Effect::Rewrite { then, .. } => {
                if let Some(failure) = self.failures.pop_front() {
                    self.say(&format!("(rewriting fails: {failure:?})"));
                    return Some(Outcome::Failed(failure));
                }
                self.rewritten += 1;
                if let Some((to, view)) = then {
                    self.say(&format!("  to {}: {}", to.token, tell(&view)));
                }
                Some(Outcome::Done)
            }
            Effect::Whisper { member, view, nonce, attempt, .. } => {
                assert!(nonce.len() <= 25, "{nonce}");
                Some(self.once(&format!("{} (private)", name_of(member)), &view, nonce, attempt))
            }
            Effect::Send {
                order: OrderId::Digest { .. }, view, nonce, attempt, channel, ..
            } => {
                assert!(nonce.len() <= 20, "{nonce}");
                Some(self.once(&format!("<#{channel}>"), &view, nonce, attempt))
            }
            Effect::Send { .. } => {
                self.next_id += 1;
                Some(Outcome::Sent { message: MessageId(self.next_id) })
            }
            Effect::StartThread { .. } => Some(Outcome::Opened { thread: ChannelId(500) }),
            Effect::OpenThread { message, .. } => {
                Some(Outcome::Opened { thread: ChannelId(message.0) })
            }
            Effect::ReadReactions { message, .. } => {
                let members = self.reactions.get(&message).into_iter().flatten().copied();
                Some(Outcome::Reactors { members: members.collect() })
            }
            Effect::React { .. } | Effect::Edit { .. } | Effect::AddToThread { .. } => {
                Some(Outcome::Done)
            }
            Effect::Find { order, .. } => {
                let post = order.post().expect("of a post");
                assert_eq!(order.step(), Some(Step::Find));
                Some(Outcome::Sent { message: MessageId(post.0) })
            }
            Effect::FindReply { request, .. } => {
                Some(Outcome::Sent { message: MessageId(request) })
            }
        }
    }

    /// What is sent once, however often it is tried.
    fn once(&mut self, to: &str, view: &View, nonce: String, attempt: Attempt) -> Outcome {
        if let Some(failure) = self.failures.pop_front() {
            self.say(&format!("(sending to {to} fails: {failure:?})"));
            return Outcome::Failed(failure);
        }
        let text = tell(view);
        let since = match attempt {
            Attempt::Nonce { .. } => self.now - NONCE_REMEMBERED,
            Attempt::LookFirst { since } => since,
        };
        match self.sent.get(&nonce) {
            Some((at, _)) if *at >= since => {}
            Some(_) => panic!("it is sent twice: {text}\n{}", self.told),
            None => {
                self.say(&format!("  to {to}: {text}"));
                self.sent.insert(nonce, (self.now, text));
            }
        }
        Outcome::Sent { message: MessageId(1) }
    }

    /// Writes a line down.
    pub(crate) fn say(&mut self, line: &str) {
        for line in line.lines() {
            let day = self.now.strftime("%b %d ").to_string();
            let mut told = String::new();
            transcript::say(&mut told, self.now, line, None);
            self.told.push_str(&(day + &told));
        }
    }
}

/// A command in short.
fn short(call: &OwnCall) -> String {
    match call {
        OwnCall::Sprint { minutes, topic } => {
            let topic = topic.as_ref().map_or("", |topic| topic.as_str());
            format!("/sprint {} {topic}", minutes.map_or(String::new(), |one| one.to_string()))
        }
        other => format!("{other:?}"),
    }
}

/// A button with the names of questions instead of their keys.
fn named(press: &OwnPress) -> String {
    let mut text = format!("{press:?}");
    for question in questions() {
        let key = format!("{:?}", crate::seed::key(question.id.as_str()));
        text = text.replace(&key, question.id.as_str());
    }
    text
}
