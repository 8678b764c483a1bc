//! The commands of one's own practice and of what a team sees of it.

use super::{CHANNEL, Command, Completion, OptionSpec, Permission, Places, Sub, Value, optional};

pub(super) const REVIEW: Command = Command {
    name: "review",
    description: "What you missed, when it is time for it again",
    help: "Asks what you are about to forget, and a few new questions, to you alone: answer, see \
           the model answer, say how well you knew it. That decides when it comes back: tomorrow, \
           or in months.",
    more: "**Missed** and **Partly** come back soon, **Got it** later, **Easy** much later. A \
           grade can be taken back until the next one. A day has a limit, 20 unless you choose \
           another one under `/me`, Settings. Grades that you give anywhere else count too.",
    options: &[],
    subs: &[],
    permission: Permission::Everyone,
    places: Places::Everywhere,
};

pub(super) const SPRINT: Command = Command {
    name: "sprint",
    description: "Some minutes of short questions, to you alone",
    help: "Some minutes of short questions, to you alone: what is due and what you were weak at \
           comes first. In the end you see what to read next.",
    more: "For example `/sprint`, which takes 15 minutes, or `/sprint minutes:5 topic:http`. \
           There is one sprint at a time; a new one ends the old one.",
    options: &[
        optional("minutes", "How long, 5 to 60; without it, 15", Value::Number(5, 60)),
        optional("topic", "A topic; without it, any", Value::Completed(Completion::Topic)),
    ],
    subs: &[],
    permission: Permission::Everyone,
    places: Places::Everywhere,
};

pub(super) const QUESTION: Command = Command {
    name: "question",
    description: "Look a question up by its words, to you alone",
    help: "Finds a question by words of its prompt, tags or key points, also misspelt ones, and \
           shows it to you alone.",
    more: "For example `/question words:deadlock`. Choose from the list that appears while you \
           type; without choosing, you get the best find.",
    options: &[OptionSpec {
        name: "words",
        description: "Words of the question, such as deadlock",
        value: Value::Completed(Completion::Question),
        required: true,
    }],
    subs: &[],
    permission: Permission::Everyone,
    places: Places::Everywhere,
};

pub(super) const TOPICS: Command = Command {
    name: "topics",
    description: "Every topic, and what you know of it",
    help: "Lists every topic with its questions by level, and how many of them you know, to you \
           alone.",
    more: "",
    options: &[],
    subs: &[],
    permission: Permission::Everyone,
    places: Places::Everywhere,
};

pub(super) const ME: Command = Command {
    name: "me",
    description: "Your progress and settings, to you alone",
    help: "Shows your progress to you alone: streak, calendar, what you know by topic. There you also \
           change your settings, get all that I keep about you as a file, or have it forgotten.",
    more: "Settings: a reminder before your streak ends, quiet hours, whether team-mates see you \
           on the leaderboard, two grades or four, reviews a day. The time zone is set by `/zone`.",
    options: &[],
    subs: &[],
    permission: Permission::Everyone,
    places: Places::Everywhere,
};

pub(super) const TEAM: Command = Command {
    name: "team",
    description: "What the team practiced, topic by topic",
    help: "Shows everybody what the team practiced in each topic, where it is strong and where it \
           is weak. Single answers are never shown, names only of those who share theirs, and \
           others are counted only where at least three did something.",
    more: "",
    options: &[],
    subs: &[],
    permission: Permission::Everyone,
    places: Places::Teams,
};

pub(super) const LEADERBOARD: Command = Command {
    name: "leaderboard",
    description: "Who practiced most, of those who want to be seen",
    help: "Ranks by days of practice, then by different questions, of this week, this month or the \
           last 53 weeks. Only those are on it who chose so under `/me`, Settings.",
    more: "",
    options: &[optional("period", "Of which time; without it, this week", Value::Period)],
    subs: &[],
    permission: Permission::Everyone,
    places: Places::Teams,
};

pub(super) const DIGEST: Command = Command {
    name: "digest",
    description: "A weekly post of what the team did",
    help: "Sets up a weekly post of what the team practiced, in one channel, and says how it goes. \
           It needs the permission Manage Server.",
    more: "For example `/digest set day:monday at:09:00 time_zone:Europe/Berlin`. A team has one; \
           without `channel` it comes to the channel that you are in. It comes once in seven \
           days at most, whatever you change.",
    options: &[],
    subs: &[
        Sub {
            name: "set",
            description: "Post it every week, or change when and where",
            options: &[
                optional("day", "On which day; without it, Monday", Value::Weekday),
                optional("at", "When, for example 09:00", Value::Text),
                optional(
                    "time_zone",
                    "The zone of that time, for example Europe/Berlin",
                    Value::Completed(Completion::Zone),
                ),
                CHANNEL,
            ],
        },
        Sub { name: "off", description: "No weekly post any more", options: &[] },
        Sub {
            name: "status",
            description: "What happened last, what comes next, and why",
            options: &[],
        },
    ],
    permission: Permission::ManageServer,
    places: Places::Teams,
};

pub(super) const REPORTS: Command = Command {
    name: "reports",
    description: "What members reported of questions",
    help: "Lists what members reported as wrong, outdated or unclear, for those who keep the \
           questions. It needs the permission Manage Server.",
    more: "",
    options: &[],
    subs: &[],
    permission: Permission::ManageServer,
    places: Places::Teams,
};
