//! A story's requests and answers against Discord's published description, where
//! that file lies beside the repository (`shared/discord/openapi.json`).
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    reason = "test code"
)]

mod bot;
mod wire;

use std::path::Path;

use bot::SOON;
use mockingbird_playground::{LocalDiscord, RateLimits, Request, Setup};
use serde_json::{Value, json};
use wire::{messages, rest};

/// The description, if it is there.
fn description() -> Option<Value> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = here.ancestors().map(|folder| folder.join("shared/discord/openapi.json"));
    let text = files.into_iter().find_map(|file| std::fs::read_to_string(file).ok())?;
    Some(serde_json::from_str(&text).expect("the description is JSON"))
}

/// What does not fit a schema, each with its path.
fn faults(spec: &Value, schema: &Value, value: &Value, path: &str) -> Vec<String> {
    if let Some(name) = schema["$ref"].as_str() {
        let target =
            spec.pointer(name.trim_start_matches('#')).expect("a reference leads somewhere");
        return faults(spec, target, value, path);
    }
    let mut found = Vec::new();
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(some) => some.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let is = |kind: &str| match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    };
    if !types.is_empty() && !types.iter().any(|kind| is(kind)) {
        return vec![format!("{path}: {value} is not {types:?}")];
    }
    if value.is_null() && types.contains(&"null") {
        return found;
    }
    if schema.get("const").is_some_and(|only| only != value) {
        found.push(format!("{path}: {value} is not {}", schema["const"]));
    }
    if schema["enum"].as_array().is_some_and(|all| !all.contains(value)) {
        found.push(format!("{path}: {value} is none of {}", schema["enum"]));
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        found.extend(faults(spec, part, value, path));
    }
    for choice in ["oneOf", "anyOf"] {
        let Some(parts) = schema[choice].as_array() else { continue };
        let tries: Vec<Vec<String>> =
            parts.iter().map(|part| faults(spec, part, value, path)).collect();
        if !tries.iter().any(Vec::is_empty) {
            // The choice that fits best says what is wrong.
            found.extend(tries.into_iter().min_by_key(Vec::len).unwrap_or_default());
        }
    }
    let size = match value {
        Value::String(text) => Some(("Length", text.chars().count())),
        Value::Array(list) => Some(("Items", list.len())),
        Value::Object(map) => Some(("Properties", map.len())),
        _ => None,
    };
    if let Some((kind, size)) = size {
        let bound = |key: &str| schema[format!("{key}{kind}")].as_u64();
        if bound("min").is_some_and(|min| (size as u64) < min)
            || bound("max").is_some_and(|max| size as u64 > max)
        {
            found.push(format!("{path}: {size} {kind}"));
        }
    }
    if let Some(number) = value.as_f64()
        && (schema["minimum"].as_f64().is_some_and(|min| number < min)
            || schema["maximum"].as_f64().is_some_and(|max| number > max))
    {
        found.push(format!("{path}: {number} out of range"));
    }
    if schema["format"] == "snowflake"
        && value.as_str().is_some_and(|id| id.parse::<u64>().is_err())
    {
        found.push(format!("{path}: {value} is no snowflake"));
    }
    for item in value.as_array().into_iter().flatten().enumerate() {
        let (at, item) = item;
        found.extend(faults(spec, &schema["items"], item, &format!("{path}/{at}")));
    }
    if let Some(map) = value.as_object() {
        for name in schema["required"].as_array().into_iter().flatten() {
            if !map.contains_key(name.as_str().unwrap()) {
                found.push(format!("{path}: no {name}"));
            }
        }
        for (name, inner) in map {
            if let Some(property) = schema["properties"].get(name) {
                found.extend(faults(spec, property, inner, &format!("{path}/{name}")));
            }
        }
    }
    found
}

/// The description of a request's route.
fn operation<'a>(spec: &'a Value, request: &Request) -> Option<&'a Value> {
    let fits = |pattern: &str| {
        let (wanted, given) = (pattern.split('/'), request.path.split('/'));
        pattern.split('/').count() == request.path.split('/').count()
            && wanted.zip(given).all(|(w, g)| w.starts_with('{') || w == g)
    };
    let mut paths: Vec<_> =
        spec["paths"].as_object()?.iter().filter(|(pattern, _)| fits(pattern)).collect();
    // The path with the fewest holes is meant.
    paths.sort_by_key(|(pattern, _)| pattern.matches('{').count());
    let method = request.method.to_lowercase();
    paths.iter().find_map(|(_, path)| path.get(&method))
}

