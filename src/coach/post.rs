//! One request to a coach's server and what came of it, in errors that say the way out. It knows
//! neither what is asked nor what an opinion is.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, InvalidHeaderValue};
use reqwest::{Client, StatusCode};
use serde::Serialize;

use super::error::{CoachError, Nonsense};
use super::nearby::Nearby;
use crate::config::{self, CoachKey};

/// Longest body that is read, in bytes: eight key points with long quotes take a tenth of it.
const LONGEST: usize = 64 << 10;
const USER_AGENT: &str = concat!("mockingbird/", env!("CARGO_PKG_VERSION"));

/// The way to a server.
pub(super) struct Post {
    client: Client,
    url: String,
    address: String,
    authorization: Option<HeaderValue>,
    /// The variable from which the key came.
    key_env: Option<String>,
}

/// What a server answered.
pub(super) struct Answered {
    pub(super) status: StatusCode,
    /// Of a refusal, as much as is read of any.
    pub(super) body: Vec<u8>,
}

impl Post {
    pub(super) fn new(
        settings: &config::Coach,
        key: Option<&CoachKey>,
    ) -> Result<Self, CoachError> {
        let no_client = |reason: String| CoachError::NoClient { reason };
        let authorization = key.map(authorization).transpose();
        let authorization = authorization
            .map_err(|_| no_client("the key has characters that no key has".to_owned()))?;
        // Whoever is redirected sends members' words and the key to somewhere else.
        let mut client =
            Client::builder().user_agent(USER_AGENT).redirect(reqwest::redirect::Policy::none());
        if settings.address.is_plain() {
            // A proxy would read along.
            client = client.no_proxy().dns_resolver(Arc::new(Nearby));
        }
        let client = client.build().map_err(|error| no_client(innermost(&error)))?;
        let address = settings.address.as_str().to_owned();
        let url = format!("{address}/chat/completions");
        Ok(Self { client, url, address, authorization, key_env: settings.key_env.clone() })
    }

    /// Where it goes.
    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// Sends a request once.
    pub(super) async fn send(&self, body: &impl Serialize) -> Result<Answered, CoachError> {
        let mut request = self.client.post(&self.url).json(body);
        if let Some(authorization) = &self.authorization {
            request = request.header(AUTHORIZATION, authorization.clone());
        }
        let mut answer = request.send().await.map_err(|error| self.unreachable(&error))?;
        let status = answer.status();
        if status.is_success() && !is_json(answer.headers()) {
            return Err(self.nonsense(Nonsense::NotCalledJson));
        }
        let mut body = Vec::new();
        while let Some(part) = answer.chunk().await.map_err(|error| self.unreachable(&error))? {
            if body.len() + part.len() > LONGEST {
                if status.is_success() {
                    return Err(self.nonsense(Nonsense::TooLong));
                }
                break;
            }
            body.extend_from_slice(&part);
        }
        Ok(Answered { status, body })
    }

    /// What a status that is no success means. Of the body, only whether it is about the model is
    /// looked at: the rest may repeat what was sent.
    pub(super) fn refused(&self, status: StatusCode, body: &[u8], model: &str) -> CoachError {
        let address = self.address.clone();
        let speaks_of_the_model =
            || String::from_utf8_lossy(body).to_ascii_lowercase().contains("model");
        match status.as_u16() {
            status @ (401 | 403) => {
                CoachError::KeyRefused { address, status, help: self.key_help() }
            }
            404 if speaks_of_the_model() => {
                CoachError::NoModel { address, model: model.to_owned() }
            }
            status @ (300..=399 | 404 | 405 | 410) => CoachError::WrongAddress { address, status },
            429 => CoachError::TooMany { address },
            status @ 500..600 => CoachError::Broken { address, status },
            status => CoachError::Refused { address, status },
        }
    }

    pub(super) fn slow(&self, limit: Duration) -> CoachError {
        CoachError::Slow { address: self.address.clone(), limit }
    }

    pub(super) fn nonsense(&self, why: Nonsense) -> CoachError {
        CoachError::Nonsense { address: self.address.clone(), why }
    }

    fn unreachable(&self, error: &reqwest::Error) -> CoachError {
        CoachError::Unreachable { address: self.address.clone(), reason: innermost(error) }
    }

    fn key_help(&self) -> String {
        self.key_env.as_ref().map_or_else(
            || {
                "it wants a key; put it into an environment variable, and the name of that into \
                 `key_env` of `coach` in the config"
                    .to_owned()
            },
            |name| {
                format!("it refuses the key; check that {name} holds one that may use this model")
            },
        )
    }
}

fn authorization(key: &CoachKey) -> Result<HeaderValue, InvalidHeaderValue> {
    let mut value = HeaderValue::from_str(&format!("Bearer {}", key.expose()))?;
    value.set_sensitive(true);
    Ok(value)
}

/// Whether a body is said to be JSON.
fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default();
    kind.trim().eq_ignore_ascii_case("application/json")
}

/// What went wrong underneath: the outermost error only says that sending failed.
fn innermost(error: &reqwest::Error) -> String {
    let mut innermost: &dyn std::error::Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}
