//! The gateway connection against servers that behave badly in one way each.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic, also where it is not in the test function"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::extract::State;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use axum::routing::get;
use axum::{Json, Router};
use mockingbird::discord::{Discord, GatewayError, Incoming, Secret};
use mockingbird::practice::TeamId;
use serde_json::{Value, json};
use tokio::sync::mpsc::{self, Receiver};
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;

/// What a server does with its n-th connection, counted from 0.
type Script = Arc<dyn Fn(WebSocket, usize) -> Running + Send + Sync>;
type Running = std::pin::Pin<Box<dyn Future<Output = ()> + Send>>;

#[derive(Clone)]
struct Server {
    address: std::net::SocketAddr,
    connections: Arc<AtomicUsize>,
    asked: Arc<AtomicUsize>,
    script: Script,
    limits: Value,
}

impl Server {
    async fn start(limits: Value, script: Script) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (connections, asked) = (Arc::default(), Arc::default());
        let server = Self { address, connections, asked, script, limits };
        let router = Router::new()
            .route("/api/v10/users/@me", get(async || Json(json!({ "id": "1" }))))
            .route("/api/v10/applications/@me", get(async || Json(json!({ "id": "2" }))))
            .route("/api/v10/gateway/bot", get(gateway_bot))
            .route("/", get(connect))
            .with_state(server.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        server
    }

    async fn discord(&self) -> Discord {
        let base = format!("http://{}", self.address);
        Discord::connect(&base, Secret::new("abc")).await.unwrap()
    }
}

async fn gateway_bot(State(server): State<Server>) -> Json<Value> {
    server.asked.fetch_add(1, Ordering::SeqCst);
    Json(json!({
        "url": format!("ws://{}", server.address),
        "shards": 1,
        "session_start_limit": server.limits,
    }))
}

async fn connect(State(server): State<Server>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.on_upgrade(async move |socket| {
        let number = server.connections.fetch_add(1, Ordering::SeqCst);
        (server.script)(socket, number).await;
    })
}

fn plenty() -> Value {
    json!({ "remaining": 999, "reset_after": 3_600_000, "total": 1000, "max_concurrency": 1 })
}

async fn send(socket: &mut WebSocket, payload: Value) {
    socket.send(Message::Text(payload.to_string().into())).await.unwrap();
}

/// HELLO, then reads IDENTIFY.
async fn hello(socket: &mut WebSocket) -> Value {
    send(socket, json!({ "op": 10, "d": { "heartbeat_interval": 41_250 } })).await;
    loop {
        if let Some(Ok(Message::Text(text))) = socket.recv().await {
            let payload: Value = serde_json::from_str(&text).unwrap();
            if payload["op"] == 2 {
                return payload;
            }
        }
    }
}

fn ready() -> Value {
    json!({ "op": 0, "s": 1, "t": "READY", "d": {
        "v": 10, "session_id": "s", "resume_gateway_url": "ws://127.0.0.1:1",
        "user": { "id": "1", "username": "bot", "bot": true },
        "application": { "id": "2", "flags": 0 },
        "guilds": [{ "id": "7", "unavailable": true }],
    }})
}

async fn next(incoming: &mut Receiver<Incoming>, within: Duration) -> Incoming {
    timeout(within, incoming.recv()).await.expect("in time").expect("still listening")
}

/// Plays READY and then ends as the script says; the second connection stays.
async fn reconnects_after(end: fn(WebSocket) -> Running) -> Duration {
    let script: Script = Arc::new(move |mut socket, number| {
        Box::pin(async move {
            hello(&mut socket).await;
            send(&mut socket, ready()).await;
            if number == 0 {
                end(socket).await;
            } else {
                while socket.recv().await.is_some() {}
            }
        })
    });
    let server = Server::start(plenty(), script).await;
    let discord = server.discord().await;
    let (sink, mut incoming) = mpsc::channel(10);
    let stop = CancellationToken::new();
    let stopped = stop.clone();
    let listening = tokio::spawn(async move { discord.listen(sink, stopped).await });
    let teams = vec![TeamId::Server(7)];
    let started = Instant::now();
    assert_eq!(
        next(&mut incoming, Duration::from_secs(5)).await,
        Incoming::Ready { teams: teams.clone() }
    );
    assert_eq!(next(&mut incoming, Duration::from_secs(20)).await, Incoming::Ready { teams });
    stop.cancel();
    assert_eq!(timeout(Duration::from_secs(3), listening).await.unwrap().unwrap(), Ok(()));
    started.elapsed()
}

#[tokio::test]
async fn a_close_frame_without_a_code_does_not_spin() {
    let took = reconnects_after(|mut socket| {
        Box::pin(async move {
            socket.send(Message::Close(None)).await.unwrap();
            while socket.recv().await.is_some() {}
        })
    })
    .await;
    assert!(took < Duration::from_secs(12), "{took:?}");
}

#[tokio::test]
async fn close_4011_does_not_spin() {
    let took = reconnects_after(|mut socket| {
        Box::pin(async move {
            let frame = axum::extract::ws::CloseFrame { code: 4011, reason: "".into() };
            socket.send(Message::Close(Some(frame))).await.unwrap();
            while socket.recv().await.is_some() {}
        })
    })
    .await;
    assert!(took < Duration::from_secs(12), "{took:?}");
}

#[tokio::test]
async fn a_session_that_is_invalid_is_begun_anew() {
    let took = reconnects_after(|mut socket| {
        Box::pin(async move {
            send(&mut socket, json!({ "op": 9, "d": false })).await;
            while socket.recv().await.is_some() {}
        })
    })
    .await;
    assert!(took < Duration::from_secs(12), "{took:?}");
}

#[tokio::test]
async fn a_refused_token_ends_it() {
    let script: Script = Arc::new(|mut socket, _| {
        Box::pin(async move {
            hello(&mut socket).await;
            let frame = axum::extract::ws::CloseFrame { code: 4004, reason: "".into() };
            socket.send(Message::Close(Some(frame))).await.unwrap();
        })
    });
    let server = Server::start(plenty(), script).await;
    let (sink, _incoming) = mpsc::channel(10);
    let discord = server.discord().await;
    let end = discord.listen(sink, CancellationToken::new());
    let end = timeout(Duration::from_secs(5), end).await.unwrap();
    assert_eq!(end, Err(GatewayError::WrongToken));
}

#[tokio::test]
async fn without_starts_left_it_does_not_connect() {
    let script: Script = Arc::new(|_, _| Box::pin(async {}));
    let limits = json!({ "remaining": 0, "reset_after": 90_000 });
    let server = Server::start(limits, script).await;
    let (sink, _incoming) = mpsc::channel(10);
    let end = server.discord().await.listen(sink, CancellationToken::new()).await.unwrap_err();
    assert!(end.to_string().contains("the next in 2 minutes"), "{end}");
    assert_eq!(server.connections.load(Ordering::SeqCst), 0);
}
