//! REST: each request goes through authorization, faults, limits, its handler
//! and the record, in this order.

pub(crate) mod buckets;
mod channels;
mod commands;
mod draft;
pub(crate) mod error;
mod guilds;
mod interactions;
pub(crate) mod limits;
mod messages;
mod multipart;
mod reactions;
mod route;
mod threads;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Request, State as Extract};
use axum::http::{HeaderMap, Response, header};
use serde_json::{Value, json};
use serenity::model::Permissions;
use tokio::time::Instant;

use crate::Id;
use crate::fault::Fault;
use crate::net::Connection;
use crate::record;
use crate::state::{Settings, Shared, State};
use crate::world::World;
use buckets::{Standing, TooFast};
use error::ApiError;
use multipart::Upload;
use route::{Found, Params, Route};

/// The largest body, in bytes. Source: message resource, "Create Message".
const LARGEST_BODY: usize = 25 * 1024 * 1024;

/// A request on its way to its handler.
pub(crate) struct Call<'a> {
    pub state: &'a mut State,
    pub settings: &'a Settings,
    params: Params,
    query: BTreeMap<String, String>,
    pub body: Value,
    pub files: Vec<Upload>,
}

/// What a handler gives back.
pub(crate) enum Reply {
    /// 200 with JSON.
    Json(Value),
    /// Another status with JSON.
    Status(u16, Value),
    /// 204.
    Empty,
}

pub(crate) type Answer = Result<Reply, ApiError>;

impl Call<'_> {
    pub(crate) fn world(&mut self) -> &mut World {
        &mut self.state.world
    }

    /// A parameter of the path as text.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.params.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value)
    }

    /// A parameter of the path as an id.
    pub(crate) fn id(&self, name: &str) -> Result<Id, ApiError> {
        let text = self.text(name);
        text.parse().map_err(|_| {
            let message = format!("Value \"{text}\" is not snowflake.");
            error::FormErrors::one(name, "NUMBER_TYPE_COERCE", &message)
        })
    }

    /// A parameter of the query.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        self.query.get(name).map(String::as_str)
    }

    /// The `limit` of the query, within 1 and `max`.
    pub(crate) fn limit(&self, default: usize, max: usize) -> Result<usize, ApiError> {
        let Some(text) = self.query("limit") else {
            return Ok(default);
        };
        let wrong = || {
            let message = format!("int value should be between 1 and {max}.");
            error::FormErrors::one("limit", "NUMBER_TYPE_MAX", &message)
        };
        let limit = text.parse().map_err(|_| wrong())?;
        if (1..=max).contains(&limit) { Ok(limit) } else { Err(wrong()) }
    }

    /// The channel of the path, if the bot may see it and do `needed` there.
    /// Unknown: 10003; hidden: 50001; not permitted: 50013.
    pub(crate) fn channel(&self, needed: Permissions) -> Result<Id, ApiError> {
        let id = self.id("channel")?;
        let world = &self.state.world;
        if world.channel(id).is_none() {
            return Err(ApiError::unknown_channel());
        }
        let may = world.permissions(world.bot(), id);
        if !may.contains(Permissions::VIEW_CHANNEL) {
            return Err(ApiError::missing_access());
        }
        if !may.contains(needed) {
            return Err(ApiError::missing_permissions());
        }
        Ok(id)
    }

    /// The message of the path, in a channel where the bot may do `needed`.
    /// Ephemeral messages are not found this way.
    pub(crate) fn message(&self, needed: Permissions) -> Result<(Id, Id), ApiError> {
        let channel = self.channel(needed)?;
        let id = self.id("message")?;
        let found = self.state.world.message_in(channel, id).filter(|m| !m.is_ephemeral());
        found.map(|m| (channel, m.id)).ok_or_else(ApiError::unknown_message)
    }
}

