//! A gateway that does what a script says, and the bot that listens to it.

use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::extract::State;
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use mockingbird::discord::{Discord, GatewayError, Secret};
use mockingbird::runtime::Incoming;
use serde_json::{Value, json};
use tokio::sync::mpsc::{self, Receiver};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

pub(crate) type Running = Pin<Box<dyn Future<Output = ()> + Send>>;

/// What a server does with its n-th connection, counted from 0.
type Script = Arc<dyn Fn(WebSocket, usize) -> Running + Send + Sync>;

/// A server on a port of its own.
#[derive(Clone)]
pub(crate) struct Server {
    address: SocketAddr,
    /// Connections to the gateway so far.
    pub(crate) connections: Arc<AtomicUsize>,
    /// How often it was asked where its gateway is.
    pub(crate) asked: Arc<AtomicUsize>,
    /// How many of the next connections are refused.
    pub(crate) refusing: Arc<AtomicUsize>,
    script: Script,
    description: Arc<Value>,
}

impl Server {
    /// Starts a server whose gateway does with its n-th connection as the script says.
    pub(crate) async fn start(
        script: impl Fn(WebSocket, usize) -> Running + Send + Sync + 'static,
    ) -> Self {
        Self::described(json!({}), script).await
    }

    /// The same, with some of what `GET /gateway/bot` answers.
    pub(crate) async fn described(
        description: Value,
        script: impl Fn(WebSocket, usize) -> Running + Send + Sync + 'static,
    ) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let server = Self {
            address,
            connections: Arc::default(),
            asked: Arc::default(),
            refusing: Arc::default(),
            script: Arc::new(script),
            description: Arc::new(description),
        };
        let router = Router::new()
            .route("/api/v10/users/@me", get(async || Json(json!({ "id": "1" }))))
            .route("/api/v10/applications/@me", get(async || Json(json!({ "id": "2" }))))
            .route("/api/v10/gateway/bot", get(gateway_bot))
            .route("/", get(connect))
            .with_state(server.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        server
    }

    /// Where its gateway is.
    pub(crate) fn gateway(&self) -> String {
        format!("ws://{}", self.address)
    }

    /// The bot, connected but not yet listening.
    pub(crate) async fn discord(&self) -> Discord {
        Discord::connect(&format!("http://{}", self.address), Secret::new("abc")).await.unwrap()
    }

    /// The bot, listening.
    pub(crate) async fn bot(&self) -> Bot {
        let discord = self.discord().await;
        let (sink, incoming) = mpsc::channel(10_000);
        let stop = CancellationToken::new();
        let stopped = stop.clone();
        let listening = tokio::spawn(async move { discord.listen(sink, stopped).await });
        Bot { incoming, stop, listening }
    }
}

/// A bot that listens.
pub(crate) struct Bot {
    incoming: Receiver<Incoming>,
    stop: CancellationToken,
    listening: JoinHandle<Result<(), GatewayError>>,
}

impl Bot {
    /// What it is told next.
    pub(crate) async fn next(&mut self) -> Incoming {
        let next = timeout(Duration::from_secs(20), self.incoming.recv());
        next.await.expect("in time").expect("it still listens")
    }

    /// Stops it; it must do so within the time that it promises, and have heard nothing more.
    pub(crate) async fn stop(mut self) {
        assert_eq!(self.incoming.try_recv().ok(), None);
        self.stop.cancel();
        let end = timeout(Duration::from_secs(3), self.listening).await;
        assert_eq!(end.expect("in time").unwrap(), Ok(()));
    }

    /// How it ended by itself.
    pub(crate) async fn end(self) -> GatewayError {
        let end = timeout(Duration::from_secs(5), self.listening).await;
        end.expect("in time").unwrap().unwrap_err()
    }
}

async fn gateway_bot(State(server): State<Server>) -> Json<Value> {
    server.asked.fetch_add(1, Ordering::SeqCst);
    let mut answer = json!({
        "url": server.gateway(),
        "shards": 1,
        "session_start_limit": {
            "remaining": 999, "reset_after": 3_600_000, "total": 1000, "max_concurrency": 1
        },
    });
    for (key, value) in server.description.as_object().unwrap() {
        answer[key] = value.clone();
    }
    Json(answer)
}

async fn connect(State(server): State<Server>, upgrade: WebSocketUpgrade) -> Response {
    let one_less = |refusing: usize| refusing.checked_sub(1);
    if server.refusing.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less).is_ok() {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    upgrade.on_upgrade(async move |socket| {
        let number = server.connections.fetch_add(1, Ordering::SeqCst);
        (server.script)(socket, number).await;
    })
}

/// Sends payloads in one go.
pub(crate) async fn send(socket: &mut WebSocket, payloads: impl IntoIterator<Item = Value>) {
    use axum::extract::ws::Message::Text;
    for payload in payloads {
        socket.send(Text(payload.to_string().into())).await.unwrap();
    }
}

/// Says HELLO and reads IDENTIFY (2) or RESUME (6), which has to come.
pub(crate) async fn hello(socket: &mut WebSocket, opcode: u64) -> Value {
    let (came, data) = introduced(socket).await;
    assert_eq!(came, opcode);
    data
}

/// Says HELLO. A session that is to go on is called invalid; a new one is begun, and then stays.
pub(crate) async fn begin_anew(mut socket: WebSocket) {
    let (opcode, _) = introduced(&mut socket).await;
    let answer = if opcode == 6 { json!({ "op": 9, "d": false }) } else { crate::payload::ready() };
    send(&mut socket, [answer]).await;
    stay(socket).await;
}

/// Says HELLO and reads how the bot introduces itself, and with what.
async fn introduced(socket: &mut WebSocket) -> (u64, Value) {
    send(socket, [json!({ "op": 10, "d": { "heartbeat_interval": 41_250 } })]).await;
    loop {
        let message = socket.recv().await.expect("it introduces itself").unwrap();
        let Message::Text(text) = message else { continue };
        let payload: Value = serde_json::from_str(&text).unwrap();
        if let Some(opcode @ (2 | 6)) = payload["op"].as_u64() {
            return (opcode, payload["d"].clone());
        }
    }
}

/// Closes a connection, with a code or without, and waits until the bot has seen it.
pub(crate) async fn close(mut socket: WebSocket, code: Option<u16>) {
    let frame = code.map(|code| CloseFrame { code, reason: "".into() });
    socket.send(Message::Close(frame)).await.unwrap();
    stay(socket).await;
}

/// Keeps a connection until the bot leaves.
pub(crate) async fn stay(mut socket: WebSocket) {
    while let Some(Ok(_)) = socket.recv().await {}
}
