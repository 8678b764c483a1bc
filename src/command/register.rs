//! The table of commands as Discord wants to have it, and as the README shows it.

use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use super::table::{COMMANDS, Command, OptionSpec, Permission, Places, Sub, Value};

/// The body of Discord's bulk overwrite, `PUT /applications/{id}/commands`.
pub fn registration_json() -> Json {
    Json::Array(COMMANDS.iter().map(command_json).collect())
}

fn command_json(command: &Command) -> Json {
    let options: Vec<Json> = if command.subs.is_empty() {
        command.options.iter().map(option_json).collect()
    } else {
        command.subs.iter().map(sub_json).collect()
    };
    let contexts: &[u8] = match command.places {
        Places::Everywhere => &[0, 1],
        Places::Teams => &[0],
    };
    let mut json = json!({
        "type": 1,
        "name": command.name,
        "description": command.description,
        "options": options,
        "contexts": contexts,
        "integration_types": [0],
    });
    match command.permission {
        Permission::Everyone => {}
        // MANAGE_GUILD, 1 << 5.
        Permission::ManageServer => set(&mut json, "default_member_permissions", json!("32")),
    }
    json
}

fn sub_json(sub: &Sub) -> Json {
    let options: Vec<Json> = sub.options.iter().map(option_json).collect();
    json!({ "type": 1, "name": sub.name, "description": sub.description, "options": options })
}

fn option_json(option: &OptionSpec) -> Json {
    let kind = match option.value {
        Value::Text
        | Value::Completed(_)
        | Value::Level
        | Value::Kind
        | Value::Command
        | Value::Weekday
        | Value::Period => 3,
        Value::Number(..) => 4,
        Value::Flag => 5,
        Value::Member => 6,
        Value::Channel => 7,
    };
    let mut json = json!({
        "type": kind,
        "name": option.name,
        "description": option.description,
        "required": option.required,
    });
    match option.value {
        Value::Text | Value::Member | Value::Flag => {}
        Value::Completed(_) => set(&mut json, "autocomplete", json!(true)),
        Value::Level | Value::Kind | Value::Command | Value::Weekday | Value::Period => {
            let choices: Vec<Json> = option
                .value
                .choices()
                .into_iter()
                .map(|word| json!({ "name": word, "value": word }))
                .collect();
            set(&mut json, "choices", Json::Array(choices));
        }
        Value::Number(least, most) => {
            set(&mut json, "min_value", json!(least));
            set(&mut json, "max_value", json!(most));
        }
        // Text channels and announcement channels.
        Value::Channel => set(&mut json, "channel_types", json!([0, 5])),
    }
    json
}

fn set(json: &mut Json, key: &str, value: Json) {
    if let Some(object) = json.as_object_mut() {
        object.insert(key.to_owned(), value);
    }
}

