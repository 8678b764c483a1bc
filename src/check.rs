//! What `mockingbird check` prints: everything that is wrong with config, bank and plans. It
//! changes nothing and does not connect.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;

use jiff::civil::Date;

use crate::bank::QuestionBank;
use crate::config::{Config, Draft};
use crate::plans::Plans;
use crate::yaml::{self, Problem, Problems};
use crate::{judging, stats};

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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

/// Everything that the bot reads before it starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loaded {
    /// The settings.
    pub config: Config,
    /// The questions.
    pub bank: QuestionBank,
    /// The plans of interviews.
    pub plans: Plans,
}

/// Reads config, bank and plans and compares them: what the bot needs before it starts. A plan that
/// the bank cannot fill is left out.
///
/// # Errors
/// All problems of all of them, if there is any beside plans that are left out.
pub fn load(config_path: &Path) -> Result<Loaded, Problems> {
    let text = read(config_path).map_err(|problem| Problems::from(*problem))?;
    let (loaded, problems) = compare(&config_path.display().to_string(), &text);
    problems.or(loaded)
}

/// Checks config, bank and plans; returns the text to print and how to end. With a date, a good bank is
/// described too, as it looks on that day.
pub fn run(config_path: &Path, stats_on: Option<Date>) -> (String, ExitStatus) {
    let shown = config_path.display().to_string();
    let text = match read(config_path) {
        Ok(text) => text,
        Err(problem) => return (problem.to_string(), ExitStatus::CouldNotRun),
    };
    let (loaded, mut problems) = compare(&shown, &text);
    let left_out = if problems.is_empty() { left_out(&loaded.plans) } else { String::new() };
    problems.extend(loaded.plans.lacks());
    match problems.or(loaded) {
        Ok(Loaded { bank, plans, .. }) => {
            let questions = counted(bank.len(), "question");
            let topics = counted(bank.topics().count(), "topic");
            let stats = stats_on.map(|today| format!("\n{}", stats::text(&bank, today)));
            let stats = stats.unwrap_or_default();
            let plans = summed_up(&plans);
            (
                format!("{questions} in {topics}; {plans}; {shown} is good\n{stats}"),
                ExitStatus::Good,
            )
        }
        Err(problems) => {
            let found = counted(problems.len(), "problem");
            let files = counted(problems.files(), "file");
            let found = if problems.is_cut() { format!("at least {found}") } else { found };
            (format!("{problems}\n{found} in {files}{left_out}\n"), ExitStatus::Problems)
        }
    }
}

/// Judges a bank by itself: the text to print and how to end. With problems that keep the bot from
/// starting there is nothing to judge, and nothing to print. After each question `told` hears how many
/// are done, and of how many.
pub fn run_judge(config_path: &Path, told: &mut dyn FnMut(usize, usize)) -> (String, ExitStatus) {
    let Ok(Loaded { config, bank, .. }) = load(config_path) else {
        return (String::new(), ExitStatus::Problems);
    };
    let (text, status) = judging::bank(&bank, config.judge, &mut |done| told(done, bank.len()));
    (format!("\n{text}"), status)
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

/// How many plans there are, and by how many rubrics they are judged.
fn summed_up(plans: &Plans) -> String {
    if plans.is_empty() {
        return "no plans of interviews".to_owned();
    }
    let rubrics: BTreeSet<&str> = plans.iter().map(|plan| plan.rubric.id.as_str()).collect();
    format!("{} with {}", counted(plans.len(), "plan"), counted(rubrics.len(), "rubric"))
}

/// Which plans the bot starts without.
fn left_out(plans: &Plans) -> String {
    let names: Vec<String> = plans.left_out().map(|plan| format!("`{}`", plan.id)).collect();
    match names.as_slice() {
        [] => String::new(),
        [name] => format!("; the bot starts without the plan {name}"),
        names => format!("; the bot starts without the plans {}", names.join(", ")),
    }
}

/// Reads a config, then the bank and the plans that it names, even if the config has problems.
fn compare(path: &str, text: &str) -> (Loaded, Problems) {
    let mut draft = Draft::read(path, text);
    let bank = QuestionBank::load(&draft.config.questions);
    if let Ok(bank) = &bank {
        draft.compare(bank);
    }
    let (of_plans, of_rubrics) = (&draft.config.plans, &draft.config.rubrics);
    let plans = if draft.names_plans {
        Plans::load(of_plans, of_rubrics, bank.as_ref().ok())
    } else {
        Plans::load_if_there(of_plans, of_rubrics, bank.as_ref().ok())
    };
    let mut problems = draft.report.into_problems();
    let bank = bank.unwrap_or_else(|found| {
        problems.extend(found);
        QuestionBank::default()
    });
    let plans = plans.unwrap_or_else(|found| {
        problems.extend(found);
        Plans::default()
    });
    (Loaded { config: draft.config, bank, plans }, problems)
}

pub(crate) fn counted(count: usize, word: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {word}{plural}")
}
