//! One connection to the gateway, from its start to its end: who the bot is, heartbeats, and events
//! in the order in which they come. It does not know why there is one, nor what comes after it.
//!
//! serenity's types read the events. Its own connection is not used: after a close frame without a
//! code, and after some that have one, it spins; it connects again at once and without end where
//! each connection is cut; it does not tell the code with which it was closed; and where heartbeats
//! go unanswered it gives up a session that could be resumed.
//!
//! Rules: Discord, "Gateway", "Connection Lifecycle".

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use reqwest::Url;
use serde_json::{Value, json};
use serenity::model::event::{Event, GatewayEvent};
use serenity::model::gateway::GatewayIntents;
use tokio::net::TcpStream;
use tokio::sync::mpsc::UnboundedSender;
use tokio::time::{Instant, sleep_until, timeout};
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async_with_config};

use super::inbound::incoming;
use super::secret::Secret;
use crate::practice::MemberId;
use crate::runtime::Incoming;
use crate::runtime::clock::chance;

/// How long a connection may take to be there.
const CONNECT_WITHIN: Duration = Duration::from_secs(10);
/// How long Discord may take to say HELLO, and to begin a session or to go on with one.
const HELLO_WITHIN: Duration = Duration::from_secs(5);
const BEGIN_WITHIN: Duration = Duration::from_secs(30);
/// How long a goodbye may take.
const CLOSE_WITHIN: Duration = Duration::from_secs(2);
/// So often a session's own address is tried in vain.
const OWN_ADDRESS: u32 = 2;
/// Closes a connection whose session is to go on: any code but 1000 and 1001.
const BE_BACK: u16 = 4000;

/// What a connection needs.
pub(super) struct Plan {
    /// The gateway's address.
    pub(super) gateway: String,
    /// The bot's token.
    pub(super) token: Secret,
    /// What is asked for.
    pub(super) intents: GatewayIntents,
    /// The bot itself, whose own reactions are dropped.
    pub(super) me: MemberId,
}

/// A session that can go on, on another connection.
pub(super) struct Resume {
    /// Its name.
    pub(super) id: String,
    /// Where it goes on.
    pub(super) url: String,
    /// The number of the last event of it.
    pub(super) seq: u64,
    /// Connections in a row on which it did not go on although they were there.
    pub(super) in_vain: u32,
}

/// Why a connection ended.
#[derive(Debug)]
pub(super) enum End {
    /// It was to end.
    Left,
    /// Discord closed it, perhaps with a code.
    Closed(Option<u16>),
    /// There was none, or it broke, or Discord wants another one.
    Lost(String),
}

/// What is left of a connection.
pub(super) struct Ended {
    /// Why it ended.
    pub(super) end: End,
    /// Whether a session began or went on.
    pub(super) began: bool,
    /// When a new one was asked for: each costs one of a day's.
    pub(super) asked: Option<Instant>,
    /// The session, if it can go on.
    pub(super) resume: Option<Resume>,
}

/// Connects, and tells what happens until the end. Goes on with a session if there is one.
pub(super) async fn run(
    plan: &Plan,
    resume: Option<Resume>,
    events: &UnboundedSender<Incoming>,
    leave: impl Future<Output = ()>,
) -> Ended {
    tokio::pin!(leave);
    let connecting = async {
        // Where a session's own address is gone, or takes connections and no more, the usual one
        // knows it as well.
        if let Some(resume) = resume.as_ref().filter(|resume| resume.in_vain < OWN_ADDRESS)
            && let Ok(socket) = connect(&resume.url).await
        {
            return Ok(socket);
        }
        connect(&plan.gateway).await
    };
    let socket = tokio::select! {
        socket = connecting => socket,
        () = &mut leave => return nothing(End::Left, resume),
    };
    let socket = match socket {
        Ok(socket) => socket,
        Err(reason) => return nothing(End::Lost(reason), resume),
    };
    let mut connection = Connection::new(plan, socket, events, resume);
    let end = tokio::select! {
        end = connection.talk() => end,
        () = &mut leave => End::Left,
    };
    match end {
        End::Left => connection.close(1000).await,
        End::Lost(_) => connection.close(BE_BACK).await,
        End::Closed(_) => {}
    }
    let Connection { began, asked, mut session, .. } = connection;
    if let Some(session) = &mut session {
        session.in_vain = if began { 0 } else { session.in_vain.saturating_add(1) };
    }
    Ended { end, began, asked, resume: session }
}

