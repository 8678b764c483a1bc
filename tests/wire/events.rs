//! What the gateway tells the bot. Discord describes no events, but the things in them.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::official::description;
use crate::play::played;
use crate::rest::without_description;
use crate::schema::{Unknown, faults};

/// Where in which event which thing is (`*`: each of a list), and the name of its schema.
const THINGS: &[(&str, &str, &str)] = &[
    ("GUILD_CREATE", "/channels/*", "GuildChannelResponse"),
    ("GUILD_CREATE", "/members/*", "GuildMemberResponse"),
    ("GUILD_CREATE", "/roles/*", "GuildRoleResponse"),
    ("INTERACTION_CREATE", "/data/resolved/users/*", "UserResponse"),
    ("INTERACTION_CREATE", "/member", "GuildMemberResponse"),
    ("INTERACTION_CREATE", "/message", "MessageResponse"),
    ("INTERACTION_CREATE", "/user", "UserResponse"),
    ("MESSAGE_REACTION_ADD", "/emoji", "MessageReactionEmojiResponse"),
    ("MESSAGE_REACTION_ADD", "/member", "GuildMemberResponse"),
    ("READY", "/user", "UserPIIResponse"),
    ("THREAD_CREATE", "", "ThreadResponse"),
];

fn at<'a>(data: &'a Value, path: &str) -> Vec<&'a Value> {
    match path.strip_suffix("/*") {
        None => data.pointer(path).into_iter().collect(),
        Some(path) => match data.pointer(path) {
            Some(Value::Array(items)) => items.iter().collect(),
            Some(Value::Object(items)) => items.values().collect(),
            _ => Vec::new(),
        },
    }
}

#[test]
fn the_things_in_events_are_as_discord_describes_them() {
    let Some(document) = description() else {
        return without_description();
    };
    let mut found = BTreeSet::new();
    for (name, path, schema) in THINGS {
        let reference = json!({ "$ref": format!("#/components/schemas/{schema}") });
        let events = played().events.iter().filter(|event| event["t"] == **name);
        let things: Vec<&Value> = events.flat_map(|event| at(&event["d"], path)).collect();
        assert!(!things.is_empty(), "no {name} has anything at {path}");
        for thing in things {
            let said = faults(document, &reference, thing, Unknown::Allowed);
            found.extend(said.into_iter().map(|fault| format!("{name}{path} {fault}")));
        }
    }
    assert_eq!(found.into_iter().collect::<Vec<_>>(), [""; 0]);
}
