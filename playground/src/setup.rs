//! What a local Discord starts with.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serenity::model::Permissions;
use serenity::model::gateway::GatewayIntents;

use crate::Id;
use crate::clock::{Clock, SystemClock};
use crate::world::World;
use crate::world::model::{Member, Role, Team};

/// How a local Discord is to be.
#[derive(Clone)]
pub struct Setup {
    /// The world's time.
    pub clock: Arc<dyn Clock>,
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// The teams; the bot is in all of them.
    pub teams: Vec<TeamSetup>,
    /// The bot's name.
    pub bot_name: String,
    /// What the bot's own role permits.
    pub bot_permissions: Permissions,
    /// How fast the bot may ask.
    pub rate_limits: RateLimits,
    /// The privileged intents that are switched on for the application
    /// (`GUILD_MEMBERS`, `GUILD_PRESENCES`, `MESSAGE_CONTENT`).
    pub privileged_intents: GatewayIntents,
    /// How often the bot is to send a heartbeat.
    pub heartbeat: Duration,
    /// Within which real time an interaction must be answered. Discord: 3 s.
    pub answer_within: Duration,
}

/// One team at the start.
#[derive(Clone, Debug)]
pub struct TeamSetup {
    /// Its name.
    pub name: String,
    /// Its text channels, without `#`.
    pub channels: Vec<String>,
    /// Its people besides the bot; the first owns the team.
    pub members: Vec<MemberSetup>,
}

/// One person at the start. The same name in two teams is the same person.
#[derive(Clone, Debug)]
pub struct MemberSetup {
    /// The unique name, lower case.
    pub name: String,
    /// Whether they are an administrator.
    pub admin: bool,
}

/// How fast the bot may ask. All times are real.
#[derive(Clone, Debug)]
pub struct RateLimits {
    /// Whether anything is limited at all.
    pub on: bool,
    /// Requests a second over all routes but interaction answers. Discord: 50.
    pub global_per_second: u32,
    /// By name of a bucket (see [`RateLimits::default`]): requests and period.
    pub buckets: BTreeMap<&'static str, (u32, Duration)>,
    /// For all buckets without a figure of their own.
    pub other: (u32, Duration),
}

impl Default for RateLimits {
    /// On, with figures like those that bots see in practice; Discord documents none.
    /// Buckets: `post-message`, `edit-message`, `delete-message`, `reaction`,
    /// `thread`, `commands`, `webhook`; each is counted per channel,
    /// application or token.
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self {
            on: true,
            global_per_second: 50,
            buckets: BTreeMap::from([
                ("post-message", (5, seconds(5))),
                ("edit-message", (5, seconds(5))),
                ("delete-message", (5, seconds(1))),
                ("reaction", (1, Duration::from_millis(250))),
                ("thread", (10, seconds(10))),
                ("commands", (20, seconds(20))),
                ("webhook", (5, seconds(2))),
            ]),
            other: (20, seconds(5)),
        }
    }
}

impl RateLimits {
    /// No limits.
    pub fn off() -> Self {
        Self { on: false, ..Self::default() }
    }
}

impl Default for Setup {
    /// The team "Mockingbird Nest" with #general, #prep, #random and the members
    /// ann (who owns it and is an administrator), bob and eve; a free port, the
    /// machine's clock, rate limits on, no privileged intent.
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            port: 0,
            teams: vec![TeamSetup::new(
                "Mockingbird Nest",
                &["general", "prep", "random"],
                &["ann", "bob", "eve"],
            )],
            bot_name: "Mockingbird".to_owned(),
            bot_permissions: bot_permissions(),
            rate_limits: RateLimits::default(),
            privileged_intents: GatewayIntents::empty(),
            heartbeat: Duration::from_millis(41_250),
            answer_within: Duration::from_secs(3),
        }
    }
}

impl TeamSetup {
    /// A team of these channels and people; the first person is its administrator.
    pub fn new(name: &str, channels: &[&str], members: &[&str]) -> Self {
        let person = |(rank, name): (usize, &&str)| MemberSetup {
            name: (*name).to_owned(),
            admin: rank == 0,
        };
        Self {
            name: name.to_owned(),
            channels: channels.iter().map(|&c| c.to_owned()).collect(),
            members: members.iter().enumerate().map(person).collect(),
        }
    }
}

/// What everybody may do in a team at the start.
pub fn everyone_permissions() -> Permissions {
    Permissions::VIEW_CHANNEL
        | Permissions::SEND_MESSAGES
        | Permissions::EMBED_LINKS
        | Permissions::ATTACH_FILES
        | Permissions::READ_MESSAGE_HISTORY
        | Permissions::ADD_REACTIONS
        | Permissions::CREATE_PUBLIC_THREADS
        | Permissions::SEND_MESSAGES_IN_THREADS
        | Permissions::USE_APPLICATION_COMMANDS
}

/// What the bot's own role permits at the start: see, send, embed, attach,
/// history, react, open threads (377957239872). Nothing is there to be managed.
pub fn bot_permissions() -> Permissions {
    Permissions::VIEW_CHANNEL
        | Permissions::SEND_MESSAGES
        | Permissions::EMBED_LINKS
        | Permissions::ATTACH_FILES
        | Permissions::READ_MESSAGE_HISTORY
        | Permissions::ADD_REACTIONS
        | Permissions::CREATE_PUBLIC_THREADS
        | Permissions::CREATE_PRIVATE_THREADS
        | Permissions::SEND_MESSAGES_IN_THREADS
}

/// Builds the world of a setup. The ids are the same for the same setup,
/// whenever it is started, so that a bot's own state fits the next start.
pub(crate) fn build(setup: &Setup) -> World {
    let founded: Timestamp = "2020-01-01T00:00:00Z".parse().unwrap_or_default();
    let application = Id::at(founded).next();
    let mut world = World::empty(founded, application, &setup.bot_name);
    world.sees_content = setup.privileged_intents.contains(GatewayIntents::MESSAGE_CONTENT);
    for team in &setup.teams {
        add_team(&mut world, team, setup.bot_permissions, founded);
    }
    // Nobody is there to hear of all this.
    world.pending.clear();
    world.changes.clear();
    world.now = setup.clock.now();
    world
}

fn add_team(world: &mut World, setup: &TeamSetup, bot: Permissions, founded: Timestamp) {
    let id = world.next_id();
    let mut role = |name: &str, permissions, position, managed| Role {
        id: if position == 0 { id } else { world.next_id() },
        name: name.to_owned(),
        permissions,
        position,
        managed,
    };
    let everyone = role("@everyone", everyone_permissions(), 0, false);
    let admin = role("Admin", Permissions::ADMINISTRATOR, 2, false);
    let own = role("Mockingbird", bot, 1, true);
    let mut members = BTreeMap::new();
    let member = |user, roles| Member { user, nick: None, roles, joined_at: founded };
    members.insert(world.application, member(world.application, vec![own.id]));
    let mut owner = world.application;
    for (rank, person) in setup.members.iter().enumerate() {
        let user = world.make_user(&person.name);
        if rank == 0 {
            owner = user;
        }
        members.insert(user, member(user, if person.admin { vec![admin.id] } else { Vec::new() }));
    }
    for name in &setup.channels {
        world.make_channel(id, name);
    }
    let roles = vec![everyone, own, admin];
    world.teams.insert(id, Team { id, name: setup.name.clone(), owner, roles, members });
}
