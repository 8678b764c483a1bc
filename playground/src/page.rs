//! The page: a small chat client for the local Discord, and the JSON behind it.
//!
//! Everything comes from the server that serves the local Discord: the page, its
//! style, its one module, and `/page/api/…`. It acts through the members' own API
//! ([`crate::actor`]) like any test does, and knows nothing about the bot.
//!
//! The page may do what any member may, so it must not be reachable from a foreign
//! site: requests that name another host (DNS rebinding) or come from another
//! origin are refused with 403, and the page loads nothing from elsewhere.

mod act;
mod file;
mod view;

use std::sync::Arc;

use axum::Router;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, HeaderName, ORIGIN,
    REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Json, Response};
use axum::routing::{MethodRouter, get};
use jiff::Timestamp;
use serde_json::json;
use tokio::sync::broadcast::error::RecvError;

use crate::LocalDiscord;
use crate::clock::ManualClock;

const INDEX: &str = include_str!("../web/index.html");
const STYLE: &str = include_str!("../web/style.css");
const SCRIPT: &str = include_str!("../web/app.js");
const ICON: &str = include_str!("../web/icon.svg");

/// Moves the world's clock. Whoever owns the clock implements it: the page only
/// says where to.
pub trait TimeControl: Send + Sync + 'static {
    /// Makes the clock show `to`, which is later than what it shows now. Returns
    /// when everybody who reads it reads the new time.
    fn forward_to(&self, to: Timestamp);
}

impl TimeControl for ManualClock {
    fn forward_to(&self, to: Timestamp) {
        self.set(to);
    }
}

/// What the routes share.
#[derive(Clone)]
struct Page {
    discord: LocalDiscord,
    time: Arc<dyn TimeControl>,
}

/// The page's routes, to be merged into the local Discord's own.
pub fn routes(discord: LocalDiscord, time: Arc<dyn TimeControl>) -> Router {
    let port = port_of(discord.base());
    Router::new()
        .route("/", asset("text/html; charset=utf-8", INDEX))
        .route("/page/style.css", asset("text/css; charset=utf-8", STYLE))
        .route("/page/app.js", asset("text/javascript; charset=utf-8", SCRIPT))
        .route("/page/icon.svg", asset("image/svg+xml", ICON))
        .route("/page/api/events", get(events))
        .route("/page/api/file", get(file::serve))
        .merge(act::routes())
        .layer(middleware::from_fn_with_state(port, guard))
        .with_state(Page { discord, time })
}

fn port_of(base: &str) -> u16 {
    base.rsplit(':').next().and_then(|port| port.trim_end_matches('/').parse().ok()).unwrap_or(0)
}

/// One of the files above, which are part of the program.
fn asset(kind: &'static str, text: &'static str) -> MethodRouter<Page> {
    get(([(CONTENT_TYPE, HeaderValue::from_static(kind))], text))
}

/// Lets pass only what was asked of this very address by a page of this address.
async fn guard(State(port): State<u16>, request: Request, next: Next) -> Response {
    let Some(host) = own_host(request.headers(), port) else {
        let error = format!("Open this page as http://127.0.0.1:{port}, nothing else is answered.");
        return (StatusCode::FORBIDDEN, Json(json!({ "error": error }))).into_response();
    };
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    // `'self'` covers sockets in new browsers only, so the socket is named.
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
         connect-src 'self' ws://{host}; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    let fixed: [(HeaderName, &'static str); 4] = [
        (CACHE_CONTROL, "no-store"),
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// The `Host` of a request if it, and the `Origin` if there is one, is this address.
fn own_host(headers: &HeaderMap, port: u16) -> Option<String> {
    let own = ["127.0.0.1", "localhost", "[::1]"].map(|name| format!("{name}:{port}"));
    let mut hosts = headers.get_all(HOST).iter();
    let host = hosts.next()?.to_str().ok()?;
    let origin_fits = headers.get_all(ORIGIN).iter().all(|origin| {
        origin.to_str().ok().and_then(|o| o.strip_prefix("http://")).is_some_and(|o| o == host)
    });
    (hosts.next().is_none() && origin_fits && own.iter().any(|h| h == host))
        .then(|| host.to_owned())
}

/// Tells the page that something changed; it asks for the rest itself.
async fn events(State(page): State<Page>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(move |socket| tell(page, socket))
}

async fn tell(page: Page, mut socket: WebSocket) {
    let mut changes = page.discord.changes();
    loop {
        let news = tokio::select! {
            change = changes.recv() => match change {
                Ok(change) => json!({ "kind": format!("{:?}", change.kind).to_lowercase(), "channel": change.channel }),
                // It fell behind: whatever it was, look again.
                Err(RecvError::Lagged(_)) => json!({ "kind": "all" }),
                Err(RecvError::Closed) => return,
            },
            heard = socket.recv() => match heard {
                Some(Ok(_)) => continue,
                Some(Err(_)) | None => return,
            },
        };
        if socket.send(Message::text(news.to_string())).await.is_err() {
            return;
        }
    }
}
