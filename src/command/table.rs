//! The one table of commands. It holds words and shapes; what a command does is `practice`'s
//! business.

mod own;

use crate::bank::{Kind, Level};
use crate::practice::own::call::Period;

use super::days::WEEK;

/// A slash command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Command {
    /// Its name, lower case, 1 to 32 characters.
    pub name: &'static str,
    /// What Discord shows while it is typed, and `/help` in its list; at most 100 characters.
    pub description: &'static str,
    /// What the README says, and `/help` when it is asked for this command alone; one or two
    /// sentences.
    pub help: &'static str,
    /// What `/help` adds then: how it goes, with examples. Empty
    /// where nothing is to be added; never where it has subcommands.
    pub more: &'static str,
    /// Its options; none where it has subcommands.
    pub options: &'static [OptionSpec],
    /// Its subcommands.
    pub subs: &'static [Sub],
    /// Who may use it unless the team decides otherwise.
    pub permission: Permission,
    /// Where it can be used.
    pub places: Places,
}

/// A part of a command with options of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sub {
    /// Its name, lower case, 1 to 32 characters.
    pub name: &'static str,
    /// What it does, at most 100 characters.
    pub description: &'static str,
    /// Its options.
    pub options: &'static [OptionSpec],
}

/// An option of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OptionSpec {
    /// Its name, lower case, 1 to 32 characters.
    pub name: &'static str,
    /// What it is, at most 100 characters.
    pub description: &'static str,
    /// What can be given.
    pub value: Value,
    /// Whether it must be given.
    pub required: bool,
}

/// What can be given for an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// Free text.
    Text,
    /// Text with suggestions while it is typed.
    Completed(Completion),
    /// One of the levels.
    Level,
    /// One of the kinds.
    Kind,
    /// One of the commands.
    Command,
    /// A day of the week.
    Weekday,
    /// One of the stretches of time.
    Period,
    /// A whole number, from and to.
    Number(u8, u8),
    /// A person.
    Member,
    /// A channel for text.
    Channel,
    /// Yes or no.
    Flag,
}

/// Which suggestions an option has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completion {
    /// One topic, any, or words of a question.
    Subject,
    /// One topic, or any.
    Topic,
    /// Several topics with commas between them.
    Topics,
    /// A question by its words.
    Question,
    /// A time zone.
    Zone,
    /// Days of the week.
    Days,
    /// A plan of an interview.
    Plan,
}

/// Who may use a command unless the team decides otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// Everybody.
    Everyone,
    /// Those who may manage the server.
    ManageServer,
}

/// Where a command can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Places {
    /// In a team's channels and in the private chat with the bot.
    Everywhere,
    /// In a team's channels.
    Teams,
}

impl Value {
    /// The words of which one must be chosen; empty where anything can be given.
    pub fn choices(self) -> Vec<&'static str> {
        match self {
            Self::Level => Level::ALL.into_iter().map(Level::as_str).collect(),
            Self::Kind => Kind::ALL.into_iter().map(Kind::as_str).collect(),
            Self::Command => COMMANDS.iter().map(|command| command.name).collect(),
            Self::Weekday => WEEK.map(|(_, name)| name).to_vec(),
            Self::Period => Period::ALL.into_iter().map(Period::as_str).collect(),
            Self::Text
            | Self::Completed(_)
            | Self::Member
            | Self::Channel
            | Self::Flag
            | Self::Number(..) => Vec::new(),
        }
    }
}

impl Sub {
    /// How it is typed: `/daily pause [channel]`.
    pub fn usage(&self, command: &str) -> String {
        format!("/{command} {}{}", self.name, options_usage(self.options))
    }
}

