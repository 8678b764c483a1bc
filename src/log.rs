//! The log: where it goes and how much of it. It never sees a secret: ours do not print, and
//! other crates' chatter, which shows what goes over the wire, is left out.

use std::io::{IsTerminal, stderr};

use tracing::{Level, Metadata};
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer as _, fmt, registry};

/// How much is logged where nobody says otherwise. serenity's own warnings are kept, its chatter
/// is not.
const USUAL: &str = "info,serenity=warn,tracing=warn";

/// Starts the log on standard error. `RUST_LOG` says how much of it, in tracing's own notation.
pub fn start(json: bool) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(USUAL));
    let lines = fmt::layer().with_writer(stderr).with_ansi(stderr().is_terminal());
    let lines = if json { lines.json().boxed() } else { lines.compact().boxed() };
    registry().with(filter).with(filter_fn(holds_no_secret)).with(lines).init();
}

/// Below INFO, the crates underneath write whole frames of the gateway, in which the tokens of
/// the bot and of interactions stand.
fn holds_no_secret(metadata: &Metadata<'_>) -> bool {
    *metadata.level() <= Level::INFO || metadata.target().starts_with("mockingbird")
}
