//! What the program finds when it starts for the first time: teams whose members have practised
//! for some days, up to yesterday. Written through the store, as the program itself would.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Span;
use jiff::civil::time;
use mockingbird::days::Days;
use mockingbird::practice::rules::{Calendar, Zone};
use mockingbird::practice::streak::Streak;
use mockingbird::practice::{Change, MemberId, Team, TeamId};
use mockingbird::store::{Folder, Opened, Options, Store};
use mockingbird_playground::{Id, World};

use crate::town::{PEOPLE, Town};

/// A team and a person: a member.
pub(crate) type Member = (Id, Id);

/// Writes it, and tells how many days in a row each member has behind them.
pub(crate) async fn write(town: &Town) -> BTreeMap<Member, u32> {
    let (teams, people, today) = town.discord.with_world(|world| look(world, &town.zone));
    let calendar = Calendar {
        zone: Zone::named(&town.zone).expect("a zone"),
        day_starts: time(4, 0, 0, 0),
        practice_days: Days::ALL,
    };
    let from = today - Span::new().days(400);
    let calendars = [(from, calendar.clone())];
    let disk = Folder::open(town.place.path("data")).expect("a folder");
    let opened: Opened<Team, ()> =
        Store::open(Arc::new(disk), Options::default()).expect("an empty folder");
    let Opened { store, mut durable, .. } = opened;
    let mut behind = BTreeMap::new();
    for team in &teams {
        let mut changes = vec![
            Change::Founded { seed: team.get() },
            Change::CalendarSet { from, calendar: calendar.clone() },
        ];
        for (number, person) in (0_u32..).zip(&people) {
            // One in three begins today.
            let days = number % 3 * number;
            let dates = (1..=days).rev().map(|back| today - Span::new().days(i64::from(back)));
            let streak =
                dates.fold(None, |streak, date| Some(Streak::count(streak, date, &calendars)));
            let member = MemberId(person.get());
            changes.extend(streak.map(|streak| Change::Practised { member, streak }));
            behind.insert((*team, *person), days);
        }
        store.append(TeamId::Server(team.get()), 1, &changes, ()).expect("room");
    }
    for _ in &teams {
        durable.recv().await.expect("it is durable");
    }
    assert_eq!(store.close(Duration::from_mins(1)), 0);
    behind
}

fn look(world: &World, zone: &str) -> (Vec<Id>, Vec<Id>, jiff::civil::Date) {
    let teams = world.teams().map(|team| team.id).collect();
    let people = (0..PEOPLE)
        .map(|number| world.user_named(&Town::person(number)).expect("a person of the setup").id);
    let zone = Zone::named(zone).expect("a zone");
    let today = zone.rules().to_datetime(world.now()).date();
    (teams, people.collect(), today)
}
