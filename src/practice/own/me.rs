//! `/me` and `/topics`: how far a member is, computed from what is remembered.

use super::day::{date_of, few};
use super::draft::Draft;
use super::state::{DayNumber, Key, Own};
use super::view::{Coverage, OwnView, Progress, TopicView};
use crate::bank::{Level, QuestionBank};
use crate::practice::input::Ask;

impl Draft<'_> {
    /// One's progress.
    pub(super) fn me(&mut self, ask: &Ask) {
        let bank = self.moment.bank;
        let mut coming = [0_u16; 7];
        for question in bank.iter() {
            let memory = self.own.memory(Key::of(&question.id));
            let due = memory.and_then(super::state::Memory::due);
            let away = due.and_then(|due| due.checked_sub(self.today)?.checked_sub(1));
            if let Some(day) = away.and_then(|away| coming.get_mut(usize::from(away))) {
                *day = day.saturating_add(1);
            }
        }
        let settings = self.settings();
        let first = self.today.saturating_sub(super::board::YEAR - 1);
        let days = self.own.days.iter().filter(|log| (first..=self.today).contains(&log.day));
        let progress = Progress {
            today: date_of(self.today),
            standing: self.team.standing(self.moment, self.member),
            days: days.map(|log| (date_of(log.day), log.questions)).collect(),
            topics: self.own.topics(bank, self.today),
            due: few(self.own.due(bank, self.today).len()),
            coming,
            interviews: self.known_as().map_or(0, |member| member.past.len()),
            reminder: settings.reminder.is_some(),
            shared: settings.shared,
        };
        self.tell(ask, OwnView::Me(Box::new(progress)));
    }

    /// Every topic with its counts.
    pub(super) fn show_topics(&mut self, ask: &Ask) {
        let topics = self.own.topics(self.moment.bank, self.today);
        self.tell(ask, OwnView::Topics(topics));
    }
}

impl Own {
    /// What a member knows of each topic.
    pub(super) fn topics(&self, bank: &QuestionBank, today: DayNumber) -> Vec<TopicView> {
        let mut topics: Vec<_> = bank
            .topics()
            .map(|(topic, title)| TopicView {
                topic: topic.clone(),
                title: title.to_owned(),
                levels: Level::ALL.map(|level| (level, Coverage::default())),
            })
            .collect();
        for question in bank.iter() {
            let place = topics.binary_search_by(|view| view.topic.cmp(&question.topic));
            let Some(view) = place.ok().and_then(|place| topics.get_mut(place)) else { continue };
            let level = view.levels.iter_mut().find(|(level, _)| *level == question.level);
            let Some((_, coverage)) = level else { continue };
            coverage.of = coverage.of.saturating_add(1);
            let count = match self.memory(Key::of(&question.id)) {
                None => &mut coverage.unseen,
                Some(memory) => {
                    let is_due = memory.due().is_none_or(|due| due <= today);
                    if memory.is_known() && !is_due {
                        &mut coverage.known
                    } else {
                        &mut coverage.due
                    }
                }
            };
            *count = count.saturating_add(1);
        }
        topics
    }
}
