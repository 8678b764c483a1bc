//! The page's routes: who may reach them, what they show, what a member can do.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops where something is not as it should be"
)]

mod bot;

use std::sync::Arc;
use std::time::Duration;

use mockingbird_playground::{LocalDiscord, ManualClock, RateLimits, Setup, World, page};
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A browser at the page, without the browser.
struct Page {
    discord: LocalDiscord,
    http: Client,
}

impl Page {
    async fn open() -> Self {
        let clock = Arc::new(ManualClock::new("2026-11-23T08:00:00Z".parse().unwrap()));
        let setup = Setup {
            clock: Arc::clone(&clock) as _,
            rate_limits: RateLimits::off(),
            answer_within: Duration::from_millis(1500),
            ..Setup::default()
        };
        let prepared = LocalDiscord::prepare(setup).await.unwrap();
        let routes = page::routes(prepared.discord(), clock);
        Self { discord: prepared.serve(routes), http: Client::new() }
    }

    fn request(&self, path: &str) -> RequestBuilder {
        self.http.get(format!("{}{path}", self.discord.base()))
    }

    fn port(&self) -> &str {
        self.discord.base().rsplit(':').next().unwrap()
    }

    async fn get(&self, path: &str) -> Value {
        let reply = self.request(&format!("/page/api/{path}")).send().await.unwrap();
        assert_eq!(reply.status(), StatusCode::OK, "{path}");
        reply.json().await.unwrap()
    }

    async fn try_post(&self, path: &str, body: Value) -> (StatusCode, Value) {
        let url = format!("{}/page/api/{path}", self.discord.base());
        let reply = self.http.post(url).json(&body).send().await.unwrap();
        (reply.status(), reply.json().await.unwrap())
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        let (status, answer) = self.try_post(path, body).await;
        assert_eq!(status, StatusCode::OK, "{path}: {answer}");
        answer
    }

    fn prep(&self) -> String {
        self.discord.channel("prep").unwrap().to_string()
    }

    async fn messages(&self, name: &str) -> Vec<Value> {
        let path = format!("messages?as={name}&channel={}", self.prep());
        self.get(&path).await.as_array().unwrap().clone()
    }

    async fn command_names(&self, name: &str, channel: &str) -> Vec<String> {
        let view = self.get(&format!("view?as={name}&channel={channel}")).await;
        let commands = view["commands"].as_array().unwrap();
        commands.iter().map(|c| c["name"].as_str().unwrap().to_owned()).collect()
    }
}

#[tokio::test]
async fn the_page_loads_nothing_from_elsewhere() {
    let page = Page::open().await;
    let files = [
        ("/", "text/html"),
        ("/page/style.css", "text/css"),
        ("/page/app.js", "text/javascript"),
        ("/page/icon.svg", "image/svg+xml"),
    ];
    for (path, kind) in files {
        let reply = page.request(path).send().await.unwrap();
        assert_eq!(reply.status(), StatusCode::OK, "{path}");
        let header = |name: &str| reply.headers()[name].to_str().unwrap().to_owned();
        assert!(header("content-type").starts_with(kind), "{path}");
        assert!(
            header("content-security-policy").starts_with("default-src 'none'; script-src 'self'")
        );
        assert_eq!(header("x-content-type-options"), "nosniff");
        let text = reply.text().await.unwrap();
        for foreign in ["src=\"http", "href=\"http", "url(", "@import", "innerHTML", "eval("] {
            assert!(!text.contains(foreign), "{path} contains {foreign}");
        }
    }
}

