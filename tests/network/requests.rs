//! Requests over REST that go wrong while a daily is due and an answer is asked for.

use std::time::Duration;

use mockingbird_playground::{Fault, Scope};

use crate::life::{Life, Most};
use crate::table::{Row, row};

const POST: &str = "POST /channels/{channel}/messages";
const REACT: &str = "PUT /channels/{channel}/messages/{message}/reactions/{emoji}/@me";
const READ: &str = "GET /channels/{channel}/messages/{message}/reactions/{emoji}";
const THREAD: &str = "POST /channels/{channel}/messages/{message}/threads";
const CALLBACK: &str = "POST /interactions/{interaction}/{token}/callback";
/// Everything that a daily and a reveal need.
const ALL: [&str; 4] = [POST, REACT, READ, THREAD];

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for scope in [Scope::User, Scope::Shared, Scope::Global] {
        rows.push(row(format!("429 of scope {scope:?}, short"), move || async move {
            let mut life = Life::begin().await;
            for route in ALL {
                life.faults().limit(route, scope, Duration::from_millis(1500));
            }
            life.nine();
            life.bob_reacts();
            life.settles().await;
            life.ends_soundly().await
        }));
        rows.push(row(format!("429 of scope {scope:?}, for an hour"), move || async move {
            let mut life = Life::begin().await;
            for route in ALL {
                life.faults().limit(route, scope, Duration::from_hours(1));
            }
            life.nine();
            life.bob_reacts();
            // Its streak counts, and everybody is answered, whatever cannot be posted.
            assert!(life.bot.streak("bob").await.contains("1 day"));
            // Three hours of the world's clock, in which it may be tried again.
            for _ in 0..36 {
                tokio::time::sleep(Duration::from_millis(30)).await;
                life.forward(Duration::from_mins(5));
            }
            life.is_explained("daily status", "not there yet").await;
            life.ends_soundly().await
        }));
    }
    for status in [500, 502, 503] {
        rows.push(row(format!("{status} for a while"), move || {
            broken(Fault::Status(status), 2, Most::default())
        }));
    }
    rows.push(row("503 until the bot gives up for now", || {
        broken(Fault::Status(503), 5, Most::default())
    }));
    rows.push(row("slow answers", || {
        broken(Fault::Slow(Duration::from_millis(1500)), 1, Most::default())
    }));
    rows.push(row("a connection cut before the write", || {
        broken(Fault::CutBefore, 1, Most::default())
    }));
    rows.push(row("a connection cut after the write", || {
        broken(Fault::LoseResponse, 1, Most::default())
    }));
    rows.push(row("an answer cut half-way", || broken(Fault::CutResponse, 1, Most::default())));
    rows.push(row("an answer that is no JSON", || broken(Fault::Nonsense, 1, Most::default())));
    rows.push(row("answers that are no JSON for a while", || {
        broken(Fault::Nonsense, 4, Most::default())
    }));
    for fault in [
        Fault::Status(500),
        Fault::CutBefore,
        Fault::LoseResponse,
        Fault::CutResponse,
        Fault::Nonsense,
        Fault::Slow(Duration::from_secs(1)),
        Fault::RateLimited { scope: Scope::User, retry_after: Duration::from_millis(300) },
    ] {
        rows.push(row(format!("the answer to a quiz meets {fault:?}"), move || {
            asked(fault.clone(), true)
        }));
    }
    for fault in [Fault::Hang, Fault::Slow(Duration::from_millis(3500))] {
        rows.push(row(format!("the answer to a quiz meets {fault:?}"), move || {
            asked(fault.clone(), false)
        }));
    }
    rows
}

/// Every route that a daily and a reveal need fails so often.
async fn broken(fault: Fault, times: u32, most: Most) -> crate::table::Tally {
    let mut life = Life::begin().await;
    life.most = most;
    for route in ALL {
        life.faults().request(route, times, fault.clone());
    }
    life.nine();
    life.bob_reacts();
    life.settles().await;
    life.ends_soundly().await
}

/// A member asks for a question, and the answer to that fails once.
async fn asked(fault: Fault, comes: bool) -> crate::table::Tally {
    let mut life = Life::begin().await;
    life.faults().request(CALLBACK, 1, fault);
    let options = [("topic", "databases".into())];
    let answer = life.bot.discord.member("ann").slash("prep", "quiz", &options).await;
    assert_eq!(answer.is_ok(), comes, "{answer:?}\n{}", life.story());
    if comes {
        let second = life.bot.question(2).await;
        life.bot.reacts("bob", &second);
    }
    life.nine();
    life.bob_reacts();
    life.settles().await;
    life.ends_soundly().await
}
