//! Limits of speed, and faults on request, against REST and against serenity.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "test code")]

mod bot;
mod wire;

use std::sync::atomic::Ordering;
use std::time::Duration;

use bot::SOON;
use mockingbird_playground::{Fault, LocalDiscord, RateLimits, Scope, Setup, World};
use serde_json::{Value, json};
use tokio::time::Instant;
use wire::{messages, rest, send};

const POST: &str = "POST /channels/{channel}/messages";

async fn start(rate_limits: RateLimits) -> LocalDiscord {
    LocalDiscord::start(Setup { rate_limits, ..Setup::default() }).await.unwrap()
}

fn header(response: &reqwest::Response, name: &str) -> String {
    response.headers().get(name).map(|v| v.to_str().unwrap().to_owned()).unwrap_or_default()
}

#[tokio::test]
async fn an_answer_tells_how_its_bucket_stands() {
    let discord = start(RateLimits::default()).await;
    let path = messages(&discord, "prep");
    let first = send(&discord, "POST", &path, json!({"content": "x"})).await.unwrap();
    assert_eq!(header(&first, "x-ratelimit-limit"), "5");
    assert_eq!(header(&first, "x-ratelimit-remaining"), "4");
    assert!(header(&first, "x-ratelimit-reset-after").parse::<f64>().unwrap() <= 5.0);
    let bucket = header(&first, "x-ratelimit-bucket");
    assert_eq!(bucket.len(), 32);
    let elsewhere = messages(&discord, "general");
    let other = send(&discord, "POST", &elsewhere, json!({"content": "x"})).await.unwrap();
    assert_eq!(header(&other, "x-ratelimit-bucket"), bucket);
    assert_eq!(header(&other, "x-ratelimit-remaining"), "4", "counted per channel");
}

#[tokio::test]
async fn whoever_is_too_fast_is_told_how_long_to_wait() {
    let discord = start(RateLimits::default()).await;
    let path = messages(&discord, "prep");
    for _ in 0..5 {
        assert_eq!(rest(&discord, "POST", &path, json!({"content": "x"})).await.0, 200);
    }
    let refused = send(&discord, "POST", &path, json!({"content": "x"})).await.unwrap();
    assert_eq!(refused.status(), 429);
    assert_eq!(header(&refused, "x-ratelimit-scope"), "user");
    assert_eq!(header(&refused, "x-ratelimit-remaining"), "0");
    let seconds: u32 = header(&refused, "retry-after").parse().unwrap();
    let body: Value = refused.json().await.unwrap();
    assert!((1..=5).contains(&seconds));
    assert!(body["retry_after"].as_f64().unwrap() <= 5.0);
    assert_eq!(body["global"], false);
    assert_eq!(discord.member("ann").sees("prep").len(), 5);
}

#[tokio::test]
async fn the_global_limit_spares_answers_to_interactions() {
    let limits = RateLimits { global_per_second: 3, ..RateLimits::default() };
    let discord = start(limits).await;
    let mut last = (0, Value::Null);
    // More than one second cannot pass between four requests of which three fit.
    for _ in 0..4 {
        last = rest(&discord, "GET", "/gateway/bot", Value::Null).await;
    }
    assert_eq!(last.0, 429);
    assert_eq!(last.1["global"], true);
    let refused = send(&discord, "GET", "/gateway/bot", Value::Null).await.unwrap();
    assert_eq!(header(&refused, "x-ratelimit-global"), "true");
    assert_eq!(header(&refused, "x-ratelimit-scope"), "global");
    let callback = "/interactions/1/x/callback";
    let (status, body) = rest(&discord, "POST", callback, json!({"type": 4})).await;
    assert_eq!((status, &body["code"]), (404, &json!(10062)));
}

#[tokio::test]
async fn a_global_limit_that_was_told_holds_for_every_route() {
    let discord = start(RateLimits::default()).await;
    discord.faults().limit(POST, Scope::Global, Duration::from_mins(1));
    let path = messages(&discord, "prep");
    assert_eq!(rest(&discord, "GET", &path, Value::Null).await.0, 200, "it is not told yet");
    assert_eq!(rest(&discord, "POST", &path, json!({"content": "x"})).await.0, 429);
    let (status, body) = rest(&discord, "GET", &path, Value::Null).await;
    assert_eq!((status, &body["global"]), (429, &json!(true)));
}

