//! A stand-in for a model's server, on this machine: it answers as a script says, and keeps what it
//! was asked.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// So long a test waits that does not expect to: whatever a busy machine does meanwhile.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// A request as the server saw it.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    /// `POST /v1/chat/completions`.
    pub(crate) line: String,
    pub(crate) authorization: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) body: Value,
}

/// What the server does about a request.
pub(crate) enum Reply {
    /// A status and a body of JSON.
    Json(u16, String),
    /// A status, headers with their line ends, and a body.
    Raw(u16, &'static str, String),
    /// Hang up.
    Cut,
    /// Hang up in the middle of the body.
    Half,
    /// Say nothing, and stay on the line.
    Silence,
    /// Begin an answer that never ends, a byte at a time, each after the last one was taken.
    Drip,
    /// Begin an answer that never ends, as fast as it is read.
    Flood,
}

type Script = Arc<dyn Fn(&Seen, usize) -> Reply + Send + Sync>;

/// A server, its address, and what it was asked.
pub(crate) struct StandIn {
    pub(crate) address: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl StandIn {
    /// Starts a server that answers the n-th request, counted from 0, as the script says.
    pub(crate) async fn start(
        script: impl Fn(&Seen, usize) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = format!("http://{}/v1", listener.local_addr().expect("an address"));
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (script, kept): (Script, _) = (Arc::new(script), Arc::clone(&seen));
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.expect("a connection");
                tokio::spawn(serve(stream, Arc::clone(&script), Arc::clone(&kept)));
            }
        });
        Self { address, seen }
    }

    /// One that always says the same of the key points.
    pub(crate) async fn saying(points: Value) -> Self {
        Self::start(move |_, _| Reply::Json(200, answer(&json!({ "points": points })))).await
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().expect("nobody broke").clone()
    }
}

/// An answer of the chat interface with this message.
pub(crate) fn message(content: &str) -> String {
    json!({
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "small",
        "choices": [{
            "index": 0,
            "message": { "role": "assistant", "content": content, "refusal": null },
            "finish_reason": "stop",
        }],
        "usage": { "prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2 },
    })
    .to_string()
}

pub(crate) fn answer(opinion: &Value) -> String {
    message(&opinion.to_string())
}

/// A point of an opinion, as a model says it.
pub(crate) fn point(number: u8, made: &str, contradicted: bool, quote: &str) -> Value {
    json!({ "number": number, "made": made, "contradicted": contradicted, "quote": quote })
}

async fn serve(stream: TcpStream, script: Script, kept: Arc<Mutex<Vec<Seen>>>) {
    let mut stream = BufReader::new(stream);
    // Connections are kept open between requests, as real servers do.
    while let Some(seen) = read(&mut stream).await {
        let reply = {
            let mut kept = kept.lock().expect("nobody broke");
            let reply = script(&seen, kept.len());
            kept.push(seen);
            reply
        };
        let head = |status: u16, headers: &str| format!("HTTP/1.1 {status} X\r\n{headers}");
        let json = "content-type: application/json; charset=utf-8\r\n";
        let whole = |head: String, body: &str| {
            format!("{head}content-length: {}\r\n\r\n{body}", body.len())
        };
        let bytes = match reply {
            Reply::Json(status, body) => whole(head(status, json), &body),
            Reply::Raw(status, headers, body) => whole(head(status, headers), &body),
            Reply::Cut => return,
            Reply::Half => {
                let half = format!("{}content-length: 100\r\n\r\n{{", head(200, json));
                stream.write_all(half.as_bytes()).await.expect("it is read");
                return;
            }
            Reply::Silence => std::future::pending().await,
            Reply::Drip | Reply::Flood => {
                let part = if matches!(reply, Reply::Drip) { " " } else { &" ".repeat(9_999) };
                let begun = format!("{}transfer-encoding: chunked\r\n\r\n", head(200, json));
                let chunk = format!("{:x}\r\n{part}\r\n", part.len());
                let mut sent = stream.write_all(begun.as_bytes()).await;
                while sent.is_ok() {
                    sent = stream.write_all(chunk.as_bytes()).await;
                    if matches!(reply, Reply::Drip) {
                        tokio::time::sleep(Duration::from_millis(20)).await;
                    }
                }
                return;
            }
        };
        if stream.write_all(bytes.as_bytes()).await.is_err() {
            return;
        }
    }
}

/// The next request on a connection; none once it is closed.
async fn read(stream: &mut BufReader<TcpStream>) -> Option<Seen> {
    let mut seen =
        Seen { line: String::new(), authorization: None, content_type: None, body: Value::Null };
    let mut length = 0;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
            return None;
        }
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        if seen.line.is_empty() {
            line.trim_end_matches(" HTTP/1.1").clone_into(&mut seen.line);
        } else if let Some((name, value)) = line.split_once(": ") {
            match name.to_lowercase().as_str() {
                "content-length" => length = value.parse().expect("a number"),
                "authorization" => seen.authorization = Some(value.to_owned()),
                "content-type" => seen.content_type = Some(value.to_owned()),
                _ => {}
            }
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    seen.body = serde_json::from_slice(&body).unwrap_or_default();
    Some(seen)
}