#[tokio::test]
async fn a_foreign_host_or_origin_is_refused() {
    let page = Page::open().await;
    let port = page.port();
    let own = format!("127.0.0.1:{port}");
    let cases = [
        (own.clone(), None, true),
        (format!("localhost:{port}"), None, true),
        (format!("[::1]:{port}"), None, true),
        (own.clone(), Some(format!("http://{own}")), true),
        (own.clone(), Some(format!("https://{own}")), false),
        (own.clone(), Some("null".to_owned()), false),
        (own.clone(), Some("http://evil.example".to_owned()), false),
        (own.clone(), Some("http://127.0.0.1:1".to_owned()), false),
        (format!("localhost:{port}"), Some(format!("http://{own}")), false),
        ("127.0.0.1".to_owned(), None, false),
        ("127.0.0.1:1".to_owned(), None, false),
        (format!("evil.example:{port}"), None, false),
        (format!("127.0.0.1.evil.example:{port}"), None, false),
    ];
    for (host, origin, passes) in cases {
        for path in ["/", "/page/app.js", "/page/api/view?as=ann"] {
            let mut request = page.request(path).header("host", &host);
            if let Some(origin) = &origin {
                request = request.header("origin", origin);
            }
            let status = request.send().await.unwrap().status();
            let expected = if passes { StatusCode::OK } else { StatusCode::FORBIDDEN };
            assert_eq!(status, expected, "{path} with {host} and {origin:?}");
        }
    }
}

#[tokio::test]
async fn a_foreign_page_cannot_act() {
    let page = Page::open().await;
    let url = format!("{}/page/api/say", page.discord.base());
    let body = json!({ "as": "ann", "channel": page.prep(), "text": "hello" });
    let foreign = page.http.post(&url).header("origin", "http://evil.example").json(&body);
    assert_eq!(foreign.send().await.unwrap().status(), StatusCode::FORBIDDEN);
    // A form of a foreign site can send text without asking first, so text is not taken.
    let plain = page.http.post(&url).header("content-type", "text/plain").body(body.to_string());
    assert_eq!(plain.send().await.unwrap().status(), StatusCode::BAD_REQUEST);
    assert!(page.messages("ann").await.is_empty());
}

#[tokio::test]
async fn a_member_sees_who_and_where_they_are() {
    let page = Page::open().await;
    let view = page.get("view?as=bob").await;
    assert_eq!(view["me"]["name"], "bob");
    assert_eq!(view["me"]["admin"], false);
    assert_eq!(view["team"]["name"], "Mockingbird Nest");
    assert_eq!(view["now"], "2026-11-23T08:00:00Z");
    assert_eq!(view["online"], false);
    let admins: Vec<&Value> =
        view["members"].as_array().unwrap().iter().filter(|m| m["admin"] == true).collect();
    assert_eq!(admins.len(), 1);
    assert_eq!(admins[0]["name"], "ann");
    let channels: Vec<String> = view["channels"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| format!("{}:{}", c["kind"].as_str().unwrap(), c["name"].as_str().unwrap()))
        .collect();
    assert_eq!(channels, ["text:general", "text:prep", "text:random", "private:"]);
}

#[tokio::test]
async fn only_people_of_the_team_sit_at_the_page() {
    let page = Page::open().await;
    for nobody in ["mallory", "mockingbird", ""] {
        let reply = page.request(&format!("/page/api/view?as={nobody}")).send().await.unwrap();
        assert_eq!(reply.status(), StatusCode::NOT_FOUND, "{nobody}");
        assert_eq!(reply.json::<Value>().await.unwrap()["kind"], "unknown_member");
    }
}

#[tokio::test]
async fn what_one_says_the_others_read() {
    let page = Page::open().await;
    page.post("say", json!({ "as": "eve", "channel": page.prep(), "text": "hi <b>all</b>" })).await;
    let read = page.messages("bob").await;
    assert_eq!(read.len(), 1);
    assert_eq!(read[0]["content"], "hi <b>all</b>");
    assert_eq!(read[0]["at"], "2026-11-23T08:00:00Z");
    let (status, answer) =
        page.try_post("say", json!({ "as": "eve", "channel": "1", "text": "x" })).await;
    assert_eq!((status, &answer["kind"]), (StatusCode::NOT_FOUND, &json!("unknown_channel")));
}

