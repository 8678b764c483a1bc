//! Requests against a server that answers as a script says: what is tried again, how often, and
//! what never is.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic, also where it is not in the test function"
)]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use mockingbird::discord::{Discord, Secret};
use mockingbird::practice::effect::{Attempt, Audience, Effect, Failure, OrderId, Outcome, Step};
use mockingbird::practice::input::Interaction;
use mockingbird::practice::view::View;
use mockingbird::practice::{ChannelId, MessageId, PostId};
use mockingbird::runtime::Incoming;
use mockingbird::words::Message;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;

const TOKEN: &str = "the-token-of-the-bot";
const ASK_TOKEN: &str = "the-token-of-the-request";
const MESSAGE: &str = r#"{"id":"77"}"#;

/// A request as the server saw it.
#[derive(Clone, Debug)]
struct Seen {
    at: Instant,
    line: String,
    authorization: Option<String>,
    body: Value,
}

enum Reply {
    Answer(u16, &'static str, &'static str),
    Cut,
    Silence,
}
use Reply::{Answer, Cut, Silence};

type Script = Arc<dyn Fn(&Seen, usize) -> Reply + Send + Sync>;

struct Server {
    discord: Discord,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Server {
    /// Starts a server that answers the n-th request, counted from 0, as the script says.
    async fn start(script: impl Fn(&Seen, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (script, kept): (Script, _) = (Arc::new(script), Arc::clone(&seen));
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(stream, Arc::clone(&script), Arc::clone(&kept)));
            }
        });
        let discord = Discord::connect(&base, Secret::new(TOKEN)).await.unwrap();
        Self { discord, seen }
    }

    fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    fn lines(&self) -> Vec<String> {
        self.seen().into_iter().map(|seen| seen.line.replace(ASK_TOKEN, "T")).collect()
    }
}

