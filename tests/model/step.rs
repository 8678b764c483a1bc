//! What can happen to a team, one step at a time, and how often each is tried. It does not know
//! what should follow.

use jiff::civil::{Time, time};
use mockingbird::practice::rules::{Days, Zone};
use proptest::prelude::*;

/// Zones with summer time in either half of the year, of half an hour, at midnight, and none; and
/// the two ends of the world's dates.
pub(crate) const ZONES: [&str; 11] = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Asia/Kolkata",
    "America/Santiago",
    "Africa/Cairo",
    "Pacific/Pago_Pago",
    "Pacific/Kiritimati",
    "Pacific/Chatham",
];
pub(crate) const MEMBERS: [&str; 3] = ["ann", "bob", "eve"];
pub(crate) const CHANNELS: [&str; 2] = ["#prep", "#deep"];

/// Something that happens.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// Everything in flight lands, all news arrive, and time passes in which everything works.
    Pass {
        fate: Fate,
        by: Jump,
    },
    /// So many minutes pass in which every effect ends so.
    Outage {
        fate: Fate,
        minutes: u16,
    },
    /// Time passes, and nothing in flight lands.
    Wait {
        seconds: u16,
    },
    /// The first effect of a lane lands; its news is on its way.
    Land {
        fate: Fate,
        lane: usize,
    },
    /// A news arrives, perhaps not for the last time.
    Hear {
        which: usize,
        again: bool,
    },
    /// A reaction arrives that the gateway holds, perhaps not for the last time.
    Gateway {
        which: usize,
        again: bool,
    },
    /// The process dies, and another one starts from its journal or an image and the rest of it.
    Crash {
        down: Jump,
        from_image: bool,
    },
    /// An image of the state is written.
    Snapshot,
    /// The disk takes nothing more, or takes all that waited.
    Disk {
        works: bool,
    },
    /// A new session of the gateway; what the old one held is lost.
    Connect,
    Quiz {
        who: usize,
        channel: usize,
        in_thread: bool,
    },
    Daily {
        who: usize,
        channel: usize,
        verb: Verb,
    },
    /// A daily is removed and set again for a time so many tens of minutes from now.
    Renew {
        channel: usize,
        tens: u8,
    },
    /// A member reacts to a question.
    React {
        who: usize,
        which: usize,
        seen: Seen,
    },
    Show {
        who: usize,
        which: usize,
    },
    /// A member looks at an answer so many times, so many hours apart, and all works; of three
    /// times they type their own once.
    Habit {
        who: usize,
        times: u8,
        hours: u8,
    },
    /// The newest request comes once more.
    Again,
    /// A member moves.
    Zone {
        who: usize,
        zone: &'static str,
    },
    /// Somebody removes the message of a question.
    Delete {
        which: usize,
    },
    /// The config says something else from the next start on.
    Config(Config),
}

/// How far the clock goes.
#[derive(Clone, Debug)]
pub(crate) enum Jump {
    Seconds(u32),
    /// To so many minutes after the next change of the clocks in a zone, or before it.
    Clocks {
        zone: &'static str,
        minutes: i32,
    },
}

/// How an effect ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Works,
    WorksUnheard,
    Unavailable,
    Refused,
}

/// Whether the bot sees a reaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    AtOnce,
    Twice,
    Later,
    Never,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Verb {
    Set { at: Time, zone: Option<&'static str>, days: Days },
    Pause,
    Resume,
    Skip,
    Now,
    Remove,
}

/// What a config file says, as far as it matters here.
#[derive(Clone, Debug)]
pub(crate) struct Config {
    /// A daily of the first channel.
    pub(crate) daily: Option<(Time, &'static str)>,
    pub(crate) zone: &'static str,
    pub(crate) day_starts: Time,
    pub(crate) practice_days: Days,
    pub(crate) reactions: u8,
}

pub(crate) fn zone(name: &str) -> Zone {
    Zone::named(name).expect("a zone of the database")
}

fn zones() -> impl Strategy<Value = &'static str> {
    prop::sample::select(ZONES.to_vec())
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        4 => Just(Fate::Works),
        2 => Just(Fate::WorksUnheard),
        2 => Just(Fate::Unavailable),
        1 => Just(Fate::Refused),
    ]
}

fn jump() -> impl Strategy<Value = Jump> {
    prop_oneof![
        4 => (1_u32..90).prop_map(Jump::Seconds),
        6 => (1_u32..120).prop_map(|minutes| Jump::Seconds(minutes * 60)),
        8 => (2_u32..49).prop_map(|hours| Jump::Seconds(hours * 3_600)),
        2 => (2_u32..12).prop_map(|days| Jump::Seconds(days * 86_400)),
        1 => (20_u32..100).prop_map(|days| Jump::Seconds(days * 86_400)),
        1 => (zones(), -150_i32..150).prop_map(|(zone, minutes)| Jump::Clocks { zone, minutes }),
    ]
}

fn down() -> impl Strategy<Value = Jump> {
    let clocks = (zones(), -150_i32..150);
    prop_oneof![
        8 => Just(Jump::Seconds(0)),
        10 => jump(),
        2 => clocks.prop_map(|(zone, minutes)| Jump::Clocks { zone, minutes }),
    ]
}

/// Times of day that a clock skips or repeats somewhere, and some that it never does.
fn times() -> impl Strategy<Value = Time> {
    prop_oneof![
        3 => (8_i8..16).prop_map(|hour| time(hour, 30, 0, 0)),
        3 => (0_i8..4, prop::sample::select(vec![0_i8, 10, 30, 50]))
            .prop_map(|(hour, minute)| time(hour, minute, 0, 0)),
        1 => (16_i8..24).prop_map(|hour| time(hour, 50, 0, 0)),
    ]
}