#[tokio::test]
async fn without_limits_nothing_is_refused() {
    let discord = start(RateLimits::off()).await;
    let path = messages(&discord, "prep");
    for _ in 0..60 {
        assert_eq!(rest(&discord, "POST", &path, json!({"content": "x"})).await.0, 200);
    }
}

#[tokio::test]
async fn requests_fail_as_they_are_told_and_only_so_often() {
    let discord = start(RateLimits::off()).await;
    let path = messages(&discord, "prep");
    let say = || rest(&discord, "POST", &path, json!({"content": "x"}));
    let faults = discord.faults();
    let wait = Duration::from_millis(1250);
    faults.request(POST, 1, Fault::RateLimited { scope: Scope::Shared, retry_after: wait });
    faults.request(POST, 1, Fault::Status(502));
    faults.request(POST, 1, Fault::Refused(403, 50013, "Missing Permissions".to_owned()));
    let limited = send(&discord, "POST", &path, json!({"content": "x"})).await.unwrap();
    assert_eq!(header(&limited, "retry-after"), "2");
    assert_eq!(header(&limited, "x-ratelimit-scope"), "shared");
    assert_eq!(limited.json::<Value>().await.unwrap()["retry_after"], 1.25);
    assert_eq!(say().await.0, 502);
    assert_eq!(say().await.1["code"], 50013);
    assert_eq!(discord.member("ann").sees("prep").len(), 0);
    assert_eq!(say().await.0, 200);

    let one_channel = format!("POST {path}");
    faults.every_request(&one_channel, Fault::Status(500));
    assert_eq!(say().await.0, 500);
    assert_eq!(say().await.0, 500);
    faults.clear();
    assert_eq!(say().await.0, 200);
}

#[tokio::test]
async fn a_cut_connection_has_an_effect_or_not_as_told() {
    let discord = start(RateLimits::off()).await;
    let path = messages(&discord, "prep");
    let say = || send(&discord, "POST", &path, json!({"content": "x"}));
    let faults = discord.faults();
    faults.request(POST, 1, Fault::CutBefore);
    assert!(say().await.is_err());
    assert_eq!(discord.member("ann").sees("prep").len(), 0);
    faults.request(POST, 1, Fault::LoseResponse);
    assert!(say().await.is_err());
    assert_eq!(discord.member("ann").sees("prep").len(), 1);
    faults.request(POST, 1, Fault::CutResponse);
    let half = say().await.unwrap();
    assert_eq!(half.status(), 200);
    assert!(half.json::<Value>().await.is_err());
    assert_eq!(discord.member("ann").sees("prep").len(), 2);
    let statuses: Vec<u16> = discord.requests().iter().map(|r| r.status).collect();
    assert_eq!(statuses, [0, 0, 200]);
}

#[tokio::test]
async fn a_slow_answer_comes_and_a_hanging_one_never() {
    let discord = start(RateLimits::off()).await;
    let path = messages(&discord, "prep");
    let delay = Duration::from_millis(200);
    discord.faults().request(POST, 1, Fault::Slow(delay));
    let began = Instant::now();
    assert_eq!(rest(&discord, "POST", &path, json!({"content": "x"})).await.0, 200);
    assert!(began.elapsed() >= delay);
    assert!(discord.requests()[0].ms >= 200.0);
    discord.faults().request(POST, 1, Fault::Hang);
    let hanging = send(&discord, "POST", &path, json!({"content": "x"}));
    assert!(tokio::time::timeout(delay, hanging).await.is_err());
    discord.until_request(|r| r.status == 0, SOON).await.unwrap();
    assert_eq!(discord.member("ann").sees("prep").len(), 1);
}