/// The table of commands as Markdown, for the README.
pub fn readme_table() -> String {
    let mut table = String::from("| Command | What it does |\n| --- | --- |\n");
    for command in COMMANDS {
        // A bar inside a cell would end it, also in code.
        let usage = command.usage().replace('|', "\\|");
        let _ = writeln!(table, "| `{usage}` | {} |", command.help);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(json: &Json, key: &str) -> usize {
        json[key].as_str().unwrap().encode_utf16().count()
    }

    fn check_named(json: &Json) {
        let name = json["name"].as_str().unwrap();
        assert!((1..=32).contains(&units(json, "name")), "{name}");
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
        assert!(name.chars().all(fits), "{name}");
        assert!((1..=100).contains(&units(json, "description")), "{name}");
        let options = json["options"].as_array().cloned().unwrap_or_default();
        assert!(options.len() <= 25);
        let mut seen_optional = false;
        for option in &options {
            check_named(option);
            let required = option["required"].as_bool().unwrap_or(false);
            assert!(!(required && seen_optional), "required options come first");
            seen_optional |= !required;
            let choices = option["choices"].as_array().cloned().unwrap_or_default();
            assert!(choices.len() <= 25);
            assert!(choices.is_empty() || option["autocomplete"].is_null());
            for choice in &choices {
                assert!((1..=100).contains(&units(choice, "name")));
                assert!((1..=100).contains(&units(choice, "value")));
            }
        }
        let mut names: Vec<&str> = options.iter().map(|o| o["name"].as_str().unwrap()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), options.len(), "names are told apart");
    }

    #[test]
    fn the_registration_keeps_to_discords_limits() {
        let commands = registration_json();
        let commands = commands.as_array().unwrap();
        assert!((1..=100).contains(&commands.len()));
        for command in commands {
            check_named(command);
            // All texts of one command together: 8,000 characters.
            assert!(command.to_string().len() <= 8_000);
        }
    }

    #[test]
    fn what_shows_a_team_or_sets_it_up_is_for_teams_and_those_who_may() {
        let mut told = Vec::new();
        for command in COMMANDS {
            let json = command_json(command);
            if json["contexts"] == json!([0]) {
                let permission = json["default_member_permissions"].as_str();
                told.push((command.name, permission.map(str::to_owned)));
            }
        }
        let manage = || Some("32".to_owned());
        assert_eq!(
            told,
            [
                ("daily", manage()),
                ("team", None),
                ("leaderboard", None),
                ("digest", manage()),
                ("reports", manage()),
            ]
        );
    }

    #[test]
    fn minutes_have_a_least_and_a_most() {
        let sprint = command_json(Command::named("sprint").unwrap());
        let minutes = &sprint["options"][0];
        assert_eq!((&minutes["type"], &minutes["name"]), (&json!(4), &json!("minutes")));
        assert_eq!((&minutes["min_value"], &minutes["max_value"]), (&json!(5), &json!(60)));
    }

    #[test]
    fn days_and_periods_are_chosen_from_a_list() {
        let digest = command_json(Command::named("digest").unwrap());
        let day = &digest["options"][0]["options"][0];
        assert_eq!((&day["name"], &day["choices"][6]["value"]), (&json!("day"), &json!("sunday")));
        let leaderboard = command_json(Command::named("leaderboard").unwrap());
        let periods = leaderboard["options"][0]["choices"].as_array().unwrap();
        let periods: Vec<_> = periods.iter().map(|choice| choice["value"].as_str()).collect();
        assert_eq!(periods, [Some("week"), Some("month"), Some("year")]);
    }

    #[test]
    fn daily_needs_manage_server_and_a_team() {
        let commands = registration_json();
        let daily =
            commands.as_array().unwrap().iter().find(|command| command["name"] == "daily").unwrap();
        assert_eq!(daily["default_member_permissions"], "32");
        assert_eq!(daily["contexts"], json!([0]));
        assert_eq!(daily["integration_types"], json!([0]));
    }

    #[test]
    fn everybody_can_ask_for_interviews_everywhere() {
        let commands = registration_json();
        let mock =
            commands.as_array().unwrap().iter().find(|command| command["name"] == "mock").unwrap();
        assert_eq!(
            (&mock["contexts"], mock.get("default_member_permissions")),
            (&json!([0, 1]), None)
        );
        let start = &mock["options"][0];
        let types: Vec<(&str, u64)> = start["options"]
            .as_array()
            .unwrap()
            .iter()
            .map(|option| (option["name"].as_str().unwrap(), option["type"].as_u64().unwrap()))
            .collect();
        let members = ["candidate", "interviewer", "interviewer2", "interviewer3"];
        let mut expected = vec![("plan", 3)];
        expected.extend(members.map(|name| (name, 6)));
        expected.push(("public", 5));
        assert_eq!(types, expected);
    }

    #[test]
    fn every_daily_command_but_list_takes_a_channel() {
        let daily = Command::named("daily").unwrap();
        for sub in daily.subs {
            let has = sub.options.iter().any(|option| option.name == "channel");
            assert_eq!(has, sub.name != "list", "{}", sub.name);
        }
    }

    #[test]
    fn the_readme_shows_the_table() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
        let readme = std::fs::read_to_string(path).unwrap_or_default();
        let Some((_, rest)) = readme.split_once("<!-- commands -->") else {
            return;
        };
        let (shown, _) = rest.split_once("<!-- /commands -->").expect("the table has an end");
        assert_eq!(shown.trim(), readme_table().trim());
    }

    #[test]
    fn the_table_reads_well() {
        insta::assert_snapshot!(readme_table(), @r"
        | Command | What it does |
        | --- | --- |
        | `/quiz topic [level] [kind]` | Posts a question of a topic, of any, or one with words such as `deadlock`: one that this channel has not seen lately. React to it to reveal the answer for everybody, or press Show me to see it alone. |
        | `/daily set\|list\|status\|now\|skip\|pause\|resume\|remove` | Sets up the question of the day of a channel and says how it goes. It needs the permission Manage Server. |
        | `/mock start\|end\|pause\|resume\|swap\|status\|history\|plans` | `start` opens a mock interview by a plan in a thread of its own: alone with the bot as interviewer, or with team-mates. `plans` lists the plans, `history` shows your own interviews, to you alone. |
        | `/review` | Asks what you are about to forget, and a few new questions, to you alone: answer, see the model answer, say how well you knew it. That decides when it comes back: tomorrow, or in months. |
        | `/sprint [minutes] [topic]` | Some minutes of short questions, to you alone: what is due and what you were weak at comes first. In the end you see what to read next. |
        | `/question words` | Finds a question by words of its prompt, tags or key points, also misspelt ones, and shows it to you alone. |
        | `/topics` | Lists every topic with its questions by level, and how many of them you know, to you alone. |
        | `/me` | Shows your progress to you alone: streak, calendar, what you know by topic. There you also change your settings, get all that I keep about you as a file, or have it forgotten. |
        | `/streak [member]` | Shows your practice days in a row and what each of the last days was, to you alone. Of a team-mate it shows the length and the record. |
        | `/team` | Shows everybody what the team practiced in each topic, where it is strong and where it is weak. Single answers are never shown, names only of those who share theirs, and others are counted only where at least three did something. |
        | `/leaderboard [period]` | Ranks by days of practice, then by different questions, of this week, this month or the last 53 weeks. Only those are on it who chose so under `/me`, Settings. |
        | `/digest set\|off\|status` | Sets up a weekly post of what the team practiced, in one channel, and says how it goes. It needs the permission Manage Server. |
        | `/reports` | Lists what members reported as wrong, outdated or unclear, for those who keep the questions. It needs the permission Manage Server. |
        | `/zone [name]` | Shows or sets the time zone in which your practice days begin and end. |
        | `/help [command]` | Shows this list, or how one of the commands goes. |
        | `/about` | Says what the bot is, how many questions it has, and what it keeps about you. |
        ");
    }
}