/// Answers every request under `/api`.
pub(crate) async fn handle(
    Extract(shared): Extract<Arc<Shared>>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    request: Request,
) -> Response<Body> {
    let began = Instant::now();
    let method = request.method().as_str().to_owned();
    let full = request.uri().path();
    let path = full.strip_prefix("/api/v10").or_else(|| full.strip_prefix("/api")).unwrap_or(full);
    let path = path.to_owned();
    if let ["", "interactions", id, _, "callback"] = *path.split('/').collect::<Vec<_>>()
        && let Ok(id) = id.parse()
    {
        shared.stopwatch().answered(id, began);
    }
    let query = request.uri().query().unwrap_or_default().to_owned();
    let mut entry = record::Request {
        at: shared.settings.clock.now(),
        method,
        path,
        query,
        route: "",
        body: Value::Null,
        status: 0,
        answer: Value::Null,
        ms: 0.0,
    };
    let outcome = serve(&shared, &mut entry, request).await;
    let (answer, standing, fault) = outcome;
    let (status, body, headers) = finish(answer);
    let lost = matches!(fault, Some(Fault::CutBefore | Fault::LoseResponse));
    if !lost {
        entry.status = status;
        entry.answer = body.clone().unwrap_or_default();
    }
    entry.ms = began.elapsed().as_secs_f64() * 1000.0;
    shared.change(|state| state.record.add(entry));
    if lost {
        connection.knife.cut();
        std::future::pending::<()>().await;
    }
    let mut text = body.map(|body| body.to_string()).unwrap_or_default();
    if fault == Some(Fault::Nonsense) {
        "<html><body>Just a moment…</body></html>".clone_into(&mut text);
    }
    if fault == Some(Fault::CutResponse) {
        connection.knife.cut_before_end((text.len() / 2).max(1));
    }
    let status = if fault == Some(Fault::Nonsense) { 200 } else { status };
    respond(status, text, headers, standing, shared.settings.clock.now())
}

type Outcome = (Result<Reply, Refusal>, Option<Standing>, Option<Fault>);

/// Why there is no reply.
enum Refusal {
    Api(ApiError),
    TooFast(TooFast),
}

async fn serve(shared: &Arc<Shared>, entry: &mut record::Request, request: Request) -> Outcome {
    let refuse = |error| (Err(Refusal::Api(error)), None, None);
    let (route, params) = match route::find(&entry.method, &entry.path) {
        Found::Route(route, params) => (route, params),
        found @ (Found::OtherMethod | Found::Nothing) => {
            let line = format!("{} {}", entry.method, entry.path);
            tracing::warn!(request = line, "a route that the local Discord does not have");
            shared.change(|state| state.record.unknown.push(line));
            return refuse(match found {
                Found::OtherMethod => ApiError::method_not_allowed(),
                Found::Nothing | Found::Route(..) => ApiError::not_found(),
            });
        }
    };
    entry.route = route.name;
    if route.authorized && !is_authorized(request.headers(), &shared.settings.token) {
        return refuse(ApiError::unauthorized());
    }
    let (body, files) = match read_body(request).await {
        Ok(read) => read,
        Err(error) => return refuse(error),
    };
    entry.body = body.clone();
    let fault = shared
        .change(|state| state.faults.take(route.name, &format!("{} {}", entry.method, entry.path)));
    match &fault {
        Some(Fault::RateLimited { scope, retry_after }) => {
            let standing = buckets::exhausted(route.bucket, *scope, *retry_after);
            let refusal = TooFast { scope: *scope, retry_after: *retry_after };
            return (Err(Refusal::TooFast(refusal)), standing, fault);
        }
        Some(Fault::Status(status)) => {
            let error = ApiError::new(*status, 0, &format!("{status}: fault on request"));
            return (Err(Refusal::Api(error)), None, fault);
        }
        Some(Fault::Refused(status, code, message)) => {
            let error = ApiError::new(*status, *code, message);
            return (Err(Refusal::Api(error)), None, fault);
        }
        Some(Fault::CutBefore) => return (Ok(Reply::Empty), None, fault),
        Some(Fault::Hang) => {
            let entry = entry.clone();
            shared.change(|state| state.record.add(entry));
            std::future::pending::<()>().await;
        }
        Some(Fault::Slow(delay)) => tokio::time::sleep(*delay).await,
        Some(Fault::Late(_) | Fault::LoseResponse | Fault::CutResponse | Fault::Nonsense)
        | None => {}
    }
    let query = entry.query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (route::decode(key), route::decode(&value.replace('+', " ")))
    });
    let query = query.collect();
    let asked = Asked { route, params, query, body, files };
    let (result, standing) = match fault {
        Some(Fault::Late(delay)) => {
            // On its own, because whoever asked may hang up meanwhile.
            let shared = Arc::clone(shared);
            let late = tokio::spawn(async move {
                tokio::time::sleep(delay).await;
                asked.run(&shared)
            });
            late.await.unwrap_or_else(|_| (Err(Refusal::Api(ApiError::not_found())), None))
        }
        _ => asked.run(shared),
    };
    (result, standing, fault)
}

/// A request that is ready to be handled.
struct Asked {
    route: &'static Route,
    params: Params,
    query: BTreeMap<String, String>,
    body: Value,
    files: Vec<Upload>,
}

