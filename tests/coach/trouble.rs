//! A server that is down, slow, or says no.

use std::time::Duration;

use mockingbird::coach::{Coach, CoachError};
use mockingbird::config;
use serde_json::json;
use tokio::net::TcpListener;

use crate::seed::{TEXT, asking, settings, with_key};
use crate::stand_in::{Reply, StandIn, answer};

#[tokio::test]
async fn a_server_that_is_down_is_named_with_its_address() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/v1", listener.local_addr().unwrap());
    drop(listener);
    let coach = Coach::new(&settings(&address), None).unwrap();
    let error = coach.consult(&asking(TEXT)).await.unwrap_err();
    assert!(matches!(error, CoachError::Unreachable { .. }), "{error:?}");
    let shown = error.to_string();
    assert!(shown.contains(&address) && shown.contains("check that it runs"), "{shown}");
}

#[tokio::test]
async fn a_connection_that_is_cut_is_tried_again_once() {
    let good = || Reply::Json(200, answer(&json!({ "points": [] })));
    for cut in [|| Reply::Cut, || Reply::Half] {
        let server = StandIn::start(move |_, nth| if nth == 0 { cut() } else { good() }).await;
        server.coach().consult(&asking(TEXT)).await.unwrap();
        assert_eq!(server.seen().len(), 2);

        let server = StandIn::start(move |_, _| cut()).await;
        let error = server.coach().consult(&asking(TEXT)).await.unwrap_err();
        assert!(matches!(error, CoachError::Unreachable { .. }), "{error:?}");
        assert_eq!(server.seen().len(), 2);
    }
}

#[tokio::test]
async fn a_server_that_is_slow_is_given_up_in_time() {
    const LIMIT: Duration = Duration::from_millis(300);
    for slow in [|| Reply::Silence, || Reply::Drip] {
        let server = StandIn::start(move |_, _| slow()).await;
        let settings = config::Coach { timeout: LIMIT, ..settings(&server.address) };
        let coach = Coach::new(&settings, None).unwrap();
        let error = coach.consult(&asking(TEXT)).await.unwrap_err();
        let address = server.address.clone();
        assert_eq!(error, CoachError::Slow { address, limit: LIMIT });
        assert!(server.seen().len() <= 1, "{:?}", server.seen());
    }
}

#[tokio::test]
async fn who_waits_for_a_turn_runs_out_of_time_as_well() {
    const LIMIT: Duration = Duration::from_millis(300);
    let server = StandIn::start(|_, _| Reply::Silence).await;
    let settings = config::Coach { timeout: LIMIT, ..settings(&server.address) };
    let coach = std::sync::Arc::new(Coach::new(&settings, None).unwrap());
    let mut asked = tokio::task::JoinSet::new();
    for _ in 0..12 {
        let coach = std::sync::Arc::clone(&coach);
        asked.spawn(async move { coach.consult(&asking(TEXT)).await });
    }
    while let Some(answered) = asked.join_next().await {
        let error = answered.unwrap().unwrap_err();
        assert!(matches!(error, CoachError::Slow { .. }), "{error:?}");
    }
    assert!(server.seen().len() <= 8, "{} at once", server.seen().len());
}

#[tokio::test]
async fn each_refusal_says_the_way_out_and_is_not_tried_again() {
    let mut told = Vec::new();
    for (status, body) in [
        (301, ""),
        (307, ""),
        (400, "{}"),
        (401, "{}"),
        (403, "{}"),
        (404, "404 page not found"),
        (404, r#"{"error":{"message":"The model `small` does not exist"}}"#),
        (405, ""),
        (418, ""),
        (429, r#"{"error":"rate limit"}"#),
        (500, "no model"),
        (503, ""),
    ] {
        let headers = "location: https://example.org/v1\r\nretry-after: 1\r\n";
        let server = StandIn::start(move |_, _| Reply::Raw(status, headers, body.to_owned())).await;
        let error = server.coach().consult(&asking(TEXT)).await.unwrap_err();
        assert_eq!(server.seen().len(), 1, "{status}");
        told.push(error.to_string().replace(&server.address, "ADDRESS"));
    }
    let server = StandIn::start(|_, _| Reply::Json(401, "{}".to_owned())).await;
    let (settings, key) = with_key(&server.address);
    let coach = Coach::new(&settings, Some(&key)).unwrap();
    let error = coach.consult(&asking(TEXT)).await.unwrap_err();
    told.push(error.to_string().replace(&server.address, "ADDRESS"));
    insta::assert_snapshot!(told.join("\n"), @"
    there is no coach at ADDRESS, which answered 301; `address` of `coach` in the config is what comes before `/chat/completions`, mostly with `/v1` at its end
    there is no coach at ADDRESS, which answered 307; `address` of `coach` in the config is what comes before `/chat/completions`, mostly with `/v1` at its end
    the coach at ADDRESS refused the request with 400; its own log has more, and another model may take it
    the coach at ADDRESS answered 401: it wants a key; put it into an environment variable, and the name of that into `key_env` of `coach` in the config
    the coach at ADDRESS answered 403: it wants a key; put it into an environment variable, and the name of that into `key_env` of `coach` in the config
    there is no coach at ADDRESS, which answered 404; `address` of `coach` in the config is what comes before `/chat/completions`, mostly with `/v1` at its end
    the coach at ADDRESS has no model `small`; change `model` of `coach` in the config, or load it there
    there is no coach at ADDRESS, which answered 405; `address` of `coach` in the config is what comes before `/chat/completions`, mostly with `/v1` at its end
    the coach at ADDRESS refused the request with 418; its own log has more, and another model may take it
    the coach at ADDRESS takes no more requests for now (429); wait, or look at its limits and its budget
    the coach at ADDRESS is in trouble: it answered 500; its own log has more
    the coach at ADDRESS is in trouble: it answered 503; its own log has more
    the coach at ADDRESS answered 401: it refuses the key; check that COACH_KEY holds one that may use this model
    ");
}
