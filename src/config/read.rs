//! From the tree of the config file to settings, with everything that is wrong. It does not know
//! what the settings do.

use std::collections::HashMap;
use std::path::PathBuf;

use jiff::SignedDuration;
use jiff::civil::Time;

use crate::bank::{QuestionBank, Topic, limits};
use crate::judge::Thresholds;
use crate::yaml::{Fields, Node, Place, Problem, Report, Source, TextRule, Value, nearest};

use super::{ApiBase, Config, Daily, coach, values};

const ROOT: &[&str] = &[
    "discord",
    "questions",
    "plans",
    "rubrics",
    "data",
    "time_zone",
    "day_starts",
    "practice_days",
    "reveal",
    "daily",
    "snapshot",
    "requests",
    "review",
    "coach",
    "judge",
];
const DISCORD: &[&str] = &["api_base"];
const REVEAL: &[&str] = &["emoji", "reactions"];
const DAILY: &[&str] = &["channel", "at", "time_zone", "days", "topics", "catch_up"];
const SNAPSHOT: &[&str] = &["every", "keep"];

const REQUESTS: &[&str] = &["at_once", "per_minute"];
const REVIEW: &[&str] = &["retention", "a_day", "new_a_day"];
const JUDGE: &[&str] = &["covered", "unsure"];

/// Longest path of a folder, in UTF-16 units.
const PATH: TextRule = TextRule::line(1_000);
/// Most dailies and most topics of one: more than any team has, few enough to be read at once.
const DAILIES: usize = 1_000;
const TOPICS: usize = 100;
/// How late a missed daily may come: on the same local date, which has 24 hours at most times.
const CATCH_UP: (SignedDuration, SignedDuration) =
    (SignedDuration::ZERO, SignedDuration::from_hours(24));
/// Between two snapshots: often enough to keep the journal short, seldom enough to write little.
const EVERY: (SignedDuration, SignedDuration) =
    (SignedDuration::from_secs(10), SignedDuration::from_hours(24));

/// A config as far as it could be read: what is wrong has its default, and is in the report.
#[derive(Debug)]
pub(crate) struct Draft<'a> {
    /// The settings.
    pub(crate) config: Config,
    /// What is wrong with them.
    pub(crate) report: Report<'a>,
    /// Whether the file names the folder of the plans or that of the rubrics.
    pub(crate) names_plans: bool,
    topics: Vec<(Topic, Place)>,
}

impl<'a> Draft<'a> {
    /// Reads a text.
    pub(crate) fn read(path: &'a str, text: &'a str) -> Self {
        let report = Report::new(Source { path, text, private: true });
        let mut draft =
            Self { config: Config::default(), report, names_plans: false, topics: Vec::new() };
        match draft.report.source.parse() {
            Ok(Some(mut root)) => {
                refuse_secrets(&mut draft.report, &mut root);
                draft.root(&root);
            }
            // Everything has a default.
            Ok(None) => {}
            Err(problem) => draft.report.add(|_| *problem),
        }
        draft
    }

