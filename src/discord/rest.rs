//! The transport: one request to Discord and what becomes of it, with everything that may be
//! tried again tried again. It knows nothing of messages and interactions.
//!
//! Rules (Discord, "Rate Limits"; `pace` has the limits): a 429 is obeyed and tried again, at most
//! five times and 60 seconds; a 5xx or a cut connection is tried again, at most four times, but
//! only where twice is the same as once. No error shows an address, since addresses hold tokens.

use std::time::Duration;

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, RETRY_AFTER};
use reqwest::multipart::{Form, Part};
use reqwest::{Client, StatusCode};
use serde_json::Value;
use tokio::time::{Instant, sleep, timeout_at};
use tokio_util::sync::CancellationToken;
use twilight_http_ratelimiting::{Permit, RateLimitHeaders};

use super::files::Upload;
use super::pace::{self, Pace};
use super::route::{Call, Repeat};
use super::secret::Secret;

const USER_AGENT: &str = concat!("DiscordBot (mockingbird, ", env!("CARGO_PKG_VERSION"), ")");
const CONNECT_WITHIN: Duration = Duration::from_secs(3);
const ANSWER_WITHIN: Duration = Duration::from_secs(10);
/// How long a request may wait and try in all.
const PATIENCE: Duration = Duration::from_mins(1);
/// How long an interaction may stay without its first answer ("Receiving and Responding").
const CALLBACK_PATIENCE: Duration = Duration::from_secs(3);
const LIMITED_MOST: u32 = 5;
const FAILED_MOST: u32 = 4;
const BACK_OFF: Duration = Duration::from_millis(250);

/// Discord's REST interface, version 10.
pub struct Rest {
    client: Client,
    api: String,
    authorization: HeaderValue,
    pace: Pace,
    token_refused: CancellationToken,
}

/// Why a request did not work.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RestError {
    /// Discord understood it and said no.
    #[error("Discord answered {status}, code {code}: {reason}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Discord's own code, 0 if it gave none.
        code: u32,
        /// Discord's words.
        reason: String,
        /// Whether it had been sent before, with an unknown end.
        repeated: bool,
    },
    /// Discord could not be reached, was overloaded, or its answer was lost: it may have worked.
    #[error("{reason}")]
    Unavailable {
        /// What was seen.
        reason: String,
    },
    /// Discord does not accept the token any more.
    #[error("Discord does not accept the token any more")]
    TokenRefused,
}

/// What became of one attempt.
enum Seen {
    Answer {
        status: StatusCode,
        headers: HeaderMap,
        body: Vec<u8>,
    },
    /// Nothing was sent.
    NotSent(String),
    /// Nobody knows whether it arrived.
    Lost(String),
}

impl Rest {
    /// A transport to this base, `https://discord.com` or a local Discord; everything goes there
    /// and nowhere else. Needs a running tokio runtime.
    ///
    /// # Errors
    ///
    /// If the token has characters that no token has, or the system refuses what a client needs.
    pub fn new(base: &str, token: &Secret) -> Result<Self, RestError> {
        let mut authorization = HeaderValue::from_str(&format!("Bot {}", token.expose()))
            .map_err(|_| RestError::TokenRefused)?;
        authorization.set_sensitive(true);
        let mut client = Client::builder()
            .user_agent(USER_AGENT)
            .connect_timeout(CONNECT_WITHIN)
            .redirect(reqwest::redirect::Policy::none())
            .tcp_nodelay(true);
        if super::is_loopback(base) {
            client = client.no_proxy();
        }
        let client =
            client.build().map_err(|error| unavailable(&error.without_url().to_string()))?;
        Ok(Self {
            client,
            api: format!("{}/api/v10/", base.trim_end_matches('/')),
            authorization,
            pace: Pace::new(),
            token_refused: CancellationToken::new(),
        })
    }

    /// Is cancelled once Discord has refused the token: nothing will work any more.
    pub fn token_refused(&self) -> &CancellationToken {
        &self.token_refused
    }