#[tokio::test]
async fn a_private_chat_is_hidden_from_others() {
    let page = Page::open().await;
    let view = page.get("view?as=ann").await;
    let chat = view["channels"].as_array().unwrap().iter().find(|c| c["kind"] == "private");
    let chat = chat.unwrap()["id"].as_str().unwrap().to_owned();
    page.post("say", json!({ "as": "ann", "channel": chat, "text": "between us" })).await;
    let path = format!("/page/api/messages?as=bob&channel={chat}");
    assert_eq!(page.request(&path).send().await.unwrap().status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn private_messages_are_counted_and_can_be_closed() {
    let page = Page::open().await;
    let chat = async |name: &str| {
        let view = page.get(&format!("view?as={name}")).await;
        let channels = view["channels"].as_array().unwrap();
        channels.iter().find(|c| c["kind"] == "private").unwrap().clone()
    };
    let mine = chat("ann").await;
    let id = mine["id"].as_str().unwrap();
    page.post("say", json!({ "as": "ann", "channel": id, "text": "only mine" })).await;
    let mine = chat("ann").await;
    assert_eq!((&mine["fresh"], &mine["closed"]), (&json!([]), &json!(false)));
    page.post("private", json!({ "as": "ann", "closed": true })).await;
    assert_eq!(chat("ann").await["closed"], true);
    assert_eq!(chat("bob").await["closed"], false);
    page.post("private", json!({ "as": "ann", "closed": false })).await;
    assert_eq!(chat("ann").await["closed"], false);
    let (status, _) = page.try_post("private", json!({ "as": "nobody", "closed": true })).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_question_is_asked_and_revealed() {
    let page = Page::open().await;
    let _bot = bot::start(&page.discord).await;
    let ask = json!({ "as": "ann", "channel": page.prep(), "command": "quiz", "options": { "topic": "http" } });
    assert_eq!(page.post("slash", ask).await, json!({ "modal": null }));
    let prep = page.discord.channel("prep").unwrap();
    let offered = |w: &World| w.messages(prep).any(|m| m.reaction_count("💡") == 1);
    page.discord.until(offered, bot::SOON).await.unwrap();
    let post = page.messages("bob").await.pop().unwrap();
    assert_eq!(post["embeds"][0]["description"], "On http");
    assert_eq!(post["interaction"]["name"], "quiz");
    assert_eq!(post["reactions"][0]["me"], false);
    let react = |on: bool| json!({ "as": "bob", "message": post["id"], "emoji": "💡", "on": on });
    page.post("react", react(true)).await;
    let revealed =
        |w: &World| w.channel_named("Answer").is_some_and(|c| w.messages(c.id).count() == 2);
    page.discord.until(revealed, bot::SOON).await.unwrap();
    let post = page.messages("bob").await.pop().unwrap();
    assert_eq!(post["reactions"][0]["count"], 2);
    assert_eq!(post["reactions"][0]["me"], true);
    assert_eq!(post["thread"]["name"], "Answer");
    let thread = post["thread"]["id"].as_str().unwrap();
    let read = page.get(&format!("messages?as=eve&channel={thread}")).await;
    // The thread begins with what it is about.
    assert_eq!(read[0]["embeds"][0]["description"], "On http");
    assert_eq!(read[1]["content"], "It is 42.");
    page.post("react", react(false)).await;
    assert_eq!(page.messages("bob").await.pop().unwrap()["reactions"][0]["count"], 1);
    assert_eq!(page.discord.complaints(), Vec::<String>::new());
}

#[tokio::test]
async fn a_button_answers_one_member_only() {
    let page = Page::open().await;
    let _bot = bot::start(&page.discord).await;
    let ask = json!({ "as": "ann", "channel": page.prep(), "command": "quiz", "options": { "topic": "http" } });
    page.post("slash", ask).await;
    let post = page.messages("ann").await.pop().unwrap();
    page.post("press", json!({ "as": "bob", "message": post["id"], "custom_id": "show" })).await;
    let seen = |of: Vec<Value>| of.iter().filter(|m| m["ephemeral"] == true).count();
    assert_eq!(seen(page.messages("bob").await), 1);
    assert_eq!(seen(page.messages("ann").await), 0);
    let (status, _) = page
        .try_post("press", json!({ "as": "bob", "message": post["id"], "custom_id": "none" }))
        .await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn only_commands_that_a_member_may_use_here_are_offered() {
    let page = Page::open().await;
    let _bot = bot::start(&page.discord).await;
    let prep = page.prep();
    let ann = page.command_names("ann", &prep).await;
    assert_eq!(ann, ["daily set", "form", "never", "quiz", "slow", "streak", "talk"]);
    let bob = page.command_names("bob", &prep).await;
    assert!(!bob.contains(&"daily set".to_owned()));
    let chat = page.discord.dm("bob").unwrap().to_string();
    assert!(!page.command_names("bob", &chat).await.contains(&"streak".to_owned()));
    let view = page.get(&format!("view?as=ann&channel={prep}")).await;
    let daily = &view["commands"][0];
    assert_eq!(daily["options"][0]["kind"], "integer");
    assert_eq!(daily["options"][0]["max"], 23);
    let forbidden = json!({ "as": "bob", "channel": prep, "command": "daily set" });
    let (status, answer) = page.try_post("slash", forbidden).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{answer}");
}

#[tokio::test]
async fn an_option_completes_as_it_is_typed() {
    let page = Page::open().await;
    let _bot = bot::start(&page.discord).await;
    let body = json!({ "as": "eve", "channel": page.prep(), "command": "quiz", "options": { "topic": "data" }, "focused": "topic" });
    let answer = page.post("complete", body).await;
    assert_eq!(answer["choices"], json!([{ "name": "databases", "value": "databases" }]));
}

#[tokio::test]
async fn a_form_opens_and_is_sent_once_it_is_right() {
    let page = Page::open().await;
    let _bot = bot::start(&page.discord).await;
    let ask = json!({ "as": "ann", "channel": page.prep(), "command": "form" });
    let modal = page.post("slash", ask).await["modal"].clone();
    assert_eq!(modal["title"], "Answer");
    assert_eq!(modal["components"][0]["components"][0]["custom_id"], "text");
    let fill = |who: &str, text: &str| json!({ "as": who, "modal": modal["id"], "fields": { "text": text } });
    let (status, answer) = page.try_post("submit", fill("ann", &"x".repeat(21))).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{answer}");
    let (status, _) = page.try_post("submit", fill("bob", "mine now")).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    page.post("submit", fill("ann", "forty-two")).await;
    assert_eq!(page.messages("ann").await.pop().unwrap()["content"], "right");
}

#[tokio::test]
async fn a_silent_bot_is_told_apart_from_a_refusal() {
    let page = Page::open().await;
    let bot = bot::start(&page.discord).await;
    let ask = json!({ "as": "ann", "channel": page.prep(), "command": "never" });
    let (status, answer) = page.try_post("slash", ask.clone()).await;
    assert_eq!(status, StatusCode::FAILED_DEPENDENCY);
    assert_eq!(answer["kind"], "not_answered");
    drop(bot);
    page.discord.disconnect();
    let (_, answer) = page.try_post("slash", ask).await;
    assert_eq!(answer["error"], "The bot is not connected.");
}

/// A message of the bot's with a picture, a text and something that could run.
async fn post_with_files(page: &Page, channel: &str) {
    let said = json!({"attachments": [
        {"id": "0", "filename": "a.png", "description": "a <b>chart</b>"},
        {"id": "1", "filename": "a.md"},
        {"id": "2", "filename": "a.svg"},
    ]});
    let part = |number: u8, name: &str, kind: &str| {
        format!(
            "--b\r\nContent-Disposition: form-data; name=\"files[{number}]\"; \
             filename=\"{name}\"\r\nContent-Type: {kind}\r\n\r\nBYTES{number}\r\n"
        )
    };
    let body = format!(
        "--b\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\r\n{said}\r\n{}{}{}--b--",
        part(0, "a.png", "image/png"),
        part(1, "a.md", "text/plain"),
        part(2, "a.svg", "image/svg+xml"),
    );
    let url = format!("{}/api/v10/channels/{channel}/messages", page.discord.base());
    let request = page
        .http
        .post(url)
        .header("authorization", format!("Bot {}", page.discord.token()))
        .header("content-type", "multipart/form-data; boundary=b")
        .body(body);
    assert_eq!(request.send().await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn pictures_are_shown_and_other_files_kept() {
    let page = Page::open().await;
    post_with_files(&page, &page.prep()).await;
    let message = page.messages("bob").await.pop().unwrap();
    let files = message["attachments"].as_array().unwrap();
    assert_eq!(files[0]["description"], "a <b>chart</b>");
    let pictures: Vec<&Value> = files.iter().map(|file| &file["picture"]).collect();
    assert_eq!(pictures, [true, false, false]);
    for (file, kind, way) in [
        (&files[0], "image/png", "inline; filename=\"a.png\""),
        (&files[1], "application/octet-stream", "attachment; filename=\"a.md\""),
        (&files[2], "application/octet-stream", "attachment; filename=\"a.svg\""),
    ] {
        let id = |key: &str| file[key].as_str().unwrap().to_owned();
        let path = format!("/page/api/file?as=bob&message={}&file={}", id("message"), id("id"));
        let reply = page.request(&path).send().await.unwrap();
        assert_eq!(reply.headers()["content-type"], kind);
        assert_eq!(reply.headers()["content-disposition"], way);
        assert_eq!(reply.headers()["x-content-type-options"], "nosniff");
        assert!(reply.text().await.unwrap().starts_with("BYTES"));
    }
}

#[tokio::test]
async fn a_file_is_for_those_who_see_its_message() {
    let page = Page::open().await;
    let chat = page.discord.dm("ann").unwrap();
    post_with_files(&page, &chat.to_string()).await;
    let message = page.discord.member("ann").last(&chat.to_string()).unwrap();
    let file = message.attachments[0].id;
    let status = async |who: &str, more: &str| {
        let path = format!("/page/api/file?as={who}&message={}&file={file}", message.id);
        page.request(&format!("{path}{more}")).send().await.unwrap().status()
    };
    assert_eq!(status("ann", "").await, StatusCode::OK);
    assert_eq!(status("bob", "").await, StatusCode::NOT_FOUND);
    assert_eq!(status("mockingbird", "").await, StatusCode::NOT_FOUND);
    assert_eq!(status("ann", "0").await, StatusCode::NOT_FOUND);
    assert_eq!(
        page.request("/page/api/file?as=ann").send().await.unwrap().status(),
        StatusCode::BAD_REQUEST
    );
}

#[tokio::test]
async fn a_private_thread_is_shown_to_those_in_it_and_a_locked_one_takes_no_words() {
    let page = Page::open().await;
    let bob = page.discord.member("bob").id().unwrap();
    let as_bot = async |method: Method, path: &str, body: Value| {
        let url = format!("{}/api/v10{path}", page.discord.base());
        let request = page.http.request(method, url).json(&body);
        let request = request.header("authorization", format!("Bot {}", page.discord.token()));
        request.send().await.unwrap().json().await.unwrap_or(Value::Null)
    };
    let path = format!("/channels/{}/threads", page.prep());
    let thread = as_bot(Method::POST, &path, json!({ "name": "talk", "type": 12 })).await;
    let thread = thread["id"].as_str().unwrap();
    as_bot(Method::PUT, &format!("/channels/{thread}/thread-members/{bob}"), json!({})).await;
    let shown = async |who: &str| {
        let view = page.get(&format!("view?as={who}")).await;
        let channels = view["channels"].as_array().unwrap();
        channels.iter().find(|channel| channel["id"] == thread).cloned()
    };
    assert_eq!(shown("eve").await, None);
    let seen = shown("bob").await.unwrap();
    assert_eq!((&seen["hidden"], &seen["locked"]), (&json!(true), &json!(false)));
    let messages = page.get(&format!("messages?as=bob&channel={thread}")).await;
    assert_eq!((&messages[0]["kind"], &messages[0]["mentions"][0]), (&json!(1), &json!(bob)));
    let hidden = page.request(&format!("/page/api/messages?as=eve&channel={thread}"));
    assert_eq!(hidden.send().await.unwrap().status(), StatusCode::NOT_FOUND);
    page.discord.archive_thread(thread.parse().unwrap(), true);
    assert_eq!(shown("bob").await.unwrap()["locked"], true);
    let say = json!({ "as": "bob", "channel": thread, "text": "hello" });
    let (status, answer) = page.try_post("say", say).await;
    assert_eq!(status, StatusCode::FORBIDDEN, "{answer}");
}

#[tokio::test]
async fn the_clock_moves_forward_only() {
    let page = Page::open().await;
    let moved = page.post("clock", json!({ "to": "2026-11-24T09:00:00Z" })).await;
    assert_eq!(moved["now"], "2026-11-24T09:00:00Z");
    let moved = page.post("clock", json!({ "forward_seconds": 3600 })).await;
    assert_eq!(moved["now"], "2026-11-24T10:00:00Z");
    assert_eq!(page.get("view?as=ann").await["now"], "2026-11-24T10:00:00Z");
    let wrong = [
        json!({ "to": "2026-11-24T10:00:00Z" }),
        json!({ "to": "2026-11-01T09:00:00Z" }),
        json!({ "to": "2099-01-01T00:00:00Z" }),
        json!({ "forward_seconds": -5 }),
        json!({ "forward_seconds": i64::MAX }),
        json!({ "forward_seconds": 5, "to": "2026-11-25T10:00:00Z" }),
        json!({}),
        json!({ "to": "tomorrow" }),
    ];
    for body in wrong {
        let (status, answer) = page.try_post("clock", body.clone()).await;
        assert!(status.is_client_error(), "{body}: {status}");
        assert!(answer["error"].is_string(), "{body}");
    }
    assert_eq!(page.get("view?as=ann").await["now"], "2026-11-24T10:00:00Z");
}

#[tokio::test]
async fn the_page_is_told_of_changes() {
    let page = Page::open().await;
    let mut socket = connect(page.port(), "/page/api/events", "").await.expect("a socket");
    page.post("say", json!({ "as": "eve", "channel": page.prep(), "text": "news" })).await;
    let news = frame(&mut socket).await;
    assert_eq!(news, json!({ "kind": "message", "channel": page.prep() }));
}

#[tokio::test]
async fn a_foreign_page_hears_nothing() {
    let page = Page::open().await;
    for path in ["/page/api/events", "/gateway"] {
        let refused = connect(page.port(), path, "Origin: http://evil.example\r\n").await;
        assert_eq!(refused.unwrap_err(), "HTTP/1.1 403 Forbidden", "{path}");
    }
    assert!(connect(page.port(), "/gateway", "").await.is_ok(), "a bot sends no origin");
}

/// Opens a socket by hand: this crate has no client for sockets.
async fn connect(port: &str, path: &str, more: &str) -> Result<TcpStream, String> {
    let mut socket = TcpStream::connect(format!("127.0.0.1:{port}")).await.unwrap();
    let ask = format!(
        "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\n\
         Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{more}\r\n"
    );
    socket.write_all(ask.as_bytes()).await.unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(socket.read_u8().await.unwrap());
    }
    let head = String::from_utf8(head).unwrap();
    let status = head.lines().next().unwrap();
    if status.contains(" 101 ") { Ok(socket) } else { Err(status.to_owned()) }
}

/// The next short text frame of a server: a head of two bytes and the text.
async fn frame(socket: &mut TcpStream) -> Value {
    assert_eq!(socket.read_u8().await.unwrap(), 0x81);
    let mut text = vec![0; socket.read_u8().await.unwrap().into()];
    socket.read_exact(&mut text).await.unwrap();
    serde_json::from_slice(&text).unwrap()
}