/// What is left where there was no connection.
fn nothing(end: End, resume: Option<Resume>) -> Ended {
    Ended { end, began: false, asked: None, resume }
}

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

async fn connect(gateway: &str) -> Result<Socket, String> {
    let mut url = Url::parse(gateway).map_err(|error| format!("`{gateway}`: {error}"))?;
    url.query_pairs_mut().append_pair("v", "10").append_pair("encoding", "json");
    match timeout(CONNECT_WITHIN, connect_async_with_config(url.as_str(), None, true)).await {
        Ok(Ok((socket, _))) => Ok(socket),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("nobody answers there".to_owned()),
    }
}

/// A connection that is there.
struct Connection<'a> {
    plan: &'a Plan,
    socket: Socket,
    events: &'a UnboundedSender<Incoming>,
    /// What can be resumed: from before, or begun on this connection.
    session: Option<Resume>,
    began: bool,
    asked: Option<Instant>,
    /// Whether the last heartbeat was answered.
    acknowledged: bool,
}

impl<'a> Connection<'a> {
    fn new(
        plan: &'a Plan,
        socket: Socket,
        events: &'a UnboundedSender<Incoming>,
        session: Option<Resume>,
    ) -> Self {
        Self { plan, socket, events, session, began: false, asked: None, acknowledged: true }
    }

    /// Talks until the end.
    async fn talk(&mut self) -> End {
        let interval = match timeout(HELLO_WITHIN, self.hello()).await {
            Ok(Ok(interval)) => interval,
            Ok(Err(end)) => return end,
            Err(_) => return End::Lost("Discord does not say hello".to_owned()),
        };
        self.asked = self.session.is_none().then(Instant::now);
        if let Err(end) = self.send(self.introduction()).await {
            return end;
        }
        let begin_by = Instant::now() + BEGIN_WITHIN;
        // The first one comes at random, or after an outage all bots would beat as one.
        let fraction = u32::try_from(chance() % 1_000).unwrap_or_default();
        let mut next_beat = Instant::now() + interval * fraction / 1_000;
        loop {
            let done = tokio::select! {
                () = sleep_until(next_beat) => {
                    // Not from the last one: after a standstill two would come at once.
                    next_beat = Instant::now() + interval;
                    self.beat().await
                }
                () = sleep_until(begin_by), if !self.began => {
                    Err(End::Lost("Discord begins no session".to_owned()))
                }
                message = self.socket.next() => match read(message) {
                    Ok(Some(event)) => self.hear(event).await,
                    Ok(None) => Ok(()),
                    Err(end) => Err(end),
                },
            };
            if let Err(end) = done {
                self.forget_after(&end);
                return end;
            }
        }
    }

    /// Waits for HELLO; how often heartbeats are to be sent.
    async fn hello(&mut self) -> Result<Duration, End> {
        loop {
            let message = self.socket.next().await;
            if let Some(Heard::Event(event)) = read(message)?
                && let GatewayEvent::Hello(milliseconds) = *event
            {
                return Ok(Duration::from_millis(milliseconds.max(100)));
            }
        }
    }

    /// RESUME or IDENTIFY.
    fn introduction(&self) -> Value {
        let token = self.plan.token.expose();
        match &self.session {
            Some(Resume { id, seq, .. }) => {
                json!({ "op": 6, "d": { "token": token, "session_id": id, "seq": seq } })
            }
            None => json!({ "op": 2, "d": {
                "token": token,
                "intents": self.plan.intents.bits(),
                "shard": [0, 1],
                "properties": {
                    "os": std::env::consts::OS, "browser": "mockingbird", "device": "mockingbird",
                },
            }}),
        }
    }

    /// The next heartbeat. Where the last one was not answered, nobody is there any more.
    async fn beat(&mut self) -> Result<(), End> {
        if !self.acknowledged {
            return Err(End::Lost("Discord answers no heartbeats".to_owned()));
        }
        self.acknowledged = false;
        self.heartbeat().await
    }

    async fn heartbeat(&mut self) -> Result<(), End> {
        let seq = self.session.as_ref().map(|session| session.seq);
        self.send(json!({ "op": 1, "d": seq })).await
    }

