//! What goes wrong on the gateway while a daily is due and an answer is asked for.

use std::time::Duration;

use mockingbird_playground::{End, Faults, Setup};
use serde_json::json;

use crate::life::{Life, Most};
use crate::table::{Row, Tally, row};

/// What one connection more, and no session more, may cost.
const RESUMED: Most = most(1, 2);
/// What one session more may cost.
const ANEW: Most = most(2, 3);

const fn most(identifies: usize, connections: usize) -> Most {
    Most { requests: 40, warnings: 5, repeated: 1, identifies, connections }
}

pub(crate) fn rows() -> Vec<Row> {
    let mut rows = vec![
        row("op 7, please reconnect", || struck(RESUMED, Faults::ask_to_reconnect)),
        row("op 9, the session can be resumed", || {
            struck(RESUMED, |faults| faults.invalidate_session(true))
        }),
        row("op 9, the session is over", || {
            struck(ANEW, |faults| faults.invalidate_session(false))
        }),
        row("a close frame without a code", || struck(RESUMED, Faults::close_gateway_without_code)),
        row("a cut connection", || struck(RESUMED, Faults::cut_gateway)),
        row("frames and events that nobody understands", || struck(most(1, 1), strange)),
        row("every event twice", || struck(most(1, 1), |faults| faults.duplicate_events(100))),
        row("events in reverse order", reversed),
        row("heartbeats without an answer", zombie),
        row("no HELLO on the next connection", mute),
    ];
    for code in [4000, 4001, 4002, 4005, 4008] {
        rows.push(row(format!("close code {code}"), move || {
            struck(RESUMED, move |faults| faults.close_gateway(code))
        }));
    }
    for code in [4003, 4007, 4009] {
        rows.push(row(format!("close code {code}"), move || {
            struck(ANEW, move |faults| faults.close_gateway(code))
        }));
    }
    let ends = [End::Code(4000), End::Code(4009), End::NoCode, End::Cut, End::Invalid];
    for end in ends {
        rows.push(row(format!("every session is turned away with {end:?}"), move || {
            flapping(move |faults| faults.turn_away(end))
        }));
        rows.push(row(format!("every session ends at once with {end:?}"), move || {
            flapping(move |faults| faults.end_at_once(end))
        }));
    }
    rows
}

/// A fault strikes once, just before nine.
async fn struck(most: Most, strike: impl Fn(&Faults)) -> Tally {
    let mut life = Life::begin().await;
    life.most = most;
    strike(&life.faults());
    life.bob_reacts();
    life.nine();
    life.settles().await;
    life.ends_soundly().await
}

/// What a later Discord may send: events of a new name and of a new shape, a new opcode, a frame
/// that is no JSON.
fn strange(faults: &Faults) {
    faults.send_event("SOMETHING_NEW", &json!({ "id": "1" }));
    faults.send_event("INTERACTION_CREATE", &json!({ "type": 99 }));
    faults.send_event("MESSAGE_REACTION_ADD", &json!({ "emoji": null }));
    faults.send_event("GUILD_CREATE", &json!([]));
    faults.send_frame(r#"{"op":99,"d":{}}"#);
    faults.send_frame("no JSON");
}

/// Two reactions and two requests come the wrong way round.
async fn reversed() -> Tally {
    let mut life = Life::begin().await;
    life.faults().reverse_events(true);
    life.bob_reacts();
    life.bot.reacts("ann", &life.quiz);
    let (first, second, ()) = tokio::join!(
        life.bot.slash("bob", "streak", &[]),
        life.bot.slash("bob", "zone", &[("name", "Europe/Berlin")]),
        async { life.faults().reverse_events(false) },
    );
    assert!(first.text().contains("treak") && second.text().contains("Berlin"));
    life.nine();
    life.settles().await;
    life.ends_soundly().await
}

/// Discord takes everything and answers nothing: the connection is dead on one side.
async fn zombie() -> Tally {
    // Long enough for an answer on a busy machine.
    let heartbeat = Duration::from_secs(3);
    let mut life = Life::begin_in(Setup { heartbeat, ..Setup::default() }).await;
    life.most = RESUMED;
    life.faults().ignore_heartbeats(true);
    life.faults().hold_events(true);
    life.bob_reacts();
    life.nine();
    life.bot.until_true(|| life.bot.discord.connections() > 1).await;
    life.faults().ignore_heartbeats(false);
    life.faults().hold_events(false);
    life.settles().await;
    life.ends_soundly().await
}

/// The next connection is taken by somebody who says nothing.
async fn mute() -> Tally {
    let mut life = Life::begin().await;
    life.most = most(1, 4);
    life.faults().withhold_hello(true);
    life.faults().cut_gateway();
    life.bob_reacts();
    life.nine();
    life.bot.until_true(|| life.bot.discord.connections() > 1).await;
    life.faults().withhold_hello(false);
    life.settles().await;
    life.ends_soundly().await
}

/// For six seconds no session lasts. Of the thousand of a day, and of connections, a few are used.
async fn flapping(strike: impl Fn(&Faults)) -> Tally {
    let mut life = Life::begin().await;
    life.most = most(5, 10);
    strike(&life.faults());
    life.faults().cut_gateway();
    life.bob_reacts();
    life.nine();
    tokio::time::sleep(Duration::from_secs(6)).await;
    life.faults().clear();
    life.settles().await;
    life.ends_soundly().await
}
