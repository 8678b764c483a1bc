//! Whom a text notifies.
//!
//! Source: message resource, "Allowed Mentions Object".

use serde_json::Value;

use super::World;
use super::model::Mentions;
use crate::Id;
use crate::json::Json;

/// What a text may notify of, from a request's `allowed_mentions`.
#[derive(Clone, Debug)]
pub(crate) struct Allowed {
    users: Which,
    roles: Which,
    everyone: bool,
    /// Whether the author of the message that is answered is notified.
    pub replied_user: bool,
}

/// All, or only these.
#[derive(Clone, Debug)]
enum Which {
    All,
    These(Vec<Id>),
}

impl Which {
    fn holds(&self, id: Id) -> bool {
        match self {
            Self::All => true,
            Self::These(ids) => ids.contains(&id),
        }
    }
}

impl Allowed {
    /// Reads `allowed_mentions`; where it is missing everything may be mentioned.
    pub(crate) fn read(value: &Value) -> Self {
        if value.is_null() {
            return Self {
                users: Which::All,
                roles: Which::All,
                everyone: true,
                replied_user: true,
            };
        }
        let parses = |what: &str| {
            value.at("parse").as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind == what))
        };
        let listed = |key: &str| {
            let ids = value.list(key).iter();
            ids.filter_map(|id| id.as_str()?.parse().ok()).collect()
        };
        let which = |key: &str| {
            if parses(key) { Which::All } else { Which::These(listed(key)) }
        };
        Self {
            users: which("users"),
            roles: which("roles"),
            everyone: parses("everyone"),
            replied_user: value.at("replied_user") == true,
        }
    }
}

impl World {
    /// Whom `content` notifies in a channel. Text inside code is not left out,
    /// as little as Discord does for code spans it did not recognise: whoever
    /// wants nobody notified says so with `allowed_mentions`.
    pub(crate) fn mentions(&self, channel: Id, content: &str, allowed: &Allowed) -> Mentions {
        let mut found = Mentions::default();
        let team = self.channels.get(&channel).and_then(|c| c.team);
        for piece in content.split('<').skip(1) {
            let Some((inside, _)) = piece.split_once('>') else {
                continue;
            };
            if let Some(role) = inside.strip_prefix("@&") {
                let known = |id: &Id| {
                    team.and_then(|t| self.teams.get(&t))
                        .is_some_and(|t| t.roles.iter().any(|r| r.id == *id))
                };
                let role = role.parse().ok().filter(known).filter(|id| allowed.roles.holds(*id));
                found.roles.extend(role.filter(|id| !found.roles.contains(id)));
            } else if let Some(user) = inside.strip_prefix('@') {
                let user = user.strip_prefix('!').unwrap_or(user);
                let user = user
                    .parse()
                    .ok()
                    .filter(|id| self.users.contains_key(id))
                    .filter(|id| allowed.users.holds(*id));
                found.users.extend(user.filter(|id| !found.users.contains(id)));
            }
        }
        let everyone = content.contains("@everyone") || content.contains("@here");
        found.everyone = everyone && allowed.everyone && team.is_some();
        found
    }
}
