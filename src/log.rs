//! The log: where it goes and how much of it. It never sees a secret, because those do not print.

use tracing_subscriber::EnvFilter;

/// How much is logged where nobody says otherwise: our own news, and the warnings of libraries.
const USUAL: &str = "warn,mockingbird=info";

/// Starts the log on standard error. `RUST_LOG` says how much of it, in tracing's own notation.
pub fn start(json: bool) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(USUAL));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if json {
        log.json().init();
    } else {
        log.compact().init();
    }
}
