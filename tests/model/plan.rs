//! The naive model: what was asked for, and what is therefore due, known from the steps alone. It
//! knows no post, no message and no effect: whether what is due comes is looked at in the world.

use std::collections::BTreeMap;
use std::fmt;

use jiff::{SignedDuration, Timestamp, ToSpan};
use mockingbird::practice::rules::{Calendar, Days, RevealRule, Rules, Schedule};
use proptest::prelude::*;
use proptest_state_machine::ReferenceStateMachine;

use crate::naive::{Fact, dates, instant};
use crate::step::{Config, Jump, Step, Verb, ZONES, clocks, config, step, zone};

/// Everything that is known before a step is taken.
#[derive(Clone)]
pub(crate) struct Plan {
    pub(crate) now: Timestamp,
    /// How many steps were taken.
    pub(crate) steps: usize,
    /// The config of this process, and of the next one.
    pub(crate) rules: Rules,
    pub(crate) next_rules: Rules,
    pub(crate) known: Known,
    /// Where the disk takes nothing: what it has, since when, and how many dailies were due then.
    pub(crate) on_disk: Option<(Timestamp, Known, usize)>,
    /// Every daily that was ever due, oldest first.
    pub(crate) due: Vec<Due>,
}

/// What members and the config asked for.
#[derive(Clone)]
pub(crate) struct Known {
    pub(crate) dailies: BTreeMap<usize, Daily>,
    /// Who moved where, with the step.
    pub(crate) moves: Vec<(usize, usize, Timestamp, Fact)>,
    /// The calendars of the team, with the step.
    pub(crate) calendars: Vec<(usize, Timestamp, Calendar)>,
}

/// The daily of a channel.
#[derive(Clone, Debug)]
pub(crate) struct Daily {
    pub(crate) schedule: Schedule,
    pub(crate) in_config: bool,
    pub(crate) paused: bool,
}

/// A daily that should have come at its time.
#[derive(Clone, Debug)]
pub(crate) struct Due {
    pub(crate) channel: usize,
    pub(crate) date: jiff::civil::Date,
    pub(crate) schedule: Schedule,
    /// When there was a bot to notice it.
    pub(crate) noticed: Timestamp,
    /// Whether one after it came in the same absence.
    pub(crate) superseded: bool,
}

impl Due {
    /// Whether it may still come when it is noticed.
    pub(crate) fn in_time(&self) -> bool {
        in_time(&self.schedule, self.date, self.noticed)
    }
}

/// Whether the daily of a date may come now: on its date, not before its time and not too late.
pub(crate) fn in_time(schedule: &Schedule, date: jiff::civil::Date, now: Timestamp) -> bool {
    let late = now.duration_since(instant(date, schedule.at, &schedule.zone));
    let most = schedule.catch_up.max(SignedDuration::from_mins(1));
    schedule.zone.rules().to_datetime(now).date() == date
        && (SignedDuration::ZERO..=most).contains(&late)
}

/// Moments before which the clocks change, a date is left out, or February has a 29th.
const STARTS: [&str; 8] = [
    "2026-11-23T08:00:00Z",
    "2026-03-27T20:00:00Z",
    "2026-10-23T14:00:00Z",
    "2028-02-27T23:30:00Z",
    "2027-03-13T03:00:00Z",
    "2026-04-03T12:00:00Z",
    "2026-10-02T10:00:00Z",
    "2027-12-30T01:00:00Z",
];

impl Plan {
    pub(crate) fn starts(at: &str, config: &Config) -> Self {
        let now = at.parse().expect("a timestamp");
        let rules = rules(config);
        let calendars = vec![(0, now, rules.calendar.clone())];
        let known = Known { dailies: BTreeMap::new(), moves: Vec::new(), calendars };
        let next_rules = rules.clone();
        let (steps, on_disk, due) = (0, None, Vec::new());
        let mut plan = Self { now, steps, rules, next_rules, known, on_disk, due };
        plan.connects();
        plan
    }

    /// How far a jump goes from here.
    pub(crate) fn after(&self, jump: &Jump) -> Timestamp {
        let until = match jump {
            Jump::Seconds(seconds) => self.now + SignedDuration::from_secs(i64::from(*seconds)),
            Jump::Clocks { zone: name, minutes } => {
                let zone = zone(name);
                let change = zone.rules().following(self.now).next();
                let change = change.map_or(self.now, |change| change.timestamp());
                change + SignedDuration::from_mins(i64::from(*minutes))
            }
        };
        until.max(self.now)
    }