    /// Sends a request until it has worked, or may not be sent again. What comes back is the
    /// answer's body, null if it has none.
    pub(super) async fn send(&self, call: &Call) -> Result<Value, RestError> {
        let shape = call.shape();
        let is_callback = shape.ends_with("/callback");
        let patience = if is_callback { CALLBACK_PATIENCE } else { PATIENCE };
        let deadline = Instant::now() + patience;
        let (mut limited, mut failed, mut repeated) = (0, 0, false);
        loop {
            let permit = self.permit(call, &shape, deadline).await?;
            let seen = self.once(call, deadline).await;
            let now = Instant::now();
            let (reason, is_lost) = match seen {
                Seen::Answer { status, headers, body } => match status.as_u16() {
                    200..300 => {
                        complete(permit, pace::limits(&headers, now));
                        return parsed(&body);
                    }
                    429 => {
                        limited += 1;
                        let wait = self.limited(permit, &headers, &body, now);
                        tracing::debug!(route = shape, ?wait, "rate limited");
                        if limited == LIMITED_MOST || now + wait >= deadline {
                            return Err(unavailable("rate limited for too long"));
                        }
                        sleep(wait).await;
                        continue;
                    }
                    500..600 => {
                        complete(permit, pace::limits(&headers, now));
                        (format!("Discord answered {status}"), true)
                    }
                    _ => {
                        complete(permit, pace::limits(&headers, now));
                        return Err(self.refused(call, status, &body, repeated));
                    }
                },
                Seen::NotSent(reason) => {
                    complete(permit, None);
                    (reason, false)
                }
                Seen::Lost(reason) => {
                    complete(permit, None);
                    (reason, true)
                }
            };
            failed += 1;
            // A callback may be sent again: the second answer is refused with 40060.
            let may_repeat = !is_lost || is_callback || call.repeat == Repeat::Safe;
            let wait = BACK_OFF * 2_u32.pow(failed - 1);
            // Whoever sends it tells what came of it in the end.
            tracing::debug!(route = shape, reason, failed, may_repeat, "request failed");
            if !may_repeat || failed == FAILED_MOST || now + wait >= deadline {
                return Err(RestError::Unavailable { reason });
            }
            repeated |= is_lost;
            sleep(wait).await;
        }
    }

    /// Waits for the request's turn. Answers to interactions have none: they stand outside the
    /// global limit and must not wait behind anything.
    async fn permit(
        &self,
        call: &Call,
        shape: &str,
        deadline: Instant,
    ) -> Result<Option<Permit>, RestError> {
        if self.token_refused.is_cancelled() {
            return Err(RestError::TokenRefused);
        }
        if call.is_answer() {
            return Ok(None);
        }
        if let Some(left) = self.pace.pause(Instant::now()) {
            let minutes = left.as_secs() / 60 + 1;
            return Err(unavailable(&format!(
                "Discord refused too many requests; posting again in {minutes} minutes"
            )));
        }
        match timeout_at(deadline, self.pace.turn(&call.method, shape)).await {
            Ok(permit) => Ok(Some(permit)),
            Err(_) => Err(unavailable("too many requests wait for the same channel")),
        }
    }

    /// One attempt.
    async fn once(&self, call: &Call, deadline: Instant) -> Seen {
        let mark = if call.query.is_empty() { "" } else { "?" };
        let url = format!("{}{}{mark}{}", self.api, call.path, call.query);
        let within = ANSWER_WITHIN.min(deadline.saturating_duration_since(Instant::now()));
        let mut request = self.client.request(call.method.clone(), url).timeout(within);
        if !call.is_answer() {
            request = request.header(AUTHORIZATION, self.authorization.clone());
        }
        request = match &call.body {
            Some(body) if !call.files.is_empty() => request.multipart(form(body, &call.files)),
            Some(body) => request.json(body),
            None => request,
        };
        let answer = match request.send().await {
            Ok(answer) => answer,
            Err(error) => {
                let not_sent = error.is_connect() || error.is_builder();
                let reason = cause(&error.without_url());
                return if not_sent { Seen::NotSent(reason) } else { Seen::Lost(reason) };
            }
        };
        let (status, headers) = (answer.status(), answer.headers().clone());
        match answer.bytes().await {
            Ok(body) => Seen::Answer { status, headers, body: body.to_vec() },
            Err(error) => Seen::Lost(cause(&error.without_url())),
        }
    }

