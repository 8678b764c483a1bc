//! The local Discord as its users hold it: start, look, wait, disturb, stop.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, State as Extract, WebSocketUpgrade};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use tokio::sync::broadcast;
use tokio_util::sync::CancellationToken;

use crate::Id;
use crate::actor::Actor;
use crate::fault::Faults;
use crate::gateway::{Out, socket};
use crate::net::{Connection, Knives, LocalListener};
use crate::record::Request;
use crate::rest;
use crate::setup::Setup;
use crate::state::{Shared, State};
use crate::world::{Change, ChangeKind, World};

/// Why a local Discord did not start.
#[derive(Debug, thiserror::Error)]
#[error("port {port} on 127.0.0.1 cannot be taken: {source}")]
pub struct StartError {
    port: u16,
    source: std::io::Error,
}

/// What was waited for did not happen.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("nothing of the kind happened within {0:?}")]
pub struct TimedOut(pub Duration);

/// A running local Discord. Clones share it; it ends with the last one.
#[derive(Clone)]
pub struct LocalDiscord {
    pub(crate) shared: Arc<Shared>,
    server: Arc<Server>,
}

/// Ends the server when the last handle goes.
struct Server {
    stop: CancellationToken,
    knives: Knives,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.cancel();
        self.knives.cut_all();
    }
}

/// A local Discord whose port is taken but which does not answer yet.
pub struct Prepared {
    discord: LocalDiscord,
    listener: LocalListener,
}

impl fmt::Debug for LocalDiscord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalDiscord").field("base", &self.base()).finish_non_exhaustive()
    }
}

impl fmt::Debug for Prepared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Prepared").field("discord", &self.discord).finish_non_exhaustive()
    }
}

impl Prepared {
    /// The handle, to build further routes with.
    pub fn discord(&self) -> LocalDiscord {
        self.discord.clone()
    }

    /// Begins to answer, with further routes on the same port. `/api`, `/gateway`
    /// and what is below them are taken.
    pub fn serve(self, further: Router) -> LocalDiscord {
        let Self { discord, listener } = self;
        let app = router(Arc::clone(&discord.shared)).merge(further);
        let app = app.into_make_service_with_connect_info::<Connection>();
        let stop = discord.server.stop.clone();
        tokio::spawn(async move {
            let served = axum::serve(listener, app).into_future();
            tokio::select! {
                ended = served => if let Err(error) = ended {
                    tracing::error!(%error, "the local Discord ended");
                },
                () = stop.cancelled() => {}
            }
        });
        discord
    }
}

fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/api/{*rest}", any(rest::handle))
        .route("/gateway", get(gateway))
        .route("/gateway/", get(gateway))
        .with_state(shared)
}

