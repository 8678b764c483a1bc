//! The log: where it goes and how much of it. It never sees a secret: ours do not print, and what
//! other crates say in detail, which shows what goes over the wire, is left out.

use std::io::{IsTerminal, stderr};

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer as _, fmt, registry};

use crate::discord::LOG_LIMITS;

/// How much is logged where nobody says otherwise: our own news, and the warnings of libraries.
const USUAL: &str = "warn,mockingbird=info";

/// Starts the log on standard error. `RUST_LOG` says how much of it, in tracing's own notation.
pub fn start(json: bool) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(USUAL));
    let lines = fmt::layer().with_writer(stderr).with_ansi(stderr().is_terminal());
    let lines = if json { lines.json().boxed() } else { lines.compact().boxed() };
    registry().with(limits()).with(filter).with(lines).init();
}

/// A filter of its own, so that no wish in `RUST_LOG`, however exact, gets around it. Below INFO,
/// the crates underneath write whole frames of the gateway, in which tokens stand.
fn limits() -> Targets {
    Targets::new()
        .with_default(LevelFilter::INFO)
        .with_target("mockingbird", LevelFilter::TRACE)
        .with_targets(LOG_LIMITS)
}