impl Command {
    /// The command of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        COMMANDS.iter().find(|command| command.name == name)
    }

    /// The options of one of its forms: of the subcommand, or of the command itself where it has
    /// none. `None` where there is no such form.
    pub fn options_of(&self, sub: Option<&str>) -> Option<&'static [OptionSpec]> {
        match sub {
            None if self.subs.is_empty() => Some(self.options),
            None => None,
            Some(name) => self.subs.iter().find(|sub| sub.name == name).map(|sub| sub.options),
        }
    }

    /// How it is typed: `/quiz topic [level] [kind]`, `/daily set|list`.
    pub fn usage(&self) -> String {
        if self.subs.is_empty() {
            format!("/{}{}", self.name, options_usage(self.options))
        } else {
            let subs: Vec<&str> = self.subs.iter().map(|sub| sub.name).collect();
            format!("/{} {}", self.name, subs.join("|"))
        }
    }
}

fn options_usage(options: &[OptionSpec]) -> String {
    options
        .iter()
        .map(|option| {
            if option.required {
                format!(" {}", option.name)
            } else {
                format!(" [{}]", option.name)
            }
        })
        .collect()
}

const fn optional(name: &'static str, description: &'static str, value: Value) -> OptionSpec {
    OptionSpec { name, description, value, required: false }
}

const CHANNEL: OptionSpec =
    optional("channel", "Which channel; without it, this one", Value::Channel);

