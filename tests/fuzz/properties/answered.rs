//! What a team says to whatever it is asked: one answer, which fits and notifies nobody.

use std::sync::Arc;

use jiff::Timestamp;
use mockingbird::practice::effect::Effect;
use mockingbird::practice::input::{Ask, Call, Interaction, Place};
use mockingbird::practice::refusal::Refusal;
use mockingbird::practice::rules::Rules;
use mockingbird::practice::{ChannelId, Input, MemberId, Moment, Team};

use super::plans::plans;
use super::search::bank;
use super::shown;

/// Asks a team of which nothing is known.
pub(super) fn once(call: Result<Call, Refusal>) {
    let ask = Ask {
        interaction: Interaction { id: 1, token: "secret".to_owned() },
        member: MemberId(2),
        channel: ChannelId(3),
        place: Place::Channel,
    };
    let now = Timestamp::from_second(1_795_000_000).expect("within range");
    let rules = Rules { plans: Arc::new(plans().clone()), ..Rules::default() };
    let moment = Moment { now, chance: 7, bank: bank(), rules: &rules };
    let decision = Team::new().decide(moment, &Input::Called { ask, call });
    let replies = decision.effects.iter().filter(|effect| effect.answers().is_some());
    assert_eq!(replies.count(), 1, "each request gets one answer");
    for effect in &decision.effects {
        match effect {
            Effect::Reply { view, .. }
            | Effect::Update { view, .. }
            | Effect::Consult { view, .. }
            | Effect::Amend { view, .. }
            | Effect::Send { view, .. }
            | Effect::Whisper { view, .. }
            | Effect::Edit { view, .. } => drop(shown::fits(view)),
            Effect::Rewrite { then, .. } => {
                if let Some((_, view)) = then {
                    drop(shown::fits(view));
                }
            }
            Effect::Acknowledge { .. }
            | Effect::Form { .. }
            | Effect::StartThread { .. }
            | Effect::AddToThread { .. }
            | Effect::React { .. }
            | Effect::OpenThread { .. }
            | Effect::Find { .. }
            | Effect::FindReply { .. }
            | Effect::ReadReactions { .. } => {}
        }
    }
}
