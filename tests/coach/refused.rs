//! What is not exactly what was asked for.

use mockingbird::coach::{CoachError, Nonsense};
use serde_json::json;

use crate::seed::{TEXT, asking};
use crate::stand_in::{Reply, StandIn, answer, message, point};

/// What comes of a body of this type; it is asked for once.
async fn refused(headers: &'static str, body: String) -> Nonsense {
    let server = StandIn::start(move |_, _| Reply::Raw(200, headers, body.clone())).await;
    let error = server.coach().consult(&asking(TEXT)).await.unwrap_err();
    assert_eq!(server.seen().len(), 1, "nonsense is not asked for twice");
    let CoachError::Nonsense { why, .. } = error else { panic!("{error}") };
    why
}

const JSON: &str = "content-type: application/json\r\n";

#[tokio::test]
async fn what_is_no_answer_of_a_chat_is_refused() {
    let good = json!({ "message": { "content": r#"{"points":[]}"# } });
    for body in [
        String::new(),
        "{".to_owned(),
        "<html>".to_owned(),
        "[]".to_owned(),
        "null".to_owned(),
        r#"{"points":[]}"#.to_owned(),
        json!({ "choices": [] }).to_string(),
        json!({ "choices": [good, good] }).to_string(),
        json!({ "choices": [{ "message": { "content": null, "refusal": "no" } }] }).to_string(),
        json!({ "choices": [{ "delta": { "content": "{}" } }] }).to_string(),
        json!({ "error": { "message": "overloaded" } }).to_string(),
        format!("{}\n{}", json!({ "choices": [good] }), json!({ "choices": [good] })),
    ] {
        assert_eq!(refused(JSON, body.clone()).await, Nonsense::NotAnAnswer, "{body}");
    }
}

#[tokio::test]
async fn what_is_not_exactly_an_opinion_is_refused() {
    let whole = json!({ "points": [point(1, "yes", false, "reads faster")] }).to_string();
    let other = |field: &str, value: serde_json::Value| {
        let mut point = point(1, "yes", false, "reads faster");
        point[field] = value;
        json!({ "points": [point] }).to_string()
    };
    for content in [
        String::new(),
        "Yes, all of them.".to_owned(),
        format!("```json\n{whole}\n```"),
        format!("<think>hm</think>{whole}"),
        format!("{whole} And well done!"),
        format!("{whole}{whole}"),
        whole[..whole.len() - 2].to_owned(),
        whole.replace("\"contradicted\":false,", ""),
        whole.replace("\"number\":1", "\"number\":1,\"number\":3"),
        whole.replace("\"points\"", "\"verdicts\""),
        format!("[{whole}]"),
        json!({ "points": [], "grade": 5 }).to_string(),
        json!({ "points": {} }).to_string(),
        other("made", json!("maybe")),
        other("made", json!("YES")),
        other("made", json!(true)),
        other("number", json!("1")),
        other("number", json!(1.5)),
        other("number", json!(-1)),
        other("number", json!(256)),
        other("contradicted", json!("false")),
        other("contradicted", json!(null)),
        other("quote", json!(null)),
        other("quote", json!(["reads faster"])),
        other("confidence", json!(0.9)),
    ] {
        assert_eq!(refused(JSON, message(&content)).await, Nonsense::NotAnOpinion, "{content}");
    }
}

#[tokio::test]
async fn key_points_that_are_not_in_doubt_or_come_twice_are_refused() {
    let no = |number| point(number, "no", false, "");
    for (points, why) in [
        (vec![no(2)], Nonsense::UnknownPoint),
        (vec![no(1), no(3), no(4)], Nonsense::UnknownPoint),
        (vec![no(0)], Nonsense::UnknownPoint),
        (vec![no(1), no(3), no(1)], Nonsense::PointTwice),
        (vec![no(1), point(1, "yes", false, "reads faster")], Nonsense::PointTwice),
    ] {
        let body = answer(&json!({ "points": points }));
        assert_eq!(refused(JSON, body.clone()).await, why, "{body}");
    }
}

#[tokio::test]
async fn what_is_not_called_json_is_refused() {
    let body = answer(&json!({ "points": [] }));
    for headers in [
        "",
        "content-type: text/html\r\n",
        "content-type: text/plain\r\n",
        "content-type: text/event-stream\r\n",
        "content-type: application/jsonp\r\n",
    ] {
        assert_eq!(refused(headers, body.clone()).await, Nonsense::NotCalledJson, "{headers}");
    }
    let server = StandIn::start(move |_, _| {
        Reply::Raw(200, "Content-Type: Application/JSON;charset=utf-8\r\n", body.clone())
    })
    .await;
    server.coach().consult(&asking(TEXT)).await.unwrap();
}

#[tokio::test]
async fn what_is_too_long_is_refused_also_where_it_never_ends() {
    let good = answer(&json!({ "points": [] }));
    let padded = |length: usize| format!("{good}{}", " ".repeat(length - good.len()));
    assert_eq!(refused(JSON, padded((64 << 10) + 1)).await, Nonsense::TooLong);
    let server = {
        let most = padded(64 << 10);
        StandIn::start(move |_, _| Reply::Json(200, most.clone())).await
    };
    server.coach().consult(&asking(TEXT)).await.unwrap();

    let server = StandIn::start(|_, _| Reply::Flood).await;
    let error = server.coach().consult(&asking(TEXT)).await.unwrap_err();
    let why = Nonsense::TooLong;
    assert_eq!(error, CoachError::Nonsense { address: server.address.clone(), why });
}
