//! How fast the bot may ask: a global limit and a bucket per route and top-level
//! resource, in real time.
//!
//! Source: topic "Rate Limits". The figures of buckets are not documented; those
//! of the setup are like what bots see.

use std::collections::HashMap;
use std::time::Duration;

use tokio::time::Instant;

use crate::setup::RateLimits;

/// Which limit a refusal is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// This bot on this route.
    User,
    /// This bot on all routes.
    Global,
    /// Everybody on this resource.
    Shared,
}

impl Scope {
    /// As in `X-RateLimit-Scope`.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Global => "global",
            Self::Shared => "shared",
        }
    }
}

/// The state of one bucket after a request, for the answer's headers.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    pub name: String,
    pub limit: u32,
    pub remaining: u32,
    pub reset_after: Duration,
}

/// A request that came too fast.
#[derive(Clone, Debug)]
pub(crate) struct TooFast {
    pub scope: Scope,
    pub retry_after: Duration,
}

/// A period that began with the first request in it.
#[derive(Debug)]
struct Window {
    began: Instant,
    used: u32,
}

/// All buckets.
#[derive(Debug)]
pub(crate) struct Buckets {
    pub limits: RateLimits,
    global: Option<Window>,
    windows: HashMap<(&'static str, String), Window>,
}

impl Buckets {
    pub(crate) fn new(limits: RateLimits) -> Self {
        Self { limits, global: None, windows: HashMap::new() }
    }

    /// Counts a request against all routes together.
    pub(crate) fn take_global(&mut self, now: Instant) -> Result<(), TooFast> {
        if !self.limits.on {
            return Ok(());
        }
        let second = Duration::from_secs(1);
        let window = self.global.get_or_insert(Window { began: now, used: 0 });
        if now.duration_since(window.began) >= second {
            *window = Window { began: now, used: 0 };
        }
        if window.used >= self.limits.global_per_second {
            let retry_after = second.saturating_sub(now.duration_since(window.began));
            return Err(TooFast { scope: Scope::Global, retry_after });
        }
        window.used += 1;
        Ok(())
    }

    /// Counts a request against its bucket.
    pub(crate) fn take(
        &mut self,
        bucket: &'static str,
        resource: &str,
        now: Instant,
    ) -> (Option<Standing>, Result<(), TooFast>) {
        if !self.limits.on || bucket.is_empty() {
            return (None, Ok(()));
        }
        let (limit, period) = self.limits.buckets.get(bucket).copied().unwrap_or(self.limits.other);
        self.forget_old(now);
        let key = (bucket, resource.to_owned());
        let window = self.windows.entry(key).or_insert(Window { began: now, used: 0 });
        if now.duration_since(window.began) >= period {
            *window = Window { began: now, used: 0 };
        }
        let reset_after = period.saturating_sub(now.duration_since(window.began));
        let refused = window.used >= limit;
        if !refused {
            window.used += 1;
        }
        let remaining = limit - window.used;
        let standing = Standing { name: opaque(bucket), limit, remaining, reset_after };
        let result = if refused {
            Err(TooFast { scope: Scope::User, retry_after: reset_after })
        } else {
            Ok(())
        };
        (Some(standing), result)
    }

    /// Webhook buckets are per token and would pile up.
    fn forget_old(&mut self, now: Instant) {
        if self.windows.len() > 10_000 {
            let minute = Duration::from_mins(1);
            self.windows.retain(|_, window| now.duration_since(window.began) < minute);
        }
    }
}

/// What a refusal says of its bucket; a global one is about none.
pub(crate) fn exhausted(bucket: &str, scope: Scope, reset_after: Duration) -> Option<Standing> {
    let name = opaque(bucket);
    (scope != Scope::Global).then_some(Standing { name, limit: 5, remaining: 0, reset_after })
}

/// A bucket's name as the bot sees it: it must not guess what it stands for.
fn opaque(name: &str) -> String {
    // FNV-1a, 64 bit.
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}{:016x}", hash.rotate_left(23))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_sixth_message_in_five_seconds_waits_for_the_rest_of_them() {
        let mut buckets = Buckets::new(RateLimits::default());
        let now = Instant::now();
        for left in (0..5).rev() {
            let (standing, result) = buckets.take("post-message", "1", now);
            assert_eq!(standing.unwrap().remaining, left);
            assert!(result.is_ok());
        }
        let later = now + Duration::from_secs(2);
        let refused = buckets.take("post-message", "1", later).1.unwrap_err();
        assert_eq!(refused.retry_after, Duration::from_secs(3));
        assert!(buckets.take("post-message", "2", later).1.is_ok(), "another channel");
        assert!(buckets.take("post-message", "1", now + Duration::from_secs(5)).1.is_ok());
    }
}
