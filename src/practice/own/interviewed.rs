//! Interviews as practice: when scorecards are opened, what was judged becomes grades of the
//! candidate, dated by the day on which it was asked.

use jiff::Timestamp;

use super::Grade;
use super::change::{OwnChange, SharedChange};
use super::day::number_of;
use super::state::{Key, Memory};
use crate::practice::calendar::practice_date;
use crate::practice::change::Change;
use crate::practice::decide::Moment;
use crate::practice::ids::MemberId;
use crate::practice::team::Team;

/// A question of an interview, as far as it was judged.
#[derive(Debug, Clone, Copy)]
pub(in crate::practice) struct Judged {
    /// Whose.
    pub(in crate::practice) candidate: MemberId,
    /// Which.
    pub(in crate::practice) question: Key,
    /// When it was asked.
    pub(in crate::practice) at: Timestamp,
    /// How many key points were made, and of how many.
    pub(in crate::practice) points: (usize, usize),
}

impl Team {
    /// What an opened interview changes in its candidates' own practice.
    pub(in crate::practice) fn opened(&self, moment: Moment<'_>, judged: &[Judged]) -> Vec<Change> {
        let day = number_of(self.date(moment));
        let opened = Change::Shared(Box::new(SharedChange::InterviewOpened { day }));
        let grades = judged.iter().filter_map(|one| self.judged(moment, one));
        std::iter::once(opened).chain(grades).collect()
    }

    fn judged(&self, moment: Moment<'_>, judged: &Judged) -> Option<Change> {
        let grade = grade(judged.points)?;
        let member = self.members.get(&judged.candidate);
        let calendar = self.calendar(moment);
        let zone = member.and_then(|member| member.zone.as_ref()).unwrap_or(&calendar.zone);
        let day = number_of(practice_date(judged.at, zone, calendar.day_starts));
        let before = member.and_then(|member| member.own.memory(judged.question)).copied();
        // Their own grade of that day, or of a later one, says more.
        if before.is_some_and(|before| before.grade.is_some() && before.last >= day) {
            return None;
        }
        let of = (judged.question, grade);
        let memory = Memory::graded(before, of, day, moment.rules.review);
        let change = OwnChange::Remembered { memory, day, graded: false };
        Some(Change::Own { member: judged.candidate, change: Box::new(change) })
    }
}

/// What the share of key points that were made is as a grade; never *Easy*, which only the
/// candidate knows.
fn grade((made, of): (usize, usize)) -> Option<Grade> {
    let percent = (made * 100).checked_div(of)?;
    Some(match percent {
        0..40 => Grade::Missed,
        40..80 => Grade::Partly,
        _ => Grade::GotIt,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_fifths_of_the_points_are_a_part_and_four_fifths_are_enough() {
        for (points, expected) in [
            ((0, 5), Some(Grade::Missed)),
            ((1, 3), Some(Grade::Missed)),
            ((2, 5), Some(Grade::Partly)),
            ((3, 4), Some(Grade::Partly)),
            ((4, 5), Some(Grade::GotIt)),
            ((5, 5), Some(Grade::GotIt)),
            ((0, 0), None),
        ] {
            assert_eq!(grade(points), expected, "{points:?}");
        }
    }
}
