//! How fast one person may ask, over all teams: so that nobody keeps the bot, a channel or Discord's
//! limits for the others busy. It does not know what is asked for.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::practice::MemberId;
use crate::practice::input::Call;
use crate::practice::interview::MockCall;
use crate::practice::own::OwnCall;

/// How fast one person may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Requests at once, after a pause; at least [`QUIZ`].
    pub at_once: u32,
    /// Requests a minute in the long run; at least 1.
    pub per_minute: u32,
}

/// What a request costs that everybody in the channel sees.
pub const QUIZ: u32 = 3;

/// Counts requests; it forgets whoever has been quiet for long enough.
#[derive(Debug)]
pub(super) struct Flood {
    limiter: DefaultKeyedRateLimiter<MemberId>,
    clock: DefaultClock,
}

impl Flood {
    pub(super) fn new(pace: Pace) -> Self {
        let number = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
        let at_once = number(pace.at_once).max(cost_of_a_quiz());
        let quota = Quota::per_minute(number(pace.per_minute)).allow_burst(at_once);
        Self { limiter: RateLimiter::keyed(quota), clock: DefaultClock::default() }
    }

    /// Counts a request. Where it comes too soon, it is not counted, and the time is returned
    /// after which it may be made again.
    pub(super) fn ask(&self, member: MemberId, call: Option<&Call>) -> Result<(), Duration> {
        let cost = if call.is_some_and(is_public) { cost_of_a_quiz() } else { NonZeroU32::MIN };
        match self.limiter.check_key_n(&member, cost) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(not_until)) => Err(not_until.wait_time_from(self.clock.now())),
            // More than fits at once, which `new` rules out.
            Err(_) => Err(Duration::from_mins(1)),
        }
    }

    /// Forgets everybody who may ask as much as somebody new.
    pub(super) fn forget_the_quiet(&self) {
        self.limiter.retain_recent();
    }
}

const fn cost_of_a_quiz() -> NonZeroU32 {
    match NonZeroU32::new(QUIZ) {
        Some(cost) => cost,
        None => NonZeroU32::MIN,
    }
}

/// Whether everybody in the channel sees what comes of it.
const fn is_public(call: &Call) -> bool {
    match call {
        Call::Quiz(_)
        | Call::Mock(MockCall::Start { .. })
        | Call::Own(OwnCall::Team | OwnCall::Leaderboard(_)) => true,
        Call::Mock(_)
        | Call::Daily(_)
        | Call::Streak { .. }
        | Call::Zone { .. }
        | Call::Help
        | Call::HelpFor(_)
        | Call::About
        | Call::Press(_)
        | Call::Own(_)
        | Call::Choose(..)
        | Call::Submit(..) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::practice::input::Wanted;

    const ANN: MemberId = MemberId(1);
    const BOB: MemberId = MemberId(2);

    #[test]
    fn after_too_many_requests_at_once_one_has_to_wait_and_others_do_not() {
        let flood = Flood::new(Pace { at_once: 5, per_minute: 1 });
        for _ in 0..5 {
            assert_eq!(flood.ask(ANN, None), Ok(()));
        }
        let wait = flood.ask(ANN, Some(&Call::Help)).expect_err("five were allowed");
        assert!(wait > Duration::from_secs(55) && wait <= Duration::from_mins(1), "{wait:?}");
        assert_eq!(flood.ask(BOB, None), Ok(()));
    }

    #[test]
    fn a_quiz_counts_as_three() {
        let flood = Flood::new(Pace { at_once: 7, per_minute: 1 });
        let quiz = Call::Quiz(Wanted::default());
        assert_eq!(flood.ask(ANN, Some(&quiz)), Ok(()));
        assert_eq!(flood.ask(ANN, Some(&quiz)), Ok(()));
        assert!(flood.ask(ANN, Some(&quiz)).is_err());
        assert_eq!(flood.ask(ANN, Some(&Call::Help)), Ok(()), "what was refused costs nothing");
        assert!(flood.ask(ANN, Some(&Call::Help)).is_err());
    }

    #[test]
    fn a_quiz_is_possible_at_any_pace() {
        let flood = Flood::new(Pace { at_once: 1, per_minute: 1 });
        assert_eq!(flood.ask(ANN, Some(&Call::Quiz(Wanted::default()))), Ok(()));
    }

    #[test]
    fn who_has_been_quiet_is_forgotten() {
        let flood = Flood::new(Pace { at_once: 3, per_minute: u32::MAX });
        assert_eq!(flood.ask(ANN, None), Ok(()));
        while !flood.limiter.is_empty() {
            flood.forget_the_quiet();
        }
    }

    #[test]
    fn who_has_not_been_quiet_is_not_forgotten() {
        let flood = Flood::new(Pace { at_once: 3, per_minute: 1 });
        assert_eq!(flood.ask(ANN, None), Ok(()));
        flood.forget_the_quiet();
        assert_eq!(flood.limiter.len(), 1);
        assert!(flood.ask(ANN, Some(&Call::Quiz(Wanted::default()))).is_err());
    }
}
