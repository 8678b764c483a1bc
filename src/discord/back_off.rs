//! How long to wait before the next connection to the gateway. It counts how the last ones ended;
//! it knows no clock and no network.

use std::time::Duration;

/// The most time between two new sessions; 1,000 a day are allowed, this makes 288.
const MOST: Duration = Duration::from_mins(5);
/// The most time between two attempts that cost none.
const MOST_FREE: Duration = Duration::from_mins(1);
/// The most time before a session goes on that is cut again and again: meanwhile nobody is answered.
const MOST_CUT: Duration = Duration::from_secs(15);
/// A connection that lasted so long was a good one; where a session had to be begun for it, so long.
const STEADY: Duration = Duration::from_mins(1);
const STEADY_NEW: Duration = Duration::from_mins(10);
/// So many brief connections in a row may be an accident. After that each waits longer, or the new
/// sessions of a day, a thousand, would be used up in an hour and a half.
const BRIEF_MOST: u32 = 3;

/// How the last connections ended.
#[derive(Debug, Default)]
pub(super) struct BackOff {
    /// Connections in a row on which no session began or went on.
    fruitless: u32,
    /// Whether the last connection, or the next one, costs a session.
    cost: bool,
    /// Connections in a row on which one did, and was over soon.
    brief: u32,
}

impl BackOff {
    /// There was a session on a connection, for so long: a new one, or one that went on.
    pub(super) fn lasted(&mut self, time: Duration, new: bool) {
        self.fruitless = 0;
        self.cost = new;
        let steady = if new { STEADY_NEW } else { STEADY };
        self.brief = if time < steady { self.brief.saturating_add(1) } else { 0 };
    }

    /// There was none, and none was asked for.
    pub(super) fn failed(&mut self) {
        self.fruitless = self.fruitless.saturating_add(1);
        self.cost = false;
    }

    /// There was none although one was asked for, which costs one of a day's.
    pub(super) fn refused(&mut self) {
        self.failed();
        self.cost = true;
    }

    /// A session could not go on: a new one may begin now. Each needs one that has begun before,
    /// so this does not go on for ever.
    pub(super) fn answered(&mut self) {
        self.fruitless = 0;
        self.cost = true;
    }

    /// How long to wait now.
    pub(super) fn pause(&self) -> Duration {
        let in_vain = self.fruitless.max(self.brief.saturating_sub(BRIEF_MOST));
        match in_vain.checked_sub(1) {
            None => Duration::ZERO,
            Some(doublings) => {
                let most = match (self.cost, self.fruitless) {
                    (true, _) => MOST,
                    (false, 0) => MOST_CUT,
                    (false, _) => MOST_FREE,
                };
                Duration::from_secs(2_u64.saturating_pow(doublings)).min(most)
            }
        }
    }

    /// Whether the last end is worth a warning: it is the first of its kind in a row. What goes on
    /// for hours is said once.
    pub(super) fn is_news(&self) -> bool {
        match self.fruitless {
            0 => self.brief == BRIEF_MOST + 1,
            in_a_row => in_a_row == 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    const DAY: Duration = Duration::from_hours(24);

    /// How often something happens in a day that always ends like this.
    fn a_day_of(end: fn(&mut BackOff), at_least: Duration) -> u32 {
        let (mut back_off, mut passed, mut times) = (BackOff::default(), Duration::ZERO, 0);
        while passed < DAY {
            times += 1;
            end(&mut back_off);
            passed += back_off.pause().max(at_least);
        }
        times
    }

    #[rstest]
    #[case(BackOff::refused)]
    #[case(|back_off: &mut BackOff| back_off.lasted(Duration::ZERO, true))]
    #[case(|back_off: &mut BackOff| back_off.lasted(STEADY * 2, true))]
    #[case(|back_off: &mut BackOff| {
        back_off.lasted(Duration::ZERO, true);
        back_off.answered();
    })]
    #[case(|back_off: &mut BackOff| {
        back_off.lasted(Duration::ZERO, true);
        back_off.lasted(Duration::ZERO, false);
        back_off.answered();
    })]
    #[case(|back_off: &mut BackOff| {
        back_off.lasted(Duration::ZERO, true);
        back_off.refused();
    })]
    fn whatever_ends_at_once_does_not_use_up_the_sessions_of_a_day(#[case] end: fn(&mut BackOff)) {
        let sessions = a_day_of(end, Duration::from_secs(5));
        assert!(sessions < 500, "{sessions} of 1,000");
    }

    #[test]
    fn a_gateway_that_is_away_for_long_is_looked_for_every_minute() {
        let attempts = a_day_of(BackOff::failed, Duration::ZERO);
        assert!((1_400..1_500).contains(&attempts), "{attempts}");
    }

    #[test]
    fn a_few_brief_sessions_are_forgiven_and_a_long_one_makes_up_for_all() {
        let mut back_off = BackOff::default();
        for _ in 0..BRIEF_MOST {
            back_off.lasted(Duration::ZERO, true);
            assert_eq!(back_off.pause(), Duration::ZERO);
        }
        back_off.lasted(Duration::ZERO, true);
        back_off.failed();
        assert!(!back_off.pause().is_zero());
        back_off.lasted(STEADY, false);
        assert_eq!(back_off.pause(), Duration::ZERO);
    }

    #[test]
    fn a_session_that_is_cut_every_half_minute_is_away_for_less_than_it_is_there() {
        let mut back_off = BackOff::default();
        for _ in 0..100 {
            back_off.lasted(Duration::from_secs(30), false);
            assert!(back_off.pause() <= Duration::from_secs(15), "{:?}", back_off.pause());
        }
    }

    #[test]
    fn what_goes_on_for_hours_is_said_once() {
        let mut back_off = BackOff::default();
        let mut said = 0;
        for _ in 0..100 {
            back_off.failed();
            said += u32::from(back_off.is_news());
        }
        assert_eq!(said, 1);
    }
}
