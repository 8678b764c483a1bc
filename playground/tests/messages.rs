//! Messages, reactions and threads over REST: limits, permissions, codes.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "test code")]

mod wire;

use std::sync::Arc;

use mockingbird_playground::{LocalDiscord, ManualClock, RateLimits, Setup};
use serde_json::{Value, json};
use serenity::all::Permissions;
use wire::{messages, rest};

async fn start() -> LocalDiscord {
    LocalDiscord::start(Setup { rate_limits: RateLimits::off(), ..Setup::default() }).await.unwrap()
}

/// Posts into #prep: status, code and the body.
async fn post(discord: &LocalDiscord, body: Value) -> (u16, Value, Value) {
    let (status, answer) = rest(discord, "POST", &messages(discord, "prep"), body).await;
    (status, answer["code"].clone(), answer)
}

async fn said(discord: &LocalDiscord, text: &str) -> String {
    let path = messages(discord, "prep");
    let (_, message) = rest(discord, "POST", &path, json!({"content": text})).await;
    format!("{path}/{}", message["id"].as_str().unwrap())
}

#[tokio::test]
async fn a_message_without_anything_is_refused() {
    let discord = start().await;
    let (status, code, _) = post(&discord, json!({"content": "   "})).await;
    assert_eq!((status, code), (400, json!(50006)));
}

