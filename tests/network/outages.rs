//! Hours in which Discord cannot be reached, over the time of a daily.

use std::time::Duration;

use mockingbird_playground::Fault;

use crate::life::{Life, Most};
use crate::table::{Row, Tally, row};

/// What is out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Out {
    Everything,
    Rest,
    Gateway,
}

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for out in [Out::Everything, Out::Rest, Out::Gateway] {
        rows.push(row(format!("an hour without {out:?}"), move || an_hour_without(out)));
    }
    for out in [Out::Everything, Out::Rest] {
        rows.push(row(format!("a day without {out:?}"), move || a_day_without(out)));
    }
    rows
}

fn begin(life: &Life, out: Out) {
    if out != Out::Gateway {
        life.faults().every_request("*", Fault::CutBefore);
    }
    if out != Out::Rest {
        life.bot.discord.disconnect();
    }
}

fn end(life: &Life) {
    life.faults().clear();
    life.bot.discord.reconnect();
}

/// Hours pass; in each the bot has a moment to try again.
async fn pass(life: &Life, quarters: usize) {
    for _ in 0..quarters {
        tokio::time::sleep(Duration::from_millis(100)).await;
        life.forward(Duration::from_mins(15));
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
}

/// An outage of everything costs warnings for each of its parts, once.
const MOST: Most = Most { requests: 80, warnings: 8, repeated: 2, identifies: 3, connections: 4 };

async fn an_hour_without(out: Out) -> Tally {
    let mut life = Life::begin().await;
    life.most = MOST;
    begin(&life, out);
    life.bob_reacts();
    // Nobody can be answered meanwhile.
    let asked = life.tries("eve", "streak").await;
    assert!(asked.is_none());
    life.nine();
    pass(&life, 4).await;
    if out == Out::Gateway {
        life.daily_comes().await;
    }
    end(&life);
    life.settles().await;
    life.ends_soundly().await
}

async fn a_day_without(out: Out) -> Tally {
    let mut life = Life::begin().await;
    life.most = MOST;
    begin(&life, out);
    life.nine();
    // It may come six hours late, and later by what its last request takes.
    pass(&life, 26).await;
    life.falls_silent().await;
    end(&life);
    life.is_explained("daily status", "not posted").await;
    life.next_morning().await;
    life.bob_reacts();
    life.quiz_is_revealed().await;
    life.ends_soundly().await
}
