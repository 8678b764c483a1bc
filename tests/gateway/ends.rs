//! The ways in which a connection can end, and what comes after.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::extract::ws::WebSocket;
use mockingbird::discord::GatewayError;
use mockingbird::practice::TeamId;
use mockingbird::runtime::Incoming;
use serde_json::json;
use tokio::sync::Notify;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::payload::{dispatch, ready};
use crate::server::{Running, Server, begin_anew, close, hello, send, stay};

/// Lets the first session end like this and sees that a new one begins, long before a heartbeat
/// (41 seconds) would have noticed.
async fn begins_anew_after(end: fn(WebSocket) -> Running) {
    let server = Server::start(move |mut socket, number| {
        Box::pin(async move {
            if number > 0 {
                return begin_anew(socket).await;
            }
            hello(&mut socket, 2).await;
            send(&mut socket, [ready()]).await;
            end(socket).await;
        })
    })
    .await;
    let mut bot = server.bot().await;
    for _ in 0..2 {
        assert_eq!(bot.next().await, Incoming::Ready { teams: vec![TeamId::Server(7)] });
    }
    bot.stop().await;
}

#[tokio::test]
async fn a_close_frame_without_a_code_does_not_spin() {
    begins_anew_after(|socket| Box::pin(close(socket, None))).await;
}

#[tokio::test]
async fn a_close_code_that_means_another_attempt_gets_one() {
    begins_anew_after(|socket| Box::pin(close(socket, Some(4003)))).await;
}

#[tokio::test]
async fn a_session_that_timed_out_is_begun_anew() {
    begins_anew_after(|socket| Box::pin(close(socket, Some(4009)))).await;
}

#[tokio::test]
async fn a_session_that_is_invalid_is_begun_anew() {
    begins_anew_after(|mut socket| {
        Box::pin(async move {
            send(&mut socket, [json!({ "op": 9, "d": false })]).await;
            stay(socket).await;
        })
    })
    .await;
}

#[tokio::test]
async fn a_gateway_that_is_away_for_a_while_is_found_again() {
    let cut = Arc::new(Notify::new());
    let until_cut = Arc::clone(&cut);
    let server = Server::start(move |mut socket, number| {
        let until_cut = Arc::clone(&until_cut);
        Box::pin(async move {
            if number > 0 {
                return begin_anew(socket).await;
            }
            hello(&mut socket, 2).await;
            send(&mut socket, [ready()]).await;
            until_cut.notified().await;
        })
    })
    .await;
    let mut bot = server.bot().await;
    let teams = vec![TeamId::Server(7)];
    assert_eq!(bot.next().await, Incoming::Ready { teams: teams.clone() });
    // Both attempts to resume.
    server.refusing.store(2, Ordering::SeqCst);
    cut.notify_one();
    assert_eq!(bot.next().await, Incoming::Ready { teams });
    assert_eq!(server.refusing.load(Ordering::SeqCst), 0);
    bot.stop().await;
}

#[tokio::test]
async fn a_bot_that_is_dropped_leaves_the_gateway() {
    let (tell, left) = tokio::sync::oneshot::channel();
    let tell = Mutex::new(Some(tell));
    let server = Server::start(move |mut socket, _| {
        let tell = tell.lock().unwrap().take().expect("one connection");
        Box::pin(async move {
            hello(&mut socket, 2).await;
            send(&mut socket, [ready()]).await;
            stay(socket).await;
            tell.send(()).unwrap();
        })
    })
    .await;
    let discord = server.discord().await;
    let (sink, mut incoming) = tokio::sync::mpsc::channel(1);
    tokio::select! {
        _ = discord.listen(sink, CancellationToken::new()) => {}
        _ = incoming.recv() => {}
    }
    timeout(Duration::from_secs(5), left).await.expect("in time").unwrap();
}

#[tokio::test]
async fn a_refused_token_ends_it() {
    let server = Server::start(|mut socket, _| {
        Box::pin(async move {
            hello(&mut socket, 2).await;
            close(socket, Some(4004)).await;
        })
    })
    .await;
    assert_eq!(server.bot().await.end().await, GatewayError::WrongToken);
}

#[tokio::test]
async fn codes_that_mean_no_attempt_at_all_end_it_and_say_why() {
    for (code, why) in
        [(4010, "only connection"), (4011, "Discord wants 1"), (4012, "update the bot")]
    {
        let server = Server::start(move |mut socket, _| {
            Box::pin(async move {
                hello(&mut socket, 2).await;
                close(socket, Some(code)).await;
            })
        })
        .await;
        let end = server.bot().await.end().await.to_string();
        assert!(end.contains(why), "{end}");
        assert_eq!(server.connections.load(Ordering::SeqCst), 1);
    }
}

#[tokio::test]
async fn a_session_that_is_cut_again_and_again_goes_on_but_not_in_a_hurry() {
    let server = Server::start(|mut socket, number| {
        Box::pin(async move {
            hello(&mut socket, if number == 0 { 2 } else { 6 }).await;
            let resumed = dispatch(2, "RESUMED", json!({}));
            send(&mut socket, [if number == 0 { ready() } else { resumed }]).await;
        })
    })
    .await;
    let mut bot = server.bot().await;
    assert_eq!(bot.next().await, Incoming::Ready { teams: vec![TeamId::Server(7)] });
    tokio::time::sleep(Duration::from_secs(3)).await;
    let connections = server.connections.load(Ordering::SeqCst);
    assert!((4..=7).contains(&connections), "{connections}");
    bot.stop().await;
}

#[tokio::test]
async fn refused_intents_end_it_with_their_names() {
    for code in [4013, 4014] {
        let server = Server::start(move |mut socket, _| {
            Box::pin(async move {
                // Guilds, and reactions in teams and private chats: nothing privileged.
                assert_eq!(hello(&mut socket, 2).await["intents"], 1 | 1 << 10 | 1 << 13);
                close(socket, Some(code)).await;
            })
        })
        .await;
        let end = server.bot().await.end().await.to_string();
        let names = "GUILDS, GUILD_MESSAGE_REACTIONS, DIRECT_MESSAGE_REACTIONS";
        assert!(end.contains(names), "{end}");
    }
}

#[tokio::test]
async fn without_starts_left_it_does_not_connect() {
    let limits = json!({ "session_start_limit": { "remaining": 0, "reset_after": 90_000 } });
    let server = Server::described(limits, |_, _| Box::pin(async {})).await;
    let end = server.bot().await.end().await.to_string();
    assert!(end.contains("the next in 2 minutes"), "{end}");
    assert_eq!(server.connections.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_local_discord_cannot_send_the_bot_elsewhere() {
    let elsewhere = json!({ "url": "wss://gateway.example.org" });
    let server = Server::described(elsewhere, |_, _| Box::pin(async {})).await;
    let end = server.bot().await.end().await.to_string();
    assert!(end.contains("`wss://gateway.example.org`"), "{end}");
}