#[tokio::test]
async fn a_fault_in_a_body_is_named_by_its_path() {
    let discord = start().await;
    let long = |n: usize| "x".repeat(n);
    let row = |children: Value| json!([{"type": 1, "components": children}]);
    let button = |id: &str| json!({"type": 2, "style": 1, "label": "x", "custom_id": id});
    let select = |options: usize| {
        let option = |n: usize| json!({"label": n.to_string(), "value": n.to_string()});
        row(json!([{"type": 3, "custom_id": "s",
            "options": (0..options).map(option).collect::<Vec<_>>()}]))
    };
    let cases = [
        (json!({"content": long(2001)}), "/content"),
        (json!({"embeds": [{"title": long(257)}]}), "/embeds/0/title"),
        (json!({"embeds": [{"description": long(4097)}]}), "/embeds/0/description"),
        (json!({"embeds": vec![json!({"title": "x"}); 11]}), "/embeds"),
        (json!({"embeds": vec![json!({"description": long(2001)}); 3]}), "/embeds"),
        (json!({"embeds": [{}]}), "/embeds/0/description"),
        (
            json!({"embeds": [{"fields": vec![json!({"name": "n", "value": "v"}); 26]}]}),
            "/embeds/0/fields",
        ),
        (json!({"embeds": [{"fields": [{"name": "", "value": "v"}]}]}), "/embeds/0/fields/0/name"),
        (
            json!({"embeds": [{"fields": [{"name": "n", "value": long(1025)}]}]}),
            "/embeds/0/fields/0/value",
        ),
        (json!({"embeds": [{"footer": {"text": long(2049)}}]}), "/embeds/0/footer/text"),
        (json!({"embeds": [{"author": {"name": long(257)}}]}), "/embeds/0/author/name"),
        (json!({"embeds": [{"title": "x", "url": "nonsense"}]}), "/embeds/0/url"),
        (
            json!({"content": "x", "components": vec![row(json!([button("a")]))[0].clone(); 6]}),
            "/components",
        ),
        (
            json!({"content": "x", "components": row(json!([button("a"), button("a")]))}),
            "/components/0/components/1/custom_id",
        ),
        (
            json!({"content": "x", "components": row(json!([button("")]))}),
            "/components/0/components/0/custom_id",
        ),
        (
            json!({"content": "x", "components": row(json!([button(&long(101))]))}),
            "/components/0/components/0/custom_id",
        ),
        (json!({"content": "x", "components": row(json!([]))}), "/components/0/components"),
        (
            json!({"content": "x", "components": row(json!([
            {"type": 2, "style": 1, "label": long(81), "custom_id": "a"}]))}),
            "/components/0/components/0/label",
        ),
        (
            json!({"content": "x", "components": row(json!([
            {"type": 2, "style": 1, "custom_id": "a"}]))}),
            "/components/0/components/0",
        ),
        (
            json!({"content": "x", "components": row(json!([
            {"type": 2, "style": 5, "label": "x", "url": "ftp://x"}]))}),
            "/components/0/components/0/url",
        ),
        (json!({"content": "x", "components": select(26)}), "/components/0/components/0/options"),
        (json!({"content": "x", "components": [button("a")]}), "/components/0/type"),
        (json!({"content": "x", "nonce": long(26)}), "/nonce"),
        (json!({"content": "x", "nonce": 1.5}), "/nonce"),
        (json!({"content": 5}), "/content"),
        (json!({"content": "x", "embeds": "none"}), "/embeds"),
        (
            json!({"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}}),
            "/allowed_mentions",
        ),
        (json!({"content": "x", "message_reference": {"message_id": "1"}}), "/message_reference"),
    ];
    for (body, path) in cases {
        let (status, code, answer) = post(&discord, body.clone()).await;
        assert_eq!((status, code), (400, json!(50035)), "{body}");
        let faults = answer.pointer(&format!("/errors{path}/_errors"));
        assert!(faults.is_some_and(Value::is_array), "{path} in {answer}");
    }
    assert_eq!(discord.member("ann").sees("prep").len(), 0);
}

#[tokio::test]
async fn what_is_just_within_the_limits_is_taken() {
    let discord = start().await;
    let long = |n: usize| "x".repeat(n);
    let buttons: Vec<Value> = (0..5)
        .map(|n| json!({"type": 2, "style": 2, "label": long(80), "custom_id": format!("{n}")}))
        .collect();
    let body = json!({
        "content": long(2000),
        "embeds": [{"title": long(256), "description": long(4096), "fields": [
            {"name": long(256), "value": long(1024)}], "footer": {"text": long(368)}}],
        "components": [{"type": 1, "components": buttons}],
        "nonce": long(25),
    });
    let (status, _, answer) = post(&discord, body).await;
    assert_eq!(status, 200, "{answer}");
    assert_eq!(answer["embeds"][0]["type"], "rich");
}

#[tokio::test]
async fn the_same_nonce_within_three_minutes_gives_the_first_message() {
    let clock = Arc::new(ManualClock::new("2026-11-22T09:00:00Z".parse().unwrap()));
    let setup = Setup {
        clock: Arc::clone(&clock) as _,
        rate_limits: RateLimits::off(),
        ..Setup::default()
    };
    let discord = LocalDiscord::start(setup).await.unwrap();
    let body = json!({"content": "once", "nonce": "daily-1", "enforce_nonce": true});
    let first = post(&discord, body.clone()).await.2;
    clock.forward(170);
    let again = post(&discord, body.clone()).await.2;
    assert_eq!(first["id"], again["id"]);
    assert_eq!(discord.member("ann").sees("prep").len(), 1);
    let unenforced = json!({"content": "more", "nonce": "daily-1"});
    assert_ne!(post(&discord, unenforced).await.2["id"], first["id"]);
    assert_eq!(discord.member("ann").sees("prep").len(), 2);
    clock.forward(400);
    post(&discord, body).await;
    assert_eq!(discord.member("ann").sees("prep").len(), 3);
}

#[tokio::test]
async fn a_list_is_newest_first_and_pages() {
    let discord = start().await;
    let ann = discord.member("ann");
    let ids: Vec<String> =
        (0..6).map(|n| ann.say("prep", &n.to_string()).unwrap().to_string()).collect();
    let list = |query: String| {
        let path = format!("{}?{query}", messages(&discord, "prep"));
        let discord = &discord;
        async move {
            let (_, list) = rest(discord, "GET", &path, Value::Null).await;
            let list = list.as_array().unwrap().clone();
            list.iter().map(|m| m["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        }
    };
    assert_eq!(list("limit=2".to_owned()).await, [ids[5].clone(), ids[4].clone()]);
    let before = list(format!("before={}&limit=2", ids[3])).await;
    assert_eq!(before, [ids[2].clone(), ids[1].clone()]);
    let after = list(format!("after={}&limit=2", ids[1])).await;
    assert_eq!(after, [ids[3].clone(), ids[2].clone()]);
    let around = list(format!("around={}&limit=3", ids[2])).await;
    assert_eq!(around, [ids[3].clone(), ids[2].clone(), ids[1].clone()]);
    let path = format!("{}?limit=101", messages(&discord, "prep"));
    assert_eq!(rest(&discord, "GET", &path, Value::Null).await.0, 400);
}

#[tokio::test]
async fn missing_permissions_have_their_codes() {
    let discord = start().await;
    let bot_said = said(&discord, "own").await;
    let ann = discord.member("ann");
    let theirs = ann.say("prep", "hers").unwrap();
    let hers = format!("{}/{theirs}", messages(&discord, "prep"));
    let code = |method: &'static str, path: String, body: Value| {
        let discord = &discord;
        async move { rest(discord, method, &path, body).await.1["code"].as_u64() }
    };
    let path = messages(&discord, "prep");
    assert_eq!(code("PATCH", hers.clone(), json!({"content": "x"})).await, Some(50005));
    assert_eq!(code("DELETE", hers.clone(), Value::Null).await, Some(50013));

    discord.deny_bot("prep", Permissions::EMBED_LINKS);
    let embed = json!({"embeds": [{"title": "x"}]});
    assert_eq!(code("POST", path.clone(), embed).await, Some(50013));
    discord.deny_bot("prep", Permissions::ADD_REACTIONS);
    let mark = |of: &str| format!("{of}/reactions/%F0%9F%92%A1/@me");
    assert_eq!(code("PUT", mark(&hers), Value::Null).await, Some(50013));
    ann.react(theirs, "💡").unwrap();
    assert_eq!(code("PUT", mark(&hers), Value::Null).await, None, "not the first of its kind");
    discord.deny_bot("prep", Permissions::READ_MESSAGE_HISTORY);
    assert_eq!(code("PUT", mark(&bot_said), Value::Null).await, Some(50013));
    assert_eq!(rest(&discord, "GET", &path, Value::Null).await.1, json!([]));
    let reply = json!({"content": "x", "message_reference": {"message_id": theirs.to_string()}});
    assert_eq!(code("POST", path.clone(), reply).await, Some(160_002));
    discord.deny_bot("prep", Permissions::SEND_MESSAGES);
    assert_eq!(code("POST", path.clone(), json!({"content": "x"})).await, Some(50013));
    discord.deny_bot("prep", Permissions::VIEW_CHANNEL);
    assert_eq!(code("POST", path.clone(), json!({"content": "x"})).await, Some(50001));
    discord.allow_bot("prep", Permissions::all());
    assert_eq!(code("POST", path.clone(), json!({"content": "x"})).await, None);
    discord.delete_channel("prep");
    assert_eq!(code("POST", path, json!({"content": "x"})).await, Some(10003));
    assert_eq!(code("GET", "/channels/nonsense".to_owned(), Value::Null).await, Some(50035));
}

#[tokio::test]
async fn what_is_not_there_is_unknown() {
    let discord = start().await;
    let gone = said(&discord, "x").await;
    assert_eq!(rest(&discord, "DELETE", &gone, Value::Null).await.0, 204);
    for (method, path) in [
        ("GET", gone.clone()),
        ("PATCH", gone.clone()),
        ("DELETE", gone.clone()),
        ("PUT", format!("{gone}/reactions/%F0%9F%92%A1/@me")),
        ("POST", format!("{gone}/threads")),
    ] {
        let (status, body) = rest(&discord, method, &path, Value::Null).await;
        assert_eq!((status, &body["code"]), (404, &json!(10008)), "{method} {path}");
    }
    assert_eq!(rest(&discord, "GET", "/guilds/1", Value::Null).await.1["code"], 10004);
    assert_eq!(discord.complaints(), Vec::<String>::new());
    let (status, body) = rest(&discord, "GET", "/nothing/here", Value::Null).await;
    assert_eq!((status, &body["code"]), (404, &json!(0)));
    assert_eq!(discord.complaints(), ["unknown route: GET /nothing/here"]);
}

#[tokio::test]
async fn a_request_without_the_token_is_refused() {
    let discord = start().await;
    let url = format!("{}/api/v10/users/@me", discord.base());
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    for token in [None, Some("Bot wrong"), Some(discord.token())] {
        let request = client.get(&url);
        let request =
            token.map_or_else(|| client.get(&url), |token| request.header("authorization", token));
        assert_eq!(request.send().await.unwrap().status(), 401);
    }
}

#[tokio::test]
async fn reactions_are_counted_listed_and_limited() {
    let discord = start().await;
    let message = said(&discord, "x").await;
    let id = message.rsplit_once('/').unwrap().1.parse().unwrap();
    for name in ["ann", "bob", "eve"] {
        discord.member(name).react(id, "💡").unwrap();
    }
    let emoji = format!("{message}/reactions/%F0%9F%92%A1");
    assert_eq!(rest(&discord, "PUT", &format!("{emoji}/@me"), Value::Null).await.0, 204);
    let (_, got) = rest(&discord, "GET", &message, Value::Null).await;
    assert_eq!(got["reactions"][0]["count"], 4);
    assert_eq!(got["reactions"][0]["me"], true);

    let mut seen = Vec::new();
    let mut after = "0".to_owned();
    loop {
        let path = format!("{emoji}?limit=1&after={after}");
        let (_, page) = rest(&discord, "GET", &path, Value::Null).await;
        let Some(user) = page.get(0) else { break };
        after = user["id"].as_str().unwrap().to_owned();
        seen.push(user["username"].as_str().unwrap().to_owned());
    }
    assert_eq!(seen, ["Mockingbird", "ann", "bob", "eve"]);

    let word = format!("{message}/reactions/bulb/@me");
    assert_eq!(rest(&discord, "PUT", &word, Value::Null).await.1["code"], 10014);
    let many = "😀😁😂😃😄😅😆😇😈😉😊😋😌😍😎😏😐😑😒😓";
    let mut codes = Vec::new();
    for face in many.chars() {
        let path = format!("{message}/reactions/{face}/@me");
        codes.push(rest(&discord, "PUT", &path, Value::Null).await.1["code"].as_u64());
    }
    assert_eq!(codes.iter().flatten().collect::<Vec<_>>(), [&30010]);
}

#[tokio::test]
async fn a_message_notifies_only_whom_it_may() {
    let discord = start().await;
    let ann = discord.member("ann").id().unwrap();
    let text = format!("<@{ann}> @everyone");
    let whom = |allowed: Value| {
        let body = json!({"content": text, "allowed_mentions": allowed});
        let discord = &discord;
        async move {
            let id = post(discord, body).await.2["id"].as_str().unwrap().parse().unwrap();
            discord.with_world(|w| w.message(id).unwrap().mentions.clone())
        }
    };
    let all = whom(Value::Null).await;
    assert_eq!((all.users, all.everyone), (vec![ann], true));
    assert!(whom(json!({"parse": []})).await.is_empty());
    let one = whom(json!({"users": [ann.to_string()]})).await;
    assert_eq!((one.users, one.everyone), (vec![ann], false));
}

#[tokio::test]
async fn a_file_is_kept_and_described() {
    let discord = start().await;
    let url = format!("{}/api/v10{}", discord.base(), messages(&discord, "prep"));
    let body = "--b\r\nContent-Disposition: form-data; name=\"payload_json\"\r\n\r\n\
        {\"attachments\":[{\"id\":0,\"description\":\"a chart\"}]}\r\n\
        --b\r\nContent-Disposition: form-data; name=\"files[0]\"; filename=\"a.png\"\r\n\
        Content-Type: image/png\r\n\r\nBYTES\r\n--b--\r\n";
    let request = reqwest::Client::builder()
        .no_proxy()
        .build()
        .unwrap()
        .post(url)
        .header("authorization", format!("Bot {}", discord.token()))
        .header("content-type", "multipart/form-data; boundary=b")
        .body(body);
    let answer: Value = request.send().await.unwrap().json().await.unwrap();
    assert_eq!(answer["attachments"][0]["filename"], "a.png");
    let message = discord.member("ann").last("prep").unwrap();
    assert_eq!(message.attachments[0].bytes, b"BYTES");
    assert_eq!(message.attachments[0].description.as_deref(), Some("a chart"));
}

#[tokio::test]
async fn a_thread_from_a_message_has_its_id_and_is_made_once() {
    let discord = start().await;
    let message = said(&discord, "question").await;
    let path = format!("{message}/threads");
    let (status, thread) = rest(&discord, "POST", &path, json!({"name": "Answer"})).await;
    assert_eq!(status, 201);
    assert_eq!(thread["id"], message.rsplit_once('/').unwrap().1);
    let again = rest(&discord, "POST", &path, json!({"name": "Answer"})).await;
    assert_eq!(again.1["code"], 160_004);
    let (_, got) = rest(&discord, "GET", &message, Value::Null).await;
    assert_eq!(got["thread"]["name"], "Answer");
    assert_eq!(got["flags"], 32);
    let inside = messages(&discord, "Answer");
    let nested = rest(&discord, "POST", &inside, json!({"content": "in it"})).await.1;
    let nested = format!("{inside}/{}/threads", nested["id"].as_str().unwrap());
    let (_, refused) = rest(&discord, "POST", &nested, json!({"name": "Deeper"})).await;
    assert_eq!(refused["code"], 50024);
    for name in [String::new(), "x".repeat(101)] {
        let other = format!("{}/threads", said(&discord, "other").await);
        let refused = rest(&discord, "POST", &other, json!({"name": name})).await;
        assert_eq!(refused.1["code"], 50035);
    }
}

#[tokio::test]
async fn threads_follow_the_permissions_of_their_channel() {
    let discord = start().await;
    let message = said(&discord, "question").await;
    let path = format!("{message}/threads");
    discord.deny_bot("prep", Permissions::CREATE_PUBLIC_THREADS);
    let (_, refused) = rest(&discord, "POST", &path, json!({"name": "x"})).await;
    assert_eq!(refused["code"], 50013);
    discord.allow_bot("prep", Permissions::all());
    rest(&discord, "POST", &path, json!({"name": "thread"})).await;
    let inside = messages(&discord, "thread");
    discord.deny_bot("prep", Permissions::SEND_MESSAGES);
    let (status, _) = rest(&discord, "POST", &inside, json!({"content": "x"})).await;
    assert_eq!(status, 200, "sending in channels is another permission");
    discord.deny_bot("prep", Permissions::SEND_MESSAGES_IN_THREADS);
    let (_, refused) = rest(&discord, "POST", &inside, json!({"content": "x"})).await;
    assert_eq!(refused["code"], 50013);
}

#[tokio::test]
async fn an_archived_thread_refuses_edits_and_comes_back_with_a_message() {
    let discord = start().await;
    let message = said(&discord, "question").await;
    let thread = message.rsplit_once('/').unwrap().1;
    rest(&discord, "POST", &format!("{message}/threads"), json!({"name": "t"})).await;
    let inside = messages(&discord, "t");
    let first = rest(&discord, "POST", &inside, json!({"content": "x"})).await.1;
    let first = format!("{inside}/{}", first["id"].as_str().unwrap());
    let put_away = json!({"archived": true});
    let (status, gone) = rest(&discord, "PATCH", &format!("/channels/{thread}"), put_away).await;
    assert_eq!((status, &gone["thread_metadata"]["archived"]), (200, &json!(true)));
    let (_, refused) = rest(&discord, "PATCH", &first, json!({"content": "y"})).await;
    assert_eq!(refused["code"], 50083);
    let mark = format!("{first}/reactions/%F0%9F%92%A1/@me");
    assert_eq!(rest(&discord, "PUT", &mark, Value::Null).await.1["code"], 50083);
    let team = discord.with_world(|w| w.teams().next().unwrap().id);
    let active = format!("/guilds/{team}/threads/active");
    assert_eq!(rest(&discord, "GET", &active, Value::Null).await.1["threads"], json!([]));

    assert_eq!(rest(&discord, "POST", &inside, json!({"content": "back"})).await.0, 200);
    let (_, active) = rest(&discord, "GET", &active, Value::Null).await;
    assert_eq!(active["threads"][0]["name"], "t");
}

#[tokio::test]
async fn a_thread_without_a_message_has_members_who_come_and_go() {
    let discord = start().await;
    let channel = discord.channel("prep").unwrap();
    let body = json!({"name": "interview", "type": 12, "auto_archive_duration": 60});
    let (status, thread) =
        rest(&discord, "POST", &format!("/channels/{channel}/threads"), body).await;
    assert_eq!(status, 201);
    let id = thread["id"].as_str().unwrap();
    let ann = discord.member("ann").id().unwrap();
    let path = format!("/channels/{id}/thread-members/{ann}");
    assert_eq!(rest(&discord, "GET", &path, Value::Null).await.1["code"], 10007);
    assert_eq!(rest(&discord, "PUT", &path, Value::Null).await.0, 204);
    assert_eq!(rest(&discord, "GET", &path, Value::Null).await.0, 200);
    assert_eq!(rest(&discord, "DELETE", &path, Value::Null).await.0, 204);
    let own = format!("/channels/{id}/thread-members/@me");
    assert_eq!(rest(&discord, "DELETE", &own, Value::Null).await.0, 204);
    // It was private: outside, the bot does not see it any more.
    assert_eq!(rest(&discord, "PUT", &own, Value::Null).await.1["code"], 50001);
    let bad = json!({"name": "x", "type": 11, "auto_archive_duration": 61});
    let (_, refused) = rest(&discord, "POST", &format!("/channels/{channel}/threads"), bad).await;
    assert_eq!(refused["code"], 50035);
}

#[tokio::test]
async fn a_quiet_thread_is_put_away_when_its_time_is_over() {
    let clock = Arc::new(ManualClock::new("2026-11-22T09:00:00Z".parse().unwrap()));
    let setup = Setup {
        clock: Arc::clone(&clock) as _,
        rate_limits: RateLimits::off(),
        ..Setup::default()
    };
    let discord = LocalDiscord::start(setup).await.unwrap();
    let message = said(&discord, "question").await;
    let body = json!({"name": "t", "auto_archive_duration": 60});
    rest(&discord, "POST", &format!("{message}/threads"), body).await;
    let archived = || {
        discord.clock_moved();
        discord.with_world(|w| w.channel_named("t").unwrap().thread.as_ref().unwrap().archived)
    };
    clock.forward(50 * 60);
    discord.member("ann").say("t", "still here").unwrap();
    clock.forward(50 * 60);
    assert!(!archived());
    clock.forward(10 * 60);
    assert!(archived());
    discord.member("ann").say("t", "back").unwrap();
    assert!(!archived());
}

#[tokio::test]
async fn a_person_in_two_teams_is_one_person_and_sees_both() {
    use mockingbird_playground::TeamSetup;
    let teams = vec![
        TeamSetup::new("One", &["general"], &["ann", "bob"]),
        TeamSetup::new("Two", &["general"], &["eve", "ann"]),
    ];
    let setup = Setup { teams, rate_limits: RateLimits::off(), ..Setup::default() };
    let discord = LocalDiscord::start(setup).await.unwrap();
    assert_eq!(discord.with_world(|w| w.users().count()), 4);
    assert_ne!(discord.channel("One/general"), discord.channel("Two/#general"));
    let ann = discord.member("ann");
    ann.say("Two/general", "hello").unwrap();
    assert_eq!(ann.sees("Two/general").len(), 1);
    assert_eq!(ann.sees("One/general").len(), 0);
    assert!(discord.member("bob").say("Two/general", "hello").is_err());
    let (_, guilds) = rest(&discord, "GET", "/users/@me/guilds", Value::Null).await;
    assert_eq!(guilds.as_array().unwrap().len(), 2);
}