    async fn hear(&mut self, heard: Heard) -> Result<(), End> {
        let event = match heard {
            Heard::Event(event) => *event,
            Heard::Strange => {
                self.tell(Incoming::Unknown { kind: "frame".to_owned() });
                return Ok(());
            }
        };
        match event {
            GatewayEvent::Dispatch(seq, event) => self.dispatch(seq, &event),
            GatewayEvent::Heartbeat(..) => return self.heartbeat().await,
            GatewayEvent::HeartbeatAck => self.acknowledged = true,
            GatewayEvent::Reconnect => {
                return Err(End::Lost("Discord asks for another connection".to_owned()));
            }
            GatewayEvent::InvalidateSession(resumable) => {
                if !resumable {
                    self.session = None;
                }
                return Err(End::Lost("Discord calls the session invalid".to_owned()));
            }
            GatewayEvent::Hello(_) => {}
            _ => self.tell(Incoming::Unknown { kind: "opcode".to_owned() }),
        }
        Ok(())
    }

    fn dispatch(&mut self, seq: u64, event: &Event) {
        if let Event::Ready(event) = event {
            let ready = &event.ready;
            let (id, url) = (ready.session_id.clone(), ready.resume_gateway_url.clone());
            self.session = Some(Resume { id, url, seq, in_vain: 0 });
        }
        if let Event::Resumed(_) = event {
            tracing::info!("connected to Discord again; the session goes on");
        }
        self.began |= matches!(event, Event::Ready(_) | Event::Resumed(_));
        if let Some(session) = &mut self.session {
            session.seq = seq;
        }
        if let Some(incoming) = incoming(event, self.plan.me) {
            self.tell(incoming);
        }
    }

    fn tell(&self, incoming: Incoming) {
        // Nobody listens any more while the bot stops.
        drop(self.events.send(incoming));
    }

    /// After these codes a session cannot go on ("Opcodes and Status Codes", close event codes:
    /// not authenticated, invalid sequence, timed out).
    fn forget_after(&mut self, end: &End) {
        if let End::Closed(Some(4003 | 4007 | 4009)) = end {
            self.session = None;
        }
    }

    async fn send(&mut self, payload: Value) -> Result<(), End> {
        let sent = self.socket.send(Message::text(payload.to_string())).await;
        sent.map_err(|error| lost(&error))
    }

    /// Says goodbye, so that Discord knows at once.
    async fn close(&mut self, code: u16) {
        let closing = async {
            let frame = CloseFrame { code: code.into(), reason: "".into() };
            if self.socket.close(Some(frame)).await.is_ok() {
                while let Some(Ok(_)) = self.socket.next().await {}
            }
        };
        // A connection that is dead on the other side takes no goodbye.
        drop(timeout(CLOSE_WITHIN, closing).await);
    }
}

/// What was heard.
enum Heard {
    Event(Box<GatewayEvent>),
    /// A frame that this version does not understand.
    Strange,
}

fn read(message: Option<Result<Message, Error>>) -> Result<Option<Heard>, End> {
    match message {
        Some(Ok(Message::Text(text))) => Ok(Some(
            serde_json::from_str(&text)
                .map_or(Heard::Strange, |event| Heard::Event(Box::new(event))),
        )),
        Some(Ok(Message::Close(frame))) => Err(End::Closed(frame.map(|frame| frame.code.into()))),
        Some(Ok(Message::Binary(_))) => Ok(Some(Heard::Strange)),
        Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => Ok(None),
        Some(Err(error)) => Err(lost(&error)),
        None => Err(End::Lost("the connection broke".to_owned())),
    }
}

fn lost(error: &Error) -> End {
    End::Lost(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_encrypted_gateway_is_tried_with_encryption() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let taking = async {
            let (mut stream, _) = listener.accept().await.expect("a connection");
            let mut first = [0; 3];
            tokio::io::AsyncReadExt::read_exact(&mut stream, &mut first).await.expect("bytes");
            first
        };
        let url = format!("wss://localhost:{port}");
        let (first, connected) = tokio::join!(taking, connect(&url));
        // A TLS record that holds a handshake, and no HTTP in the clear.
        assert_eq!(first[..2], [0x16, 0x03]);
        assert!(connected.is_err());
    }
}
