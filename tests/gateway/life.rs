//! What a connection says by itself: heartbeats, where a session goes on, and how long one waits.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::extract::ws::{Message, WebSocket};
use mockingbird::practice::TeamId;
use mockingbird::runtime::Incoming;
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout};

use crate::payload::{dispatch, ready, ready_at};
use crate::server::{Server, close, hello, send, stay};

const READY: Incoming = Incoming::Ready { teams: Vec::new() };

fn is_ready(incoming: &Incoming) -> bool {
    std::mem::discriminant(incoming) == std::mem::discriminant(&READY)
}

/// The next payload of the bot's.
async fn heard(socket: &mut WebSocket) -> Value {
    loop {
        let message = socket.recv().await.expect("it says something").unwrap();
        if let Message::Text(text) = message {
            return serde_json::from_str(&text).unwrap();
        }
    }
}

#[tokio::test]
async fn a_heartbeat_that_is_asked_for_comes_at_once_with_the_last_number() {
    let (tell, told) = oneshot::channel();
    let tell = Mutex::new(Some(tell));
    let server = Server::start(move |mut socket, _| {
        let tell = tell.lock().unwrap().take().expect("one connection");
        Box::pin(async move {
            hello(&mut socket, 2).await;
            let event = dispatch(5, "SOMETHING_NEW", json!({}));
            send(&mut socket, [ready(), event, json!({ "op": 1, "d": null })]).await;
            // The first one that comes by itself may be among them: it has a smaller number.
            let mut beats = Vec::new();
            while beats.last() != Some(&json!({ "op": 1, "d": 5 })) {
                beats.push(heard(&mut socket).await);
            }
            tell.send(beats).unwrap();
            stay(socket).await;
        })
    })
    .await;
    let mut bot = server.bot().await;
    assert!(is_ready(&bot.next().await));
    let beats = timeout(Duration::from_secs(5), told).await.expect("long before the interval");
    assert!(beats.unwrap().iter().all(|beat| beat["op"] == 1));
    assert_eq!(bot.next().await, Incoming::Unknown { kind: "SOMETHING_NEW".to_owned() });
    bot.stop().await;
}

#[tokio::test]
async fn heartbeats_come_in_their_interval_as_long_as_they_are_answered() {
    let beats = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&beats);
    let server = Server::start(move |mut socket, _| {
        let counted = Arc::clone(&counted);
        Box::pin(async move {
            send(&mut socket, [json!({ "op": 10, "d": { "heartbeat_interval": 100 } })]).await;
            let mut began = false;
            loop {
                let op = heard(&mut socket).await["op"].as_u64().unwrap();
                if op == 2 && !began {
                    began = true;
                    send(&mut socket, [ready()]).await;
                } else if op == 1 && counted.fetch_add(1, Ordering::SeqCst) < 20 {
                    send(&mut socket, [json!({ "op": 11 })]).await;
                }
            }
        })
    })
    .await;
    let mut bot = server.bot().await;
    assert!(is_ready(&bot.next().await));
    let begun = Instant::now();
    let until = |enough: usize| {
        let beats = Arc::clone(&beats);
        async move {
            while beats.load(Ordering::SeqCst) < enough {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
    };
    timeout(Duration::from_secs(20), until(20)).await.expect("heartbeats");
    assert!(begun.elapsed() >= Duration::from_millis(1_700), "{:?}", begun.elapsed());
    assert_eq!(server.connections.load(Ordering::SeqCst), 1);
    // The one after the last answer is the last on this connection.
    let next = async {
        while server.connections.load(Ordering::SeqCst) < 2 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(Duration::from_secs(20), next).await.expect("another connection");
}

#[tokio::test]
async fn a_session_goes_on_at_its_own_address() {
    let (tell, told) = oneshot::channel();
    let tell = Mutex::new(Some(tell));
    let own = Server::start(move |mut socket, _| {
        let tell = tell.lock().unwrap().take().expect("one connection");
        Box::pin(async move {
            tell.send(hello(&mut socket, 6).await).unwrap();
            send(&mut socket, [dispatch(2, "RESUMED", json!({}))]).await;
            stay(socket).await;
        })
    })
    .await;
    let url = own.gateway();
    let server = Server::start(move |mut socket, _| {
        let url = url.clone();
        Box::pin(async move {
            hello(&mut socket, 2).await;
            send(&mut socket, [ready_at(&url)]).await;
        })
    })
    .await;
    let mut bot = server.bot().await;
    assert_eq!(bot.next().await, Incoming::Ready { teams: vec![TeamId::Server(7)] });
    let resume = timeout(Duration::from_secs(10), told).await.expect("in time").unwrap();
    assert_eq!((&resume["session_id"], &resume["seq"]), (&json!("s"), &json!(1)));
    assert_eq!(server.connections.load(Ordering::SeqCst), 1);
    bot.stop().await;
}

#[tokio::test]
async fn a_session_that_never_goes_on_is_given_up_for_a_new_one() {
    let silent = Server::start(|socket, _| Box::pin(close(socket, Some(4000)))).await;
    let url = silent.gateway();
    let server = Server::start(move |mut socket, number| {
        let url = url.clone();
        Box::pin(async move {
            match number {
                0 => {
                    hello(&mut socket, 2).await;
                    send(&mut socket, [ready_at(&url)]).await;
                }
                // Where it began it does not go on either.
                1 => close(socket, None).await,
                _ => {
                    hello(&mut socket, 2).await;
                    send(&mut socket, [ready_at(&url)]).await;
                    stay(socket).await;
                }
            }
        })
    })
    .await;
    let mut bot = server.bot().await;
    assert!(is_ready(&bot.next().await));
    assert!(is_ready(&bot.next().await));
    assert_eq!(silent.connections.load(Ordering::SeqCst), 2);
    assert_eq!(server.connections.load(Ordering::SeqCst), 3);
    bot.stop().await;
}

#[tokio::test]
async fn five_seconds_lie_between_two_new_sessions_however_slow_the_first_was() {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let times = Arc::clone(&asked);
    let server = Server::start(move |mut socket, number| {
        let times = Arc::clone(&times);
        Box::pin(async move {
            if number == 0 {
                tokio::time::sleep(Duration::from_secs(2)).await;
            }
            hello(&mut socket, 2).await;
            times.lock().unwrap().push(Instant::now());
            send(&mut socket, [ready()]).await;
            if number == 0 {
                send(&mut socket, [json!({ "op": 9, "d": false })]).await;
            }
            stay(socket).await;
        })
    })
    .await;
    let mut bot = server.bot().await;
    assert!(is_ready(&bot.next().await));
    assert!(is_ready(&bot.next().await));
    let asked = asked.lock().unwrap().clone();
    let between = asked[1] - asked[0];
    // The clocks of both sides run alike; what is read later was sent earlier.
    assert!(between > Duration::from_millis(4_900), "{between:?}");
    bot.stop().await;
}

#[tokio::test]
async fn an_answer_that_names_no_gateway_is_asked_for_again() {
    let server = Server::described(json!({ "url": null }), |_, _| Box::pin(async {})).await;
    let bot = server.bot().await;
    let asked = async {
        while server.asked.load(Ordering::SeqCst) < 2 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(Duration::from_secs(20), asked).await.expect("it asks again");
    bot.stop().await;
}
