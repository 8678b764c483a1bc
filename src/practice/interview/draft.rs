//! An interview as it will be after the decision that is being made. What it says and what was
//! said of it is compared with what was true before, so that no rule has to remember which
//! messages it makes untrue; what is newly outstanding is done.

use super::InterviewChange;
use super::facts::later;
use super::state::{Announcement, Interview, Over, Said, Stage, What};
use super::view::{FormView, InterviewView};
use crate::practice::change::Change;
use crate::practice::decide::{Decision, Moment};
use crate::practice::effect::Effect;
use crate::practice::ids::MemberId;
use crate::practice::input::Ask;
use crate::practice::team::Team;
use crate::practice::view::View;

/// More is not said in one interview, however often people let it rest; its end always is.
const MOST_NOTES: usize = 1000;

/// An interview and the decision about it.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    pub(super) team: &'a Team,
    pub(super) moment: Moment<'a>,
    /// As it was; none where it is new, or where all that is outstanding is done anew.
    before: Option<&'a Interview>,
    /// As it will be.
    pub(super) after: Interview,
    pub(super) decision: &'a mut Decision,
    again: bool,
    forgotten: bool,
}

impl<'a> Draft<'a> {
    /// A decision about an interview.
    pub(super) fn of(
        team: &'a Team,
        moment: Moment<'a>,
        interview: &'a Interview,
        decision: &'a mut Decision,
    ) -> Self {
        let (before, after) = (Some(interview), interview.clone());
        Self { team, moment, before, after, decision, again: false, forgotten: false }
    }

    /// A decision about an interview that has just been asked for.
    pub(super) fn new(
        team: &'a Team,
        moment: Moment<'a>,
        interview: Interview,
        decision: &'a mut Decision,
    ) -> Self {
        let (before, after) = (None, interview);
        Self { team, moment, before, after, decision, again: false, forgotten: false }
    }

    /// Remembers a change.
    pub(super) fn change(&mut self, change: InterviewChange) {
        self.after.apply(&change);
        self.forgotten |= change == InterviewChange::Forgotten;
        let interview = self.after.id;
        self.decision.change(Change::Interview { interview, change: Box::new(change) });
    }

    /// It is so far now.
    pub(super) fn stage(&mut self, stage: Stage) {
        self.change(InterviewChange::StageIs { stage, at: self.moment.now });
    }

    /// Something is to be said in the thread.
    pub(super) fn say(&mut self, what: What) {
        let is_end = matches!(what, What::Cards | What::Opened(_) | What::Over);
        if self.after.notes.len() < MOST_NOTES || is_end {
            self.change(InterviewChange::Noted { what, at: self.moment.now });
        }
    }

    /// It is over without scorecards.
    pub(super) fn over(&mut self, why: Over) {
        self.stage(Stage::Over { since: self.moment.now, why });
        self.say(What::Over);
    }

    /// Somebody of it did something.
    pub(super) fn touch(&mut self) {
        if self.after.touched < self.moment.now {
            self.change(InterviewChange::Touched { at: self.moment.now });
        }
    }

    /// Counts the day for a member.
    pub(super) fn practise(&mut self, member: MemberId) {
        self.team.practise(self.moment, member, self.decision);
    }

    /// Something did not work and is tried again; it is to be done since then.
    pub(super) fn delay(&mut self, since: jiff::Timestamp) {
        let until = Interview::retry_at(self.moment.now, since);
        let until = self.after.delayed.map_or(until, |earlier| {
            if earlier > self.moment.now { earlier.min(until) } else { until }
        });
        self.change(InterviewChange::Delayed { until: Some(until) });
    }

    /// All that is outstanding is done anew: after a crash, or after a delay.
    pub(super) fn resume(&mut self) {
        self.again = true;
        if self.after.delayed.is_some() {
            self.change(InterviewChange::Delayed { until: None });
        }
        if let Announcement::Staler(message) = self.after.announcement {
            let announcement = Announcement::Stale(message);
            self.change(InterviewChange::Announced { announcement });
        }
        let staler: Vec<_> = (0..)
            .zip(&self.after.notes)
            .filter_map(|(place, note)| match note.said {
                Said::Staler(message) => Some((place, message)),
                Said::Wanted | Said::Stands(_) | Said::Stale(_) | Said::Never => None,
            })
            .collect();
        for (note, message) in staler {
            self.change(InterviewChange::SaidIs { note, said: Said::Stale(message) });
        }
    }

    /// What came of it: the messages that are not true any more, and what is newly outstanding.
    pub(super) fn finish(mut self) {
        if self.forgotten {
            return;
        }
        self.restate();
        let before = match self.before {
            Some(before) if !self.again => before.errands(false),
            Some(_) | None => Vec::new(),
        };
        for errand in self.after.errands(self.again) {
            if !before.contains(&errand)
                && let Some(effect) = self.after.effect(errand, self.moment.now, self.again)
            {
                self.decision.effect(effect);
            }
        }
    }

    /// Finds the messages that are not true any more.
    fn restate(&mut self) {
        let Some(before) = self.before else { return };
        if before.face() != self.after.face() {
            let announcement = match self.after.announcement {
                Announcement::True(message) => Some(Announcement::Stale(message)),
                Announcement::Stale(message) if !self.again => Some(Announcement::Staler(message)),
                Announcement::Stale(_) | Announcement::Staler(_) | Announcement::None => None,
            };
            if let Some(announcement) = announcement {
                self.change(InterviewChange::Announced { announcement });
            }
        }
        let mut untrue = Vec::new();
        for (place, (was, note)) in (0..).zip(before.notes.iter().zip(&self.after.notes)) {
            let said = match note.said {
                Said::Stands(message) => Said::Stale(message),
                Said::Stale(message) if !self.again => Said::Staler(message),
                Said::Stale(_) | Said::Wanted | Said::Staler(_) | Said::Never => continue,
            };
            // What was said only now was compared when that was heard.
            if was.said == Said::Wanted {
                continue;
            }
            if let (Some(before), Some(after)) = (before.claim(was), self.after.claim(note))
                && before != after
            {
                untrue.push(InterviewChange::SaidIs { note: place, said });
            }
        }
        for change in untrue {
            self.change(change);
        }
    }

    /// Whether nothing more is to be decided about it.
    pub(super) const fn is_forgotten(&self) -> bool {
        self.forgotten
    }

    /// Answers a press with nothing: what comes of it is seen in the thread.
    pub(super) fn acknowledge(&mut self, ask: &Ask) {
        self.decision.effect(Effect::Acknowledge { to: ask.interaction.clone() });
    }

    /// Answers a press by changing the message on which it was made.
    pub(super) fn update(&mut self, ask: &Ask, view: InterviewView) {
        let (to, view) = (ask.interaction.clone(), Box::new(View::Interview(Box::new(view))));
        self.decision.effect(Effect::Update { to, view });
    }

    /// Answers so that only the asker reads it.
    pub(super) fn tell(&mut self, ask: &Ask, view: InterviewView) {
        self.decision.tell(ask, View::Interview(Box::new(view)));
    }

    /// Answers a press with a form.
    pub(super) fn form(&mut self, ask: &Ask, form: FormView) {
        self.decision.effect(Effect::Form {
            to: ask.interaction.clone(),
            form: Box::new(crate::practice::view::FormView::Interview(form)),
        });
    }

    /// So long from now.
    pub(super) fn in_(&self, pause: jiff::SignedDuration) -> jiff::Timestamp {
        later(self.moment.now, pause)
    }
}