    /// Time goes on. What becomes due is noticed at its time, or at the end if nobody is there.
    fn passes(&mut self, until: Timestamp, is_up: bool) {
        let mut found = Vec::new();
        for (channel, daily) in self.known.dailies.iter().filter(|(_, daily)| !daily.paused) {
            let schedule = &daily.schedule;
            let date = |at: Timestamp| schedule.zone.rules().to_datetime(at).date();
            let mut last_missed: Option<usize> = None;
            for date in dates(date(self.now) - 2.days(), date(until) + 2.days()) {
                let at = instant(date, schedule.at, &schedule.zone);
                if at <= self.now || at > until || !schedule.days.contains(date.weekday()) {
                    continue;
                }
                let noticed = if is_up { at } else { until };
                let (channel, schedule) = (*channel, schedule.clone());
                let due = Due { channel, date, schedule, noticed, superseded: false };
                if !due.in_time() {
                    // Of several that can come no more only the last is told.
                    if let Some(before) = last_missed.replace(found.len()).filter(|_| !is_up) {
                        let before: &mut Due = &mut found[before];
                        before.superseded = true;
                    }
                }
                found.push(due);
            }
        }
        found.sort_by_key(|due| due.noticed);
        self.due.extend(found);
        self.now = until;
    }

    /// The disk takes what waited.
    fn disk_works(&mut self) {
        self.on_disk = None;
    }

    /// The process dies. What the disk did not have might as well not have happened.
    fn crashes(&mut self, until: Timestamp) {
        if let Some((since, known, due)) = self.on_disk.take() {
            self.known = known;
            self.due.truncate(due);
            self.now = since;
        }
        self.rules = self.next_rules.clone();
        self.known.dailies.retain(|channel, daily| {
            !daily.in_config || self.rules.dailies.iter().any(|(listed, _)| id(*channel) == *listed)
        });
        self.passes(until, false);
        let before = self.known.calendars.last().map(|(.., calendar)| calendar);
        if before != Some(&self.rules.calendar) {
            self.known.calendars.push((self.steps, self.now, self.rules.calendar.clone()));
        }
        self.connects();
    }

    /// The dailies of the config file take their places.
    fn connects(&mut self) {
        for (channel, schedule) in &self.rules.dailies {
            let channel = usize::try_from(channel.0 - FIRST_CHANNEL).expect("a small number");
            let paused = self.known.dailies.get(&channel).is_some_and(|daily| daily.paused);
            let daily = Daily { schedule: schedule.clone(), in_config: true, paused };
            self.known.dailies.insert(channel, daily);
        }
    }

    fn sets(
        &mut self,
        channel: usize,
        at: jiff::civil::Time,
        in_zone: Option<&str>,
        days: Option<Days>,
    ) {
        let before = self.known.dailies.get(&channel);
        if before.is_some_and(|daily| daily.in_config) {
            return;
        }
        let usual = before.map(|daily| &daily.schedule);
        let schedule = Schedule {
            at,
            zone: in_zone.map(zone).or(usual.map(|usual| usual.zone.clone())).unwrap_or_else(
                || {
                    let (.., calendar) = self.known.calendars.last().expect("a calendar");
                    calendar.zone.clone()
                },
            ),
            days: days.or(usual.map(|usual| usual.days)).unwrap_or(Days::WORKDAYS),
            topics: Vec::new(),
            catch_up: usual.map_or(Schedule::CATCH_UP, |usual| usual.catch_up),
        };
        let paused = before.is_some_and(|daily| daily.paused);
        self.known.dailies.insert(channel, Daily { schedule, in_config: false, paused });
    }

    fn daily(&mut self, channel: usize, verb: Verb) {
        let Some(daily) = self.known.dailies.get_mut(&channel) else { return };
        match verb {
            Verb::Pause => daily.paused = true,
            Verb::Resume => daily.paused = false,
            Verb::Remove if !daily.in_config => {
                self.known.dailies.remove(&channel);
            }
            Verb::Remove | Verb::Set { .. } | Verb::Skip | Verb::Now => {}
        }
    }

    /// The time so many tens of minutes from now, as a clock in UTC shows it.
    pub(crate) fn tens_from_now(&self, tens: u8) -> jiff::civil::Time {
        let minutes = self.now.as_second().div_euclid(600) * 10 + 10 * (1 + i64::from(tens));
        let at = Timestamp::from_second(minutes * 60).expect("a timestamp");
        zone("UTC").rules().to_datetime(at).time()
    }
}

