//! The bot's requests and the local Discord's answers against Discord's own description.

use std::collections::BTreeSet;

use mockingbird_playground::Request;
use serde_json::Value;

use crate::official::{Answer, Operation, description};
use crate::play::played;
use crate::schema::{Unknown, faults};

/// Every route that the bot can use. One that is new here needs a line in `play`, too.
const ROUTES: &[&str] = &[
    "GET /applications/@me",
    "GET /applications/{application}/commands",
    "GET /channels/{channel}",
    "GET /channels/{channel}/messages",
    "GET /channels/{channel}/messages/{message}/reactions/{emoji}",
    "GET /gateway/bot",
    "GET /guilds/{guild}/threads/active",
    "GET /users/@me",
    "GET /webhooks/{application}/{token}/messages/{message}",
    "PATCH /channels/{channel}",
    "PATCH /channels/{channel}/messages/{message}",
    "PATCH /webhooks/{application}/{token}/messages/{message}",
    "POST /channels/{channel}/messages",
    "POST /channels/{channel}/messages/{message}/threads",
    "POST /channels/{channel}/threads",
    "POST /interactions/{interaction}/{token}/callback",
    "POST /users/@me/channels",
    "POST /webhooks/{application}/{token}",
    "PUT /applications/{application}/commands",
    "PUT /channels/{channel}/messages/{message}/reactions/{emoji}/@me",
    "PUT /channels/{channel}/thread-members/{user}",
];

/// Where the description is known to be wrong.
struct Deviation {
    /// A part of the fault as it is reported.
    fault: &'static str,
    #[expect(dead_code, reason = "for the reader")]
    reason: &'static str,
}

const IN_REQUESTS: &[Deviation] = &[Deviation {
    fault: "/default_member_permissions: \"32\" is not of type [\"integer\",\"null\"]",
    reason: "Discord's documentation (Application Command Object) has a string here, as do the \
             answers in the same description, since permissions do not fit every number",
}];

const IN_ANSWERS: &[Deviation] = &[Deviation {
    fault: "→ 429: \"code\" is missing",
    reason: "Discord's documentation (Rate Limits, \"Exceeding a Rate Limit\") has a code only for \
             some limits, and an example without",
}];

/// Leaves out what is known, and minds that all that is known was seen.
fn unknown(faults: BTreeSet<String>, known: &[Deviation]) -> Vec<String> {
    for known in known {
        let seen = faults.iter().any(|fault| fault.contains(known.fault));
        assert!(seen, "no such deviation any more: {}", known.fault);
    }
    let is_known = |fault: &String| known.iter().any(|known| fault.contains(known.fault));
    faults.into_iter().filter(|fault| !is_known(fault)).collect()
}

fn operation(document: &'static Value, request: &Request) -> Operation {
    let found = Operation::of(document, &request.method, &request.path);
    found.unwrap_or_else(|| panic!("Discord knows no {} {}", request.method, request.path))
}

#[test]
fn the_bot_uses_every_route_that_it_can_use_and_no_other() {
    let used: BTreeSet<&str> = played().requests.iter().map(|request| request.route).collect();
    assert_eq!(used.into_iter().collect::<Vec<_>>(), ROUTES);
}

#[test]
fn only_what_takes_a_body_has_one() {
    for request in &played().requests {
        let takes = match request.method.as_str() {
            "POST" | "PATCH" => true,
            "PUT" => request.path.ends_with("/commands"),
            _ => false,
        };
        assert_eq!(!request.body.is_null(), takes, "{} {}", request.method, request.path);
    }
}

#[test]
fn each_request_is_as_discord_describes_it() {
    let Some(document) = description() else {
        return without_description();
    };
    let mut found = BTreeSet::new();
    for request in &played().requests {
        let operation = operation(document, request);
        let mut said = match operation.body() {
            None if request.body.is_null() => Vec::new(),
            None => vec![": it takes no body".to_owned()],
            Some(schema) => faults(document, schema, &request.body, Unknown::Refused),
        };
        for (name, value) in request.query.split('&').filter_map(|pair| pair.split_once('=')) {
            let fits = |schema: &Value| {
                let typed = value.parse::<Value>().unwrap_or(Value::Null);
                [Value::from(value), typed]
                    .iter()
                    .any(|value| faults(document, schema, value, Unknown::Refused).is_empty())
            };
            if !operation.parameter(name).is_some_and(fits) {
                said.push(format!("?{name}={value}: no such parameter"));
            }
        }
        found.extend(said.into_iter().map(|fault| format!("{}{fault}", operation.name)));
    }
    assert_eq!(unknown(found, IN_REQUESTS), [""; 0]);
}

#[test]
fn each_answer_of_the_local_discord_is_as_discord_describes_it() {
    let Some(document) = description() else {
        return without_description();
    };
    let (mut found, mut refused) = (BTreeSet::new(), BTreeSet::new());
    // A request whose answer was lost has none.
    for request in played().requests.iter().filter(|request| request.status != 0) {
        let operation = operation(document, request);
        if request.status >= 400 {
            refused.insert(request.status);
        }
        let said = match operation.answer(request.status) {
            Answer::Undescribed => vec![": no answer has this status".to_owned()],
            Answer::Empty if request.answer.is_null() => Vec::new(),
            Answer::Empty => vec![": this answer has no body".to_owned()],
            Answer::Json(schema) => faults(document, schema, &request.answer, Unknown::Allowed),
        };
        let name = format!("{} → {}", operation.name, request.status);
        found.extend(said.into_iter().map(|fault| format!("{name}{fault}")));
    }
    assert_eq!(unknown(found, IN_ANSWERS), [""; 0]);
    assert_eq!(refused.into_iter().collect::<Vec<_>>(), [400, 403, 404, 429], "refusals were seen");
}

/// Where the description is not there: the routes are those that it has been held against, and
/// what was sent has the shape that `second_opinion` looks into.
pub(crate) fn without_description() {
    eprintln!("shared/discord/openapi.json is not there: twilight's opinion has to do");
    let requests = &played().requests;
    assert!(requests.iter().all(|request| ROUTES.contains(&request.route)));
    crate::second_opinion::judge(requests);
}
