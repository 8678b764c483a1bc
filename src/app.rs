//! Puts the parts together: config, bank, state, Discord and the loop. It decides nothing.

use std::sync::Arc;

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use crate::bank::QuestionBank;
use crate::coach::{Coach, CoachError};
use crate::command::registration_json;
use crate::config::{self, CoachKey, Config, KeyError, Token};
use crate::discord::{ConnectError, Discord, GatewayError, RestError, Secret, invite_url};
use crate::hands::BotHands;
use crate::plans::Plans;
use crate::practice::ChannelId;
use crate::practice::rules::{Calendar, CoachRule, RevealRule, ReviewRule, Rules, Schedule};
use crate::runtime::{self, Clock, Pace, Run, Stopped};
use crate::store::OpenError;

/// Why the bot does not run.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The coach's key is not where the config says.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// No coach can be asked from this machine.
    #[error(transparent)]
    Coach(#[from] CoachError),
    /// The state cannot be loaded.
    #[error(transparent)]
    Store(#[from] OpenError),
    /// Discord does not know the bot, or cannot be reached.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// Discord refused the commands.
    #[error("while registering the commands: {0}")]
    Register(#[from] RestError),
    /// The gateway turned the bot away.
    #[error(transparent)]
    Gateway(#[from] GatewayError),
    /// The code that listens to Discord broke.
    #[error("the bot made a mistake while listening to Discord; please report this: {0}")]
    Broken(#[from] tokio::task::JoinError),
}

/// Runs the bot until `stop`, then lets what is in flight land.
pub async fn run(
    config: &Config,
    bank: QuestionBank,
    plans: Plans,
    token: &Token,
    clock: Clock,
    stop: CancellationToken,
) -> Result<Stopped, RunError> {
    tell_what_is_left_out(&plans);
    // A key that is missing is told now, and not when somebody waits for an opinion.
    let coach = coach(config)?;
    let (keeper, durable) = runtime::open(&config.data, usize::from(config.snapshot.keep))?;
    let connecting = stop.run_until_cancelled(async {
        let token = Secret::new(token.expose());
        let discord = Discord::connect(config.api_base.as_str(), token).await?;
        let registration = discord.register(&registration_json()).await?;
        Ok::<_, RunError>((Arc::new(discord), registration))
    });
    let Some(connected) = connecting.await else { return Ok(Stopped::Clean) };
    let (discord, registration) = connected?;
    info!(commands = ?registration, "the commands are registered");
    tell_of_the_coach(config);
    if !config.api_base.is_local() {
        info!(url = invite_url(discord.application_id()), "invite the bot with this link");
    }
    // Whoever drops this run drops the connection with it.
    let _hang_up = stop.clone().drop_guard();
    let (incoming_in, incoming) = mpsc::channel(1024);
    let listening = {
        let (discord, stop) = (Arc::clone(&discord), stop.clone());
        tokio::spawn(async move {
            // Without a gateway there is nothing to wait for, however it ended.
            let _stop = stop.clone().drop_guard();
            discord.listen(incoming_in, stop).await
        })
    };
    let stopped = runtime::run(Run {
        rules: rules(config, plans),
        bank: Arc::new(bank),
        clock,
        keeper,
        durable,
        pace: Pace { at_once: config.requests.at_once, per_minute: config.requests.per_minute },
        snapshot_every: config.snapshot.every,
        hands: Arc::new(BotHands::new(discord, coach)),
        incoming,
        stop,
    })
    .await;
    listening.await??;
    Ok(stopped)
}

/// A plan that the bank cannot fill is one plan less; whoever runs the bot can mend it.
fn tell_what_is_left_out(plans: &Plans) {
    for plan in plans.left_out() {
        let Some(lack) = plan.lacks.first() else { continue };
        let (problem, place) = (&lack.problem, lack.problem.place());
        warn!(
            plan = %plan.id,
            section = ?lack.section,
            missing = problem.message(),
            at = format!("{}:{}:{}", problem.path(), place.line, place.column),
            help = problem.help(),
            more = plan.lacks.len() - 1,
            "a plan of interviews is left out, because the bank cannot fill it; `mockingbird check` \
             shows all that is missing"
        );
    }
}

/// The coach that the config names, if it names one.
fn coach(config: &Config) -> Result<Option<Coach>, RunError> {
    let Some(settings) = &config.coach else { return Ok(None) };
    let key = CoachKey::from_environment(settings)?;
    Ok(Some(Coach::new(settings, key.as_ref())?))
}

/// Says once where members' words may go.
fn tell_of_the_coach(config: &Config) {
    if let Some(config::Coach { address, model, key_env, .. }) = &config.coach {
        info!(%address, model, key_env, "a coach is configured");
    } else {
        info!("no coach is configured: nothing is sent to a model");
    }
}

/// The rules of practice that a config and its plans set.
fn rules(config: &Config, plans: Plans) -> Rules {
    Rules {
        calendar: Calendar {
            zone: config.time_zone.clone(),
            day_starts: config.day_starts,
            practice_days: config.practice_days,
        },
        reveal: RevealRule {
            emoji: config.reveal.emoji.clone(),
            reactions: config.reveal.reactions,
        },
        dailies: config
            .daily
            .iter()
            .map(|daily| {
                let schedule = Schedule {
                    at: daily.at,
                    zone: daily.time_zone.clone(),
                    days: daily.days,
                    topics: daily.topics.clone(),
                    catch_up: daily.catch_up,
                };
                (ChannelId(daily.channel), schedule)
            })
            .collect(),
        plans: Arc::new(plans),
        review: ReviewRule {
            retention: config.review.retention,
            a_day: config.review.a_day,
            new_a_day: config.review.new_a_day,
        },
        judge: config.judge,
        coach: config.coach.as_ref().map(|coach| CoachRule {
            address: coach.address.to_string(),
            model: coach.model.clone(),
        }),
    }
}

impl mockingbird_playground::Clock for Clock {
    fn now(&self) -> jiff::Timestamp {
        Self::now(self)
    }
}
