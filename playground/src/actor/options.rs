//! A typed command becomes the `data` of an interaction, checked against what
//! the bot registered, as a client does.

use serde_json::{Map, Value, json};

use super::ActError;
use crate::Id;
use crate::json::Json;
use crate::payload;
use crate::world::World;
use crate::world::model::Command;

/// The `data` of a command or completion, and the command as it reads with its
/// options: `/quiz topic:databases`.
pub(crate) fn command_data(
    world: &World,
    user: Id,
    channel: Id,
    typed: &str,
    given: &[(&str, Value)],
    focused: Option<(&str, &str)>,
) -> Result<(Value, String), ActError> {
    let unknown = || ActError::UnknownCommand(typed.to_owned());
    let mut words = typed.trim_start_matches('/').split_whitespace();
    let name = words.next().ok_or_else(unknown)?;
    let offered = world.commands_for(user, channel);
    let command = offered.into_iter().find(|c| c.name() == name).ok_or_else(unknown)?;
    // Down the subcommands to the one that was typed.
    let mut level = &command.json;
    let mut path = Vec::new();
    for word in words {
        level = nested(level).find(|o| o.at("name") == word).ok_or_else(unknown)?;
        path.push((word, level.at("type").clone()));
    }
    if nested(level).next().is_some() {
        return Err(unknown());
    }
    let team = world.channel(channel).and_then(|c| c.team);
    let mut read = Reader { world, user, channel, team, resolved: Map::new() };
    let (mut options, words) = read.options(level, given, focused)?;
    for (name, kind) in path.into_iter().rev() {
        options = vec![json!({"name": name, "type": kind, "options": options})];
    }
    let data = whole(command, &options, &read.resolved);
    Ok((data, format!("/{} {words}", typed.trim_start_matches('/')).trim_end().to_owned()))
}

/// Subcommands and groups of subcommands.
fn nested(of: &Value) -> impl Iterator<Item = &Value> {
    let options = of.list("options").iter();
    options.filter(|o| matches!(o.at("type").as_u64(), Some(1 | 2)))
}

fn whole(command: &Command, options: &[Value], resolved: &Map<String, Value>) -> Value {
    let mut data = json!({
        "id": command.id,
        "name": command.name(),
        "type": command.kind(),
        "options": options,
        "resolved": resolved,
    });
    if let Some(team) = command.team {
        data.set("guild_id", json!(team));
    }
    data
}

struct Reader<'a> {
    world: &'a World,
    user: Id,
    channel: Id,
    team: Option<Id>,
    resolved: Map<String, Value>,
}

impl Reader<'_> {
    fn options(
        &mut self,
        of: &Value,
        given: &[(&str, Value)],
        focused: Option<(&str, &str)>,
    ) -> Result<(Vec<Value>, String), ActError> {
        let declared = of.list("options");
        let names = given.iter().map(|(name, _)| *name).chain(focused.map(|(name, _)| name));
        for name in names {
            if !declared.iter().any(|o| o.at("name") == name) {
                return Err(ActError::UnknownOption(name.to_owned()));
            }
        }
        let mut options = Vec::new();
        let mut words = Vec::new();
        for option in declared {
            let name = option.text("name");
            if let Some((_, typed)) = focused.filter(|(focused, _)| *focused == name) {
                if option.at("autocomplete") != true {
                    return Err(ActError::UnknownOption(name.to_owned()));
                }
                let kind = option.at("type");
                options.push(json!({"name": name, "type": kind, "value": typed, "focused": true}));
                continue;
            }
            let Some((_, value)) = given.iter().find(|(given, _)| *given == name) else {
                if option.at("required") == true && focused.is_none() {
                    return Err(ActError::MissingOption(name.to_owned()));
                }
                continue;
            };
            words.push(format!("{name}:{}", plain(value)));
            let value = self.value(option, name, value)?;
            options.push(json!({"name": name, "type": option.at("type"), "value": value}));
        }
        Ok((options, words.join(" ")))
    }

    /// Reads a value as its option takes it. Numbers and truth may be given as
    /// text; people and channels by name or id; choices by name or value.
    fn value(&mut self, option: &Value, name: &str, given: &Value) -> Result<Value, ActError> {
        let bad = |why: &str| ActError::BadValue(name.to_owned(), why.to_owned());
        let text = plain(given);
        let choices = option.list("choices");
        if !choices.is_empty() {
            let fits = |c: &&Value| c.at("value") == given || c.at("name") == text.as_str();
            let found = choices
                .iter()
                .find(fits)
                .or_else(|| choices.iter().find(|c| plain(c.at("value")) == text));
            return found
                .map(|c| c.at("value").clone())
                .ok_or_else(|| bad("not one of the choices"));
        }
        match option.at("type").as_u64() {
            Some(3) => {
                let length = text.chars().count() as u64;
                let max = option.at("max_length").as_u64().unwrap_or(6000);
                if length < option.at("min_length").as_u64().unwrap_or(0) || length > max {
                    return Err(bad("too short or too long"));
                }
                Ok(json!(text))
            }
            Some(4) => {
                let number: i64 = text.trim().parse().map_err(|_| bad("not a whole number"))?;
                #[expect(clippy::cast_precision_loss, reason = "only compared with bounds")]
                within(option, number as f64)
                    .then(|| json!(number))
                    .ok_or_else(|| bad("out of range"))
            }
            Some(5) => text.parse::<bool>().map(Value::Bool).map_err(|_| bad("not true or false")),
            Some(6) => self.person(&text).ok_or_else(|| bad("no such member")),
            Some(7) => self.place(&text).ok_or_else(|| bad("no such channel")),
            Some(10) => {
                let number: f64 = text.trim().parse().map_err(|_| bad("not a number"))?;
                within(option, number).then(|| json!(number)).ok_or_else(|| bad("out of range"))
            }
            _ => Err(bad("an option of this type cannot be filled here")),
        }
    }

    fn person(&mut self, name: &str) -> Option<Value> {
        let bare = name.strip_prefix('@').unwrap_or(name);
        let by_id = bare.parse().ok().and_then(|id| self.world.user(id));
        let user = by_id.or_else(|| self.world.user_named(bare))?;
        let member = match self.team {
            Some(team) => Some(self.world.member(team, user.id)?),
            None => None,
        };
        let id = user.id.to_string();
        self.resolve("users", &id, self.world.user_json(user.id));
        if let Some(member) = member {
            let mut partial = payload::bare_member(member);
            let may = self.world.permissions(user.id, self.channel).bits().to_string();
            partial.set("permissions", json!(may));
            self.resolve("members", &id, partial);
        }
        Some(json!(id))
    }

    fn place(&mut self, name: &str) -> Option<Value> {
        let channel = self.world.channel_named(name)?;
        if channel.team != self.team || !self.world.can_view(self.user, channel.id) {
            return None;
        }
        let id = channel.id.to_string();
        let mut partial = self.world.channel_json(channel);
        let may = self.world.permissions(self.user, channel.id).bits().to_string();
        partial.set("permissions", json!(may));
        self.resolve("channels", &id, partial);
        Some(json!(id))
    }

    fn resolve(&mut self, kind: &str, id: &str, value: Value) {
        let of_kind = self.resolved.entry(kind).or_insert_with(|| json!({}));
        of_kind.set(id, value);
    }
}

fn within(option: &Value, number: f64) -> bool {
    let low = option.at("min_value").as_f64().is_none_or(|min| number >= min);
    let high = option.at("max_value").as_f64().is_none_or(|max| number <= max);
    low && high && number.is_finite()
}

/// A value as people read it: text without quotes.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