impl Asked {
    fn run(self, shared: &Shared) -> (Result<Reply, Refusal>, Option<Standing>) {
        let Self { route, params, query, body, files } = self;
        shared.change(|state| {
            let standing = match admit(state, route, &params) {
                (standing, Ok(())) => standing,
                (standing, Err(refusal)) => return (Err(Refusal::TooFast(refusal)), standing),
            };
            let mut call = Call { state, settings: &shared.settings, params, query, body, files };
            ((route.run)(&mut call).map_err(Refusal::Api), standing)
        })
    }
}

/// Counts a request against the limits.
fn admit(
    state: &mut State,
    route: &Route,
    params: &Params,
) -> (Option<Standing>, Result<(), TooFast>) {
    let now = Instant::now();
    if route.authorized
        && let Err(refusal) = state.buckets.take_global(now)
    {
        return (None, Err(refusal));
    }
    let top = ["channel", "guild", "token", "application"];
    let resource = top
        .iter()
        .find_map(|name| params.iter().find(|(key, _)| key == name))
        .map_or("", |(_, value)| value);
    state.buckets.take(route.bucket, resource, now)
}

fn is_authorized(headers: &HeaderMap, token: &str) -> bool {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    given.and_then(|value| value.strip_prefix("Bot ")) == Some(token)
}

async fn read_body(request: Request) -> Result<(Value, Vec<Upload>), ApiError> {
    let content_type = request.headers().get(header::CONTENT_TYPE);
    let content_type = content_type.and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    let bytes =
        to_bytes(request.into_body(), LARGEST_BODY).await.map_err(|_| ApiError::too_large())?;
    if let Some(boundary) = multipart::boundary(&content_type) {
        return multipart::parse(&bytes, boundary).ok_or_else(ApiError::invalid_json);
    }
    if bytes.is_empty() {
        return Ok((Value::Null, Vec::new()));
    }
    if !content_type.starts_with("application/json") {
        let message = "Expected \"Content-Type\" header to be one of {'application/json'}.";
        return Err(error::FormErrors::one("", "CONTENT_TYPE_INVALID", message));
    }
    let body = serde_json::from_slice(&bytes).map_err(|_| ApiError::invalid_json())?;
    Ok((body, Vec::new()))
}

type Headers = Vec<(&'static str, String)>;

fn finish(answer: Result<Reply, Refusal>) -> (u16, Option<Value>, Headers) {
    match answer {
        Ok(Reply::Json(body)) => (200, Some(body), Vec::new()),
        Ok(Reply::Status(status, body)) => (status, Some(body), Vec::new()),
        Ok(Reply::Empty) => (204, None, Vec::new()),
        Err(Refusal::Api(error)) => (error.status, Some(error.body()), Vec::new()),
        Err(Refusal::TooFast(TooFast { scope, retry_after })) => {
            let global = scope == buckets::Scope::Global;
            // Discord gives milliseconds; never too little.
            let exact = (retry_after.as_secs_f64() * 1000.0).ceil() / 1000.0;
            let body = json!({
                "message": "You are being rate limited.",
                "retry_after": exact,
                "global": global,
            });
            let mut headers = vec![
                ("retry-after", whole_seconds(retry_after).to_string()),
                ("x-ratelimit-scope", scope.name().to_owned()),
            ];
            if global {
                headers.push(("x-ratelimit-global", "true".to_owned()));
            }
            (429, Some(body), headers)
        }
    }
}

fn whole_seconds(of: Duration) -> u64 {
    of.as_secs() + u64::from(of.subsec_nanos() > 0)
}

fn respond(
    status: u16,
    text: String,
    headers: Headers,
    standing: Option<Standing>,
    now: jiff::Timestamp,
) -> Response<Body> {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(name, value);
    }
    if let Some(Standing { name, limit, remaining, reset_after }) = standing {
        let after = reset_after.as_secs_f64();
        let reset = now.as_duration().as_secs_f64() + after;
        response = response
            .header("x-ratelimit-limit", limit.to_string())
            .header("x-ratelimit-remaining", remaining.to_string())
            .header("x-ratelimit-reset", format!("{reset:.3}"))
            .header("x-ratelimit-reset-after", format!("{after:.3}"))
            .header("x-ratelimit-bucket", name);
    }
    if !text.is_empty() {
        response = response.header(header::CONTENT_TYPE, "application/json");
    }
    response.body(Body::from(text)).unwrap_or_default()
}
