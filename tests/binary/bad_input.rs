//! What somebody reads who has made a mistake: what is wrong, where, and what to do.

use std::io::Write as _;

use insta::assert_snapshot;
use mockingbird_playground::Fault;
use serenity::model::Permissions;

use crate::process::{
    Place, Process, WRONG_TOKEN, discord, masked, slash, start, text, until_reacted,
};

/// An address at which nothing answers: the bot has to stop before it asks.
const NOWHERE: &str = "http://127.0.0.1:9";

#[tokio::test]
async fn a_missing_token_is_explained() {
    let place = Place::new(NOWHERE);
    let ended = place.end_of(place.command(&["run"])).await;
    assert_eq!(ended.code, Some(2));
    assert_snapshot!(ended.said, @"
    mockingbird: there is no token: set DISCORD_TOKEN, or DISCORD_TOKEN_FILE to the path of a file that holds it
      = help: open https://discord.com/developers/applications, choose the application, then Bot, then Reset Token; without an account, try `mockingbird playground`
    ");
}

#[tokio::test]
async fn something_else_in_place_of_the_token_is_explained_and_not_shown() {
    let place = Place::new(NOWHERE);
    let ended = place.end_of(place.run("a-client-secret-Zq81")).await;
    assert_eq!(ended.code, Some(2));
    assert!(!ended.said.contains("Zq81"));
    assert_snapshot!(ended.said, @"
    mockingbird: DISCORD_TOKEN holds no token of a bot: that has three parts with a dot between them
      = help: copy the token from the page Bot of the application; its client secret, its public key and its id are something else
    ");
}

#[tokio::test]
async fn a_coach_without_its_key_is_explained_before_anything_begins() {
    let place = Place::new(NOWHERE);
    let coach = "coach: { address: http://127.0.0.1:9/v1, model: m, key_env: OUR_KEY }\n";
    place.configure(NOWHERE, coach);
    for key in ["", "\"Zq81-in-quotes\""] {
        let mut command = place.run(WRONG_TOKEN);
        command.env("OUR_KEY", key);
        let ended = place.end_of(command).await;
        assert_eq!(ended.code, Some(2));
        assert!(!ended.said.contains("Zq81"), "{}", ended.said);
        assert!(!place.path("data").exists());
        if key.is_empty() {
            assert_snapshot!(ended.said, @"
            mockingbird: there is no key for the coach: `key_env` in the config names the environment variable OUR_KEY, which is not set
              = help: set it, or delete `key_env` if the coach needs no key
            ");
        }
    }
}

#[tokio::test]
async fn a_token_file_that_is_not_there_is_named() {
    let place = Place::new(NOWHERE);
    let mut command = place.command(&["run"]);
    command.env("DISCORD_TOKEN_FILE", "/run/secrets/no-such-file");
    let ended = place.end_of(command).await;
    assert_eq!(ended.code, Some(2));
    assert_snapshot!(ended.said, @"
    mockingbird: the file that DISCORD_TOKEN_FILE names cannot be read: /run/secrets/no-such-file: No such file or directory (os error 2)
      = help: name a text file that holds the token and nothing else
    ");
}

#[tokio::test]
async fn a_token_that_discord_does_not_know_is_explained_and_not_shown() {
    let discord = discord().await;
    let place = Place::new(discord.base());
    let ended = place.end_of(place.run(WRONG_TOKEN)).await;
    assert_eq!(ended.code, Some(2));
    assert!(!ended.said.contains("wrong-signature"));
    assert_eq!(discord.requests().len(), 1, "it asks once and no more");
    assert_snapshot!(ended.said, @"
    INFO mockingbird::runtime::keep: the state is loaded teams=0 replayed=0 folder=data
    ERROR mockingbird::discord::rest: Discord does not accept the token any more
    mockingbird: Discord does not accept the token; take a new one from https://discord.com/developers/applications (your application, Bot, Reset Token) and put it into DISCORD_TOKEN
    ");
}

#[tokio::test]
async fn an_address_at_which_nothing_answers_is_explained() {
    let place = Place::new(NOWHERE);
    let ended = place.end_of(place.run(WRONG_TOKEN)).await;
    assert_eq!(ended.code, Some(2));
    assert_snapshot!(ended.said, @r#"
    INFO mockingbird::runtime::keep: the state is loaded teams=0 replayed=0 folder=data
    mockingbird: cannot ask Discord at http://127.0.0.1:[n] who the bot is: the connection to Discord failed: Connection refused (os error 111); check that this machine reaches that address, and https://discordstatus.com for trouble at Discord's
    "#);
}

#[tokio::test]
async fn a_typo_in_the_config_is_shown_with_its_place() {
    let place = Place::new(NOWHERE);
    place.configure(NOWHERE, "time_zon: Europe/Berlin\nreveal:\n  reactions: 0\n");
    let ended = place.end_of(place.run(WRONG_TOKEN)).await;
    assert_eq!(ended.code, Some(2));
    assert!(!place.path("data").exists(), "nothing was begun");
    assert_snapshot!(ended.said, @"
    mockingbird: this has to be mended first

    error: unknown field `time_zon` in a config
     --> config/mockingbird.yaml:3:1
      |
    3 | time_zon: Europe/Berlin
      | ^^^^^^^^
      = help: did you mean `time_zone`?

    error: `reactions` is out of range
     --> config/mockingbird.yaml:5:14
      |
    5 |   reactions: 0
      |              ^
      = help: write a whole number from 1 to 100, without quotes
    ");
}

#[tokio::test]
async fn a_missing_config_is_explained() {
    let place = Place::new(NOWHERE);
    let mut command = place.command(&["run", "--config", "config/other.yaml"]);
    command.env("DISCORD_TOKEN", WRONG_TOKEN);
    let ended = place.end_of(command).await;
    assert_eq!(ended.code, Some(2));
    assert_snapshot!(ended.said, @"
    mockingbird: this has to be mended first

    error: there is no config file
     --> config/other.yaml
      = help: start in the folder that holds `config/`, or name another file with `--config`; the source comes with a commented example, `config/mockingbird.yaml`
    ");
}

#[tokio::test]
async fn a_broken_bank_is_shown_with_file_line_and_column() {
    let place = Place::new(NOWHERE);
    place.write("questions/broken.yaml", "topic: broken\ntitle: Broken\nquestions: [\n");
    let ended = place.end_of(place.run(WRONG_TOKEN)).await;
    assert_eq!(ended.code, Some(2));
    assert_snapshot!(ended.said, @"
    mockingbird: this has to be mended first

    error: unclosed bracket '['
     --> questions/broken.yaml:3:12
      |
    3 | questions: [
      |            ^
      = help: indent with spaces, and quote a text that holds `: ` or ` #` or begins with a sign
    ");
}

#[tokio::test]
async fn a_broken_plan_is_shown_with_file_line_and_column() {
    let place = Place::new(NOWHERE);
    let plan = "title: Ours\nabout: \"Two rounds: fast, then slow.\"\nrubric: backend\nsections:\n  \
                - title: Fast\n    minutes: 5\n    questions: 9\n    follow_up: true\n";
    place.write("config/plans/ours.yaml", plan);
    let ended = place.end_of(place.run(WRONG_TOKEN)).await;
    assert_eq!(ended.code, Some(2));
    assert!(!place.path("data").exists(), "nothing was begun");
    assert_snapshot!(ended.said, @"
    mockingbird: this has to be mended first

    error: this section asks more questions (9) than the bank has for it (4)
     --> config/plans/ours.yaml:7:16
      |
    7 |     questions: 9
      |                ^
      = help: allow more topics, levels or kinds, or ask fewer

    error: unknown field `follow_up` in a section
     --> config/plans/ours.yaml:8:5
      |
    8 |     follow_up: true
      |     ^^^^^^^^^
      = help: did you mean `follow_ups`?

    error: the folder of the rubrics cannot be read: No such file or directory (os error 2)
     --> config/rubrics
      = help: name the right folder behind `rubrics:` in the config file; it is relative to the folder in which the bot is started
    ");
}

#[tokio::test]
async fn check_ends_with_0_1_or_2() {
    let place = Place::new(NOWHERE);
    let good = place.end_of(place.command(&["check"])).await;
    assert_eq!(good.code, Some(0));
    assert_snapshot!(good.said, @"4 questions in 2 topics; no plans of interviews; config/mockingbird.yaml is good");

    place.configure(NOWHERE, "daily:\n  - channel: 5\n    at: \"25:00\"\n");
    place.write("questions/broken.yaml", "topic: broken\ntitel: Broken\nquestions: []\n");
    let bad = place.end_of(place.command(&["check"])).await;
    assert_eq!(bad.code, Some(1));
    assert_snapshot!(bad.said, @r#"
    error: the id of a channel must be in quotes
     --> config/mockingbird.yaml:4:14
      |
    4 |   - channel: 5
      |              ^
      = help: write `"5"`: other tools round numbers of this size

    error: `25:00` is not a time of day
     --> config/mockingbird.yaml:5:9
      |
    5 |     at: "25:00"
      |         ^^^^^^^
      = help: write hours and minutes from `"00:00"` to `"23:59"`, in quotes

    error: unknown field `titel` in a topic
     --> questions/broken.yaml:2:1
      |
    2 | titel: Broken
      | ^^^^^
      = help: did you mean `title`?

    error: this topic has no questions
     --> questions/broken.yaml:3:12
      |
    3 | questions: []
      |            ^
      = help: write one, or delete the file

    4 problems in 2 files
    "#);

    let nothing = place.end_of(place.command(&["check", "--config", "config/other.yaml"])).await;
    assert_eq!(nothing.code, Some(2));
    assert_snapshot!(nothing.said, @"
    error: there is no config file
     --> config/other.yaml
      = help: start in the folder that holds `config/`, or name another file with `--config`; the source comes with a commented example, `config/mockingbird.yaml`
    ");
}

#[tokio::test]
async fn a_channel_in_the_config_that_nobody_has_is_named() {
    let discord = discord().await;
    let place = Place::new(discord.base());
    place.configure(
        discord.base(),
        "daily:\n  - channel: \"123456789012345678\"\n    at: \"09:00\"\n",
    );
    let mut bot = place.start(&discord).await;
    // Its turn comes after the team has connected.
    slash(&discord, "ann", "help", &[]).await;
    assert_eq!(bot.stop().await, Some(0));
    assert_snapshot!(place.lines(&bot.log(), &["WARN", "ERROR"]), @"WARN mockingbird::runtime::work: the config file has a daily for a channel that the bot cannot see: check the id, invite the bot to that server, or give it View Channel there channel=123456789012345678");
}

#[tokio::test]
async fn a_channel_in_which_the_bot_may_not_write_is_told_to_members_and_in_the_log() {
    let discord = discord().await;
    let place = Place::new(discord.base());
    let mut bot = place.start(&discord).await;
    discord.deny_bot("prep", Permissions::SEND_MESSAGES);
    slash(&discord, "ann", "daily set", &[("at", "23:59")]).await;
    slash(&discord, "ann", "daily now", &[]).await;
    bot.until_logged("Discord does not allow it").await;
    let status = slash(&discord, "ann", "daily status", &[]).await;
    let status = text(&status);
    let last = status.split("Last").nth(1).unwrap_or(&status);
    assert!(last.contains("Send Messages"), "{status}");
    assert_eq!(bot.stop().await, Some(0));
    assert_snapshot!(place.lines(&bot.log(), &["WARN", "ERROR"]), @"WARN mockingbird::runtime::trouble: not done: Discord does not allow it: give the bot the permissions of its invite link in that channel team=server 661720242585600002 channel=661720242585600018 step=Send");
}

#[tokio::test]
async fn intents_that_are_switched_off_end_the_bot_with_the_way_to_switch_them_on() {
    let discord = discord().await;
    let place = Place::new(discord.base());
    let mut bot = place.start(&discord).await;
    discord.faults().close_gateway(4014);
    assert_eq!(bot.ended().await.code(), Some(2));
    assert_snapshot!(place.lines(&bot.log(), &["mockingbird: "]), @"mockingbird: Discord does not let this application use these intents: GUILDS, GUILD_MESSAGE_REACTIONS, DIRECT_MESSAGE_REACTIONS; switch them on at https://discord.com/developers/applications (your application, Bot, Privileged Gateway Intents)");
}

#[tokio::test]
async fn a_token_that_is_reset_while_the_bot_runs_ends_it() {
    let discord = discord().await;
    let place = Place::new(discord.base());
    let mut bot = place.start(&discord).await;
    let unauthorized = Fault::Refused(401, 0, "401: Unauthorized".to_owned());
    discord.faults().every_request("PUT *", unauthorized.clone());
    discord.faults().every_request(
        "PUT /channels/{channel}/messages/{message}/reactions/{emoji}/@me",
        unauthorized,
    );
    slash(&discord, "ann", "quiz", &[("topic", "any")]).await;
    assert_eq!(bot.ended().await.code(), Some(2));
    assert_snapshot!(place.lines(&bot.log(), &["mockingbird: "]), @"mockingbird: Discord does not accept the token; take a new one from https://discord.com/developers/applications (your application, Bot, Reset Token) and put it into DISCORD_TOKEN");
}

#[tokio::test]
async fn a_torn_end_of_the_journal_is_put_aside_and_costs_nothing() {
    let discord = discord().await;
    let place = Place::new(discord.base());
    let mut bot = place.start(&discord).await;
    let post = slash(&discord, "ann", "quiz", &[("topic", "http")]).await.message.expect("a post");
    until_reacted(&discord, post.id).await;
    discord.member("bob").press(post.id, "Show me").await.expect("an answer");
    bot.kill().await;
    append(&place, b"half a record that a power cut left");

    let mut bot = place.start(&discord).await;
    let streak = slash(&discord, "bob", "streak", &[]).await;
    assert!(text(&streak).contains("1 day in a row"), "{}", text(&streak));
    let shown = discord.member("cat").press(post.id, "Show me").await.expect("an answer");
    assert!(text(&shown).contains("nothing to send"), "{}", text(&shown));
    assert_eq!(bot.stop().await, Some(0));
    let said = place.lines(&bot.log(), &["WARN", "ERROR"]);
    assert_snapshot!(masked(&masked(&said, "byte "), "torn-"), @"WARN mockingbird::store: the last write to data/journal-1.mbj was cut short: 35 bytes from byte [n] on were not a whole record and are kept in data/journal-1.torn-[n]");
    assert!(place.has("torn-"), "the bytes are kept");
}

#[tokio::test]
async fn a_snapshot_from_a_newer_version_is_left_alone() {
    let place = Place::new(NOWHERE);
    let mut newer = [b"MBimage\n".as_slice(), &[9, 0], &[7; 16]].concat();
    newer.extend(crc32fast::hash(&newer).to_le_bytes());
    newer.extend(b"whatever that version writes");
    place.write("data/snapshot-7.mbs", &newer);
    let ended = place.end_of(place.run(WRONG_TOKEN)).await;
    assert_eq!(ended.code, Some(2));
    assert_eq!(std::fs::read(place.path("data/snapshot-7.mbs")).expect("a file"), newer);
    assert_snapshot!(ended.said, @"mockingbird: data/snapshot-7.mbs was written by a newer Mockingbird (format 9, this one knows 5); use that version, or restore the data folder as it was before the upgrade; `mockingbird doctor --data data` says what is in it");
}

#[tokio::test]
async fn a_damaged_journal_is_named_with_the_place_and_the_way_out() {
    let discord = discord().await;
    let place = Place::new(discord.base());
    let mut bot = place.start(&discord).await;
    let post = slash(&discord, "ann", "quiz", &[("topic", "http")]).await.message.expect("a post");
    until_reacted(&discord, post.id).await;
    bot.kill().await;
    let journal = place.newest("mbj");
    let mut bytes = std::fs::read(&journal).expect("the journal");
    bytes[50] ^= 1;
    place.write("data/journal-1.mbj", &bytes);
    let ended = place.end_of(place.run(discord.token())).await;
    assert_eq!(ended.code, Some(2));
    assert_snapshot!(masked(&ended.said, "later one at "), @"mockingbird: data/journal-1.mbj is damaged at byte 30: the record there is not sound, and a later one at [n] is; `mockingbird doctor --data data` says what can be kept, and with `--repair` goes on from there; or restore the data folder from a backup");
}

#[tokio::test]
async fn a_second_process_on_the_same_folder_goes_away_and_the_first_goes_on() {
    let discord = discord().await;
    let place = Place::new(discord.base());
    let mut bot = place.start(&discord).await;
    let second = place.end_of(place.run(discord.token())).await;
    assert_eq!(second.code, Some(2));
    assert_snapshot!(second.said, @"mockingbird: the data folder data is in use by another Mockingbird; stop that one first, or give this one a folder of its own (`data:` in the config file)");
    slash(&discord, "ann", "quiz", &[("topic", "any")]).await;
    assert_eq!(bot.stop().await, Some(0));
}

#[tokio::test]
async fn a_file_in_place_of_the_data_folder_is_explained() {
    let place = Place::new(NOWHERE);
    place.write("data", "not a folder");
    let ended = place.end_of(place.run(WRONG_TOKEN)).await;
    assert_eq!(ended.code, Some(2));
    assert_snapshot!(ended.said, @"mockingbird: cannot open data: File exists (os error 17); something else has that name: move it away, or name another folder (`data:` in the config file)");
}

#[tokio::test]
async fn a_question_that_left_the_bank_still_reveals() {
    let discord = discord().await;
    let place = Place::new(discord.base());
    let mut bot = place.start(&discord).await;
    let post = slash(&discord, "ann", "quiz", &[("topic", "http")]).await.message.expect("a post");
    until_reacted(&discord, post.id).await;
    assert_eq!(bot.stop().await, Some(0));
    place.write(
        "questions/http.yaml",
        "topic: http\ntitle: HTTP\nquestions:\n  - id: other\n    prompt: Another?\n    level: \
         easy\n    answer: Yes.\n",
    );
    let mut bot = place.start(&discord).await;
    discord.member("bob").react(post.id, "💡").expect("he can react");
    crate::process::until(&discord, |world| {
        world.messages(post.id).any(|message| message.text().contains("nothing to send"))
    })
    .await;
    assert_eq!(bot.stop().await, Some(0));
}

/// Adds bytes to the newest journal.
#[expect(clippy::disallowed_types, reason = "the damage is real")]
fn append(place: &Place, bytes: &[u8]) {
    let mut journal =
        std::fs::OpenOptions::new().append(true).open(place.newest("mbj")).expect("the journal");
    journal.write_all(bytes).expect("more bytes");
}

/// The log of a bot is for machines where one is asked for, and plain text in a file.
#[tokio::test]
async fn a_log_that_goes_into_a_file_has_no_colors() {
    let discord = discord().await;
    let place = Place::new(discord.base());
    let mut command = place.run(discord.token());
    command.arg("--log-json");
    for command in [place.run(discord.token()), command] {
        let mut bot: Process = start(command, &discord).await;
        slash(&discord, "ann", "help", &[]).await;
        assert_eq!(bot.stop().await, Some(0));
        assert!(!bot.log().contains('\u{1b}'), "{}", bot.log());
    }
}
