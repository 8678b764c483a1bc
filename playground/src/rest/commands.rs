//! Commands are registered, everywhere or in one team.
//!
//! Source: "Application Commands".

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::error::{ApiError, FormErrors};
use super::{Answer, Call, Reply};
use crate::Id;
use crate::json::Json;
use crate::world::model::Command;
use crate::world::{ChangeKind, World};

/// Creations in a day (30034). Counted without a day's end: a bot that comes
/// near it in a test does something wrong.
const MOST_CREATED: u32 = 200;

/// The team of the path, if it names one; 50001 for a team without the bot.
fn place(call: &Call<'_>) -> Result<Option<Id>, ApiError> {
    let world = &call.state.world;
    if call.id("application")? != world.bot() {
        return Err(ApiError::new(
            403,
            20012,
            "You are not authorized to perform this action on this application",
        ));
    }
    if call.text("guild").is_empty() {
        return Ok(None);
    }
    let team = call.id("guild")?;
    let inside = world.team(team).is_some_and(|t| t.members.contains_key(&world.bot()));
    if inside { Ok(Some(team)) } else { Err(ApiError::missing_access()) }
}

pub(crate) fn list(call: &mut Call<'_>) -> Answer {
    let team = place(call)?;
    let commands = call.state.world.commands.iter().filter(|c| c.team == team);
    Ok(Reply::Json(commands.map(|c| c.json.clone()).collect()))
}

pub(crate) fn get(call: &mut Call<'_>) -> Answer {
    let at = find(call)?;
    let command = call.state.world.commands.get(at).ok_or_else(ApiError::unknown_command)?;
    Ok(Reply::Json(command.json.clone()))
}

fn find(call: &Call<'_>) -> Result<usize, ApiError> {
    let (team, id) = (place(call)?, call.id("command")?);
    let commands = &call.state.world.commands;
    let at = commands.iter().position(|c| c.team == team && c.id == id);
    at.ok_or_else(ApiError::unknown_command)
}

pub(crate) fn create(call: &mut Call<'_>) -> Answer {
    let team = place(call)?;
    let body = call.body.clone();
    let mut errors = FormErrors::default();
    check(&mut errors, &body, "");
    errors.done()?;
    let world = call.world();
    let existed = position(world, team, &body).is_some();
    count(world, team, &body)?;
    let json = put(world, team, &body)?;
    Ok(Reply::Status(if existed { 200 } else { 201 }, json))
}

/// At most 100 typed commands and 15 of each other kind.
fn count(world: &World, team: Option<Id>, body: &Value) -> Result<(), ApiError> {
    if position(world, team, body).is_some() {
        return Ok(());
    }
    let kind = body.at("type").as_u64().unwrap_or(1);
    let same = world.commands.iter().filter(|c| c.team == team && c.kind() == kind).count();
    if same >= if kind == 1 { 100 } else { 15 } {
        return Err(ApiError::new(
            400,
            30032,
            "Maximum number of application commands reached (100)",
        ));
    }
    Ok(())
}

pub(crate) fn overwrite(call: &mut Call<'_>) -> Answer {
    let team = place(call)?;
    let body = call.body.clone();
    let Some(list) = body.as_array() else {
        return Err(FormErrors::one(
            "",
            "LIST_TYPE_CONVERT",
            "Only iterables may be used in a ListType.",
        ));
    };
    let mut errors = FormErrors::default();
    let mut names = BTreeSet::new();
    for (at, command) in list.iter().enumerate() {
        check(&mut errors, command, &at.to_string());
        let kind = command.at("type").as_u64().unwrap_or(1);
        if !names.insert((kind, command.text("name"))) {
            let message = "Application command names must be unique";
            errors.add(&format!("{at}.name"), "APPLICATION_COMMANDS_DUPLICATE_NAME", message);
        }
    }
    let typed = names.iter().filter(|(kind, _)| *kind == 1).count();
    errors.count("", typed, 100);
    errors.done()?;
    let world = call.world();
    let kept = |c: &Command| c.team != team || names.contains(&(c.kind(), c.name()));
    world.commands.retain(kept);
    let mut answer = Vec::new();
    for command in list {
        answer.push(put(world, team, command)?);
    }
    Ok(Reply::Json(Value::Array(answer)))
}