async fn serve(stream: TcpStream, script: Script, kept: Arc<Mutex<Vec<Seen>>>) {
    let mut stream = BufReader::new(stream);
    let (mut head, mut length, mut authorization) = (String::new(), 0, None);
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
            return;
        }
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        if head.is_empty() {
            head = line.trim_end_matches(" HTTP/1.1").to_owned();
        }
        if let Some((name, value)) = line.split_once(": ") {
            match name.to_lowercase().as_str() {
                "content-length" => length = value.parse().unwrap(),
                "authorization" => authorization = Some(value.to_owned()),
                _ => {}
            }
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.unwrap();
    let seen = Seen {
        at: Instant::now(),
        line: head.replace("/api/v10/", ""),
        authorization,
        body: serde_json::from_slice(&body).unwrap_or_default(),
    };
    let reply = match seen.line.as_str() {
        "GET users/@me" => Answer(200, "", r#"{"id":"1"}"#),
        "GET applications/@me" => Answer(200, "", r#"{"id":"2"}"#),
        _ => {
            let mut kept = kept.lock().unwrap();
            let reply = script(&seen, kept.len());
            kept.push(seen);
            reply
        }
    };
    match reply {
        Answer(status, headers, body) => {
            let length = body.len();
            let head = format!("HTTP/1.1 {status} X\r\ncontent-length: {length}\r\n{headers}");
            let answer = format!("{head}connection: close\r\n\r\n{body}");
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
        Cut => {}
        Silence => std::future::pending().await,
    }
}

fn order(step: Step) -> OrderId {
    OrderId::of_post(PostId(5), step)
}

fn pages(texts: &[&str]) -> Vec<Message> {
    texts.iter().map(|text| Message { content: (*text).to_owned(), ..Message::default() }).collect()
}

fn view() -> Box<View> {
    Box::new(View::Help)
}

fn send() -> Effect {
    Effect::Send {
        order: order(Step::Send),
        channel: ChannelId(3),
        reply_to: None,
        after: None,
        view: view(),
        nonce: "n".to_owned(),
        attempt: Attempt::Nonce { since: jiff::Timestamp::UNIX_EPOCH },
    }
}

fn react(channel: u64) -> Effect {
    let order = order(Step::React);
    Effect::React {
        order,
        channel: ChannelId(channel),
        message: MessageId(4),
        emoji: "💡".to_owned(),
    }
}

fn reply(order: Option<OrderId>) -> Effect {
    let to = Interaction { id: 6, token: ASK_TOKEN.to_owned() };
    Effect::Reply { to, view: view(), audience: Audience::OnlyAsker, order }
}

#[tokio::test]
async fn a_429_is_obeyed_and_tried_again() {
    let server = Server::start(|_, number| match number {
        0 => Answer(429, "retry-after: 1\r\n", r#"{"retry_after":0.3,"global":false}"#),
        _ => Answer(204, "", ""),
    })
    .await;
    assert_eq!(server.discord.perform(&react(3), &[]).await, Outcome::Done);
    let seen = server.seen();
    assert_eq!(seen.len(), 2);
    assert!(seen[1].at - seen[0].at >= Duration::from_millis(300));
}

#[tokio::test]
async fn a_429_that_never_ends_is_given_up() {
    let server = Server::start(|_, _| Answer(429, "", r#"{"retry_after":0.01}"#)).await;
    let outcome = server.discord.perform(&react(3), &[]).await;
    assert!(matches!(outcome, Outcome::Failed(Failure::Unavailable { .. })), "{outcome:?}");
    assert_eq!(server.seen().len(), 5);
}

#[tokio::test]
async fn a_429_that_would_last_longer_than_a_minute_is_given_up_at_once() {
    let server = Server::start(|_, _| Answer(429, "", r#"{"retry_after":61.5}"#)).await;
    let outcome = server.discord.perform(&react(3), &[]).await;
    assert!(matches!(outcome, Outcome::Failed(Failure::Unavailable { .. })), "{outcome:?}");
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_global_429_holds_other_channels_back_but_no_answer() {
    const GLOBAL: &str = "x-ratelimit-global: true\r\n";
    let server = Server::start(|_, number| match number {
        0..4 => Answer(429, GLOBAL, r#"{"retry_after":0.01,"global":true}"#),
        4 => Answer(429, GLOBAL, r#"{"retry_after":0.5,"global":true}"#),
        _ => Answer(204, "", ""),
    })
    .await;
    let given_up = server.discord.perform(&react(3), &[]).await;
    assert!(matches!(given_up, Outcome::Failed(Failure::Unavailable { .. })), "{given_up:?}");
    let (other, answer) = (react(9), reply(None));
    let page = pages(&["a"]);
    let outcomes =
        tokio::join!(server.discord.perform(&other, &[]), server.discord.perform(&answer, &page),);
    assert_eq!(outcomes, (Outcome::Done, Outcome::Done));
    let seen = server.seen();
    let order: Vec<bool> = seen[5..].iter().map(|seen| seen.line.contains("/callback")).collect();
    assert_eq!(order, [true, false]);
    assert!(seen[6].at - seen[4].at >= Duration::from_millis(500));
}

#[tokio::test]
async fn a_bucket_that_is_empty_is_waited_for_without_being_told() {
    const EMPTY: &str = "x-ratelimit-bucket: b\r\nx-ratelimit-limit: 1\r\n\
                         x-ratelimit-remaining: 0\r\nx-ratelimit-reset-after: 0.4\r\n";
    let server = Server::start(|_, _| Answer(204, EMPTY, "")).await;
    server.discord.perform(&react(3), &[]).await;
    let other_message = Effect::React {
        order: order(Step::React),
        channel: ChannelId(3),
        message: MessageId(8),
        emoji: "💡".to_owned(),
    };
    server.discord.perform(&other_message, &[]).await;
    let seen = server.seen();
    assert!(seen[1].at - seen[0].at >= Duration::from_millis(390));
}

#[tokio::test]
async fn a_5xx_is_tried_again_four_times_at_most() {
    let server = Server::start(|_, number| match number {
        0 | 1 => Answer(502, "", "bad gateway"),
        _ => Answer(204, "", ""),
    })
    .await;
    assert_eq!(server.discord.perform(&react(3), &[]).await, Outcome::Done);
    assert_eq!(server.seen().len(), 3);

    let server = Server::start(|_, _| Answer(503, "", "")).await;
    let outcome = server.discord.perform(&react(3), &[]).await;
    assert!(matches!(outcome, Outcome::Failed(Failure::Unavailable { .. })), "{outcome:?}");
    assert_eq!(server.seen().len(), 4);
}

#[tokio::test]
async fn a_post_whose_answer_is_lost_is_sent_again_with_the_same_nonce() {
    let server = Server::start(|_, number| match number {
        0 => Cut,
        _ => Answer(200, "", MESSAGE),
    })
    .await;
    let outcome = server.discord.perform(&send(), &pages(&["a", "b"])).await;
    assert_eq!(outcome, Outcome::Sent { message: MessageId(77) });
    let nonces: Vec<Value> = server.seen().iter().map(|seen| seen.body["nonce"].clone()).collect();
    assert_eq!(nonces, ["n", "n", "n-2"]);
    assert!(server.seen().iter().all(|seen| seen.body["enforce_nonce"] == true));
}

#[tokio::test]
async fn a_further_page_of_an_answer_is_never_sent_twice() {
    let server = Server::start(|_, number| match number {
        0 => Answer(204, "", ""),
        _ => Answer(500, "", ""),
    })
    .await;
    let outcome = server.discord.perform(&reply(None), &pages(&["a", "b", "c"])).await;
    assert_eq!(outcome, Outcome::Done);
    assert_eq!(server.lines(), ["POST interactions/6/T/callback", "POST webhooks/2/T"]);
    assert_eq!(server.seen()[1].body["flags"], 64);
}

#[tokio::test]
async fn an_answer_whose_confirmation_is_lost_has_worked() {
    let server = Server::start(|_, number| match number {
        0 => Cut,
        1 => Answer(400, "", r#"{"code":40060,"message":"already acknowledged"}"#),
        _ => Answer(200, "", MESSAGE),
    })
    .await;
    let outcome = server.discord.perform(&reply(Some(order(Step::Send))), &pages(&["a"])).await;
    assert_eq!(outcome, Outcome::Sent { message: MessageId(77) });
    assert_eq!(
        server.lines()[1..],
        [
            "POST interactions/6/T/callback?with_response=true",
            "GET webhooks/2/T/messages/@original"
        ]
    );
}

#[tokio::test]
async fn an_answer_that_somebody_else_gave_is_late() {
    let server = Server::start(|_, _| Answer(400, "", r#"{"code":40060,"message":"no"}"#)).await;
    let outcome = server.discord.perform(&reply(None), &pages(&["a"])).await;
    assert_eq!(outcome, Outcome::Failed(Failure::Late));
}

#[tokio::test]
async fn an_answer_is_given_up_within_its_three_seconds() {
    let server = Server::start(|_, _| Silence).await;
    let started = Instant::now();
    let outcome = server.discord.perform(&reply(None), &pages(&["a"])).await;
    assert!(matches!(outcome, Outcome::Failed(Failure::Unavailable { .. })), "{outcome:?}");
    assert!(started.elapsed() < Duration::from_secs(4));
}

#[tokio::test]
async fn a_refused_token_ends_everything() {
    let server =
        Server::start(|_, _| Answer(401, "", r#"{"code":0,"message":"401: Unauthorized"}"#)).await;
    let outcome = server.discord.perform(&react(3), &[]).await;
    assert!(matches!(outcome, Outcome::Failed(Failure::Unavailable { .. })), "{outcome:?}");
    server.discord.perform(&react(3), &[]).await;
    assert_eq!(server.seen().len(), 1);
    assert!(server.discord.rest().token_refused().is_cancelled());
    let (sink, _incoming) = tokio::sync::mpsc::channel::<Incoming>(1);
    let end =
        timeout(Duration::from_secs(1), server.discord.listen(sink, CancellationToken::new()));
    assert!(end.await.unwrap().unwrap_err().to_string().contains("DISCORD_TOKEN"));
}

#[tokio::test]
async fn an_expired_request_says_nothing_about_the_token() {
    let server = Server::start(|_, _| {
        Answer(401, "", r#"{"code":50027,"message":"Invalid Webhook Token"}"#)
    })
    .await;
    let outcome = server.discord.perform(&reply(None), &pages(&["a"])).await;
    assert_eq!(outcome, Outcome::Failed(Failure::Late));
    assert!(!server.discord.rest().token_refused().is_cancelled());
    assert_eq!(server.seen()[0].authorization, None);
}

#[tokio::test]
async fn a_long_search_reads_on_and_finds_what_is_missing() {
    fn page(range: std::ops::RangeInclusive<u64>) -> &'static str {
        let messages: Vec<Value> = range
            .rev()
            .map(|id| {
                json!({
                    "id": id.to_string(),
                    "author": { "id": if id == 150 || id == 40 { "1" } else { "8" } },
                    "content": if id == 40 { "b" } else { "a" },
                })
            })
            .collect();
        Box::leak(Value::Array(messages).to_string().into_boxed_str())
    }
    let server = Server::start(|seen, _| match seen.line.as_str() {
        "GET channels/3/messages?limit=100" => Answer(200, "", page(151..=250)),
        "GET channels/3/messages?after=0&limit=100" => Answer(200, "", page(1..=100)),
        "GET channels/3/messages?after=100&limit=100" => Answer(200, "", page(101..=200)),
        "POST channels/3/messages" => Answer(200, "", MESSAGE),
        line => panic!("{line}"),
    })
    .await;
    let Effect::Send { order, channel, reply_to, view, nonce, .. } = send() else { panic!() };
    let since = jiff::Timestamp::UNIX_EPOCH;
    let attempt = Attempt::LookFirst { since };
    let effect = Effect::Send { order, channel, reply_to, view, nonce, attempt, after: None };
    let outcome = server.discord.perform(&effect, &pages(&["a", "c", "b", "a"])).await;
    assert_eq!(outcome, Outcome::Sent { message: MessageId(150) });
    let sent: Vec<Value> =
        server.seen()[3..].iter().map(|seen| seen.body["content"].clone()).collect();
    assert_eq!(sent, ["c", "a"]);
}

#[tokio::test]
async fn a_redirect_is_not_followed_so_that_no_token_leaves_for_elsewhere() {
    let server = Server::start(|_, _| Answer(307, "location: /elsewhere\r\n", "")).await;
    let outcome = server.discord.perform(&react(3), &[]).await;
    assert!(matches!(outcome, Outcome::Failed(_)), "{outcome:?}");
    assert!(server.lines().iter().all(|line| !line.contains("elsewhere")), "{:?}", server.lines());
}
