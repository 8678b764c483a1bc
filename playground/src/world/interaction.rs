//! What members ask of the bot, and what becomes of it.

use jiff::SignedDuration;
use serde_json::Value;
use serenity::model::gateway::GatewayIntents;

use super::model::{Interaction, Outcome};
use super::{ChangeKind, Dispatch, World};
use crate::Id;

/// How long an interaction's token works. Source: "Receiving and Responding",
/// "Followup Messages".
const TOKEN_LIVES: SignedDuration = SignedDuration::from_mins(15);

/// What an interaction is before it is sent.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    /// Discord's number of its kind: 2 command, 3 component, 4 completion, 5 form.
    pub kind: u8,
    /// Who asks.
    pub user: Id,
    /// Where.
    pub channel: Id,
    /// The command as typed without options.
    pub name: String,
    /// The message whose component was used.
    pub source: Option<Id>,
    /// The `data` of the event.
    pub data: Value,
}

impl World {
    /// Makes an interaction and sends it to the bot.
    pub(crate) fn ask(&mut self, ask: Ask) -> Id {
        let id = self.next_id();
        // Long and odd like Discord's, so that nobody takes it for an id.
        let token = format!("playground.{:016x}.{:016x}", id.get().reverse_bits(), id.get());
        self.tokens.insert(token.clone(), id);
        let interaction = Interaction {
            id,
            token,
            kind: ask.kind,
            created: self.now,
            user: ask.user,
            channel: ask.channel,
            name: ask.name,
            source: ask.source,
            outcome: Outcome::Waiting,
            original: None,
            follow_ups: 0,
        };
        self.interactions.insert(id, interaction);
        let data = self.interaction_json(id, &ask.data);
        let team = self.channels.get(&ask.channel).and_then(|c| c.team);
        self.changed(ChangeKind::Interaction, Some(ask.channel));
        self.pending.push(Dispatch {
            name: "INTERACTION_CREATE",
            team,
            intents: GatewayIntents::empty(),
            guarded: false,
            data,
        });
        id
    }

    /// Ends an interaction that was not answered in time.
    pub(crate) fn expire(&mut self, id: Id) {
        if let Some(interaction) = self.interactions.get_mut(&id)
            && interaction.outcome == Outcome::Waiting
        {
            interaction.outcome = Outcome::Expired;
            let (channel, user, kind) = (interaction.channel, interaction.user, interaction.kind);
            // A completion that does not come is not seen by anybody.
            if kind != 4 {
                self.note(channel, user, "gets no answer");
            }
            self.changed(ChangeKind::Interaction, Some(channel));
        }
    }

    /// Writes down how an interaction was answered.
    pub(crate) fn settle(&mut self, id: Id, outcome: Outcome, original: Option<Id>) {
        if let Some(interaction) = self.interactions.get_mut(&id) {
            interaction.outcome = outcome;
            interaction.original = original.or(interaction.original);
            let channel = interaction.channel;
            self.changed(ChangeKind::Interaction, Some(channel));
        }
    }

    /// The interaction of a token that still works.
    pub(crate) fn by_token(&self, token: &str) -> Option<&Interaction> {
        let interaction = self.interactions.get(self.tokens.get(token)?)?;
        let age = self.now.duration_since(interaction.created);
        (age <= TOKEN_LIVES && interaction.outcome != Outcome::Expired).then_some(interaction)
    }
}
