//! Loads plans and rubrics: the only place that reads their files, and the checks that take all of
//! them and the bank.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::bank::QuestionBank;
use crate::yaml::{self, Place, Problem, Problems, Report, Source, nearest};

use super::enough::{Short, short_sections};
use super::read::{NamedTopic, PlanSheet, RubricSheet, plan, rubric};
use super::{Lack, LeftOut, Missing, Plan, PlanId, Plans, Rubric};

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
    /// there is one; hidden files and folders are passed over. A plan that asks for what the bank
    /// does not have is left out.
    ///
    /// # Errors
    /// If a folder or a file cannot be read, or what it says is no plan or rubric: all problems of
    /// all files, also what the bank does not have.
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
        unless_broken(problems, loaded)
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
    /// As for [`Plans::load`].
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
        unless_broken(problems, loaded)
    }
}

/// The plans; if something is broken, all that is wrong with it and them.
fn unless_broken(mut broken: Problems, plans: Plans) -> Result<Plans, Problems> {
    if !broken.is_empty() {
        broken.extend(plans.lacks());
    }
    broken.or(plans)
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
    let mut plans = Vec::new();
    let mut left_out = BTreeMap::new();
    for (mut report, sheet) in reports.into_iter().zip(sheets) {
        if rubrics.is_there {
            knows_its_rubric(&mut report, &sheet, &rubrics.stems);
        }
        let mut lacks = bank.map(|bank| lacks(&report.source, &sheet, bank)).unwrap_or_default();
        lacks.truncate(report.room());
        problems.extend(report.into_problems());
        let has_all = lacks.is_empty();
        let named = sheet.id.clone().zip(sheet.title.clone());
        match (whole(sheet, &rubrics_found), named) {
            (Some(plan), _) if has_all => plans.push(plan),
            (_, Some((id, (title, _)))) if !has_all => {
                left_out.insert(id.clone(), Arc::new(LeftOut { id, title, lacks }));
            }
            // Without a name it is broken, and more was said of it.
            (_, _) => lacks.into_iter().for_each(|lack| problems.push(lack.problem)),
        }
    }
    (Plans { left_out, ..Plans::of(plans) }, problems)
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

/// What the bank does not have.
fn lacks(source: &Source<'_>, sheet: &PlanSheet, bank: &QuestionBank) -> Vec<Lack> {
    let titled = |number: usize| sheet.sections.as_ref().and_then(|all| all.get(number));
    let title = |number: usize| titled(number).map(|sheet| sheet.section.title.clone());
    let lack = |number, what, (at, message, help): (Place, &str, &str)| Lack {
        section: title(number).unwrap_or_default(),
        what,
        problem: Problem::at(source, at, message, help),
    };
    let unknown = sheet.topics.iter().filter(|named| bank.count(&named.topic) == 0);
    let unknown: Vec<Lack> = unknown
        .map(|NamedTopic { topic, at, section }| {
            let names = bank.topics().map(|(name, _)| name.as_str());
            let help = match nearest(topic.as_str(), names) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "name a file of the folder of questions without its ending".to_owned(),
            };
            let message = format!("the bank has no topic `{topic}`");
            lack(*section, Missing::Topic(topic.clone()), (*at, &message, &help))
        })
        .collect();
    // A section with an unknown topic finds less than was meant.
    let Some(sections) = sheet.sections.as_deref().filter(|_| unknown.is_empty()) else {
        return unknown;
    };
    let bare: Vec<_> = sections.iter().map(|sheet| &sheet.section).collect();
    short_sections(&bare, sheet.swap, bank)
        .into_iter()
        .filter_map(|short| Some((short, sections.get(short.section)?)))
        .map(|(short, of)| {
            let message = too_few(short, of.section.questions);
            let help = "allow more topics, levels or kinds, or ask fewer";
            let twice = format!("{help}; with `swap` each section comes twice");
            let help = if sheet.swap { &twice } else { help };
            lack(short.section, Missing::Questions, (of.questions_at, &message, help))
        })
        .collect()
}

/// How a section that asks so many falls short.
fn too_few(short: Short, asked: u8) -> String {
    let Short { fitting, taken, .. } = short;
    if taken == 0 {
        return format!(
            "this section asks more questions ({asked}) than the bank has for it ({fitting})"
        );
    }
    format!(
        "this section asks more questions ({asked}) than the bank is sure to have left for it \
         ({fitting} fit, {taken} may be asked before)"
    )
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
