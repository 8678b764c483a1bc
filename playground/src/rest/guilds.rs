//! The gateway's address, the bot itself, teams and people.

#![expect(clippy::unnecessary_wraps, reason = "all handlers have one shape")]

use serde_json::{Value, json};

use super::error::ApiError;
use super::{Answer, Call, Reply};
use crate::Id;
use crate::gateway::socket;
use crate::json::Json;
use crate::payload;
use crate::world::World;
use crate::world::model::Team;

pub(crate) fn gateway(call: &mut Call<'_>) -> Answer {
    Ok(Reply::Json(json!({"url": call.settings.gateway_url})))
}

pub(crate) fn gateway_bot(call: &mut Call<'_>) -> Answer {
    Ok(Reply::Json(socket::bot_json(call.state, &call.settings.gateway_url)))
}

pub(crate) fn me(call: &mut Call<'_>) -> Answer {
    let world = call.world();
    Ok(Reply::Json(world.user_json(world.bot())))
}

/// The teams that the bot is in, by id; `before`, `after` and `limit` page.
pub(crate) fn own_guilds(call: &mut Call<'_>) -> Answer {
    let limit = call.limit(200, 200)?;
    let mark = |name: &str| call.query(name).and_then(|id| id.parse::<Id>().ok());
    let (before, after) = (mark("before").unwrap_or(Id::new(u64::MAX)), mark("after"));
    let world = &call.state.world;
    let bot = world.bot();
    let inside = world.teams().filter(|t| t.members.contains_key(&bot));
    let page = inside.filter(|t| t.id < before && after.is_none_or(|after| t.id > after));
    let brief = |team: &Team| {
        json!({
            "id": team.id,
            "name": team.name,
            "icon": null,
            "banner": null,
            "owner": team.owner == bot,
            "permissions": world.team_permissions(bot, team.id).bits().to_string(),
            "features": [],
        })
    };
    Ok(Reply::Json(page.take(limit).map(brief).collect()))
}

pub(crate) fn user(call: &mut Call<'_>) -> Answer {
    let id = call.id("user")?;
    let world = call.world();
    world.user(id).ok_or_else(ApiError::unknown_user)?;
    Ok(Reply::Json(world.user_json(id)))
}

pub(crate) fn application(call: &mut Call<'_>) -> Answer {
    let privileged = call.settings.privileged;
    let world = call.world();
    // The "limited" bits: source application resource, "Application Flags".
    let limited = [("GUILD_PRESENCES", 13), ("GUILD_MEMBERS", 15), ("MESSAGE_CONTENT", 19)];
    let flags: u64 = limited
        .iter()
        .filter(|(name, _)| privileged.iter_names().any(|(on, _)| on == *name))
        .map(|(_, bit)| 1 << bit)
        .sum();
    let owner = world.teams().next().map(|team| world.user_json(team.owner));
    Ok(Reply::Json(json!({
        "id": world.bot(),
        "name": world.application_name,
        "icon": null,
        "description": "",
        "bot_public": true,
        "bot_require_code_grant": false,
        "bot": world.user_json(world.bot()),
        "verify_key": "0".repeat(64),
        "team": null,
        "owner": owner,
        "type": null,
        "flags": flags,
        "flags_new": flags.to_string(),
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": ["bot", "applications.commands"],
        "tags": [],
        "integration_types_config": {"0": {}},
        "approximate_guild_count": world.teams.len(),
        "approximate_user_install_count": 0,
        "redirect_uris": [],
        "interactions_endpoint_url": null,
        "role_connections_verification_url": null,
    })))
}

pub(crate) fn open_private_chat(call: &mut Call<'_>) -> Answer {
    let given = call.body.at("recipient_id").as_str().and_then(|id| id.parse().ok());
    let world = call.world();
    let user = given.and_then(|id| world.user(id)).ok_or_else(ApiError::unknown_user)?;
    if user.bot {
        return Err(ApiError::cannot_message_user());
    }
    let user = user.id;
    let chat = world.open_private_chat(user);
    let channel = world.channel(chat).ok_or_else(ApiError::unknown_channel)?;
    Ok(Reply::Json(world.channel_json(channel)))
}

fn team<'a>(call: &'a Call<'_>) -> Result<&'a Team, ApiError> {
    let id = call.id("guild")?;
    let world = &call.state.world;
    let team = world.team(id).filter(|team| team.members.contains_key(&world.bot()));
    // A team that the bot is not in looks like one that does not exist.
    team.ok_or_else(ApiError::unknown_guild)
}

pub(crate) fn guild(call: &mut Call<'_>) -> Answer {
    Ok(Reply::Json(World::guild_json(team(call)?)))
}

pub(crate) fn roles(call: &mut Call<'_>) -> Answer {
    Ok(Reply::Json(team(call)?.roles.iter().map(payload::role).collect()))
}

pub(crate) fn channels(call: &mut Call<'_>) -> Answer {
    let team = team(call)?.id;
    let world = &call.state.world;
    let inside = world.channels().filter(|c| c.team == Some(team) && !c.kind.is_thread());
    Ok(Reply::Json(inside.map(|c| world.channel_json(c)).collect()))
}

pub(crate) fn member(call: &mut Call<'_>) -> Answer {
    let user: Id = call.id("user")?;
    let member = team(call)?.members.get(&user).ok_or_else(ApiError::unknown_member)?;
    Ok(Reply::Json(call.state.world.member_json(member)))
}

pub(crate) fn active_threads(call: &mut Call<'_>) -> Answer {
    let team = team(call)?.id;
    let world = &call.state.world;
    let active = || {
        world.channels().filter(move |c| {
            c.team == Some(team)
                && c.thread.as_ref().is_some_and(|t| !t.archived)
                && world.can_view(world.bot(), c.id)
        })
    };
    let threads: Value = active().map(|c| world.channel_json(c)).collect();
    let members: Value = active()
        .filter(|c| c.thread.as_ref().is_some_and(|t| t.members.contains(&world.bot())))
        .map(|c| world.thread_member_json(c.id, world.bot()))
        .collect();
    Ok(Reply::Json(json!({"threads": threads, "members": members, "has_more": false})))
}
