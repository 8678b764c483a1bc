//! What a member is to review today. It is always computed from what is remembered, never kept.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Grade;
use super::day::few;
use super::draft::Draft;
use super::state::{DayNumber, Key, Memory, Own};
use crate::bank::{Question, QuestionBank, Topic};

/// A topic counts as chosen by a member who has met so many of its questions.
const CHOSEN: usize = 3;

/// The review of a day.
#[derive(Debug)]
pub(super) struct Queue<'b> {
    /// What is due, what is known least first; what was met and never graded comes last.
    pub(super) due: Vec<&'b Arc<Question>>,
    /// What was never met.
    pub(super) new: Vec<&'b Arc<Question>>,
    /// Due ones that are left because the day's limit is reached.
    pub(super) left: u16,
    /// Questions that were graded today.
    pub(super) today: u16,
}

impl<'b> Queue<'b> {
    /// The next question.
    pub(super) fn next(&self) -> Option<&'b Arc<Question>> {
        self.due.first().or(self.new.first()).copied()
    }

    /// How many due and new ones there are.
    pub(super) fn counts(&self) -> (u16, u16) {
        (few(self.due.len()), few(self.new.len()))
    }
}

impl<'a> Draft<'a> {
    /// What is to be reviewed today.
    pub(super) fn queue(&self) -> Queue<'a> {
        let rule = &self.moment.rules.review;
        let a_day = usize::from(self.settings().a_day.unwrap_or(rule.a_day));
        let graded = self.own.memories.iter().filter(|one| one.was_graded_on(self.today));
        let (today, first) = graded.fold((0_usize, 0_usize), |(all, first), memory| {
            (all + 1, first + usize::from(memory.grades == 1))
        });
        let room = a_day.saturating_sub(today);
        let mut due = self.own.due(self.moment.bank, self.today);
        let left = few(due.len().saturating_sub(room));
        due.truncate(room);
        let more = room.saturating_sub(due.len());
        let mut new = self.fresh(more.min(usize::from(rule.new_a_day).saturating_sub(first)));
        new.truncate(more);
        Queue { due, new, left, today: few(today) }
    }

    /// So many questions that the member never met. Topics of which they have met a few lead, as
    /// long as they have any left: that is what they practise. Whoever has none yet gets a mix.
    /// Topics take turns, the one with the least practice first; the easiest come first.
    fn fresh(&self, most: usize) -> Vec<&'a Arc<Question>> {
        if most == 0 {
            return Vec::new();
        }
        let chance = self.chance();
        let mut practised: BTreeMap<&Topic, usize> = BTreeMap::new();
        let mut unseen: BTreeMap<&Topic, Vec<(Key, &Arc<Question>)>> = BTreeMap::new();
        for question in self.moment.bank.iter() {
            let key = Key::of(&question.id);
            if self.own.memory(key).is_some() {
                *practised.entry(&question.topic).or_default() += 1;
            } else {
                unseen.entry(&question.topic).or_default().push((key, question));
            }
        }
        let mut order = Vec::new();
        for (topic, mut questions) in unseen {
            questions.sort_by_key(|(key, question)| (question.level, chance(*key)));
            let met = practised.get(topic).copied().unwrap_or_default();
            for (turn, (key, question)) in questions.into_iter().take(most).enumerate() {
                let place = (met < CHOSEN, met + turn, question.level, chance(key));
                order.push((place, question));
            }
        }
        order.sort_by_key(|(place, _)| *place);
        order.into_iter().take(most).map(|(_, question)| question).collect()
    }
}

impl Own {
    /// The questions of the bank that are due on a day, what is known least first; what was met
    /// and never graded comes last, oldest first.
    pub(super) fn due<'b>(
        &self,
        bank: &'b QuestionBank,
        today: DayNumber,
    ) -> Vec<&'b Arc<Question>> {
        let mut graded = Vec::new();
        let mut met = Vec::new();
        for question in bank.iter() {
            let Some(memory) = self.memory(Key::of(&question.id)) else { continue };
            match memory.due() {
                Some(due) if due <= today => graded.push((memory.recall(today), memory, question)),
                Some(_) => {}
                None => met.push(((memory.last, memory.question), question)),
            }
        }
        graded.sort_by(|(one, a, _), (other, b, _)| {
            one.total_cmp(other).then(a.question.cmp(&b.question))
        });
        met.sort_by_key(|(order, _)| *order);
        let met = met.into_iter().map(|(_, question)| question);
        graded.into_iter().map(|(_, _, question)| question).chain(met).collect()
    }

    /// The first day after this one on which a question of the bank is due.
    pub(super) fn next_due(&self, bank: &QuestionBank, today: DayNumber) -> Option<DayNumber> {
        let memories = bank.iter().filter_map(|question| self.memory(Key::of(&question.id)));
        memories.filter_map(Memory::due).filter(|due| *due > today).min()
    }
}

impl Memory {
    /// Whether the last grade says that more is to be learnt.
    pub(super) fn is_weak(&self) -> bool {
        matches!(self.grade, Some(Grade::Missed | Grade::Partly))
    }
}
