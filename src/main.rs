//! The command line. It only parses, wires and maps errors to exit statuses.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use mockingbird::bank::QuestionBank;
use mockingbird::check::{self, ExitStatus, Loaded};
use mockingbird::config::{Config, DEFAULT_PATH, Token};
use mockingbird::plans::Plans;
use mockingbird::play::play;
use mockingbird::runtime::Clock;
use mockingbird::{app, doctor, judging, log};
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
        /// Also say which key points the judge of typed answers does not find in the model answer,
        /// which are given away by prompt or hint, and which it cannot tell apart.
        #[arg(long)]
        judge: bool,
    },
    /// Judge typed answers: JSON lines in, JSON lines out.
    ///
    /// Each line of standard input holds a text, and the key points or else the model answer that it
    /// is held against; prompt, model answer and terms may be left out, and other fields are passed
    /// over. Each is answered with a line: of each key point, how probable it is that it was made (p),
    /// what that means (covered, unsure, missing) and the words that speak for it; an indication from 0
    /// to 5; whether it is an answer to this question at all; and what is odd about it. A line that
    /// cannot be read is answered with {"error": "line 3: …"}. Of each text the first 20,000 letters
    /// are looked at ("cut": true where there were more).
    ///
    /// Ends with 0; with 1 if a line could not be read; with 2 if nothing can be judged.
    #[command(after_long_help = EXAMPLE)]
    Judge {
        /// The config file with the thresholds; without it the usual one, if that is there.
        #[arg(long)]
        config: Option<PathBuf>,
        /// Judge nothing, but reckon from what members said about their own answers which
        /// thresholds agree best with them. The bot must be stopped.
        #[arg(long)]
        calibrate: bool,
        /// The data folder with what members said; without it, the one that the config names.
        #[arg(long, value_name = "FOLDER", requires = "calibrate", conflicts_with = "labels")]
        data: Option<PathBuf>,
        /// A file with what somebody said instead, in lines such as {"p": 0.4, "said": true}.
        #[arg(long, value_name = "FILE", requires = "calibrate")]
        labels: Option<PathBuf>,
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

/// In lines so short that the help does not break them: it is there to be pasted.
const EXAMPLE: &str = r#"Example:
  printf '%s ' \
    '{"prompt": "What does an index cost?",' \
    ' "key_points": ["It takes space on disk.",' \
    '   {"point": "Every write has to update each index.",' \
    '    "terms": ["slower writes", "inserts"]}],' \
    ' "text": "Inserts get slower, since each index is updated, too."}' |
    mockingbird judge"#;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    log::start(arguments.log_json);
    let status = match arguments.command {
        Command::Check { config, stats, judge } => {
            let today = || Clock::default().now().to_zoned(TimeZone::UTC).date();
            let (text, mut status) = check::run(&config, stats.then(today));
            drop(std::io::stdout().write_all(text.as_bytes()));
            if judge {
                let (text, found) = check::run_judge(&config, &mut progress());
                drop(std::io::stdout().write_all(text.as_bytes()));
                status = status.max(found);
            }
            return status.into();
        }
        Command::Judge { config, calibrate, data, labels } => {
            let said = if calibrate {
                calibration(config, data, labels).map(|text| {
                    drop(std::io::stdout().write_all(text.as_bytes()));
                    ExitStatus::Good
                })
            } else {
                judge_lines(config)
            };
            return said
                .unwrap_or_else(|problem| {
                    drop(std::io::stderr().write_all(problem.as_bytes()));
                    ExitStatus::CouldNotRun
                })
                .into();
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

/// Judges what comes on standard input.
fn judge_lines(config: Option<PathBuf>) -> Result<ExitStatus, String> {
    let thresholds = settings(config)?.0.judge;
    if std::io::stdin().is_terminal() {
        drop(std::io::stderr().write_all(
            b"mockingbird: type JSON, one object a line; Ctrl-D ends it, `--help` has an example\n",
        ));
    }
    judging::lines(thresholds, &mut std::io::stdin().lock(), &mut std::io::stdout().lock())
        .map_err(|error| format!("mockingbird: cannot go on judging: {error}\n"))
}

/// What the labels say about the thresholds.
fn calibration(
    config: Option<PathBuf>,
    data: Option<PathBuf>,
    labels: Option<PathBuf>,
) -> Result<String, String> {
    let (config, path) = settings(config)?;
    let labels = match labels {
        Some(file) => judging::in_file(&file)?,
        None => judging::in_folder(&data.unwrap_or(config.data))?,
    };
    Ok(judging::calibration(&labels, config.judge, &path.display().to_string()))
}

/// The config file that is named, else the usual one if it is there, else the defaults; and its path.
fn settings(config: Option<PathBuf>) -> Result<(Config, PathBuf), String> {
    let usual = PathBuf::from(DEFAULT_PATH);
    let is_named = config.is_some();
    let path = config.unwrap_or(usual);
    if !is_named && !path.exists() {
        return Ok((Config::default(), path));
    }
    let config = Config::load(&path).map_err(|problems| {
        format!("{problems}\nMend it, or name another config file with `--config`.\n")
    })?;
    Ok((config, path))
}

/// Tells once a second how far the judge is, on standard error.
fn progress() -> impl FnMut(usize, usize) {
    let clock = Clock::default();
    let mut told = clock.now();
    move |done, all| {
        let now = clock.now();
        if now.duration_since(told) >= SignedDuration::from_secs(1) {
            told = now;
            drop(writeln!(std::io::stderr(), "{done} of {all} questions judged"));
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