pub(crate) const FIRST_CHANNEL: u64 = 11;

pub(crate) fn id(channel: usize) -> mockingbird::practice::ChannelId {
    mockingbird::practice::ChannelId(FIRST_CHANNEL + channel as u64)
}

pub(crate) fn rules(config: &Config) -> Rules {
    let schedule = config.daily.map(|(at, in_zone)| Schedule {
        at,
        zone: zone(in_zone),
        days: Days::ALL,
        topics: Vec::new(),
        catch_up: Schedule::CATCH_UP,
    });
    let reveal = RevealRule { reactions: config.reactions, ..Rules::default().reveal };
    Rules {
        calendar: Calendar {
            zone: zone(config.zone),
            day_starts: config.day_starts,
            practice_days: config.practice_days,
        },
        reveal,
        plans: std::sync::Arc::default(),
        review: Rules::default().review,
        judge: Rules::default().judge,
        coach: None,
        dailies: schedule.into_iter().map(|schedule| (id(0), schedule)).collect(),
    }
}

impl ReferenceStateMachine for Plan {
    type State = Self;
    type Transition = Step;

    fn init_state() -> BoxedStrategy<Self> {
        (prop::sample::select(STARTS.to_vec()), config())
            .prop_map(|(at, config)| Self::starts(at, &config))
            .boxed()
    }

    fn transitions(plan: &Self) -> BoxedStrategy<Step> {
        let dailies = plan.known.dailies.values().map(|daily| daily.schedule.zone.name());
        let shifting = ZONES
            .into_iter()
            .filter(|zone| *zone != "UTC" && dailies.clone().any(|its| its == *zone));
        let shifting: Vec<_> = shifting.collect();
        if shifting.is_empty() {
            return step();
        }
        prop_oneof![20 => step(), 1 => clocks(shifting)].boxed()
    }

    fn apply(mut plan: Self, step: &Step) -> Self {
        plan.steps += 1;
        match step {
            Step::Pass { by, .. } => {
                let until = plan.after(by);
                plan.goes_on(until);
            }
            Step::Outage { minutes, .. } => {
                let until = plan.now + SignedDuration::from_mins(i64::from(*minutes));
                plan.goes_on(until);
            }
            Step::Habit { times, hours, .. } => {
                let hours = i64::from(*times) * i64::from(*hours);
                plan.goes_on(plan.now + SignedDuration::from_hours(hours));
            }
            Step::Wait { seconds } => {
                let until = plan.now + SignedDuration::from_secs(i64::from(*seconds));
                plan.passes(until, true);
            }
            Step::Crash { down, .. } => {
                let until = plan.after(down);
                plan.crashes(until);
            }
            Step::Disk { works: true } => plan.disk_works(),
            Step::Disk { works: false } => {
                let (now, known, due) = (plan.now, plan.known.clone(), plan.due.len());
                plan.on_disk.get_or_insert((now, known, due));
            }
            Step::Connect => plan.connects(),
            Step::Daily { channel, verb: Verb::Set { at, zone, days }, .. } => {
                plan.sets(*channel, *at, *zone, Some(*days));
            }
            Step::Daily { channel, verb, .. } => plan.daily(*channel, *verb),
            Step::Renew { channel, tens } => {
                plan.daily(*channel, Verb::Remove);
                plan.sets(*channel, plan.tens_from_now(*tens), None, None);
            }
            Step::Zone { who, zone: name } => {
                plan.known.moves.push((plan.steps, *who, plan.now, Fact::Moved(zone(name))));
            }
            Step::Config(config) => plan.next_rules = rules(config),
            // What follows from these depends on what stands in the channels.
            Step::Land { .. }
            | Step::Hear { .. }
            | Step::Gateway { .. }
            | Step::Snapshot
            | Step::Quiz { .. }
            | Step::React { .. }
            | Step::Show { .. }
            | Step::Again
            | Step::Delete { .. } => {}
        }
        plan
    }
}

impl Plan {
    /// Time in which the bot is there. The disk does not stay stuck for long.
    fn goes_on(&mut self, until: Timestamp) {
        if until.duration_since(self.now) > STUCK_AT_MOST {
            self.disk_works();
        }
        self.passes(until, true);
    }
}

/// How long the disk stays stuck while time passes in one step.
pub(crate) const STUCK_AT_MOST: SignedDuration = SignedDuration::from_hours(1);

impl fmt::Debug for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Plan")
            .field("now", &self.now)
            .field("rules", &self.rules)
            .finish_non_exhaustive()
    }
}
