//! A life in words, one line a step: the local time, who did what, and what the bot did. Written
//! only when somebody is going to read it.

use std::cell::RefCell;
use std::fmt::Write as _;

use jiff::Timestamp;
use mockingbird::practice::effect::{OrderId, Step as Part};
use mockingbird::practice::own::OwnView;
use mockingbird::practice::rules::Zone;
use mockingbird::practice::view::View;
use mockingbird::practice::{Change, Decision, Effect, Outcome, PostId};

use crate::life::{Life, member};
use crate::plan::Plan;
use crate::step::{CHANNELS, Fate, Jump, MEMBERS, Seen, Step, Verb};
use crate::world::World;

thread_local! {
    static TOLD: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// From now on, on this thread, it is written down.
pub(crate) fn begins() {
    TOLD.set(Some(String::new()));
}

/// What was written down.
pub(crate) fn ends() -> String {
    TOLD.take().unwrap_or_default()
}

fn note(text: impl FnOnce() -> String) {
    TOLD.with_borrow_mut(|told| {
        if let Some(told) = told {
            told.push_str(&text());
        }
    });
}

/// How the life begins.
pub(crate) fn start(plan: &Plan) {
    note(|| {
        let calendar = &plan.rules.calendar;
        let mut text = format!(
            "{} | a team in {}, days begin at {}, practice days {}, {} reactions reveal",
            local(plan.now, &calendar.zone),
            calendar.zone,
            calendar.day_starts,
            calendar.practice_days,
            plan.rules.reveal.reactions,
        );
        for (channel, daily) in &plan.rules.dailies {
            let _ =
                write!(text, "; the config has a daily {} {} in {channel}", daily.at, daily.zone);
        }
        text
    });
}

/// What follows is the same at the end of every life.
pub(crate) fn end() {
    note(|| "\n(In the end everything works again.)".to_owned());
}

/// A step begins.
pub(crate) fn step(life: &Life, plan: &Plan, step: &Step) {
    note(|| {
        let zone = match step {
            Step::React { who, .. }
            | Step::Show { who, .. }
            | Step::Habit { who, .. }
            | Step::Zone { who, .. } => life.zone_of(*who),
            _ => life.rules.calendar.zone.clone(),
        };
        let what = what(life, plan, step);
        format!("\n{} | {what}", local(life.now, &zone))
    });
}

fn what(life: &Life, plan: &Plan, step: &Step) -> String {
    let question = |which: &usize| match life.world.question(*which) {
        Some(standing) => named(&life.world, standing.post),
        None => "no question".to_owned(),
    };
    match step {
        Step::Pass { fate, by } => format!("{}; {}", jump(by), ends_so("what is in flight", *fate)),
        Step::Outage { fate, minutes } => {
            format!("{minutes} minutes pass; {}", ends_so("everything", *fate))
        }
        Step::Wait { seconds } => format!("{seconds} seconds pass, and nothing lands"),
        Step::Land { .. } => "an effect lands".to_owned(),
        Step::Hear { again, .. } => format!("news arrive{}", more(*again)),
        Step::Gateway { again, .. } => format!("the gateway tells of a reaction{}", more(*again)),
        Step::Crash { down, from_image } => format!(
            "the process dies{}; {}; it starts from {}",
            if plan.on_disk.is_some() { " with a stuck disk" } else { "" },
            jump(down),
            if *from_image { "an image and the rest of the journal" } else { "the journal" }
        ),
        Step::Snapshot => "an image is written".to_owned(),
        Step::Disk { works: true } => "the disk works".to_owned(),
        Step::Disk { works: false } => "the disk is stuck".to_owned(),
        Step::Connect => "a new session".to_owned(),
        Step::Quiz { who, channel, in_thread } => {
            let place = if *in_thread { " (a thread)" } else { "" };
            format!("{} takes a quiz in {}{place}", MEMBERS[*who], CHANNELS[*channel])
        }
        Step::Daily { who, channel, verb } => {
            format!("{}: /daily {} in {}", MEMBERS[*who], said(*verb), CHANNELS[*channel])
        }
        Step::Renew { channel, tens } => format!(
            "ann: /daily remove, /daily set {} in {}",
            plan.tens_from_now(*tens),
            CHANNELS[*channel]
        ),
        Step::React { who, which, seen } => {
            let how = match seen {
                Seen::AtOnce => "",
                Seen::Twice => ", told twice",
                Seen::Later => ", told later",
                Seen::Never => ", which nobody tells",
            };
            format!("{} reacts to {}{how}", MEMBERS[*who], question(which))
        }
        Step::Show { who, which } => {
            format!("{} presses [Show me] on {}", MEMBERS[*who], question(which))
        }
        Step::Habit { who, times, hours } => {
            format!("{} looks at an answer {times} times, every {hours} hours", MEMBERS[*who])
        }
        Step::Again => "the newest request comes again".to_owned(),
        Step::Zone { who, zone } => format!("{} moves to {zone}", MEMBERS[*who]),
        Step::Delete { which } => format!("somebody removes {}", question(which)),
        Step::Config(config) => format!("the config changes: {config:?}"),
    }
}

fn said(verb: Verb) -> String {
    match verb {
        Verb::Set { at, zone, days } => {
            format!("set {at} {} on {days}", zone.unwrap_or("(zone as it was)"))
        }
        Verb::Pause => "pause".to_owned(),
        Verb::Resume => "resume".to_owned(),
        Verb::Skip => "skip".to_owned(),
        Verb::Now => "now".to_owned(),
        Verb::Remove => "remove".to_owned(),
    }
}

fn jump(jump: &Jump) -> String {
    match jump {
        Jump::Seconds(0) => "no time passes".to_owned(),
        Jump::Seconds(seconds) if *seconds < 120 => format!("{seconds} seconds pass"),
        Jump::Seconds(seconds) if *seconds < 7_200 => format!("{} minutes pass", seconds / 60),
        Jump::Seconds(seconds) => format!("{} hours pass", seconds / 3_600),
        Jump::Clocks { zone, minutes } => {
            format!("time passes until {minutes} minutes after the clocks change in {zone}")
        }
    }
}

fn more(again: bool) -> &'static str {
    if again { ", and will again" } else { "" }
}