/// Every command of the bot, in the order in which `/help` lists them.
pub const COMMANDS: &[Command] = &[
    Command {
        name: "quiz",
        description: "Post an interview question here",
        help: "Posts a question of a topic, of any, or one with words such as `deadlock`: one that \
               this channel has not seen lately. React to it to reveal the answer for everybody, \
               or press Show me to see it alone.",
        more: "For example `/quiz topic:any level:hard`, or `/quiz topic:deadlock`.",
        options: &[
            OptionSpec {
                name: "topic",
                description: "A topic, any, or words of a question",
                value: Value::Completed(Completion::Subject),
                required: true,
            },
            optional("level", "How hard it is", Value::Level),
            optional("kind", "What it asks for", Value::Kind),
        ],
        subs: &[],
        permission: Permission::Everyone,
        places: Places::Everywhere,
    },
    Command {
        name: "daily",
        description: "The question of the day of a channel",
        help: "Sets up the question of the day of a channel and says how it goes. It needs the \
               permission Manage Server.",
        more: "For example `/daily set at:09:00 time_zone:Europe/Berlin days:mon-fri`. Without \
               `channel`, all of these mean the channel that you are in.",
        options: &[],
        subs: &[
            Sub {
                name: "set",
                description: "Give a channel a question of the day, or change it",
                options: &[
                    optional("at", "When, for example 09:00", Value::Text),
                    optional(
                        "time_zone",
                        "The zone of that time, for example Europe/Berlin",
                        Value::Completed(Completion::Zone),
                    ),
                    optional(
                        "days",
                        "On which days, for example mon-fri",
                        Value::Completed(Completion::Days),
                    ),
                    optional(
                        "topics",
                        "Topics with commas between them, or all",
                        Value::Completed(Completion::Topics),
                    ),
                    CHANNEL,
                ],
            },
            Sub {
                name: "list",
                description: "All questions of the day of this team",
                options: &[],
            },
            Sub {
                name: "status",
                description: "What happened last, what comes next, and why",
                options: &[CHANNEL],
            },
            Sub { name: "now", description: "Post today's question at once", options: &[CHANNEL] },
            Sub { name: "skip", description: "Leave the next one out", options: &[CHANNEL] },
            Sub {
                name: "pause",
                description: "No questions of the day until resumed",
                options: &[CHANNEL],
            },
            Sub { name: "resume", description: "Questions of the day again", options: &[CHANNEL] },
            Sub {
                name: "remove",
                description: "No question of the day in this channel any more",
                options: &[CHANNEL],
            },
        ],
        permission: Permission::ManageServer,
        places: Places::Teams,
    },
    Command {
        name: "mock",
        description: "A mock interview in a thread of its own",
        help: "`start` opens a mock interview by a plan in a thread of its own: alone with the bot \
               as interviewer, or with team-mates. `plans` lists the plans, `history` shows your \
               own interviews, to you alone.",
        more: "1. `/mock start` and a plan: alone, I ask. With others, name a `candidate` and an \
               `interviewer`, and everybody presses **Join** in the thread.\n\
               2. Interviewers press **Kit** for the model answer and the key points to tick, and \
               **Next** for the next question. I remind of the time and cut nothing off.\n\
               3. In the end each person fills in a scorecard. Nobody sees another's before all \
               are in, or a day has passed.\n\
               4. The candidate can delete what was written about them: `/mock status`.\n\n\
               I do not read what you write in the thread.",
        options: &[],
        subs: &[
            Sub {
                name: "start",
                description: "Open an interview; alone, the bot asks",
                options: &[
                    OptionSpec {
                        name: "plan",
                        description: "What it is about and how long it takes",
                        value: Value::Completed(Completion::Plan),
                        required: true,
                    },
                    optional(
                        "candidate",
                        "Who is interviewed; without it, yourself",
                        Value::Member,
                    ),
                    optional(
                        "interviewer",
                        "Who asks; without it, you for another candidate, else the bot",
                        Value::Member,
                    ),
                    optional("interviewer2", "A second interviewer", Value::Member),
                    optional("interviewer3", "A third interviewer", Value::Member),
                    optional(
                        "public",
                        "Whether everybody in the channel may follow it; usually nobody else",
                        Value::Flag,
                    ),
                ],
            },
            Sub { name: "end", description: "End the interview here", options: &[] },
            Sub { name: "pause", description: "Stop the clock for a rest", options: &[] },
            Sub { name: "resume", description: "Go on after a rest", options: &[] },
            Sub {
                name: "swap",
                description: "Swap roles: who asked is interviewed now",
                options: &[],
            },
            Sub { name: "status", description: "How the interview here stands", options: &[] },
            Sub {
                name: "history",
                description: "Your own interviews and how they went, to you alone",
                options: &[],
            },
            Sub {
                name: "plans",
                description: "Every plan: what it is for and how long it takes",
                options: &[],
            },
        ],
        permission: Permission::Everyone,
        places: Places::Everywhere,
    },
    own::REVIEW,
    own::SPRINT,
    own::QUESTION,
    own::TOPICS,
    own::ME,
    Command {
        name: "streak",
        description: "Your practice days in a row, and why",
        help: "Shows your practice days in a row and what each of the last days was, to you \
               alone. Of a team-mate it shows the length and the record.",
        more: "",
        options: &[optional("member", "A team-mate; without it, yourself", Value::Member)],
        subs: &[],
        permission: Permission::Everyone,
        places: Places::Everywhere,
    },
    own::TEAM,
    own::LEADERBOARD,
    own::DIGEST,
    own::REPORTS,
    Command {
        name: "zone",
        description: "The time zone in which your practice days are counted",
        help: "Shows or sets the time zone in which your practice days begin and end.",
        more: "",
        options: &[optional(
            "name",
            "The zone, for example Europe/Berlin",
            Value::Completed(Completion::Zone),
        )],
        subs: &[],
        permission: Permission::Everyone,
        places: Places::Everywhere,
    },
    Command {
        name: "help",
        description: "What this bot can do",
        help: "Shows this list, or how one of the commands goes.",
        more: "",
        options: &[optional("command", "One command; without it, the list", Value::Command)],
        subs: &[],
        permission: Permission::Everyone,
        places: Places::Everywhere,
    },
    Command {
        name: "about",
        description: "What this bot is, what it knows, what it keeps",
        help: "Says what the bot is, how many questions it has, and what it keeps about you.",
        more: "",
        options: &[],
        subs: &[],
        permission: Permission::Everyone,
        places: Places::Everywhere,
    },
];
