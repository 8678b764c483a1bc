//! What time does to an interview: sections run out, nobody does anything, it rests and goes on,
//! scorecards are due, it is forgotten.

use jiff::{SignedDuration, Timestamp};

use super::InterviewChange;
use super::draft::Draft;
use super::facts::later;
use super::state::{Interview, Over, Stage, Time, What};
use crate::practice::ids::MemberId;
use crate::practice::post::KEPT;
use crate::practice::refusal::Refusal;

/// How long before its end a section is said to be nearly over.
const NEARLY: SignedDuration = SignedDuration::from_mins(2);
/// A section shorter than this, in minutes, is over without that.
const SHORT: u8 = 5;
/// After how much silence an interview rests by itself.
const IDLE: SignedDuration = SignedDuration::from_mins(20);
/// So much longer than a question's own time it is silent at least.
const IDLE_AFTER_QUESTION: SignedDuration = SignedDuration::from_mins(10);
/// How long it rests before it ends.
const LONGEST_REST: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    LobbyOver,
    Idle,
    RestOver,
    Deadline,
    Forget,
    Tell(u8, Time),
}

impl Interview {
    /// When it wants to be woken.
    pub(in crate::practice) fn wakeup(&self) -> Option<Timestamp> {
        self.next_due().map(|(at, _)| at).into_iter().chain(self.delayed).min()
    }

    fn next_due(&self) -> Option<(Timestamp, Due)> {
        match self.stage {
            Stage::Lobby { until } => Some((until, Due::LobbyOver)),
            Stage::Running => {
                let idle = (self.idle_at(), Due::Idle);
                self.time_due().into_iter().chain([idle]).min()
            }
            Stage::Paused { since, .. } => Some((later(since, LONGEST_REST), Due::RestOver)),
            Stage::Judging { until } => Some((until, Due::Deadline)),
            Stage::Opened { since } | Stage::Over { since, .. } => {
                Some((later(since, KEPT), Due::Forget))
            }
        }
    }

    fn idle_at(&self) -> Timestamp {
        let minutes = self.last_asked().and_then(|(_, _, asked)| asked.question.minutes);
        let answer = SignedDuration::from_mins(i64::from(minutes.unwrap_or_default()));
        later(self.touched, IDLE.max(answer + IDLE_AFTER_QUESTION))
    }

    /// What is to be told of the time of the section of the question that is under way.
    fn time_due(&self) -> Option<(Timestamp, Due)> {
        let (_, _, asked) = self.last_asked()?;
        let (_, turn) = self.turn()?;
        let number = asked.section;
        let section = self.plan.sections.get(usize::from(number))?;
        let ends = self.section_ends(turn, number);
        let told = |time| turn.told.contains(&(number, time));
        if told(Time::Over) {
            None
        } else if section.minutes < SHORT || told(Time::Nearly) {
            Some((ends, Due::Tell(number, Time::Over)))
        } else {
            Some((later(ends, -NEARLY), Due::Tell(number, Time::Nearly)))
        }
    }
}

impl Draft<'_> {
    /// Does what is due. What has become of it may be due at once.
    pub(super) fn wake(&mut self) {
        let now = self.moment.now;
        for _ in 0..8 {
            match self.after.next_due() {
                Some((at, due)) if at <= now && !self.is_forgotten() => self.do_due(due),
                Some(_) | None => break,
            }
        }
        if self.after.delayed.is_some_and(|until| until <= now) {
            self.resume();
        }
    }

    fn do_due(&mut self, due: Due) {
        let now = self.moment.now;
        match due {
            Due::LobbyOver => self.nobody_came(),
            // Where both have passed, what is over is not nearly over.
            Due::Idle | Due::Tell(..) if self.after.idle_at() <= now => self.rest(true),
            Due::Idle => {}
            Due::Tell(section, time) => self.tell_time(section, time),
            Due::RestOver => self.end(),
            Due::Deadline => self.open(),
            Due::Forget => self.change(InterviewChange::Forgotten),
        }
    }

    fn tell_time(&mut self, section: u8, time: Time) {
        let Some((number, turn)) = self.after.turn() else { return };
        let is_over = self.after.section_ends(turn, section) <= self.moment.now;
        let time = if is_over { Time::Over } else { time };
        self.change(InterviewChange::TimeTold { section, time });
        self.say(What::Time(number, section, time));
    }

    /// It rests.
    fn rest(&mut self, idle: bool) {
        self.stage(Stage::Paused { since: self.moment.now, idle });
        self.say(What::Paused);
    }

    /// It goes on.
    pub(super) fn go_on(&mut self) {
        let Stage::Paused { since, .. } = self.after.stage else { return };
        let Some((_, turn)) = self.after.turn() else { return };
        let rest = self.moment.now.duration_since(since).max(SignedDuration::ZERO);
        let rested = turn.rested.saturating_add(rest);
        self.change(InterviewChange::Rested { rested });
        self.stage(Stage::Running);
        self.touch();
        self.say(What::Resumed);
    }

    /// Somebody wants it to rest.
    pub(super) fn pause(&mut self, member: MemberId) -> Result<(), Refusal> {
        self.takes_part(member)?;
        if self.after.stage != Stage::Running {
            return Err(Refusal::NotNow);
        }
        self.touch();
        self.rest(false);
        Ok(())
    }

    /// Somebody wants it to go on.
    pub(super) fn unpause(&mut self, member: MemberId) -> Result<(), Refusal> {
        self.takes_part(member)?;
        if !matches!(self.after.stage, Stage::Paused { .. }) {
            return Err(Refusal::NotNow);
        }
        self.go_on();
        Ok(())
    }

    /// `/mock end`.
    pub(super) fn end_by(&mut self, member: MemberId) -> Result<super::view::Done, Refusal> {
        self.takes_part(member)?;
        match self.after.stage {
            Stage::Lobby { .. } => {
                self.over(Over::Cancelled { by: member });
                Ok(super::view::Done::Cancelled)
            }
            Stage::Running | Stage::Paused { .. } => {
                self.touch();
                self.end();
                Ok(super::view::Done::Ended)
            }
            Stage::Judging { .. } | Stage::Opened { .. } | Stage::Over { .. } => {
                Err(Refusal::NotNow)
            }
        }
    }
}