pub(crate) fn change(call: &mut Call<'_>) -> Answer {
    let at = find(call)?;
    let team = place(call)?;
    let changes = call.body.clone();
    let world = call.world();
    let mut body = world.commands.get(at).ok_or_else(ApiError::unknown_command)?.json.clone();
    for (key, value) in changes.as_object().into_iter().flatten() {
        body.set(key, value.clone());
    }
    let mut errors = FormErrors::default();
    check(&mut errors, &body, "");
    errors.done()?;
    let id = body.at("id").as_str().and_then(|id| id.parse().ok()).unwrap_or_default();
    let version = world.next_id();
    let json = whole(world, id, version, team, &body);
    if let Some(command) = world.commands.get_mut(at) {
        command.json = json.clone();
    }
    world.changed(ChangeKind::Commands, None);
    Ok(Reply::Json(json))
}

pub(crate) fn delete(call: &mut Call<'_>) -> Answer {
    let at = find(call)?;
    let world = call.world();
    world.commands.remove(at);
    world.changed(ChangeKind::Commands, None);
    Ok(Reply::Empty)
}

/// Where the command of this name and kind is.
fn position(world: &World, team: Option<Id>, body: &Value) -> Option<usize> {
    let kind = body.at("type").as_u64().unwrap_or(1);
    let name = body.text("name");
    world.commands.iter().position(|c| c.team == team && c.kind() == kind && c.name() == name)
}

/// Adds a command, or replaces the one of its name and keeps the id.
fn put(world: &mut World, team: Option<Id>, body: &Value) -> Result<Value, ApiError> {
    let at = position(world, team, body);
    let known = at.and_then(|at| world.commands.get(at)).map(|c| c.id);
    if known.is_none() {
        if world.created_commands >= MOST_CREATED {
            return Err(ApiError::too_many_commands_created());
        }
        world.created_commands += 1;
    }
    let id = known.unwrap_or_else(|| world.next_id());
    let version = world.next_id();
    let json = whole(world, id, version, team, body);
    let command = Command { id, team, json: json.clone() };
    match at.and_then(|at| world.commands.get_mut(at)) {
        Some(old) => *old = command,
        None => world.commands.push(command),
    }
    world.changed(ChangeKind::Commands, None);
    Ok(json)
}

/// A command as Discord gives it back.
fn whole(world: &World, id: Id, version: Id, team: Option<Id>, body: &Value) -> Value {
    let or = |key: &str, default: Value| {
        let given = body.at(key);
        if given.is_null() { default } else { given.clone() }
    };
    let translations = |key: &str| match body.at(key).as_object() {
        Some(some) if !some.is_empty() => body.at(key).clone(),
        _ => Value::Null,
    };
    let mut json = json!({
        "id": id,
        "application_id": world.bot(),
        "version": version,
        "type": or("type", json!(1)),
        "name": body.at("name"),
        "name_localizations": translations("name_localizations"),
        "description": or("description", json!("")),
        "description_localizations": translations("description_localizations"),
        "default_member_permissions": body.at("default_member_permissions"),
        "dm_permission": or("dm_permission", json!(true)),
        "nsfw": or("nsfw", json!(false)),
        "integration_types": or("integration_types", json!([0])),
        "contexts": body.at("contexts"),
    });
    if !body.list("options").is_empty() {
        json.set("options", body.list("options").iter().map(whole_option).collect());
    }
    if let Some(team) = team {
        json.set("guild_id", json!(team));
    }
    json
}

/// An option as Discord gives it back: without what is empty or off.
fn whole_option(option: &Value) -> Value {
    let says_something = |value: &Value| match value {
        Value::Null | Value::Bool(false) => false,
        Value::Array(list) => !list.is_empty(),
        Value::Object(map) => !map.is_empty(),
        Value::Bool(true) | Value::Number(_) | Value::String(_) => true,
    };
    let mut whole = json!({});
    for (key, value) in option.as_object().into_iter().flatten() {
        if matches!(key.as_str(), "options" | "choices") && says_something(value) {
            whole.set(key, option.list(key).iter().map(whole_option).collect());
        } else if says_something(value) {
            whole.set(key, value.clone());
        }
    }
    whole
}