fn ends_so(what: &str, fate: Fate) -> String {
    let how = match fate {
        Fate::Works => "works",
        Fate::WorksUnheard => "works, but the news is lost",
        Fate::Unavailable => "finds no Discord",
        Fate::Refused => "is refused",
    };
    format!("{what} {how}")
}

/// What the bot decided.
pub(crate) fn decision(world: &World, decision: &Decision) {
    note(|| {
        let mut text = String::new();
        for change in &decision.changes {
            if let Some(remembered) = remembered(world, change) {
                let _ = write!(text, " -> {remembered}");
            }
        }
        for effect in &decision.effects {
            if let Effect::Reply { view, .. } = effect {
                let _ = write!(text, " -> answers: {}", answer(view));
            }
        }
        text
    });
}

fn remembered(world: &World, change: &Change) -> Option<String> {
    Some(match change {
        Change::PostClaimed { post, origin, channel, .. } => {
            format!("claims {} for {channel} ({origin:?})", named(world, *post))
        }
        Change::PostStands { post, .. } => format!("knows that {} stands", named(world, *post)),
        Change::PostDropped { post } => format!("forgets {}", named(world, *post)),
        Change::PostDelayed { post, until: Some(until) } => {
            format!("will try {} again at {until}", named(world, *post))
        }
        Change::DailyOver { channel, date, result, .. } => {
            format!("the daily of {date} in {channel} is over: {result:?}")
        }
        Change::DailySet { channel, done_through, .. } => {
            format!("a daily in {channel}, done through {done_through}")
        }
        Change::Practised { member, .. } => format!("{} practised", name(member.0)),
        Change::Revealed { post, reveal } => format!("{} is {reveal:?}", named(world, *post)),
        _ => return None,
    })
}

fn answer(view: &View) -> String {
    match view {
        View::Question(_) => "a question".to_owned(),
        View::Own(view) => match &**view {
            OwnView::Answer { standing: Some((standing, counted)), .. } => {
                format!("the answer, streak {}, counted {counted:?}", standing.length)
            }
            other => format!("{other:?}"),
        },
        View::DailyChanged { done, daily } => {
            format!("{done:?}, next {:?}, left out {:?}", daily.next, daily.skip)
        }
        other => format!("{other:?}"),
    }
}

/// An effect ended.
pub(crate) fn landed(world: &World, effect: &Effect, fate: Fate, outcome: Option<&Outcome>) {
    note(|| {
        let what = match (effect.order(), effect) {
            (Some(OrderId::Post { post, step }), _) => {
                let part = match step {
                    Part::Send => "send",
                    Part::Find => "find",
                    Part::React => "react to",
                    Part::Notice => "edit",
                    Part::Catch => "read the reactions of",
                    Part::Thread => "open a thread for",
                    Part::Tell => "tell the answer of",
                };
                format!("{part} {}", named(world, post))
            }
            (Some(order), _) => format!("{order:?}"),
            (None, _) => "an answer".to_owned(),
        };
        format!(" [{what}: {fate:?}, {}]", outcome.map_or(String::new(), |it| format!("{it:?}")))
    });
}

/// Short names for posts: the number of their message, if there is one.
fn named(world: &World, post: PostId) -> String {
    let known = world.questions.iter().position(|standing| standing.post == post);
    known.map_or_else(|| "a new question".to_owned(), |n| format!("question {}", n + 1))
}

fn name(id: u64) -> &'static str {
    (0..MEMBERS.len()).find(|who| member(*who).0 == id).map_or("somebody", |who| MEMBERS[who])
}

fn local(at: Timestamp, zone: &Zone) -> String {
    let local = at.to_zoned(zone.rules().clone());
    format!("{} {zone}", local.strftime("%a %Y-%m-%d %H:%M:%S"))
}
