//! One connection to the gateway, on a thread of its own, from its start to its end. It does not
//! know why there is one, nor what comes after it.
//!
//! serenity's own client is not used, because its way to hand out events loses or disorders them:
//! its handlers run in any order, and a collector can be registered only once the first events are
//! there. Here the collector is registered before the shard runs, so that it sees every event, in
//! order, once. The manager that serenity's runner reports to is one that can do nothing: whether
//! to connect again is decided in `gateway`.
//!
//! The thread of its own is there because the runner spins without ever yielding after some ends
//! (a close frame without a code, 4003, 4010, 4011, a network that is gone): on a shared runtime
//! it would hold one of the workers, on a single one everything.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use serenity::all::{Event, GatewayIntents, OnlineStatus, ShardId, ShardInfo};
use serenity::collector::collect;
use serenity::gateway::{
    GatewayError, Shard, ShardManager, ShardManagerOptions, ShardMessenger, ShardRunner,
    ShardRunnerMessage, ShardRunnerOptions,
};
use serenity::http::{Http, HttpBuilder};
use serenity::prelude::{RwLock, TypeMap};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::{Mutex, oneshot, watch};
use tokio::time::{sleep, timeout};
use tokio_util::sync::CancellationToken;

use super::inbound::incoming;
use super::secret::Secret;
use crate::practice::MemberId;
use crate::runtime::Incoming;

/// How often the connection's thread shows that it lives.
const TICK: Duration = Duration::from_millis(200);
/// How long it may show nothing before it is taken to spin.
const STUCK_AFTER: Duration = Duration::from_secs(1);
/// How long a graceful end may take.
const CLOSE_WITHIN: Duration = Duration::from_secs(2);
/// The only shard: more than 2,500 servers are not served yet.
const SHARD: ShardId = ShardId(0);

/// What a connection needs.
#[derive(Clone)]
pub(super) struct Plan {
    /// Discord's base.
    pub(super) base: String,
    /// The gateway's address.
    pub(super) gateway: String,
    /// The bot's token.
    pub(super) token: Secret,
    /// What is asked for.
    pub(super) intents: GatewayIntents,
    /// The bot itself, whose own reactions are dropped.
    pub(super) me: MemberId,
}

/// How a connection ended.
#[derive(Debug)]
pub(super) enum End {
    /// There was none.
    NotConnected(String),
    /// It can be tried again.
    Over,
    /// Discord does not want it: tried again, it would be the same.
    Unwanted(GatewayError),
}

/// A connection that is being made, is there, or is over.
pub(super) struct Session {
    end: oneshot::Receiver<End>,
    messenger: watch::Receiver<Option<ShardMessenger>>,
    signs: Arc<Signs>,
}

/// What the connection's thread and the others share.
#[derive(Default)]
struct Signs {
    ticks: AtomicU64,
    was_ready: AtomicBool,
    abandoned: CancellationToken,
}

impl Session {
    /// Starts a connection; what happens on it goes to `events`.
    ///
    /// # Errors
    ///
    /// If the system gives no thread.
    pub(super) fn start(plan: Plan, events: UnboundedSender<Incoming>) -> std::io::Result<Self> {
        let (tell_end, end) = oneshot::channel();
        let (tell_messenger, messenger) = watch::channel(None);
        let signs = Arc::new(Signs::default());
        let own = Arc::clone(&signs);
        let outer = Builder::new_current_thread().enable_all().build()?;
        let scratch = Builder::new_current_thread().build()?;
        std::thread::Builder::new().name("gateway".to_owned()).spawn(move || {
            let http = http(&plan);
            let manager = idle_manager(scratch, &plan, &http);
            let end = outer.block_on(run(plan, http, manager, events, tell_messenger, own));
            // Nobody listens any more if the connection was abandoned.
            drop(tell_end.send(end));
        })?;
        Ok(Self { end, messenger, signs })
    }

    /// Whether Discord has begun a session on it.
    pub(super) fn was_ready(&self) -> bool {
        self.signs.was_ready.load(Ordering::Acquire)
    }

    /// Waits for its end, and makes a runner that spins see it.
    pub(super) async fn ended(&mut self) -> End {
        loop {
            let before = self.signs.ticks.load(Ordering::Relaxed);
            match timeout(STUCK_AFTER, &mut self.end).await {
                Ok(end) => return end.unwrap_or(End::Over),
                Err(_) if self.signs.ticks.load(Ordering::Relaxed) == before => {
                    tracing::warn!("the gateway connection is stuck; it is ended");
                    self.prod();
                }
                Err(_) => {}
            }
        }
    }

