//! The only reader of time and of chance. Everything else gets both as arguments.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use rand::TryRng;
use tokio::sync::Notify;

/// The time: the machine's own, moved forward by as much as somebody asked for. Only the
/// playground asks. Copies share the same time.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    /// How far ahead of the machine it is, in milliseconds.
    ahead: AtomicI64,
    moved: Notify,
}

/// Sleeps end at least this often, because the machine's wall clock can be set while its
/// stopwatch runs on.
const LOOK_AGAIN: Duration = Duration::from_secs(30);

impl Clock {
    /// A clock that shows this moment now and goes on from there. For trials and tests.
    pub fn starting_at(moment: Timestamp) -> Self {
        let clock = Self::default();
        let ahead = milliseconds(moment.duration_since(clock.now()));
        clock.shared.ahead.store(ahead.unwrap_or_default(), Ordering::Release);
        clock
    }

    /// The time now.
    pub fn now(&self) -> Timestamp {
        #[expect(clippy::disallowed_methods, reason = "the door to the clock")]
        let machine = Timestamp::now();
        let ahead = SignedDuration::from_millis(self.shared.ahead.load(Ordering::Acquire));
        machine.saturating_add(ahead).unwrap_or(Timestamp::MAX)
    }

    /// Moves the time forward to this moment; a moment that has passed changes nothing. Whoever
    /// waits looks again.
    pub fn forward_to(&self, moment: Timestamp) {
        if let Some(ahead @ 1..) = milliseconds(moment.duration_since(self.now())) {
            self.shared.ahead.fetch_add(ahead, Ordering::AcqRel);
            self.shared.moved.notify_waiters();
        }
    }

    /// Waits for a moment, or a while: the caller looks at the clock again. None waits until the
    /// time is moved.
    pub async fn wait_for(&self, moment: Option<Timestamp>) {
        let moved = self.shared.moved.notified();
        let Some(moment) = moment else { return moved.await };
        let left = Duration::try_from(moment.duration_since(self.now())).unwrap_or_default();
        tokio::select! {
            () = moved => {}
            () = tokio::time::sleep(left.min(LOOK_AGAIN)) => {}
        }
    }
}

/// The first whole number of milliseconds that is as long as this, so that a clock moved by it does
/// not stop short.
fn milliseconds(duration: SignedDuration) -> Option<i64> {
    let begun = i128::from(duration.subsec_nanos() % 1_000_000 > 0);
    i64::try_from(duration.as_millis() + begun).ok()
}

/// A number that nobody can foresee.
pub fn chance() -> u64 {
    #[expect(clippy::disallowed_types, reason = "the door to chance")]
    let mut source = rand::rngs::SysRng;
    // Where the system has no randomness to give, the seeds of teams are equal: draws are still
    // spread by channel, so this is no reason to stop.
    source.try_next_u64().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_moves_forward_and_never_back() {
        let clock = Clock::default();
        let later = clock.now() + SignedDuration::from_hours(24);
        clock.forward_to(later);
        assert!(clock.now() >= later);
        clock.forward_to(later - SignedDuration::from_hours(5));
        assert!(clock.now() >= later);
    }

    #[tokio::test]
    async fn whoever_waits_is_woken_when_time_is_moved() {
        let clock = Clock::default();
        let moment = clock.now() + SignedDuration::from_hours(24);
        let waiting = clock.wait_for(Some(moment));
        tokio::pin!(waiting);
        assert!(futures_poll(waiting.as_mut()).await.is_pending());
        clock.forward_to(moment);
        waiting.await;
        assert!(clock.now() >= moment);
    }

    async fn futures_poll<F: Future>(
        mut future: std::pin::Pin<&mut F>,
    ) -> std::task::Poll<F::Output> {
        std::future::poll_fn(|cx| std::task::Poll::Ready(future.as_mut().poll(cx))).await
    }
}
