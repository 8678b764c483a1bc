//! What `mockingbird check` prints: everything that is wrong with the config and the bank. It
//! changes nothing and does not connect.

use std::path::Path;
use std::process::ExitCode;

use jiff::civil::Date;

use crate::bank::QuestionBank;
use crate::config::{Config, Draft};
use crate::stats;
use crate::yaml::{self, Problem, Problems};

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitStatus {
    /// 0: nothing is wrong.
    Good,
    /// 1: problems were found.
    Problems,
    /// 2: there is nothing to check.
    CouldNotRun,
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        match status {
            ExitStatus::Good => Self::from(0),
            ExitStatus::Problems => Self::from(1),
            ExitStatus::CouldNotRun => Self::from(2),
        }
    }
}

/// Reads config and bank and compares them: what the bot needs before it starts.
///
/// # Errors
/// All problems of both, if there is any.
pub fn load(config_path: &Path) -> Result<(Config, QuestionBank), Problems> {
    let text = read(config_path).map_err(|problem| Problems::from(*problem))?;
    compare(&config_path.display().to_string(), &text)
}

/// Checks config and bank; returns the text to print and how to end. With a date, a good bank is
/// described too, as it looks on that day.
pub fn run(config_path: &Path, stats_on: Option<Date>) -> (String, ExitStatus) {
    let shown = config_path.display().to_string();
    let text = match read(config_path) {
        Ok(text) => text,
        Err(problem) => return (problem.to_string(), ExitStatus::CouldNotRun),
    };
    match compare(&shown, &text) {
        Ok((_, bank)) => {
            let questions = counted(bank.len(), "question");
            let topics = counted(bank.topics().count(), "topic");
            let stats = stats_on.map(|today| format!("\n{}", stats::text(&bank, today)));
            let stats = stats.unwrap_or_default();
            (format!("{questions} in {topics}; {shown} is good\n{stats}"), ExitStatus::Good)
        }
        Err(problems) => {
            let found = counted(problems.len(), "problem");
            let files = counted(problems.files(), "file");
            let found = if problems.is_cut() { format!("at least {found}") } else { found };
            (format!("{problems}\n{found} in {files}\n"), ExitStatus::Problems)
        }
    }
}

/// Reads the config file, or says how to get one.
fn read(config_path: &Path) -> Result<String, Box<Problem>> {
    yaml::read_file(config_path).map_err(|problem| {
        if config_path.exists() {
            return problem;
        }
        Box::new(Problem::of_file(
            &config_path.display().to_string(),
            "there is no config file",
            "start in the folder that holds `config/`, or name another file with `--config`; the \
             source comes with a commented example, `config/mockingbird.yaml`",
        ))
    })
}

/// Reads a config, then the bank that it names, even if the config has problems.
fn compare(path: &str, text: &str) -> Result<(Config, QuestionBank), Problems> {
    let mut draft = Draft::read(path, text);
    let bank = QuestionBank::load(&draft.config.questions);
    if let Ok(bank) = &bank {
        draft.compare(bank);
    }
    let mut problems = draft.report.into_problems();
    let bank = bank.unwrap_or_else(|found| {
        problems.extend(found);
        QuestionBank::default()
    });
    problems.or((draft.config, bank))
}

pub(crate) fn counted(count: usize, word: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {word}{plural}")
}
