//! What a member settles for themselves: reminder, leaderboard, grades, reviews a day, quiet hours.

use jiff::civil::Time;

use super::OwnFormView;
use super::change::OwnChange;
use super::draft::Draft;
use super::state::Settings;
use super::view::OwnView;
use super::{OwnMenu, OwnRefusal};
use crate::practice::effect::Failure;
use crate::practice::input::Ask;
use crate::practice::refusal::Refusal;

impl Draft<'_> {
    /// One's settings.
    pub(super) fn show_settings(&mut self, ask: &Ask) {
        let view = self.settled();
        self.tell(ask, view);
    }

    /// Something was chosen from a menu: an option, by its number.
    pub(super) fn choose(
        &mut self,
        ask: &Ask,
        menu: OwnMenu,
        chosen: &[u8],
    ) -> Result<(), Refusal> {
        let option = chosen.first().and_then(|option| menu.values().get(usize::from(*option)));
        let Some(value) = option.copied() else {
            return Err(Refusal::Unknown { name: format!("{menu:?}") });
        };
        let mut settings = self.settings();
        match menu {
            OwnMenu::Reminder => settings.reminder = (value > 0).then_some(value),
            OwnMenu::Shared => settings.shared = value > 0,
            OwnMenu::Grades => settings.two_grades = value == 2,
            OwnMenu::ADay => settings.a_day = Some(value),
            OwnMenu::Made(..) => {}
        }
        self.settle_on(settings);
        let view = self.settled();
        self.update(ask, view);
        Ok(())
    }

    /// Asks for the quiet hours.
    pub(super) fn ask_quiet(&mut self, ask: &Ask) {
        let quiet = self.settings().quiet;
        self.form(ask, OwnFormView::Quiet { quiet });
    }

    /// The quiet hours are these now. They wait for a reminder where none is on.
    pub(super) fn quiet(&mut self, ask: &Ask, text: &str) -> Result<(), Refusal> {
        let hours = match text.trim() {
            "" => None,
            text => Some(hours(text).ok_or_else(|| OwnRefusal::BadHours(text.to_owned()))?),
        };
        self.settle_on(Settings { quiet: hours, ..self.settings() });
        let view = self.settled();
        self.update(ask, view);
        Ok(())
    }

    /// No reminders any more.
    pub(super) fn reminder_off(&mut self, ask: &Ask) {
        let settings = Settings { reminder: None, ..self.settings() };
        self.settle_on(settings);
        self.update(ask, OwnView::ReminderOff);
    }

    fn settle_on(&mut self, settings: Settings) {
        if settings != self.settings() {
            self.change(OwnChange::Settled(settings));
        }
    }

    pub(super) fn settled(&self) -> OwnView {
        let calendar = self.team.calendar(self.moment);
        let own = self.known_as().and_then(|member| member.zone.clone());
        let settings = self.settings();
        let failure = self.own.reminded.as_ref().and_then(|reminded| reminded.failure.as_ref());
        OwnView::Settings {
            closed: settings.reminder.is_none() && failure.is_some_and(is_closed),
            settings,
            zone: (own.clone().unwrap_or_else(|| calendar.zone.clone()), own.is_some()),
            day_starts: calendar.day_starts,
            usual: self.moment.rules.review.a_day,
            coach: self.coach_settled(),
        }
    }
}

/// Whether a failure says that the member takes no private messages.
pub(super) const fn is_closed(failure: &Failure) -> bool {
    match failure {
        Failure::NotAllowed | Failure::NotHere | Failure::Refused { .. } => true,
        Failure::ChannelGone
        | Failure::MessageGone
        | Failure::Late
        | Failure::Unavailable { .. } => false,
    }
}

/// "22:00-07:00", with whatever dash people write.
fn hours(text: &str) -> Option<(Time, Time)> {
    let (from, to) = text.split_once(['-', '–', '—'])?;
    let time = |text: &str| Time::strptime("%H:%M", text.trim()).ok();
    let (from, to) = (time(from)?, time(to)?);
    (from != to).then_some((from, to))
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;

    use super::*;

    #[test]
    fn quiet_hours_are_read_as_people_write_them() {
        let night = Some((time(22, 0, 0, 0), time(7, 0, 0, 0)));
        for text in ["22:00-07:00", "22:00 – 7:00", "22:00—07:00"] {
            assert_eq!(hours(text), night, "{text}");
        }
        for text in ["22-7", "22:00", "25:00-07:00", "22:00-22:00", "ten to seven", "-"] {
            assert_eq!(hours(text), None, "{text}");
        }
    }
}