    /// Reports the topics of dailies that the bank does not have.
    pub(crate) fn compare(&mut self, bank: &QuestionBank) {
        for (topic, at) in &self.topics {
            if bank.count(topic) > 0 {
                continue;
            }
            let help = match nearest(topic.as_str(), bank.topics().map(|(name, _)| name.as_str())) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!(
                    "name a file of `{}` without its ending, or delete the entry",
                    self.config.questions.display()
                ),
            };
            self.report.say(*at, &format!("the bank has no topic `{topic}`"), &help);
        }
    }

    fn root(&mut self, root: &Node) {
        let report = &mut self.report;
        let config = &mut self.config;
        let Some(fields) = Fields::open(report, root, "config", ROOT) else {
            return;
        };
        if let Some(discord) = table(report, &fields, "discord", DISCORD)
            && let Some(node) = discord.get("api_base")
        {
            set(&mut config.api_base, api_base(report, node));
        }
        set(&mut config.questions, fields.text(report, "questions", PATH).map(PathBuf::from));
        set(&mut config.plans, fields.text(report, "plans", PATH).map(PathBuf::from));
        set(&mut config.rubrics, fields.text(report, "rubrics", PATH).map(PathBuf::from));
        set(&mut config.data, fields.text(report, "data", PATH).map(PathBuf::from));
        self.names_plans = ["plans", "rubrics"].iter().any(|key| fields.get(key).is_some());
        folders_apart(report, &fields, config);
        if let Some(node) = fields.get("time_zone") {
            set(&mut config.time_zone, values::zone(report, node, "time_zone"));
        }
        if let Some(node) = fields.get("day_starts") {
            set(&mut config.day_starts, day_starts(report, node));
        }
        if let Some(node) = fields.get("practice_days") {
            set(&mut config.practice_days, values::days(report, node, "practice_days"));
        }
        if let Some(reveal) = table(report, &fields, "reveal", REVEAL) {
            if let Some(node) = reveal.get("emoji") {
                set(&mut config.reveal.emoji, values::emoji(report, node));
            }
            set(&mut config.reveal.reactions, reveal.number(report, "reactions", (1, 100)));
        }
        if let Some(snapshot) = table(report, &fields, "snapshot", SNAPSHOT) {
            if let Some(node) = snapshot.get("every") {
                let every = values::duration(report, node, "every", EVERY);
                set(&mut config.snapshot.every, every.map(SignedDuration::unsigned_abs));
            }
            set(&mut config.snapshot.keep, snapshot.number(report, "keep", (1, 100)));
        }
        if let Some(requests) = table(report, &fields, "requests", REQUESTS) {
            set(
                &mut config.requests.at_once,
                requests.number(report, "at_once", (3, 250)).map(Into::into),
            );
            set(
                &mut config.requests.per_minute,
                requests.number(report, "per_minute", (1, 250)).map(Into::into),
            );
        }
        if let Some(fields) = table(report, &fields, "coach", coach::FIELDS) {
            config.coach = coach::read(report, &fields);
        }
        self.review(&fields);
        self.judge(&fields);
        self.dailies(&fields);
    }

    fn review(&mut self, fields: &Fields<'_>) {
        let (report, review) = (&mut self.report, &mut self.config.review);
        if let Some(fields) = table(report, fields, "review", REVIEW) {
            set(&mut review.retention, fields.number(report, "retention", (70, 97)));
            set(&mut review.a_day, fields.number(report, "a_day", (1, 200)));
            set(&mut review.new_a_day, fields.number(report, "new_a_day", (0, 50)));
        }
    }

    fn judge(&mut self, fields: &Fields<'_>) {
        let (report, judge) = (&mut self.report, &mut self.config.judge);
        let Some(fields) = table(report, fields, "judge", JUDGE) else {
            return;
        };
        set(&mut judge.covered, fields.number(report, "covered", (1, 100)));
        set(&mut judge.unsure, fields.number(report, "unsure", (0, 100)));
        // The defaults are in order, so that one of the two is written.
        let written = fields.get("unsure").or_else(|| fields.get("covered"));
        if let Some(node) = written.filter(|_| judge.unsure > judge.covered) {
            let Thresholds { covered, unsure } = *judge;
            report.say(
                node.at,
                &format!("`unsure` ({unsure}) is above `covered` ({covered})"),
                "write both, `unsure` at most as large as `covered`: what is below `unsure` is missing, and \
                 what is between the two nobody can tell",
            );
        }
    }

    fn dailies(&mut self, fields: &Fields<'_>) {
        let mut seen: HashMap<u64, Place> = HashMap::new();
        for node in fields.list(&mut self.report, "daily", DAILIES) {
            let Some(fields) = Fields::open(&mut self.report, node, "daily", DAILY) else {
                continue;
            };
            let daily = self.daily(&fields);
            let channel = fields.get("channel").map(|node| node.at);
            let (Some(daily), Some(at)) = (daily, channel) else {
                continue;
            };
            if let Some(first) = seen.insert(daily.channel, at) {
                self.report.add(|source| {
                    let message = "this channel has two dailies";
                    Problem::at(
                        source,
                        at,
                        message,
                        "delete one of them, or choose another channel",
                    )
                    .with_note(source, first, "the first is here")
                });
            }
            self.config.daily.push(daily);
        }
    }

    fn daily(&mut self, fields: &Fields<'_>) -> Option<Daily> {
        let report = &mut self.report;
        let channel = fields
            .need(report, "channel", "write `channel:` and the id of the channel in quotes")
            .and_then(|node| values::channel(report, node));
        let at = fields
            .get("at")
            .map_or(Some(Time::constant(9, 0, 0, 0)), |node| values::time(report, node, "at"));
        let time_zone =
            fields.get("time_zone").map_or(Some(self.config.time_zone.clone()), |node| {
                values::zone(report, node, "time_zone")
            });
        let days = fields
            .get("days")
            .map_or(Some(self.config.practice_days), |node| values::days(report, node, "days"));
        let mut topics = Vec::new();
        for node in fields.list(report, "topics", TOPICS) {
            if let Some(topic) = report.text(node, "topics", TextRule::line(limits::TOPIC)) {
                topics.push(Topic::new(&topic));
                self.topics.push((Topic::new(&topic), node.at));
            }
        }
        let catch_up = fields.get("catch_up").map_or(Some(SignedDuration::from_hours(6)), |node| {
            values::duration(report, node, "catch_up", CATCH_UP)
        });
        Some(Daily {
            channel: channel?,
            at: at?,
            time_zone: time_zone?,
            days: days?,
            topics,
            catch_up: catch_up?,
        })
    }
}

