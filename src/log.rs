//! The log: where it goes and how much of it. It never sees a secret, because those do not print.

use std::io::{IsTerminal as _, stderr};

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer as _, fmt};

use crate::discord::LOG_LIMITS;

/// How much is logged where nobody says otherwise: our own news, and the warnings of libraries.
const USUAL: &str = "warn,mockingbird=info";

/// Starts the log on standard error. `RUST_LOG` says how much of it, in tracing's own notation.
pub fn start(json: bool) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(USUAL));
    let layer = fmt::layer().with_writer(stderr).with_ansi(stderr().is_terminal());
    let layer = if json { layer.json().boxed() } else { layer.compact().boxed() };
    // A filter of its own, so that no wish in `RUST_LOG`, however exact, gets around it.
    let limits = Targets::new().with_default(LevelFilter::TRACE).with_targets(LOG_LIMITS);
    tracing_subscriber::registry().with(limits).with(filter).with(layer).init();
}
