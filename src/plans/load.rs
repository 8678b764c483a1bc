//! Loads plans and rubrics: the only place that reads their files, and the checks that take all of
//! them and the bank.

use std::collections::BTreeMap;
use std::path::Path;

use crate::bank::QuestionBank;
use crate::yaml::{self, Place, Problem, Problems, Report, Source, nearest};

use super::enough::short_sections;
use super::read::{PlanSheet, RubricSheet, SectionSheet, plan, rubric};
use super::{Plan, PlanId, Plans, Rubric};

/// The files of one folder.
struct Folder {
    files: Vec<(String, String)>,
    /// The names of all its files, also of those that could not be read.
    stems: Vec<String>,
    /// Whether the folder itself could be read.
    is_there: bool,
}

impl Plans {
    /// Reads all `.yaml` and `.yml` files of both folders and compares them with the bank, where
    /// there is one; hidden files and folders are passed over.
    ///
    /// # Errors
    /// All problems of all files, if there is any: a folder or a file cannot be read, what it says
    /// is no plan or rubric, or a plan asks for what the bank does not have.
    pub fn load(
        plans: &Path,
        rubrics: &Path,
        bank: Option<&QuestionBank>,
    ) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let plans = read(plans, "plans", &mut problems);
        let mut of_rubrics = Problems::default();
        let rubrics = read(rubrics, "rubrics", &mut of_rubrics);
        // Without plans nobody needs rubrics.
        if rubrics.is_there || !plans.files.is_empty() {
            problems.extend(of_rubrics);
        }
        let (loaded, found) = parse(&plans.files, &rubrics, bank);
        problems.extend(found);
        problems.or(loaded)
    }

    /// The same where nobody asked for plans: none if their folder is not there.
    ///
    /// # Errors
    /// As for [`Plans::load`].
    pub fn load_if_there(
        plans: &Path,
        rubrics: &Path,
        bank: Option<&QuestionBank>,
    ) -> Result<Self, Problems> {
        if plans.exists() { Self::load(plans, rubrics, bank) } else { Ok(Self::default()) }
    }

    /// Reads files that are in memory: each its path and its text.
    ///
    /// # Errors
    /// All problems of all files, if there is any.
    pub fn parse(
        plans: &[(&str, &str)],
        rubrics: &[(&str, &str)],
        bank: Option<&QuestionBank>,
    ) -> Result<Self, Problems> {
        let owned = |files: &[(&str, &str)]| -> Vec<(String, String)> {
            files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
        };
        let folder = Folder {
            files: owned(rubrics),
            stems: rubrics.iter().map(|(path, _)| stem(path)).collect(),
            is_there: true,
        };
        let (loaded, problems) = parse(&owned(plans), &folder, bank);
        problems.or(loaded)
    }
}

fn stem(path: &str) -> String {
    let stem = Path::new(path).file_stem().map(|stem| stem.to_string_lossy().into_owned());
    stem.unwrap_or_default()
}

/// Reads a folder; an empty one holds nothing, which is no problem.
fn read(folder: &Path, key: &str, problems: &mut Problems) -> Folder {
    match yaml::names_of_files(folder) {
        Ok(names) => {
            let (files, found) = yaml::read_folder(folder, &names);
            problems.extend(found);
            Folder { files, stems: names.iter().map(|name| stem(name)).collect(), is_there: true }
        }
        Err(error) => {
            problems.push(Problem::of_file(
                &folder.display().to_string(),
                &format!("the folder of the {key} cannot be read: {error}"),
                &format!(
                    "name the right folder behind `{key}:` in the config file; it is relative to \
                     the folder in which the bot is started"
                ),
            ));
            Folder { files: Vec::new(), stems: Vec::new(), is_there: false }
        }
    }
}

/// Reads all files.
fn parse(
    plans: &[(String, String)],
    rubrics: &Folder,
    bank: Option<&QuestionBank>,
) -> (Plans, Problems) {
    let (mut reports, sheets) = each(&rubrics.files, rubric);
    let known: Vec<_> = sheets.iter().map(|sheet: &RubricSheet| sheet.id.clone()).collect();
    alone(&mut reports, known);
    let rubrics_found: BTreeMap<String, Rubric> = sheets
        .into_iter()
        .filter_map(|sheet| sheet.rubric)
        .map(|rubric| (rubric.id.clone(), rubric))
        .collect();
    let mut problems = Problems::default();
    for report in reports {
        problems.extend(report.into_problems());
    }

    let (mut reports, sheets) = each(plans, plan);
    let named = |sheet: &PlanSheet| sheet.id.as_ref().map(PlanId::to_string);
    alone(&mut reports, sheets.iter().map(named).collect());
    titles(&mut reports, &sheets);
    for (report, sheet) in reports.iter_mut().zip(&sheets) {
        if rubrics.is_there {
            knows_its_rubric(report, sheet, &rubrics.stems);
        }
        if let Some(bank) = bank {
            compare(report, sheet, bank);
        }
    }
    for report in reports {
        problems.extend(report.into_problems());
    }
    let plans = sheets.into_iter().filter_map(|sheet| whole(sheet, &rubrics_found));
    (Plans::of(plans), problems)
}