fn days() -> impl Strategy<Value = Days> {
    prop_oneof![
        3 => Just(Days::ALL),
        2 => Just(Days::WORKDAYS),
        1 => (0_usize..7).prop_map(|day| Days::ALL.iter().skip(day).take(1).collect()),
    ]
}

fn verb() -> impl Strategy<Value = Verb> {
    prop_oneof![
        6 => (times(), prop::option::of(zones()), days())
            .prop_map(|(at, zone, days)| Verb::Set { at, zone, days }),
        2 => (prop::sample::select(SHIFTED.to_vec()), days()).prop_map(|((hour, minute, zone), days)| {
            Verb::Set { at: time(hour, minute, 0, 0), zone: Some(zone), days }
        }),
        1 => Just(Verb::Pause),
        1 => Just(Verb::Resume),
        1 => Just(Verb::Skip),
        2 => Just(Verb::Now),
        2 => Just(Verb::Remove),
    ]
}

pub(crate) fn config() -> impl Strategy<Value = Config> {
    let daily = prop::option::weighted(0.3, (times(), zones()));
    let begin = prop::sample::select(vec![0_i8, 0, 4, 4, 2, 22]);
    let day_starts = begin.prop_map(|hour| time(hour, if hour == 2 { 30 } else { 0 }, 0, 0));
    (daily, zones(), day_starts, days(), prop_oneof![4 => Just(1_u8), 1 => 2_u8..4]).prop_map(
        |(daily, zone, day_starts, practice_days, reactions)| Config {
            daily,
            zone,
            day_starts,
            practice_days,
            reactions,
        },
    )
}

/// Times that the clocks of a zone skip or repeat twice a year.
const SHIFTED: [(i8, i8, &str); 12] = [
    (2, 30, "Europe/Berlin"),
    (1, 30, "America/New_York"),
    (2, 30, "America/New_York"),
    (1, 40, "Australia/Lord_Howe"),
    (2, 10, "Australia/Lord_Howe"),
    (23, 30, "America/Santiago"),
    (0, 30, "America/Santiago"),
    (23, 30, "Africa/Cairo"),
    (0, 30, "Africa/Cairo"),
    (3, 0, "Pacific/Chatham"),
    (2, 50, "Pacific/Chatham"),
    (3, 40, "Pacific/Chatham"),
];

/// A process starts just before the clocks change in one of these zones.
pub(crate) fn clocks(zones: Vec<&'static str>) -> impl Strategy<Value = Step> {
    let there = (prop::sample::select(zones), -400_i32..-5);
    (there, any::<bool>()).prop_map(|((zone, minutes), from_image)| Step::Crash {
        down: Jump::Clocks { zone, minutes },
        from_image,
    })
}

pub(crate) fn step() -> BoxedStrategy<Step> {
    thread_local! {
        static STEP: BoxedStrategy<Step> = any_step();
    }
    STEP.with(BoxedStrategy::clone)
}

fn any_step() -> BoxedStrategy<Step> {
    let (who, channel, which) = (0_usize..3, 0_usize..2, 0_usize..6);
    let seen = prop_oneof![
        3 => Just(Seen::AtOnce),
        1 => Just(Seen::Twice),
        2 => Just(Seen::Later),
        2 => Just(Seen::Never),
    ];
    prop_oneof![
        10 => (fate(), jump()).prop_map(|(fate, by)| Step::Pass { fate, by }),
        1 => (fate(), 1_u16..480).prop_map(|(fate, minutes)| Step::Outage { fate, minutes }),
        // Less than a nonce is trusted for, and more than it is remembered for.
        3 => (1_u16..60).prop_map(|seconds| Step::Wait { seconds }),
        3 => (60_u16..1_800).prop_map(|seconds| Step::Wait { seconds }),
        9 => (fate(), 0_usize..4).prop_map(|(fate, lane)| Step::Land { fate, lane }),
        6 => (0_usize..4, any::<bool>()).prop_map(|(which, again)| Step::Hear { which, again }),
        2 => (0_usize..3, any::<bool>()).prop_map(|(which, again)| Step::Gateway { which, again }),
        4 => (down(), any::<bool>()).prop_map(|(down, from_image)| Step::Crash { down, from_image }),
        1 => Just(Step::Snapshot),
        2 => any::<bool>().prop_map(|works| Step::Disk { works }),
        1 => Just(Step::Connect),
        3 => (who.clone(), channel.clone(), prop::bool::weighted(0.2))
            .prop_map(|(who, channel, in_thread)| Step::Quiz { who, channel, in_thread }),
        5 => (who.clone(), channel.clone(), verb())
            .prop_map(|(who, channel, verb)| Step::Daily { who, channel, verb }),
        2 => (channel, 0_u8..24).prop_map(|(channel, tens)| Step::Renew { channel, tens }),
        8 => (who.clone(), which.clone(), seen)
            .prop_map(|(who, which, seen)| Step::React { who, which, seen }),
        3 => (who.clone(), which.clone()).prop_map(|(who, which)| Step::Show { who, which }),
        3 => (who.clone(), 2_u8..16, 18_u8..34)
            .prop_map(|(who, times, hours)| Step::Habit { who, times, hours }),
        1 => Just(Step::Again),
        3 => (who, zones()).prop_map(|(who, zone)| Step::Zone { who, zone }),
        1 => which.prop_map(|which| Step::Delete { which }),
        2 => config().prop_map(Step::Config),
    ]
    .boxed()
}
