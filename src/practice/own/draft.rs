//! A member's own practice as it will be after the decision that is being made, so that what is
//! said tells of what was just changed.

use std::sync::Arc;

use super::OwnFormView;
use super::OwnRefusal;
use super::change::OwnChange;
use super::day::{date_of, number_of};
use super::state::{DayNumber, Key, Own, Settings};
use super::view::{Graded, Known, OwnQuestion, OwnView, PartOf};
use crate::bank::Question;
use crate::practice::change::Change;
use crate::practice::decide::{Decision, Moment};
use crate::practice::effect::{Audience, Effect};
use crate::practice::ids::{MemberId, splitmix};
use crate::practice::input::Ask;
use crate::practice::streak::Standing;
use crate::practice::team::{Member, Team};
use crate::practice::view::{Counted, FormView, View};

/// So many days may a member's date lie before the last one on which they did something: two
/// places on earth are never further apart.
pub(super) const WEST: DayNumber = 2;

/// A member's own practice and the decision about it.
#[derive(Debug)]
pub(in crate::practice) struct Draft<'a> {
    pub(super) team: &'a Team,
    pub(super) moment: Moment<'a>,
    pub(super) member: MemberId,
    /// The practice day that they live in. It never goes back: whoever travels west lives a date
    /// twice, and what they do then is of the later one.
    pub(super) today: DayNumber,
    /// As it will be.
    pub(super) own: Own,
    pub(super) decision: &'a mut Decision,
    /// What the day counted for, once it did.
    pub(super) counted: Option<(Standing, Counted)>,
}

impl<'a> Draft<'a> {
    /// A decision about a member.
    pub(in crate::practice) fn of(
        team: &'a Team,
        moment: Moment<'a>,
        member: MemberId,
        decision: &'a mut Decision,
    ) -> Self {
        let own = team.members.get(&member).map(|member| member.own.clone()).unwrap_or_default();
        let today = own.day(number_of(team.today(moment, member)));
        Self { team, moment, member, today, own, decision, counted: None }
    }

    /// What is remembered of the member beside their own practice.
    pub(super) fn known_as(&self) -> Option<&'a Member> {
        self.team.members.get(&self.member)
    }

    /// Remembers a change.
    pub(super) fn change(&mut self, change: OwnChange) {
        self.own.apply(&change);
        let member = self.member;
        self.decision.change(Change::Own { member, change: Box::new(change) });
    }

    /// Counts the day.
    pub(super) fn practise(&mut self) -> (Standing, Counted) {
        if let Some(counted) = &self.counted {
            return counted.clone();
        }
        let counted = self.team.practise(self.moment, self.member, self.decision);
        self.counted = Some(counted.clone());
        counted
    }

    /// The standing, where this decision made the day count.
    pub(super) fn news(&self) -> Option<(Standing, Counted)> {
        self.counted.clone().filter(|(_, counted)| *counted == Counted::Now)
    }

    /// What the member settled, or the usual.
    pub(super) fn settings(&self) -> Settings {
        self.own.settings.clone().unwrap_or_default()
    }

    /// The question of this key: as the bank has it, else as a post asked it.
    pub(super) fn find(&self, key: Key) -> Result<Arc<Question>, OwnRefusal> {
        let posted = || {
            let mut posts = self.team.posts.values();
            posts.find(|post| Key::of(&post.question.id) == key).map(|post| &post.question)
        };
        self.moment.bank.by_key(key).or_else(posted).cloned().ok_or(OwnRefusal::QuestionGone)
    }

    /// A question in private, as it stands for the member.
    pub(super) fn question(&self, question: Arc<Question>, part_of: PartOf) -> OwnQuestion {
        let key = Key::of(&question.id);
        let miss = self.known_as().and_then(|member| member.misses.get(&question.id));
        let miss = miss.filter(|_| self.own.made_up_for() != Some(key));
        OwnQuestion {
            part_of,
            known: self.known(key),
            missed_points: miss.into_iter().flat_map(|miss| miss.points.iter().copied()).collect(),
            two_grades: self.settings().two_grades,
            before: None,
            typed: None,
            question,
        }
    }

    /// What the member remembers of a question.
    pub(super) fn known(&self, key: Key) -> Known {
        let Some(memory) = self.own.memory(key) else { return Known::Unseen };
        match (memory.grade, memory.due()) {
            (Some(grade), Some(due)) => Known::Graded {
                grade,
                grades: memory.grades,
                lapses: memory.lapses,
                due: date_of(due),
            },
            _ => Known::Met,
        }
    }

    /// A question with its answer.
    pub(super) fn answer(&self, question: OwnQuestion, graded: Option<Graded>) -> OwnView {
        let question = self.with_typed(question);
        OwnView::Answer { question, graded, standing: self.news() }
    }

    /// A number that is the member's for this question, for what is equal otherwise.
    pub(super) fn chance(&self) -> impl Fn(Key) -> u64 + use<> {
        let seed = self.team.seed.unwrap_or_default() ^ splitmix(self.member.0);
        move |key| splitmix(seed ^ key.number())
    }

    /// Answers so that only the asker reads it.
    pub(super) fn tell(&mut self, ask: &Ask, view: OwnView) {
        self.decision.tell(ask, View::Own(Box::new(view)));
    }

    /// Answers so that everybody in the channel reads it.
    pub(super) fn tell_all(&mut self, ask: &Ask, view: OwnView) {
        self.decision.effect(Effect::Reply {
            to: ask.interaction.clone(),
            view: Box::new(View::Own(Box::new(view))),
            audience: Audience::Everyone,
            order: None,
        });
    }

    /// Answers a press by changing the message on which it was made.
    pub(super) fn update(&mut self, ask: &Ask, view: OwnView) {
        let (to, view) = (ask.interaction.clone(), Box::new(View::Own(Box::new(view))));
        self.decision.effect(Effect::Update { to, view });
    }

    /// Answers a press with a form.
    pub(super) fn form(&mut self, ask: &Ask, form: OwnFormView) {
        let (to, form) = (ask.interaction.clone(), Box::new(FormView::Own(form)));
        self.decision.effect(Effect::Form { to, form });
    }
}

impl Own {
    /// The practice day that a member lives in, if this is their date.
    pub(super) fn day(&self, date: DayNumber) -> DayNumber {
        let last = self.days.last().map_or(date, |log| log.day);
        if last > date && last - date <= WEST { last } else { date }
    }
}
