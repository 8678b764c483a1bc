//! The command line. It only parses, wires and maps errors to exit statuses.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use jiff::tz::TimeZone;
use mockingbird::bank::QuestionBank;
use mockingbird::check::{self, ExitStatus, Loaded};
use mockingbird::config::{Config, DEFAULT_PATH, Token};
use mockingbird::plans::Plans;
use mockingbird::play::play;
use mockingbird::runtime::Clock;
use mockingbird::{app, doctor, log};
use tokio_util::sync::CancellationToken;

/// A Discord bot with which teams practise interviews together.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Write the log as JSON, one object a line.
    #[arg(long, global = true)]
    log_json: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Connect to Discord; the token comes from `DISCORD_TOKEN` or `DISCORD_TOKEN_FILE`.
    Run {
        /// The config file.
        #[arg(long, default_value = DEFAULT_PATH)]
        config: PathBuf,
    },
    /// Try the bot in a browser, with no account and no network.
    Playground {
        /// The port on 127.0.0.1; 0 takes any that is free.
        #[arg(long, default_value_t = 4477)]
        port: u16,
    },
    /// Check config, bank and plans, and say how to mend what is wrong.
    Check {
        /// The config file.
        #[arg(long, default_value = DEFAULT_PATH)]
        config: PathBuf,
        /// Also say what a good bank holds, how full it is, and what is to be looked at again.
        #[arg(long)]
        stats: bool,
    },
    /// Look at the data folder, and say what is good, what is damaged and what can be kept.
    ///
    /// Nothing is changed without `--repair`. The bot must be stopped. Ends with 0 if all is good,
    /// 1 if something is damaged, 2 if the folder could not be looked at or repaired.
    Doctor {
        /// The config file, which names the data folder.
        #[arg(long, default_value = DEFAULT_PATH)]
        config: PathBuf,
        /// The data folder, if no config file is to be read.
        #[arg(long, value_name = "FOLDER", conflicts_with = "config")]
        data: Option<PathBuf>,
        /// Copy the files aside, then restore the newest state that can be read, and say what is
        /// lost.
        #[arg(long)]
        repair: bool,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    log::start(arguments.log_json);
    let status = match arguments.command {
        Command::Check { config, stats } => {
            let today = || Clock::default().now().to_zoned(TimeZone::UTC).date();
            let (text, status) = check::run(&config, stats.then(today));
            drop(std::io::stdout().write_all(text.as_bytes()));
            return status.into();
        }
        Command::Doctor { config, data, repair } => {
            let (text, status) = match data.map_or_else(|| doctor::folder_of(&config), Ok) {
                Ok(folder) if repair => {
                    // Where that fails a full disk is still survived, only less politely.
                    drop(runtime().and_then(|runtime| {
                        runtime.block_on(async { live_with_limits_on_files() })
                    }));
                    doctor::repair(&folder, Clock::default().now())
                }
                Ok(folder) => doctor::inspect(&folder),
                Err(problems) => (problems, ExitStatus::CouldNotRun),
            };
            drop(std::io::stdout().write_all(text.as_bytes()));
            return status.into();
        }
        Command::Run { config } => run(&config),
        Command::Playground { port } => playground(port),
    };
    match status {
        Ok(()) => ExitStatus::Good.into(),
        Err(problem) => {
            drop(writeln!(std::io::stderr(), "mockingbird: {problem}"));
            ExitStatus::CouldNotRun.into()
        }
    }
}

fn run(config: &Path) -> anyhow::Result<()> {
    let Loaded { config, bank, plans } = check::load(config)
        .map_err(|problems| anyhow::anyhow!("this has to be mended first\n\n{problems}"))?;
    let token = Token::from_environment()?;
    runtime()?.block_on(async {
        let stop = stop_on_signal()?;
        live_with_limits_on_files()?;
        app::run(&config, bank, plans, &token, Clock::default(), stop).await?;
        Ok(())
    })
}

fn playground(port: u16) -> anyhow::Result<()> {
    let bank = QuestionBank::load(Path::new("questions"))
        .map_err(|problems| anyhow::anyhow!("\n{problems}"))?;
    let folders = Config::default();
    let plans = Plans::load_if_there(&folders.plans, &folders.rubrics, Some(&bank))
        .map_err(|problems| anyhow::anyhow!("\n{problems}"))?;
    runtime()?.block_on(async {
        let stop = stop_on_signal()?;
        play(port, bank, plans, stop, |address| {
            let welcome = format!(
                "\n  Mockingbird's playground is ready: open {address}\n  \
                 Nothing there leaves this machine. Ctrl-C ends it.\n\n"
            );
            drop(std::io::stdout().write_all(welcome.as_bytes()));
        })
        .await?;
        Ok(())
    })
}

/// Where a file would become longer than `ulimit -f` allows, the system ends a process that does
/// not listen for SIGXFSZ (25 on Linux and macOS). With a listener the write fails instead, as on a
/// full disk, and the store says so.
fn live_with_limits_on_files() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    signal(SignalKind::from_raw(25)).map(drop)
}

fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()
}

/// Cancelled by Ctrl-C and SIGTERM. A second Ctrl-C ends the process as usual.
fn stop_on_signal() -> std::io::Result<CancellationToken> {
    use tokio::signal::unix::{SignalKind, signal};
    let stop = CancellationToken::new();
    let (mut interrupt, mut terminate) =
        (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let stopping = stop.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        stopping.cancel();
        interrupt.recv().await;
        #[expect(clippy::exit, reason = "whoever presses Ctrl-C twice does not want to wait")]
        std::process::exit(130);
    });
    Ok(stop)
}