#[tokio::test]
async fn a_late_request_has_its_effect_though_nobody_waits_any_more() {
    let discord = start(RateLimits::off()).await;
    let path = messages(&discord, "prep");
    let delay = Duration::from_millis(300);
    for fault in [Fault::Slow(delay), Fault::Late(delay)] {
        discord.faults().request(POST, 1, fault.clone());
        let asked = send(&discord, "POST", &path, json!({"content": "x"}));
        assert!(tokio::time::timeout(delay / 3, asked).await.is_err());
        let came = |world: &World| {
            let prep = world.channel_named("prep").unwrap().id;
            world.messages(prep).count() == 1
        };
        let came = discord.until(came, delay * 3).await.is_ok();
        assert_eq!(came, matches!(fault, Fault::Late(_)), "{fault:?}");
    }
}

#[tokio::test]
async fn requests_are_written_down_without_the_token() {
    let discord = start(RateLimits::off()).await;
    let path = messages(&discord, "prep");
    rest(&discord, "POST", &path, json!({"content": "hello"})).await;
    let requests = discord.requests();
    assert_eq!(requests[0].route, POST);
    assert_eq!(requests[0].body, json!({"content": "hello"}));
    assert_eq!(requests[0].answer["content"], "hello");
    assert!(!format!("{requests:?}").contains(discord.token()));
    assert!(!format!("{discord:?}").contains(discord.token()));
}

#[tokio::test]
async fn serenity_resumes_after_a_cut_and_hears_what_it_missed() {
    let discord = start(RateLimits::off()).await;
    let bot = bot::start(&discord).await;
    let ann = discord.member("ann");
    discord.faults().cut_gateway();
    ann.say("prep", "missed?").unwrap();
    discord.until_connected(SOON).await.unwrap();
    // The bot answers again.
    assert_eq!(ann.slash("prep", "talk", &[]).await.unwrap().text(), "said");
    assert_eq!(discord.logins(), (1, 1));
    bot::eventually(|| bot.heard.messages.lock().unwrap().len() == 3).await;
    discord.faults().ask_to_reconnect();
    bot::eventually(|| discord.logins() == (1, 2)).await;
    assert_eq!(ann.slash("prep", "talk", &[]).await.unwrap().text(), "said");
    assert_eq!(bot.heard.ready.load(Ordering::SeqCst), 1);
    assert_eq!(discord.complaints(), Vec::<String>::new());
}

#[tokio::test]
async fn serenity_identifies_anew_after_an_invalid_session() {
    let discord = start(RateLimits::off()).await;
    let bot = bot::start(&discord).await;
    discord.faults().invalidate_session(false);
    discord.until_connected(Duration::from_secs(20)).await.unwrap();
    assert_eq!(discord.logins().0, 2);
    let answer = discord.member("ann").slash("prep", "talk", &[]).await.unwrap();
    assert_eq!(answer.text(), "said");
    drop(bot);
}

#[tokio::test]
async fn a_wrong_token_ends_serenity() {
    let discord = start(RateLimits::off()).await;
    let wrong = format!("{}x", discord.token());
    let http = serenity::http::HttpBuilder::new(wrong)
        .proxy(discord.base())
        .ratelimiter_disabled(true)
        .build();
    let intents = serenity::all::GatewayIntents::GUILDS;
    let mut client = serenity::all::ClientBuilder::new_with_http(http, intents).await.unwrap();
    let ended = tokio::time::timeout(SOON, client.start()).await;
    assert!(ended.unwrap().is_err());
}

#[tokio::test]
async fn everything_ends_with_the_last_handle() {
    let discord = start(RateLimits::off()).await;
    let base = discord.base().to_owned();
    drop(discord);
    let address = base.strip_prefix("http://").unwrap().to_owned();
    bot::eventually(|| std::net::TcpStream::connect(&address).is_err()).await;
}

#[tokio::test]
async fn a_port_that_is_taken_is_named() {
    let discord = start(RateLimits::off()).await;
    let port = discord.base().rsplit_once(':').unwrap().1.parse().unwrap();
    let error = LocalDiscord::start(Setup { port, ..Setup::default() }).await.unwrap_err();
    assert!(error.to_string().contains(&format!("port {port} on 127.0.0.1 cannot be taken")));
}