fn check(errors: &mut FormErrors, command: &Value, path: &str) {
    let at = |key: &str| {
        if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
    };
    let kind = command.at("type").as_u64().unwrap_or(1);
    let name = command.text("name");
    errors.length(&at("name"), name, 1, 32);
    let description = command.text("description");
    if kind == 1 {
        check_name(errors, name, &at("name"));
        errors.length(&at("description"), description, 1, 100);
    } else if !description.is_empty() {
        let message = "Context menu commands cannot have description";
        errors.add(&at("description"), "APPLICATION_COMMAND_INVALID_DESCRIPTION", message);
    }
    if let Some(bits) = command.at("default_member_permissions").as_str()
        && bits.parse::<u64>().is_err()
    {
        errors.add(&at("default_member_permissions"), "NUMBER_TYPE_COERCE", "Not a number.");
    }
    let options = command.list("options");
    check_options(errors, options, &at("options"), 0);
    if size(command) > 8000 {
        errors.add(path, "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (8000)");
    }
}

/// `^[-_'\p{L}\p{N}…]{1,32}$`, lower case where there is one.
fn check_name(errors: &mut FormErrors, name: &str, path: &str) {
    let good = |c: char| c.is_alphanumeric() && !c.is_uppercase() || matches!(c, '-' | '_' | '\'');
    if !name.is_empty() && !name.chars().all(good) {
        let message = "Command name is invalid";
        errors.add(path, "APPLICATION_COMMAND_INVALID_NAME", message);
    }
}

fn check_options(errors: &mut FormErrors, options: &[Value], path: &str, depth: u32) {
    errors.count(path, options.len(), 25);
    let mut names = BTreeSet::new();
    let mut optional_before = false;
    let nested = |o: &Value| matches!(o.at("type").as_u64(), Some(1 | 2));
    let mixed = options.iter().any(nested) && !options.iter().all(nested);
    if mixed {
        let message = "Subcommands and groups are mutually exclusive to all other types";
        errors.add(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message);
    }
    for (at, option) in options.iter().enumerate() {
        let path = format!("{path}.{at}");
        let name = option.text("name");
        errors.length(&format!("{path}.name"), name, 1, 32);
        check_name(errors, name, &format!("{path}.name"));
        let description = option.text("description");
        errors.length(&format!("{path}.description"), description, 1, 100);
        if !names.insert(name) {
            let message = "Option name must be unique";
            errors.add(
                &format!("{path}.name"),
                "APPLICATION_COMMAND_OPTIONS_NAME_INVALID",
                message,
            );
        }
        let kind = option.at("type").as_u64().unwrap_or(0);
        let too_deep = kind == 2 && depth > 0 || kind == 1 && depth > 1;
        if !(1..=11).contains(&kind) || too_deep {
            let message = "Value must be one of {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}.";
            errors.add(&format!("{path}.type"), "BASE_TYPE_CHOICES", message);
        }
        let required = option.at("required") == true;
        if required && optional_before {
            let message = "Required options must be placed before non-required options";
            errors.add(
                &format!("{path}.required"),
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                message,
            );
        }
        optional_before |= !required;
        let nested = option.list("options");
        check_options(
            errors,
            nested,
            &format!("{path}.options"),
            depth + if kind == 2 { 1 } else { 2 },
        );
        check_values(errors, option, &path);
    }
}

fn check_values(errors: &mut FormErrors, option: &Value, path: &str) {
    let choices = option.list("choices");
    super::limits::choices(errors, choices, &format!("{path}.choices"));
    let kind = option.at("type").as_u64().unwrap_or(0);
    if option.at("autocomplete") == true && (!choices.is_empty() || !matches!(kind, 3 | 4 | 10)) {
        let message = "Autocomplete cannot be used with choices or with this type";
        errors.add(
            &format!("{path}.autocomplete"),
            "APPLICATION_COMMAND_INVALID_AUTOCOMPLETE",
            message,
        );
    }
    if option.at("min_length").as_u64().is_some_and(|min| min > 6000) {
        errors.add(
            &format!("{path}.min_length"),
            "NUMBER_TYPE_MAX",
            "int value should be between 0 and 6000.",
        );
    }
    if option.at("max_length").as_u64().is_some_and(|max| !(1..=6000).contains(&max)) {
        errors.add(
            &format!("{path}.max_length"),
            "NUMBER_TYPE_MAX",
            "int value should be between 1 and 6000.",
        );
    }
}

/// The characters of names, descriptions and values, all levels together.
fn size(of: &Value) -> usize {
    let text = |key: &str| of.at(key).as_str().map_or(0, |t| t.chars().count());
    let inside = |key: &str| of.list(key).iter().map(size).sum::<usize>();
    text("name") + text("description") + text("value") + inside("options") + inside("choices")
}