async fn story(discord: &LocalDiscord) {
    let bot = bot::start(discord).await;
    let (ann, bob) = (discord.member("ann"), discord.member("bob"));
    let post = ann.slash("prep", "quiz", &[("topic", "http".into())]).await.unwrap();
    let post = post.message.unwrap().id;
    ann.complete("prep", "quiz", "topic", "d").await.unwrap();
    discord.until(|w| w.message(post).unwrap().reaction_count("💡") == 1, SOON).await.unwrap();
    ann.react(post, "💡").unwrap();
    discord.until(|w| w.messages(post).any(|m| m.content == "It is 42."), SOON).await.unwrap();
    bob.press(post, "Show me").await.unwrap();
    let form = bob.slash("prep", "form", &[]).await.unwrap();
    bob.submit(form.modal().unwrap(), &[("text", "forty-two")]).await.unwrap();
    bob.slash("prep", "slow", &[]).await.unwrap().settled().await.unwrap();
    ann.dm_slash("talk", &[]).await.unwrap();
    bob.slash("prep", "streak", &[("member", "ann".into())]).await.unwrap();
    let prep = messages(discord, "prep");
    let team = discord.with_world(|w| w.teams().next().unwrap().id);
    let application = discord.application_id();
    let channel = discord.channel("prep").unwrap();
    let hers = ann.say("prep", "hello").unwrap();
    let reply = json!({"content": "re", "message_reference": {"message_id": hers.to_string()}});
    let (_, own) = rest(discord, "POST", &prep, reply).await;
    let own = format!("{prep}/{}", own["id"].as_str().unwrap());
    let none = || Value::Null;
    for (method, path, body) in [
        ("GET", "/gateway".to_owned(), none()),
        ("GET", "/gateway/bot".to_owned(), none()),
        ("GET", "/users/@me".to_owned(), none()),
        ("GET", "/users/@me/guilds".to_owned(), none()),
        ("GET", "/applications/@me".to_owned(), none()),
        ("GET", "/oauth2/applications/@me".to_owned(), none()),
        ("GET", format!("/applications/{application}/commands"), none()),
        ("GET", format!("/guilds/{team}"), none()),
        ("GET", format!("/guilds/{team}/channels"), none()),
        ("GET", format!("/guilds/{team}/roles"), none()),
        ("GET", format!("/guilds/{team}/threads/active"), none()),
        ("GET", format!("/guilds/{team}/members/{}", ann.id().unwrap()), none()),
        ("GET", format!("/channels/{channel}"), none()),
        ("GET", format!("/channels/{post}"), none()),
        ("GET", format!("/channels/{post}/messages"), none()),
        ("GET", prep.clone(), none()),
        ("GET", own.clone(), none()),
        ("PATCH", own.clone(), json!({"content": "again"})),
        ("GET", format!("{prep}/{post}/reactions/%F0%9F%92%A1"), none()),
        ("POST", format!("{own}/threads"), json!({"name": "thread"})),
        ("PATCH", format!("/channels/{post}"), json!({"archived": true})),
        ("POST", prep.clone(), json!({"content": "x".repeat(2001)})),
        ("POST", "/users/@me/channels".to_owned(), json!({"recipient_id": bob.id().unwrap()})),
        ("DELETE", own, none()),
    ] {
        rest(discord, method, &path, body).await;
    }
    drop(bot);
}

#[tokio::test]
async fn a_story_fits_the_description_of_the_interface() {
    let Some(spec) = description() else { return };
    let setup = Setup { rate_limits: RateLimits::off(), ..Setup::default() };
    let discord = LocalDiscord::start(setup).await.unwrap();
    story(&discord).await;
    let mut found = Vec::new();
    for request in discord.requests() {
        let Some(operation) = operation(&spec, &request) else {
            found.push(format!("{} is not described", request.route));
            continue;
        };
        let place = format!("{} {}", request.method, request.path);
        let body = &operation["requestBody"]["content"]["application/json"]["schema"];
        if request.status < 300 && !request.body.is_null() {
            found.extend(faults(&spec, body, &request.body, &format!("{place} body")));
            // The description wants a number here, the documentation and serenity a string.
            found.retain(|fault| !fault.contains("/default_member_permissions: \"32\""));
        }
        let responses = &operation["responses"];
        let status = request.status.to_string();
        let answer = responses.get(&status).or_else(|| responses.get("4XX"));
        let Some(answer) = answer else {
            found.push(format!("{place}: status {status} is not described"));
            continue;
        };
        let answer = answer.get("$ref").map_or(answer, |name| {
            spec.pointer(name.as_str().unwrap().trim_start_matches('#')).unwrap()
        });
        let schema = &answer["content"]["application/json"]["schema"];
        if !request.answer.is_null() {
            found.extend(faults(&spec, schema, &request.answer, &format!("{place} answer")));
        }
    }
    assert!(discord.requests().len() > 40);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_checker_notices_faults() {
    let spec = json!({"s": {"type": "string", "maxLength": 2}});
    let schema = json!({"type": "object", "required": ["a"], "properties": {
        "a": {"$ref": "#/s"}, "b": {"oneOf": [{"type": "null"}, {"type": "integer"}]}}});
    let good = json!({"a": "xx", "b": null});
    assert_eq!(faults(&spec, &schema, &good, ""), Vec::<String>::new());
    for bad in [json!({"b": 1}), json!({"a": "xxx"}), json!({"a": "x", "b": "x"}), json!([])] {
        assert_eq!(faults(&spec, &schema, &bad, "").len(), 1, "{bad}");
    }
}
