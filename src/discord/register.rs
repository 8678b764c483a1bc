//! The commands that Discord shows, registered only when they changed: each registration counts
//! against Discord's limits and makes people's apps load the list anew.

use reqwest::Method;
use serde_json::{Map, Value};

use super::Discord;
use super::rest::RestError;
use super::route::Call;

/// What registering did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Registration {
    /// Discord has the new commands.
    Changed,
    /// Discord had them already.
    Unchanged,
}

impl Discord {
    /// Makes these the bot's global commands (a list as for Discord's bulk overwrite), if Discord
    /// does not have them already.
    ///
    /// # Errors
    ///
    /// If Discord cannot be reached or refuses a command; the reason names the offending field.
    pub async fn register(&self, wanted: &Value) -> Result<Registration, RestError> {
        let path = format!("applications/{}/commands", self.application);
        let known = Call::get(path.clone()).query("with_localizations=true".to_owned());
        let known = self.rest.send(&known).await?;
        if what_matters(&known) == what_matters(wanted) {
            return Ok(Registration::Unchanged);
        }
        self.rest.send(&Call::new(Method::PUT, path).body(wanted.clone())).await?;
        Ok(Registration::Changed)
    }
}

/// A list of commands without what Discord adds by itself: ids, versions, defaults.
fn what_matters(commands: &Value) -> Vec<Value> {
    let mut commands: Vec<Value> =
        commands.as_array().into_iter().flatten().map(|command| lean(command, 0)).collect();
    commands.sort_by_cached_key(|command| {
        (command.get("type").and_then(Value::as_u64), name(command).to_owned())
    });
    commands
}

/// One command or option without ids, versions and defaults. Depth 0 is a command.
fn lean(thing: &Value, depth: usize) -> Value {
    let mut body = Map::new();
    for (key, value) in thing.as_object().into_iter().flatten() {
        let is_default = match key.as_str() {
            "id"
            | "application_id"
            | "guild_id"
            | "version"
            | "dm_permission"
            | "name_localized"
            | "description_localized" => true,
            // A command without a type is a slash command.
            "type" => depth == 0 && value == 1,
            "integration_types" => *value == serde_json::json!([0]),
            "required" | "autocomplete" | "nsfw" | "default_permission" => {
                // `default_permission` is an old name that Discord still sends.
                value == false || key == "default_permission"
            }
            "options"
            | "choices"
            | "channel_types"
            | "name_localizations"
            | "description_localizations" => is_empty(value),
            _ => value.is_null(),
        };
        if !is_default {
            body.insert(key.clone(), kept(key, value, depth));
        }
    }
    Value::Object(body)
}

fn kept(key: &str, value: &Value, depth: usize) -> Value {
    let list = || value.as_array().into_iter().flatten();
    match key {
        "options" | "choices" => list().map(|part| lean(part, depth + 1)).collect(),
        // Sets: their order says nothing.
        "contexts" | "integration_types" | "channel_types" => {
            let mut numbers: Vec<u64> = list().filter_map(Value::as_u64).collect();
            numbers.sort_unstable();
            numbers.into()
        }
        _ => value.clone(),
    }
}

fn is_empty(value: &Value) -> bool {
    value.is_null()
        || value.as_array().is_some_and(Vec::is_empty)
        || value.as_object().is_some_and(Map::is_empty)
}

fn name(command: &Value) -> &str {
    command.get("name").and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn wanted() -> Value {
        json!([{
            "name": "quiz", "description": "A question", "contexts": [0, 1],
            "options": [{
                "type": 3, "name": "topic", "description": "Which", "required": true,
                "autocomplete": true
            }]
        }, {
            "name": "daily", "description": "Dailies", "default_member_permissions": "32",
            "contexts": [0]
        }])
    }

    fn known() -> Value {
        json!([{
            "id": "9", "application_id": "8", "version": "7", "type": 1, "nsfw": false,
            "name": "daily", "name_localizations": null, "description": "Dailies",
            "description_localizations": null, "default_member_permissions": "32",
            "dm_permission": false, "integration_types": [0], "contexts": [0]
        }, {
            "id": "10", "application_id": "8", "version": "7", "type": 1, "nsfw": false,
            "name": "quiz", "description": "A question", "default_member_permissions": null,
            "dm_permission": true, "integration_types": [0], "contexts": [1, 0],
            "options": [{
                "type": 3, "name": "topic", "description": "Which", "required": true,
                "autocomplete": true
            }]
        }])
    }

    #[test]
    fn what_discord_adds_by_itself_is_no_change() {
        assert_eq!(what_matters(&known()), what_matters(&wanted()));
    }

    #[test]
    fn each_change_that_people_see_is_one() {
        for (path, value) in [
            ("/0/description", json!("Another question")),
            ("/0/options/0/description", json!("Which one")),
            ("/0/options/0/autocomplete", json!(false)),
            ("/0/options/0/type", json!(4)),
            ("/0/contexts", json!([0])),
            ("/1/default_member_permissions", json!("8")),
        ] {
            let mut wanted = wanted();
            *wanted.pointer_mut(path).expect("the path is there") = value;
            assert_ne!(what_matters(&known()), what_matters(&wanted), "{path}");
        }
    }
}
