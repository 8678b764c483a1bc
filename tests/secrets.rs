//! No token reaches a log line, an error or a `Debug`, whatever goes wrong.

#![expect(
    clippy::unwrap_used,
    reason = "a test may panic, also where it is not in the test function"
)]

use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use mockingbird::discord::{Discord, LOG_LIMITS, Secret};
use mockingbird::practice::effect::{Audience, Effect, OrderId, Outcome, Step};
use mockingbird::practice::input::Interaction;
use mockingbird::practice::view::View;
use mockingbird::practice::{ChannelId, MessageId, PostId};
use mockingbird::runtime::Incoming;
use mockingbird::words::Message;
use mockingbird_playground::{Fault, LocalDiscord, RateLimits, Setup};
use serde_json::json;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Keeps what is logged.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Kept {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

fn order() -> OrderId {
    OrderId::of_post(PostId(1), Step::Send)
}

fn reply(to: Interaction) -> Effect {
    let audience = Audience::OnlyAsker;
    Effect::Reply { to, view: Box::new(View::Help), audience, order: Some(order()) }
}

#[tokio::test]
async fn no_token_is_ever_shown() {
    let kept = Kept::default();
    // Everything that any crate can log; the local Discord is not part of the bot.
    let filter = EnvFilter::new("trace,mockingbird_playground=off,serenity::gateway=trace");
    let limits = Targets::new().with_default(LevelFilter::TRACE).with_targets(LOG_LIMITS);
    let layer = tracing_subscriber::fmt::layer();
    let layer = layer.with_span_events(FmtSpan::FULL).with_writer(kept.clone()).with_ansi(false);
    tracing_subscriber::registry().with(limits).with(filter).with(layer).init();
    let mut shown: Vec<String> = Vec::new();

    let setup = Setup { rate_limits: RateLimits::off(), ..Setup::default() };
    let local = LocalDiscord::start(setup).await.unwrap();
    let discord = Discord::connect(local.base(), Secret::new(local.token())).await.unwrap();
    let discord = Arc::new(discord);
    shown.push(format!("{discord:?}"));
    let commands = json!([{ "name": "quiz", "description": "A question", "type": 1 }]);
    discord.register(&commands).await.unwrap();
    let (sink, mut incoming) = mpsc::channel(100);
    let stop = CancellationToken::new();
    let (listener, stopped) = (Arc::clone(&discord), stop.clone());
    let listening = tokio::spawn(async move { listener.listen(sink, stopped).await });

    for _ in ["ready", "connected"] {
        shown.push(format!("{:?}", incoming.recv().await));
    }

    // Each way in which an answer can fail, and none.
    let pages = vec![Message { content: "one".to_owned(), ..Message::default() }; 2];
    let mut tokens = vec![local.token().to_owned()];
    for fault in [
        None,
        Some(Fault::LoseResponse),
        Some(Fault::CutBefore),
        Some(Fault::Status(500)),
        Some(Fault::Refused(404, 10_062, "Unknown interaction".to_owned())),
    ] {
        let ann = local.member("ann");
        let asked = tokio::spawn(async move { ann.slash("prep", "quiz", &[]).await });
        let told = incoming.recv().await.unwrap();
        shown.push(format!("{told:?}"));
        let Incoming::Invoked { ask, .. } = told else { panic!("{told:?}") };
        tokens.push(ask.interaction.token.clone());
        if let Some(fault) = fault {
            local.faults().request("POST /interactions/*", 1, fault.clone());
            local.faults().request("POST /webhooks/*", 1, fault);
        }
        let outcome = discord.perform(&reply(ask.interaction), &pages).await;
        shown.push(format!("{outcome:?}"));
        shown.push(format!("{:?}", asked.await.unwrap().map(|_| ())));
    }

    // The gateway breaks and resumes; then the token stops being one.
    local.faults().cut_gateway();
    let ann = local.member("ann");
    let asked = tokio::spawn(async move { ann.slash("prep", "quiz", &[]).await });
    let Incoming::Invoked { ask, .. } = incoming.recv().await.unwrap() else { panic!() };
    tokens.push(ask.interaction.token.clone());
    discord.perform(&reply(ask.interaction), &pages).await;
    asked.await.unwrap().unwrap();
    local.faults().every_request("*", Fault::Status(401));
    let react = Effect::React {
        order: order(),
        channel: ChannelId(1),
        message: MessageId(2),
        emoji: "💡".to_owned(),
    };
    let outcome = discord.perform(&react, &[]).await;
    assert!(matches!(outcome, Outcome::Failed(_)));
    shown.push(format!("{outcome:?}"));
    let end = tokio::time::timeout(Duration::from_secs(5), listening).await.unwrap().unwrap();
    shown.push(format!("{end:?} {}", end.clone().unwrap_err()));

    // Nobody is there at all.
    let base = local.base().to_owned();
    local.stop();
    let error = Discord::connect(&base, Secret::new(local.token())).await.unwrap_err();
    shown.push(format!("{error:?} {error}"));

    shown.push(String::from_utf8(kept.0.lock().unwrap().clone()).unwrap());
    for token in tokens {
        for text in &shown {
            let place = text.find(&token);
            let around = place.map(|at| text[at.saturating_sub(900)..at].lines().last());
            assert_eq!(around, None, "{token} is shown");
        }
    }
}