/// Reports folders that are named twice: what is one's own is no good to the other.
fn folders_apart(report: &mut Report<'_>, fields: &Fields<'_>, config: &Config) {
    let folders = [
        ("questions", &config.questions),
        ("plans", &config.plans),
        ("rubrics", &config.rubrics),
        ("data", &config.data),
    ];
    for (index, (key, folder)) in folders.iter().enumerate() {
        let Some((other, _)) = folders.iter().take(index).find(|(_, other)| other == folder) else {
            continue;
        };
        // The defaults differ, so that one of the two is written.
        if let Some(node) = fields.get(key).or_else(|| fields.get(other)) {
            report.say(
                node.at,
                &format!("`{other}` and `{key}` are the same folder"),
                &format!("give `{key}` a folder of its own"),
            );
        }
    }
}

/// Replaces a default by what was read, if that could be read.
fn set<T>(target: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *target = value;
    }
}

/// An optional table within a table; a heading with nothing below it counts as absent.
fn table<'n>(
    report: &mut Report<'_>,
    fields: &Fields<'n>,
    name: &'static str,
    known: &'static [&'static str],
) -> Option<Fields<'n>> {
    fields.get(name).and_then(|node| Fields::open(report, node, name, known))
}

fn api_base(report: &mut Report<'_>, node: &Node) -> Option<ApiBase> {
    let text = report.text(node, "api_base", PATH)?;
    let base = ApiBase::parse(&text);
    if base.is_none() {
        report.say(
            node.at,
            &format!("`{text}` is neither Discord nor this machine"),
            "write `https://discord.com`, or for a stand-in an address such as \
             `http://127.0.0.1:8080`, both without a path",
        );
    }
    base
}

fn day_starts(report: &mut Report<'_>, node: &Node) -> Option<Time> {
    let time = values::time(report, node, "day_starts")?;
    if time > Time::constant(12, 0, 0, 0) {
        report.say(
            node.at,
            "a practice day begins at noon at the latest",
            "write the hour at which the last night owl is in bed, such as \"04:00\"",
        );
        return None;
    }
    Some(time)
}

/// Takes everything called a token, a key or a password out of the tree: it belongs elsewhere, and
/// no report about it may show it.
fn refuse_secrets(report: &mut Report<'_>, node: &mut Node) {
    match &mut node.value {
        Value::Map(entries) => {
            entries.retain(|(key, _)| {
                let secret = match &key.value {
                    Value::Text(name) => Secret::called(name),
                    Value::Null
                    | Value::Bool(_)
                    | Value::Integer(_)
                    | Value::Float
                    | Value::List(_)
                    | Value::Map(_) => None,
                };
                if let Some(secret) = &secret {
                    let (message, help) = secret.explained();
                    report
                        .add(|source| Problem::at(source, key.at, message, help).hiding_the_line());
                }
                secret.is_none()
            });
            for (_, value) in entries {
                refuse_secrets(report, value);
            }
        }
        Value::List(nodes) => nodes.iter_mut().for_each(|node| refuse_secrets(report, node)),
        Value::Null | Value::Bool(_) | Value::Integer(_) | Value::Float | Value::Text(_) => {}
    }
}

/// A secret that somebody wrote into the file.
enum Secret {
    /// Of Discord's.
    Token,
    /// Of a coach's.
    Key,
}

impl Secret {
    /// What a field of this name holds.
    fn called(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let is_key = ["key", "secret", "password"].iter().any(|word| name.contains(word));
        if name.contains("token") {
            Some(Self::Token)
        } else if is_key && name != "key_env" {
            Some(Self::Key)
        } else {
            None
        }
    }

    /// What is wrong with that, and the way out.
    const fn explained(&self) -> (&'static str, &'static str) {
        match self {
            Self::Token => (
                "a token does not belong in this file",
                "put it into the environment variable DISCORD_TOKEN, or into a file of its own that \
                 DISCORD_TOKEN_FILE names; if this file was shared, reset the token on the page Bot \
                 of the application",
            ),
            Self::Key => (
                "a key does not belong in this file",
                "put it into an environment variable, and the name of that into `key_env` of \
                 `coach`; if this file was shared, have a new key made",
            ),
        }
    }
}
