//! Stops, starts and floods at the worst moment.

use std::time::Duration;

use mockingbird::app;
use mockingbird::bank::QuestionBank;
use mockingbird::config::{ApiBase, Config, Requests, Token};
use mockingbird::plans::Plans;
use mockingbird::runtime::{Clock, Stopped};
use mockingbird_playground::RateLimits;
use tokio_util::sync::CancellationToken;

use crate::bot::Bot;

#[tokio::test]
async fn a_bot_that_is_stopped_while_discord_is_silent_ends_at_once() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let base = format!("http://{}", silent.local_addr().expect("it is bound"));
    let data = tempfile::TempDir::new().expect("a temporary folder");
    let config = Config {
        api_base: ApiBase::parse(&base).expect("a loopback address"),
        data: data.path().join("data"),
        ..Config::default()
    };
    let token = Token::given("bm90LWEtcmVhbC1pZA.abcdef.a-signature_0123456789", "the test")
        .expect("a token");
    let stop = CancellationToken::new();
    let bank = QuestionBank::of([]);
    let running = app::run(&config, bank, Plans::default(), &token, Clock::default(), stop.clone());
    let stopping = async {
        // It has asked who it is, and waits.
        let connection = silent.accept().await;
        stop.cancel();
        connection
    };
    let (ended, connection) =
        tokio::join!(tokio::time::timeout(Duration::from_secs(5), running), stopping);
    let ended = ended.expect("it does not wait for Discord");
    assert_eq!(ended.expect("no error"), Stopped::Clean);
    drop(connection);
}

#[tokio::test]
async fn who_asks_too_fast_waits_and_nobody_else_does() {
    let bot = Bot::start_with(RateLimits::off(), |config| {
        config.requests = Requests { at_once: 7, per_minute: 1 };
    })
    .await;
    for _ in 0..2 {
        let quiz = bot.slash("ann", "quiz", &[("topic", "any")]).await;
        assert!(quiz.text().contains("Quiz"), "{}", quiz.text());
    }
    let third = bot.slash("ann", "quiz", &[("topic", "any")]).await;
    assert!(third.text().contains("Please try again in"), "{}", third.text());
    assert!(third.message.expect("an answer").is_ephemeral());
    let quiz = bot.slash("bob", "quiz", &[("topic", "any")]).await;
    assert!(quiz.text().contains("Quiz"), "{}", quiz.text());
    bot.ends_well().await;
}