fn each<S>(
    files: &[(String, String)],
    read: impl Fn(&mut Report<'_>) -> S,
) -> (Vec<Report<'_>>, Vec<S>) {
    files
        .iter()
        .map(|(path, text)| {
            let mut report = Report::new(Source { path, text, private: false });
            let sheet = read(&mut report);
            (report, sheet)
        })
        .unzip()
}

/// Reports files that are called alike but for their ending.
fn alone(reports: &mut [Report<'_>], ids: Vec<Option<String>>) {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for (report, id) in reports.iter_mut().zip(ids) {
        let Some(id) = id else { continue };
        let path = report.source.path;
        if let Some(first) = seen.get(&id) {
            let message = format!("`{id}` is also the name of {first}");
            report.add(|source| {
                Problem::of_file(source.path, &message, "delete or rename one of the two")
            });
        } else {
            seen.insert(id, path.to_owned());
        }
    }
}

/// Reports titles that two plans have: members choose a plan by its title, too.
fn titles(reports: &mut [Report<'_>], sheets: &[PlanSheet]) {
    let mut first: BTreeMap<String, (usize, Place)> = BTreeMap::new();
    for (file, sheet) in sheets.iter().enumerate() {
        let Some((title, at)) = &sheet.title else { continue };
        let Some((earlier, place)) = first.get(&title.to_lowercase()).copied() else {
            first.insert(title.to_lowercase(), (file, *at));
            continue;
        };
        let source = reports.get(earlier).map(|report| report.source);
        if let (Some(source), Some(report)) = (source, reports.get_mut(file)) {
            let message = format!("the title `{title}` is used twice");
            report.add(|own| {
                Problem::at(own, *at, &message, "give each plan its own title").with_note(
                    &source,
                    place,
                    "it is first used here",
                )
            });
        }
    }
}

fn knows_its_rubric(report: &mut Report<'_>, sheet: &PlanSheet, stems: &[String]) {
    let Some((name, at)) = &sheet.rubric else { return };
    if stems.contains(name) {
        return;
    }
    let help = match nearest(name, stems.iter().map(String::as_str)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "name a file of the folder of rubrics without its ending".to_owned(),
    };
    report.say(*at, &format!("no rubric is called `{name}`"), &help);
}

/// Reports what the bank does not have.
fn compare(report: &mut Report<'_>, sheet: &PlanSheet, bank: &QuestionBank) {
    let mut known = true;
    for (topic, at) in &sheet.topics {
        if bank.count(topic) > 0 {
            continue;
        }
        known = false;
        let help = match nearest(topic.as_str(), bank.topics().map(|(name, _)| name.as_str())) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "name a file of the folder of questions without its ending".to_owned(),
        };
        report.say(*at, &format!("the bank has no topic `{topic}`"), &help);
    }
    // A section with an unknown topic finds less than was meant.
    let Some(sections) = sheet.sections.as_deref().filter(|_| known) else { return };
    let bare: Vec<_> = sections.iter().map(|sheet| &sheet.section).collect();
    for short in short_sections(&bare, sheet.swap, bank) {
        let Some(SectionSheet { section, questions_at }) = sections.get(short.section) else {
            continue;
        };
        let asked = section.questions;
        let message = if short.taken == 0 {
            format!(
                "this section asks more questions ({asked}) than the bank has for it ({})",
                short.fitting
            )
        } else {
            format!(
                "this section asks more questions ({asked}) than the bank is sure to have left \
                 for it ({} fit, {} may be asked before)",
                short.fitting, short.taken
            )
        };
        let help = if sheet.swap {
            "allow more topics, levels or kinds, or ask fewer; with `swap` each section comes twice"
        } else {
            "allow more topics, levels or kinds, or ask fewer"
        };
        report.say(*questions_at, &message, help);
    }
}

/// A plan, where all of it is there.
fn whole(sheet: PlanSheet, rubrics: &BTreeMap<String, Rubric>) -> Option<Plan> {
    let (rubric, _) = sheet.rubric?;
    Some(Plan {
        id: sheet.id?,
        title: sheet.title?.0,
        about: sheet.about?,
        swap: sheet.swap,
        sections: sheet.sections?.into_iter().map(|sheet| sheet.section).collect(),
        rubric: rubrics.get(&rubric)?.clone(),
    })
}