    /// Obeys a 429: everybody waits if it is global, else the bucket does. Gives the time to wait.
    fn limited(
        &self,
        permit: Option<Permit>,
        headers: &HeaderMap,
        body: &[u8],
        now: Instant,
    ) -> Duration {
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let header = headers.get(RETRY_AFTER).and_then(|after| after.to_str().ok()?.parse().ok());
        let seconds: Option<f64> = body.get("retry_after").and_then(Value::as_f64).or(header);
        let wait = seconds
            .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
            .unwrap_or(Duration::from_secs(1));
        let scope = headers.get(RateLimitHeaders::SCOPE).and_then(|scope| scope.to_str().ok());
        if scope != Some("shared") {
            self.pace.note_refused(now);
        }
        let is_global = headers.contains_key("x-ratelimit-global")
            || body.get("global").and_then(Value::as_bool) == Some(true);
        if is_global {
            self.pace.hold_until(now + wait);
            complete(permit, None);
        } else {
            complete(permit, pace::exhausted(headers, now + wait));
        }
        wait
    }

    fn refused(&self, call: &Call, status: StatusCode, body: &[u8], repeated: bool) -> RestError {
        if matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) {
            self.pace.note_refused(Instant::now());
        }
        // An answer carries no token of the bot's: there, 401 is about the interaction's.
        if status == StatusCode::UNAUTHORIZED && !call.is_answer() {
            if !self.token_refused.is_cancelled() {
                tracing::error!("Discord does not accept the token any more");
            }
            self.token_refused.cancel();
            return RestError::TokenRefused;
        }
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let code = body.get("code").and_then(Value::as_u64).and_then(|code| code.try_into().ok());
        let words = body.get("message").and_then(Value::as_str).unwrap_or("no reason given");
        let details = body.get("errors").map(|errors| format!(": {errors}")).unwrap_or_default();
        let reason = format!("{words}{details}").chars().take(300).collect();
        RestError::Refused { status: status.as_u16(), code: code.unwrap_or(0), reason, repeated }
    }
}

impl std::fmt::Debug for Rest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rest").field("api", &self.api).finish_non_exhaustive()
    }
}

/// A body with files (Discord, "Uploading Files").
fn form(body: &Value, files: &[Upload]) -> Form {
    let part = Part::text(body.to_string());
    let mut form = Form::new().part("payload_json", typed(part, "application/json"));
    for (number, file) in files.iter().enumerate() {
        let part = Part::bytes(file.bytes.clone()).file_name(file.name.clone());
        form = form.part(format!("files[{number}]"), typed(part, file.kind));
    }
    form
}

/// A part of a body, of which it is said what sort of thing it is.
fn typed(part: Part, kind: &str) -> Part {
    let headers = HeaderValue::from_str(kind).map(|kind| (CONTENT_TYPE, kind));
    part.headers(headers.into_iter().collect())
}

fn complete(permit: Option<Permit>, headers: Option<RateLimitHeaders>) {
    if let Some(permit) = permit {
        permit.complete(headers);
    }
}

fn parsed(body: &[u8]) -> Result<Value, RestError> {
    if body.is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_slice(body).map_err(|_| unavailable("Discord's answer was not JSON"))
}

fn unavailable(reason: &str) -> RestError {
    RestError::Unavailable { reason: reason.to_owned() }
}

/// What went wrong underneath: the outermost error only says that sending failed.
fn cause(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "Discord did not answer in time".to_owned();
    }
    let mut innermost: &dyn std::error::Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    format!("the connection to Discord failed: {innermost}")
}