async fn gateway(
    Extract(shared): Extract<Arc<Shared>>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    // Bots send no Origin; a page of another site that plays the bot does.
    if headers.contains_key(header::ORIGIN) {
        return StatusCode::FORBIDDEN.into_response();
    }
    if shared.look(|state| state.gateway.away) {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    upgrade.on_upgrade(move |socket| socket::serve(shared, socket, connection.knife))
}

impl LocalDiscord {
    /// Starts one.
    ///
    /// # Errors
    /// If the port is taken.
    pub async fn start(setup: Setup) -> Result<Self, StartError> {
        Ok(Self::prepare(setup).await?.serve(Router::new()))
    }

    /// Takes the port without answering yet.
    ///
    /// # Errors
    /// If the port is taken.
    pub async fn prepare(setup: Setup) -> Result<Prepared, StartError> {
        let failed = |source| StartError { port: setup.port, source };
        let knives = Knives::default();
        let listener = LocalListener::bind(setup.port, knives.clone()).await.map_err(failed)?;
        let port = listener.address().map_err(failed)?.port();
        let shared = Arc::new(Shared::new(&setup, port));
        let server = Arc::new(Server { stop: CancellationToken::new(), knives });
        Ok(Prepared { discord: Self { shared, server }, listener })
    }

    /// Stops answering and cuts all connections.
    pub fn stop(&self) {
        self.server.stop.cancel();
        self.server.knives.cut_all();
    }

    /// The address that stands for `https://discord.com`: `http://127.0.0.1:PORT`.
    pub fn base(&self) -> &str {
        &self.shared.settings.base
    }

    /// The gateway's address, as `GET /gateway/bot` gives it.
    pub fn gateway_url(&self) -> &str {
        &self.shared.settings.gateway_url
    }

    /// The bot's token. It has the shape of a real one and works nowhere else.
    pub fn token(&self) -> &str {
        &self.shared.settings.token
    }

    /// The application, which is also the bot's user.
    pub fn application_id(&self) -> Id {
        self.with_world(World::bot)
    }

    /// A member at the keyboard.
    pub fn member(&self, name: &str) -> Actor {
        Actor::new(self.clone(), name)
    }

    /// The channel or thread of this name (see [`World::channel_named`]).
    pub fn channel(&self, name: &str) -> Option<Id> {
        self.with_world(|world| world.channel_named(name).map(|c| c.id))
    }

    /// The private chat of a member with the bot, made if there is none.
    pub fn dm(&self, member: &str) -> Option<Id> {
        self.shared.change(|state| {
            let user = state.world.user_named(member)?.id;
            Some(state.world.open_private_chat(user))
        })
    }

    /// Lets a member take no private messages from the bot, or take them again. The chat can still
    /// be opened; what is sent there is refused with 50007, as Discord does it.
    pub fn close_private_messages(&self, member: &str, closed: bool) {
        self.shared.change(|state| {
            let Some(user) = state.world.user_named(member).map(|user| user.id) else { return };
            if closed {
                state.world.closed.insert(user);
            } else {
                state.world.closed.remove(&user);
            }
            state.world.changed(ChangeKind::Channel, None);
        });
    }

    /// Looks at the world. Nothing changes meanwhile, so be quick.
    pub fn with_world<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        self.shared.look(|state| look(&state.world))
    }

    /// Waits until the world is so; looks again after each change.
    ///
    /// # Errors
    /// If it is not within `timeout` of real time.
    pub async fn until(
        &self,
        mut condition: impl FnMut(&World) -> bool,
        timeout: Duration,
    ) -> Result<(), TimedOut> {
        self.until_state(|state| condition(&state.world), timeout).await
    }

    /// Waits until the bot has connected and identified.
    ///
    /// # Errors
    /// If it has not within `timeout` of real time.
    pub async fn until_connected(&self, timeout: Duration) -> Result<(), TimedOut> {
        self.until_state(|state| state.gateway.is_connected(), timeout).await
    }

    /// Waits until the bot has made a request that fits.
    ///
    /// # Errors
    /// If it has not within `timeout` of real time.
    pub async fn until_request(
        &self,
        mut fits: impl FnMut(&Request) -> bool,
        timeout: Duration,
    ) -> Result<(), TimedOut> {
        self.until_state(|state| state.record.requests.iter().any(&mut fits), timeout).await
    }

    async fn until_state(
        &self,
        mut condition: impl FnMut(&State) -> bool,
        timeout: Duration,
    ) -> Result<(), TimedOut> {
        let wait = self.shared.until_some(|state| condition(state).then_some(()));
        tokio::time::timeout(timeout, wait).await.map_err(|_| TimedOut(timeout))
    }

    /// Tells of every change of the world, for those who show it. Whoever is too
    /// slow misses some and looks anew.
    pub fn changes(&self) -> broadcast::Receiver<Change> {
        self.shared.changes.subscribe()
    }

    /// Tells that the clock was moved.
    pub fn clock_moved(&self) {
        self.shared.change(|state| state.world.changed(ChangeKind::Clock, None));
    }

    /// What happened in a channel and its threads, as text without ids. Empty for
    /// an unknown channel.
    pub fn transcript(&self, channel: &str) -> String {
        self.with_world(|world| {
            let channel = world.channel_named(channel).map(|c| c.id);
            channel.map(|id| world.transcript(id)).unwrap_or_default()
        })
    }

    /// Everything that happened since the last call, in all channels.
    pub fn take_transcript(&self) -> String {
        self.shared.change(|state| state.world.take_transcript())
    }

    /// The bot's requests so far (the last 20,000), in the order of their answers.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.look(|state| state.record.requests.iter().cloned().collect())
    }

    /// The events that were made for sessions which have not ended, whole frames (`t`, `d`), as far
    /// as they are kept for a RESUME (the last 5,000 of a session).
    pub fn events(&self) -> Vec<serde_json::Value> {
        self.shared.look(|state| {
            let frames = state.gateway.sessions.values().flat_map(|session| &session.frames);
            let texts = frames.filter_map(|(_, out)| match out {
                Out::Text(text) | Out::Asked(_, text) => Some(text),
                Out::Close(..) | Out::Cut => None,
            });
            texts.filter_map(|text| serde_json::from_str(text).ok()).collect()
        })
    }

    /// How long the bot took to answer an interaction: from its event on the socket
    /// to the head of the callback's request. None before that.
    pub fn reaction_time(&self, interaction: Id) -> Option<Duration> {
        self.shared.stopwatch().took(interaction)
    }

    /// What should never happen: requests to routes that do not exist here, requests that came
    /// before a told limit was over, and events that serenity could not have parsed. A test ends by asserting that
    /// this is empty.
    pub fn complaints(&self) -> Vec<String> {
        self.shared.look(|state| {
            let unknown = state.record.unknown.iter().map(|r| format!("unknown route: {r}"));
            let unparsed = state.gateway.problems.iter().map(|p| format!("bad event: {p}"));
            let early = state.faults.early.iter().map(|r| format!("came before it might: {r}"));
            unknown.chain(unparsed).chain(early).collect()
        })
    }

    /// How often the bot identified and resumed so far.
    pub fn logins(&self) -> (u32, u32) {
        self.shared.look(|state| (state.gateway.identifies, state.gateway.resumes))
    }

    /// How many connections to the gateway the bot made so far, with or without a session.
    pub fn connections(&self) -> u32 {
        self.shared.look(|state| state.gateway.connections)
    }

    /// Whether the bot is connected and identified.
    pub fn is_connected(&self) -> bool {
        self.shared.look(|state| state.gateway.is_connected())
    }

    /// What can go wrong on request.
    pub fn faults(&self) -> Faults {
        Faults::new(Arc::clone(&self.shared))
    }

    /// The bot goes away: connections break and are refused, sessions end, and
    /// what happens meanwhile is never delivered. REST keeps working.
    pub fn disconnect(&self) {
        self.faults().away(true);
    }

    /// The gateway takes connections again.
    pub fn reconnect(&self) {
        self.faults().away(false);
    }
}