    /// Says goodbye to Discord, so that the bot is seen to leave at once. Takes two seconds at
    /// most.
    pub(super) async fn close(mut self) {
        if let Some(messenger) = &*self.messenger.borrow() {
            messenger.send_to_shard(ShardRunnerMessage::Shutdown(SHARD, 1000));
        } else {
            self.signs.abandoned.cancel();
        }
        if timeout(CLOSE_WITHIN, &mut self.end).await.is_err() {
            self.signs.abandoned.cancel();
        }
    }

    /// Sends something harmless over the connection. Where there is none any more, that fails,
    /// and it is the one failure that makes serenity's runner return from spinning.
    fn prod(&self) {
        if let Some(messenger) = &*self.messenger.borrow() {
            messenger.set_status(OnlineStatus::Online);
        }
    }
}

impl Drop for Session {
    /// The thread does not outlive whoever wanted the connection.
    fn drop(&mut self) {
        self.signs.abandoned.cancel();
    }
}

/// The connection, on its own thread.
async fn run(
    plan: Plan,
    http: Arc<Http>,
    manager: Arc<ShardManager>,
    events: UnboundedSender<Incoming>,
    tell_messenger: watch::Sender<Option<ShardMessenger>>,
    signs: Arc<Signs>,
) -> End {
    let url = Arc::new(Mutex::new(plan.gateway.clone()));
    let info = ShardInfo { id: SHARD, total: 1 };
    let connecting = Shard::new(url, plan.token.expose(), info, plan.intents, None);
    let shard = tokio::select! {
        shard = connecting => match shard {
            Ok(shard) => shard,
            Err(error) => return End::NotConnected(error.to_string()),
        },
        () = signs.abandoned.cancelled() => return End::Over,
    };
    let mut runner = ShardRunner::new(ShardRunnerOptions {
        data: Arc::default(),
        event_handlers: Vec::new(),
        raw_event_handlers: Vec::new(),
        manager,
        shard,
        http,
    });
    let messenger = ShardMessenger::new(&runner);
    let me = plan.me;
    let seen = Arc::clone(&signs);
    // The stream is never read: the events leave from inside, and the collector lives with it.
    let collector = collect(&messenger, move |event: &Event| -> Option<()> {
        if matches!(event, Event::Ready(_)) {
            seen.was_ready.store(true, Ordering::Release);
        }
        if let Some(incoming) = incoming(event, me) {
            // Nobody listens any more while the bot stops.
            drop(events.send(incoming));
        }
        None
    });
    tell_messenger.send_replace(Some(messenger));
    let ticking = Arc::clone(&signs);
    let ticker = tokio::spawn(async move {
        loop {
            ticking.ticks.fetch_add(1, Ordering::Relaxed);
            sleep(TICK).await;
        }
    });
    let end = tokio::select! {
        end = runner.run() => end,
        () = signs.abandoned.cancelled() => Ok(()),
    };
    ticker.abort();
    drop(collector);
    match end {
        Ok(()) => End::Over,
        Err(serenity::Error::Gateway(error)) => End::Unwanted(error),
        Err(error) => End::NotConnected(error.to_string()),
    }
}

/// What serenity's types want to have; nothing is ever sent over it.
fn http(plan: &Plan) -> Arc<Http> {
    let http = HttpBuilder::new(plan.token.expose());
    Arc::new(http.proxy(plan.base.clone()).ratelimiter_disabled(true).build())
}

/// A manager that can do nothing: the task that would start connections is gone together with the
/// runtime that it was born on. What a runner asks of it, it answers at once.
fn idle_manager(scratch: Runtime, plan: &Plan, http: &Arc<Http>) -> Arc<ShardManager> {
    let options = ShardManagerOptions {
        data: Arc::new(RwLock::new(TypeMap::new())),
        event_handlers: Vec::new(),
        raw_event_handlers: Vec::new(),
        shard_index: SHARD.0,
        shard_init: 1,
        shard_total: 1,
        ws_url: Arc::new(Mutex::new(plan.gateway.clone())),
        http: Arc::clone(http),
        intents: plan.intents,
        presence: None,
    };
    let (manager, _) = scratch.block_on(async { ShardManager::new(options) });
    drop(scratch);
    // Before it returns, a runner waits until the manager says that the shard is shut down.
    manager.shutdown_finished(SHARD);
    manager
}
