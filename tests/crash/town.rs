//! The world of the test: two teams with the same people in them, their channels, and a folder
//! for the program. It knows no rule.

use std::sync::Arc;

use mockingbird_playground::{Id, LocalDiscord, MemberSetup, RateLimits, Setup, TeamSetup, World};

use crate::process::Place;

/// The teams.
pub(crate) const TEAMS: [&str; 2] = ["Nest", "Roost"];
/// Where questions are asked.
pub(crate) const ROOMS: [&str; 2] = ["prep", "talk"];
/// Where a daily is set, paused, resumed, skipped and removed all the time, and never due.
pub(crate) const TURNS: [&str; 2] = ["turn-a", "turn-b"];
/// How many people of a team practise.
pub(crate) const PEOPLE: usize = 60;
/// How many channels of a team get a daily at once, on request.
pub(crate) const NOWS: usize = 24;
/// How many channels of a team get a daily when it is due.
pub(crate) const DUES: usize = 12;
/// How many of these every minute.
pub(crate) const DUES_A_MINUTE: usize = 4;

/// An administrator: sets up dailies.
pub(crate) const ADMIN: &str = "ann";
/// Somebody who travels and never practises.
pub(crate) const TRAVELLER: &str = "zoe";

/// The world and the program's folder.
#[derive(Clone)]
pub(crate) struct Town {
    pub(crate) discord: LocalDiscord,
    pub(crate) place: Arc<Place>,
    /// A zone in which it is noon now, so that no date changes during the test.
    pub(crate) zone: String,
}

impl Town {
    pub(crate) async fn found() -> Self {
        let teams = TEAMS.map(|name| TeamSetup {
            name: name.to_owned(),
            channels: channels(),
            members: members(),
        });
        let setup =
            Setup { teams: teams.into(), rate_limits: RateLimits::off(), ..Setup::default() };
        let discord = LocalDiscord::start(setup).await.expect("a free port");
        let place = Place::new(discord.base());
        let zone = noon(&discord);
        place.configure(
            discord.base(),
            &format!(
                "time_zone: {zone}\npractice_days: [mon, tue, wed, thu, fri, sat, sun]\n\
                 snapshot:\n  every: 10s\n  keep: 2\n\
                 requests:\n  at_once: 250\n  per_minute: 250\n"
            ),
        );
        // An answer of several pages, which can break off between two of them.
        let long = "So it is, and this is why it is so, and what follows from it.\n\n".repeat(130);
        let long = long.trim().replace('\n', "\n      ");
        place.write(
            "questions/long.yaml",
            format!(
                "topic: long\ntitle: Long\nquestions:\n  - id: long-answer\n    prompt: Why?\n    \
                 level: easy\n    answer: |\n      {long}\n"
            ),
        );
        Self { discord, place: Arc::new(place), zone }
    }

    /// The people who practise, by their place in the list.
    pub(crate) fn person(number: usize) -> String {
        format!("m{number:02}")
    }
}

fn channels() -> Vec<String> {
    let fixed = ROOMS.iter().chain(&TURNS).map(|&name| name.to_owned());
    let nows = (0..NOWS).map(|number| format!("now-{number}"));
    let dues = (0..DUES).map(|number| format!("due-{number}"));
    fixed.chain(nows).chain(dues).collect()
}

fn members() -> Vec<MemberSetup> {
    let person = |name: &str| MemberSetup { name: name.to_owned(), admin: name == ADMIN };
    let people = (0..PEOPLE).map(|number| person(&Town::person(number)));
    [person(ADMIN), person(TRAVELLER)].into_iter().chain(people).collect()
}

fn noon(discord: &LocalDiscord) -> String {
    let hour = discord.with_world(World::now).as_second() / 3_600 % 24;
    // Etc/GMT+5 is five hours behind: the sign of these zones is the other way round.
    if hour == 12 { "UTC".to_owned() } else { format!("Etc/GMT{:+}", hour - 12) }
}

/// The team of a channel.
pub(crate) fn team_of(world: &World, channel: Id) -> Option<Id> {
    world.channel(channel).and_then(|channel| channel.team)
}
