//! A gateway client and a REST client without opinions, to see what is on the wire.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::cast_possible_truncation,
    clippy::wildcard_enum_match_arm,
    reason = "test code; each test file uses a part of it"
)]

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use mockingbird_playground::LocalDiscord;
use reqwest::{Method, Response};
use serde_json::{Value, json};

/// What came from the gateway.
#[derive(Debug, PartialEq)]
pub enum Frame {
    Json(Value),
    /// A closing frame, with its code if it has one.
    Close(Option<u16>),
    /// The connection broke.
    Broken,
    /// Nothing came for a while.
    Silence,
}

/// A blocking websocket client; use it in tests with several threads.
pub struct Wire {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Wire {
    /// Connects; the status of the answer if it is no upgrade.
    pub fn open(discord: &LocalDiscord) -> Result<Self, u16> {
        let address = discord.gateway_url().strip_prefix("ws://").unwrap();
        let (address, path) = address.split_once('/').unwrap();
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        let request = format!(
            "GET /{path}?v=10&encoding=json HTTP/1.1\r\nHost: {address}\r\nUpgrade: websocket\r\n\
             Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut head = Vec::new();
        let mut byte = [0];
        while !head.ends_with(b"\r\n\r\n") {
            stream.read_exact(&mut byte).unwrap();
            head.push(byte[0]);
        }
        let head = String::from_utf8(head).unwrap();
        let status: u16 = head[9..12].parse().unwrap();
        if status == 101 { Ok(Self { stream, buffer: Vec::new() }) } else { Err(status) }
    }

    /// Connects, takes HELLO and identifies.
    pub fn identify(discord: &LocalDiscord, intents: u64) -> Self {
        let mut wire = Self::open(discord).unwrap();
        assert_eq!(wire.json()["op"], 10);
        wire.send(&json!({"op": 2, "d": {
            "token": discord.token(), "intents": intents, "compress": true,
            "properties": {}, "shard": [0, 1], "presence": {"since": "nonsense"},
        }}));
        wire
    }

    pub fn send(&mut self, value: &Value) {
        let text = value.to_string();
        let mut frame = vec![0x81];
        match text.len() {
            short @ 0..126 => frame.push(0x80 | short as u8),
            long => {
                frame.push(0xFE);
                frame.extend((long as u16).to_be_bytes());
            }
        }
        frame.extend([0, 0, 0, 0]);
        frame.extend(text.as_bytes());
        self.stream.write_all(&frame).unwrap();
    }

    /// Closes as a client that will not come back (1000) or will (4000).
    pub fn close(mut self, code: u16) {
        let mut frame = vec![0x88, 0x82, 0, 0, 0, 0];
        frame.extend(code.to_be_bytes());
        self.stream.write_all(&frame).unwrap();
        while !matches!(self.next(), Frame::Broken) {}
    }

    /// What comes next; silence only after ten seconds.
    pub fn next(&mut self) -> Frame {
        self.wait(Duration::from_secs(10))
    }

    /// Whether nothing comes for a moment.
    pub fn is_silent(&mut self) -> bool {
        self.wait(Duration::from_millis(300)) == Frame::Silence
    }

    fn wait(&mut self, patience: Duration) -> Frame {
        self.stream.set_read_timeout(Some(patience)).unwrap();
        loop {
            if let Some(frame) = self.parse() {
                return frame;
            }
            let mut chunk = [0; 8192];
            match self.stream.read(&mut chunk) {
                Ok(0) => return Frame::Broken,
                Ok(n) => self.buffer.extend(&chunk[..n]),
                Err(e) if matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                    return Frame::Silence;
                }
                Err(_) => return Frame::Broken,
            }
        }
    }

    fn parse(&mut self) -> Option<Frame> {
        let b = &self.buffer;
        let first = *b.first()?;
        let (length, start) = match *b.get(1)? {
            126 => (usize::from(u16::from_be_bytes([*b.get(2)?, *b.get(3)?])), 4),
            127 => (u64::from_be_bytes(b.get(2..10)?.try_into().ok()?) as usize, 10),
            short => (usize::from(short), 2),
        };
        let body = b.get(start..start + length)?.to_vec();
        self.buffer.drain(..start + length);
        Some(match first & 15 {
            1 => Frame::Json(serde_json::from_slice(&body).unwrap()),
            8 => Frame::Close(body.get(..2).map(|c| u16::from_be_bytes([c[0], c[1]]))),
            other => panic!("opcode {other}"),
        })
    }

    pub fn json(&mut self) -> Value {
        match self.next() {
            Frame::Json(value) => value,
            other => panic!("{other:?} instead of an event"),
        }
    }

    /// The next event of this name; others are passed over.
    pub fn event(&mut self, name: &str) -> Value {
        loop {
            let value = self.json();
            if value["t"] == name {
                return value;
            }
        }
    }

    /// The names of all events so far: a heartbeat's answer comes after them.
    pub fn names(&mut self) -> Vec<String> {
        self.send(&json!({"op": 1, "d": null}));
        let mut names = Vec::new();
        loop {
            let value = self.json();
            if value["op"] == 11 {
                return names;
            }
            names.push(value["t"].as_str().unwrap_or("-").to_owned());
        }
    }
}

/// One request with the bot's token: status and JSON.
pub async fn rest(discord: &LocalDiscord, method: &str, path: &str, body: Value) -> (u16, Value) {
    let response = send(discord, method, path, body).await.unwrap();
    let status = response.status().as_u16();
    (status, response.json().await.unwrap_or_default())
}

pub async fn send(
    discord: &LocalDiscord,
    method: &str,
    path: &str,
    body: Value,
) -> reqwest::Result<Response> {
    let url = format!("{}/api/v10{path}", discord.base());
    let request = reqwest::Client::builder()
        .no_proxy()
        .build()?
        .request(Method::from_bytes(method.as_bytes()).unwrap(), url)
        .header("authorization", format!("Bot {}", discord.token()));
    let request = if body.is_null() { request } else { request.json(&body) };
    request.send().await
}

/// `/channels/…/messages` of a channel.
pub fn messages(discord: &LocalDiscord, channel: &str) -> String {
    format!("/channels/{}/messages", discord.channel(channel).unwrap())
}
