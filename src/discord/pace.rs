//! Who may send when: Discord's buckets, its 50 requests a second, its "everybody wait", and the
//! count of refused requests after which an address is banned. It sends nothing itself.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use reqwest::Method;
use reqwest::header::HeaderMap;
use tokio::time::{Instant, sleep_until};
use twilight_http_ratelimiting::{Endpoint, Method as Verb, Permit, RateLimitHeaders, RateLimiter};

/// Discord bans an address after 10,000 refused requests in ten minutes ("Rate Limits": invalid
/// request limit). Half of that leaves room for others behind the same address.
const REFUSED_MOST: usize = 5_000;
/// The window in which refused requests are counted.
const REFUSED_WINDOW: Duration = Duration::from_mins(10);

/// Who may send when.
pub(super) struct Pace {
    buckets: RateLimiter,
    hold: Mutex<Option<Instant>>,
    refused: Mutex<VecDeque<Instant>>,
}

impl Pace {
    /// Discord's global limit of 50 requests a second. Needs a running tokio runtime.
    pub(super) fn new() -> Self {
        Self {
            buckets: RateLimiter::new(50),
            hold: Mutex::new(None),
            refused: Mutex::new(VecDeque::new()),
        }
    }

    /// Waits until a request of this shape may leave. Requests of one shape leave in order, one
    /// at a time.
    pub(super) async fn turn(&self, method: &Method, shape: &str) -> Permit {
        loop {
            let endpoint = Endpoint { method: verb(method), path: shape.to_owned() };
            let permit = self.buckets.acquire(endpoint).await;
            let held = *self.hold.lock().unwrap_or_else(PoisonError::into_inner);
            match held {
                Some(until) if until > Instant::now() => {
                    drop(permit);
                    sleep_until(until).await;
                }
                Some(_) | None => return permit,
            }
        }
    }

    /// Lets nobody send before this moment: a global 429.
    pub(super) fn hold_until(&self, moment: Instant) {
        let mut hold = self.hold.lock().unwrap_or_else(PoisonError::into_inner);
        if hold.is_none_or(|held| held < moment) {
            *hold = Some(moment);
        }
    }

    /// Counts a request that Discord refused with 401, 403 or 429.
    pub(super) fn note_refused(&self, now: Instant) {
        let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        while refused.front().is_some_and(|first| now.duration_since(*first) > REFUSED_WINDOW) {
            refused.pop_front();
        }
        refused.push_back(now);
        if refused.len() > REFUSED_MOST {
            refused.pop_front();
        } else if refused.len() == REFUSED_MOST {
            tracing::error!(
                "Discord refused {REFUSED_MOST} requests within ten minutes; nothing is posted \
                 until that is over, or it would ban this address"
            );
        }
    }

    /// How long nothing may be posted because too many requests were refused.
    pub(super) fn pause(&self, now: Instant) -> Option<Duration> {
        let refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        let first = refused.front().filter(|_| refused.len() >= REFUSED_MOST)?;
        (*first + REFUSED_WINDOW).checked_duration_since(now).filter(|left| !left.is_zero())
    }
}

/// What an answer says about its bucket; none if it says nothing.
pub(super) fn limits(headers: &HeaderMap, now: Instant) -> Option<RateLimitHeaders> {
    let text = |name| headers.get(name)?.to_str().ok();
    let seconds: f64 = text(RateLimitHeaders::RESET_AFTER)?.parse().ok()?;
    Some(RateLimitHeaders {
        bucket: text(RateLimitHeaders::BUCKET)?.as_bytes().to_vec(),
        limit: text(RateLimitHeaders::LIMIT)?.parse().ok()?,
        remaining: text(RateLimitHeaders::REMAINING)?.parse().ok()?,
        reset_at: (now + Duration::try_from_secs_f64(seconds).ok()?).into_std(),
    })
}

/// What a 429 says about its bucket: nothing left until then.
pub(super) fn exhausted(headers: &HeaderMap, until: Instant) -> Option<RateLimitHeaders> {
    let bucket = headers.get(RateLimitHeaders::BUCKET)?.as_bytes().to_vec();
    let limit =
        headers.get(RateLimitHeaders::LIMIT).and_then(|limit| limit.to_str().ok()?.parse().ok());
    Some(RateLimitHeaders {
        bucket,
        limit: limit.unwrap_or(1),
        remaining: 0,
        reset_at: until.into_std(),
    })
}

fn verb(method: &Method) -> Verb {
    match method.as_str() {
        "DELETE" => Verb::Delete,
        "PATCH" => Verb::Patch,
        "POST" => Verb::Post,
        "PUT" => Verb::Put,
        _ => Verb::Get,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn after_too_many_refusals_nothing_is_posted_until_they_are_old() {
        let pace = Pace::new();
        let start = Instant::now();
        for _ in 0..REFUSED_MOST - 1 {
            pace.note_refused(start);
        }
        assert_eq!(pace.pause(start), None);
        pace.note_refused(start);
        assert_eq!(pace.pause(start + Duration::from_secs(1)), Some(Duration::from_secs(599)));
        assert_eq!(pace.pause(start + REFUSED_WINDOW), None);
    }

    #[tokio::test]
    async fn the_fifty_first_request_of_a_second_waits() {
        let pace = Pace::new();
        let start = Instant::now();
        for channel in 0..51 {
            let permit = pace.turn(&Method::GET, &format!("channels/{channel}")).await;
            assert_eq!(start.elapsed() >= Duration::from_secs(1), channel == 50, "{channel}");
            permit.complete(None);
        }
    }

    #[tokio::test]
    async fn a_global_wait_holds_every_request_back() {
        let pace = Pace::new();
        let start = Instant::now();
        pace.hold_until(start + Duration::from_millis(300));
        pace.turn(&Method::GET, "users/@me").await.complete(None);
        assert!(start.elapsed() >= Duration::from_millis(300));
    }
}
