//! What a team sees of its practice, word for word.

use jiff::civil::Weekday;

use super::own::{at, tell};
use super::*;
use crate::practice::effect::Failure;
use crate::practice::own::OwnView as V;
use crate::practice::own::call::Period;
use crate::practice::own::state::{Claim, Digest, Week};
use crate::practice::own::view::{Place, TeamTopic, TeamView};

pub(super) fn topic(title: &str, of: u16, met: u16, who: &[u64], known: Option<u8>) -> TeamTopic {
    TeamTopic {
        title: title.to_owned(),
        of,
        met,
        members: u32::from(met.min(4)),
        who: who.iter().copied().map(MemberId).collect(),
        known,
    }
}

#[test]
fn the_map_of_the_team_shows_topics_and_no_single_answers() {
    let view = TeamView {
        members: (5, 2),
        topics: vec![
            topic("Databases & Storage", 22, 12, &[1, 2], Some(80)),
            topic("HTTP & Web Fundamentals", 7, 1, &[], None),
            topic("Testing & Debugging", 4, 0, &[], None),
        ],
        strongest: vec!["Databases & Storage".to_owned()],
        weakest: vec!["System Design".to_owned(), "Caching".to_owned()],
        shares: false,
    };
    insta::assert_snapshot!(tell(V::Team(view)), @"
    (embed) The map of the team
      5 members practiced in the last 30 days; 2 of them let their names be seen.

      `██████░░░░` **Databases & Storage**
      -# 12 of 22 by 4 members · about 80 % known · <@1> <@2>
      `██░░░░░░░░` **HTTP & Web Fundamentals**
      -# 1 of 7 by 1 member
      `░░░░░░░░░░` **Testing & Debugging**
      -# none of 4 yet
      Strongest:
        Databases & Storage
      Weakest:
        System Design and Caching
      (Bars: questions that somebody met; where fewer than three members did, only those are counted who share their name. “Known” is rounded, and told once three members graded three questions each, so that nobody's answers can be read from it.)
      [My settings]
    ");
    let nobody = TeamView {
        members: (0, 0),
        topics: Vec::new(),
        strongest: Vec::new(),
        weakest: Vec::new(),
        shares: false,
    };
    insta::assert_snapshot!(tell(V::Team(nobody)), @"
    (embed) The map of the team
      Nobody has practiced in the last 30 days.
      (Bars: questions that somebody met; where fewer than three members did, only those are counted who share their name. “Known” is rounded, and told once three members graded three questions each, so that nobody's answers can be read from it.)
      [My settings]
    ");
}

#[test]
fn the_same_work_is_the_same_place() {
    let place =
        |place, member, days, questions| Place { place, member: MemberId(member), days, questions };
    let places = vec![place(1, 4, 5, 30), place(2, 1, 4, 9), place(2, 3, 4, 9), place(4, 2, 1, 1)];
    let board = |period, places| {
        tell(V::Leaderboard { period, from: date(2026, 11, 16), places, more: 0, shares: true })
    };
    insta::assert_snapshot!(board(Period::Week, places), @"
    (embed) Leaderboard: this week
      Since Mon 16 Nov.

      **1.** <@4>: 5 days, 30 questions
      **2.** <@1>: 4 days, 9 questions
      **2.** <@3>: 4 days, 9 questions
      **4.** <@2>: 1 day, 1 question
      (Practice days count first, then different questions: the same one again adds nothing. Only those are listed who want to.)
      [My settings]
    ");
    let titles = [Period::Month, Period::Year].map(|period| board(period, Vec::new()));
    insta::assert_snapshot!(titles.join("\n"), @"
    (embed) Leaderboard: this month
      Since Mon 16 Nov. Nobody is on it yet. **My settings** puts you on it.
      (Practice days count first, then different questions: the same one again adds nothing. Only those are listed who want to.)
      [My settings]
    (embed) Leaderboard: the last 53 weeks
      Since Mon 16 Nov. Nobody is on it yet. **My settings** puts you on it.
      (Practice days count first, then different questions: the same one again adds nothing. Only those are listed who want to.)
      [My settings]
    ");
}

#[test]
fn nobody_reads_on_a_leaderboard_whether_the_asker_shares() {
    let board = |shares| {
        tell(V::Leaderboard {
            period: Period::Week,
            from: TODAY,
            places: Vec::new(),
            more: 0,
            shares,
        })
    };
    assert_eq!(board(true), board(false));
}

fn a_week() -> Week {
    Week {
        from: Some(date(2026, 11, 16)),
        members: 4,
        days: 13,
        questions: 61,
        interviews: 1,
        first: vec![(MemberId(1), 5, 30), (MemberId(2), 1, 1)],
        most: Some("Databases & Storage".to_owned()),
        weakest: Some("System Design".to_owned()),
    }
}

#[test]
fn the_weekly_post_says_what_the_team_did() {
    insta::assert_snapshot!(tell(V::Digest(a_week())), @"
    (embed) The week from Mon 16 Nov
      4 members practiced: 13 practice days together, 61 questions.
      Interviews:
        1 interview was held.
      Topics:
        Practiced most: Databases & Storage
        Missed most: System Design. `/sprint topic:` takes one.
      Did the most:
        <@1>: 5 days, 30 questions
        <@2>: 1 day, 1 question
      (Only those are named who want to; where fewer than three practiced, only they are counted.)
      [My settings]
    ");
    insta::assert_snapshot!(tell(V::Digest(Week::default())), @"
    (embed) The week
      Nobody practiced this week. `/quiz` begins, `/sprint` takes fifteen minutes.
      (Only those are named who want to; where fewer than three practiced, only they are counted.)
      [My settings]
    ");
}

fn digest() -> Digest {
    Digest {
        channel: ChannelId(5),
        day: Weekday::Monday.into(),
        at: time(9, 0, 0, 0),
        zone: Zone::named("Europe/Berlin").expect("bundled"),
        done_through: TODAY,
        claimed: None,
        failure: None,
    }
}

#[test]
fn the_weekly_post_says_how_it_stands() {
    let status = |digest, changed| {
        let next = Option::is_some(&digest).then(|| at(60));
        tell(V::DigestStatus { digest, next, changed })
    };
    let claim = |delayed| Claim { date: TODAY, since: at(0), delayed, week: a_week() };
    let claimed = |delayed| Digest { claimed: Some(claim(delayed)), ..digest() };
    let failed = |failure| Digest { failure: Some(failure), ..digest() };
    let reason = || "`connection` reset".to_owned();
    let all = [
        status(Some(digest()), true),
        status(Some(claimed(None)), false),
        status(Some(claimed(Some(at(5)))), false),
        status(Some(failed(Failure::NotAllowed)), false),
        status(Some(failed(Failure::ChannelGone)), false),
        status(Some(failed(Failure::NotHere)), false),
        status(Some(failed(Failure::Late)), false),
        status(Some(failed(Failure::MessageGone)), false),
        status(Some(failed(Failure::Refused { code: 50_035, reason: reason() })), false),
        status(Some(failed(Failure::Unavailable { reason: reason() })), false),
        status(None, true),
        status(None, false),
    ];
    insta::assert_snapshot!(all.join("\n"), @"
    (embed) Weekly post
      From now on, what the team practiced in the week is posted in <#5> every Monday at 09:00 Europe/Berlin.

      Next: <t:1795093200:f> (<t:1795093200:R>).

      There is one in seven days at most. When nobody practices, I say so once, and then nothing until somebody does.
    (embed) Weekly post
      What the team practiced in the week is posted in <#5> every Monday at 09:00 Europe/Berlin.

      Next: <t:1795093200:f> (<t:1795093200:R>).

      That of Thu 19 Nov: on its way.
    (embed) Weekly post
      What the team practiced in the week is posted in <#5> every Monday at 09:00 Europe/Berlin.

      Next: <t:1795093200:f> (<t:1795093200:R>).

      That of Thu 19 Nov: Discord did not take it; I try again <t:1795089900:R>.
    (embed) Weekly post
      What the team practiced in the week is posted in <#5> every Monday at 09:00 Europe/Berlin.

      Next: <t:1795093200:f> (<t:1795093200:R>).

      The last one did not come: I may not post in <#5>. Give me View Channel, Send Messages and Embed Links there.
    (embed) Weekly post
      What the team practiced in the week is posted in <#5> every Monday at 09:00 Europe/Berlin.

      Next: <t:1795093200:f> (<t:1795093200:R>).

      The last one did not come: the channel is gone. `/digest set` chooses another one.
    (embed) Weekly post
      What the team practiced in the week is posted in <#5> every Monday at 09:00 Europe/Berlin.

      Next: <t:1795093200:f> (<t:1795093200:R>).

      The last one did not come: <#5> takes no messages at the moment.
    (embed) Weekly post
      What the team practiced in the week is posted in <#5> every Monday at 09:00 Europe/Berlin.

      Next: <t:1795093200:f> (<t:1795093200:R>).

      The last one did not come: Discord took it too late.
    (embed) Weekly post
      What the team practiced in the week is posted in <#5> every Monday at 09:00 Europe/Berlin.

      Next: <t:1795093200:f> (<t:1795093200:R>).

      The last one did not come: its message was deleted.
    (embed) Weekly post
      What the team practiced in the week is posted in <#5> every Monday at 09:00 Europe/Berlin.

      Next: <t:1795093200:f> (<t:1795093200:R>).

      The last one did not come: Discord refused it (50035: 'connection' reset).
    (embed) Weekly post
      What the team practiced in the week is posted in <#5> every Monday at 09:00 Europe/Berlin.

      Next: <t:1795093200:f> (<t:1795093200:R>).

      The last one did not come: Discord could not be reached ('connection' reset).
    (embed) Weekly post
      There is no weekly post any more.
    (embed) Weekly post
      There is no weekly post. `/digest set` begins one.
    ");
}
