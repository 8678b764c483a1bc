//! What the people of a story do: commands, buttons, menus, forms.

use jiff::Timestamp;
use mockingbird::bank::Topic;
use mockingbird::plans::PlanId;
use mockingbird::practice::input::{
    Ask, Call, FormId, Interaction, MenuId, Place, Press, Subject, Wanted,
};
use mockingbird::practice::interview::{MockCall, MockForm, MockMenu, MockPress, Of};
use mockingbird::practice::{ChannelId, Input, InterviewId, PostId};

use crate::real::Real;
use crate::seed::member;
use crate::story::{PREP, Story};

impl Story {
    /// A member starts an interview by a plan.
    pub(crate) fn starts(&mut self, who: &str, plan: &str, others: (&str, &[&str])) {
        let (candidate, interviewers) = others;
        let call = MockCall::Start {
            plan: PlanId::new(plan),
            candidate: (!candidate.is_empty()).then(|| member(candidate)),
            interviewers: interviewers.iter().map(|who| member(who)).collect(),
            public: false,
        };
        self.say(&format!("{who} runs /mock start {plan} {candidate} {interviewers:?}"));
        self.sees(|real, now| real.runs(now, who, &call));
        self.called(who, PREP, Call::Mock(call));
    }

    /// A member runs another command, in the thread if there is one.
    pub(crate) fn runs(&mut self, who: &str, call: MockCall) {
        let channel = self.thread.unwrap_or(PREP);
        self.runs_in(channel, who, call);
    }

    /// A member runs another command somewhere.
    pub(crate) fn runs_in(&mut self, channel: ChannelId, who: &str, call: MockCall) {
        self.say(&format!("{who} runs {call:?}"));
        self.sees(|real, now| real.runs(now, who, &call));
        self.called(who, channel, Call::Mock(call));
    }

    /// A member presses a button in the thread.
    pub(crate) fn presses(&mut self, who: &str, press: MockPress) {
        let channel = self.thread.unwrap_or(PREP);
        self.presses_in(channel, who, press);
    }

    /// A member presses a button somewhere.
    pub(crate) fn presses_in(&mut self, channel: ChannelId, who: &str, press: MockPress) {
        self.say(&format!("{who} presses {press:?}"));
        let of = Of { interview: self.interview, what: press };
        self.sees(|real, now| real.presses(now, who, of));
        self.called(who, channel, Call::Press(Press::Mock(of)));
    }

    /// A member chooses from a menu.
    pub(crate) fn chooses(&mut self, who: &str, menu: MockMenu, chosen: &[u8]) {
        self.say(&format!("{who} chooses {chosen:?} of {menu:?}"));
        let of = Of { interview: self.interview, what: menu };
        self.sees(|real, now| real.chooses(now, who, of, chosen));
        let channel = self.thread.unwrap_or(PREP);
        self.called(who, channel, Call::Choose(MenuId::Mock(of), chosen.to_vec()));
    }

    /// A member sends a form.
    pub(crate) fn submits(&mut self, who: &str, form: MockForm, fields: &[&str]) {
        self.say(&format!("{who} submits {form:?} {fields:?}"));
        let of = Of { interview: self.interview, what: form };
        self.sees(|real, now| real.submits(now, who, fields));
        let fields = fields.iter().map(|&field| field.to_owned()).collect();
        let channel = self.thread.unwrap_or(PREP);
        self.called(who, channel, Call::Submit(FormId::Mock(of), fields));
    }

    /// A member fills in a scorecard and seals it.
    pub(crate) fn fills_in(&mut self, who: &str, turn: u8, bands: &[u8]) {
        self.presses(who, MockPress::Card);
        for (dimension, band) in (0..).zip(bands) {
            self.chooses(who, MockMenu::Band(turn, dimension), &[*band]);
        }
        let secret = self.secret(self.interview, turn, who);
        self.submits(who, MockForm::Comments(turn), &[&secret]);
        self.presses(who, MockPress::Seal(turn));
    }

    /// A member asks for a quiz in the channel and looks at its answer; which question it was.
    pub(crate) fn sees_in_channel(&mut self, who: &str, topic: &str) -> String {
        let subject = Subject::Topic(Topic::new(topic));
        self.called(who, PREP, Call::Quiz(Wanted { subject, ..Wanted::default() }));
        let post = PostId(self.next_id);
        self.called(who, PREP, Call::Press(Press::Show(post)));
        let known = self.world.messages.last().expect("the quiz");
        known.first.trim_start_matches("Quiz: ").to_owned()
    }

    /// What somebody writes on a scorecard, as nobody else does.
    pub(crate) fn secret(&self, interview: InterviewId, turn: u8, who: &str) -> String {
        let number = self.asked.iter().position(|asked| *asked == interview);
        format!("secret {turn} of {who} in {}.", number.map_or(0, |number| number + 1))
    }

    fn sees(&mut self, tell: impl FnOnce(&mut Real, Timestamp)) {
        if let Some(real) = &mut self.real {
            tell(real, self.now);
        }
    }

    pub(crate) fn called(&mut self, who: &str, channel: ChannelId, call: Call) {
        self.next_id += 1 << 22;
        let interaction = Interaction { id: self.next_id, token: who.to_owned() };
        let (member, place) = (member(who), self.place);
        let place = if Some(channel) == self.thread && place == Place::Channel {
            Place::Thread
        } else {
            place
        };
        let channel = match (place, self.thread) {
            (Place::Private, Some(chat)) => chat,
            _ => channel,
        };
        let ask = Ask { interaction, member, channel, place };
        self.happens(&Input::Called { ask, call: Ok(call) });
    }
}
