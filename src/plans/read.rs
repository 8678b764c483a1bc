//! One file of a plan or a rubric: from the tree to what it says, with everything that is wrong.
//! What takes the bank or another file to see is checked in `load`.

use crate::bank::{Kind, Level, Topic};
use crate::yaml::{Fields, Node, Place, Problem, Report, TextRule, name, one_of};

use super::limits as most;
use super::{BANDS, Dimension, PlanId, Rubric, Section};

const PLAN: &[&str] = &["title", "about", "rubric", "swap", "sections"];
const SECTION: &[&str] =
    &["title", "minutes", "questions", "topics", "levels", "kinds", "follow_ups", "pushbacks"];
const RUBRIC: &[&str] = &["title", "dimensions"];
const DIMENSION: &[&str] = &["title", "bands"];

const TITLE: TextRule = TextRule::line(most::TITLE);

/// What was read of the file of a plan, sound or not.
#[derive(Debug, Default)]
pub(super) struct PlanSheet {
    /// The name of its file; none where that cannot be the name of a plan.
    pub(super) id: Option<PlanId>,
    pub(super) title: Option<(String, Place)>,
    pub(super) about: Option<String>,
    pub(super) swap: bool,
    /// The name of its rubric.
    pub(super) rubric: Option<(String, Place)>,
    /// Its sections; none where one of them is wrong.
    pub(super) sections: Option<Vec<SectionSheet>>,
    /// The topics that its sections name.
    pub(super) topics: Vec<NamedTopic>,
}

/// A topic that a section names.
#[derive(Debug)]
pub(super) struct NamedTopic {
    pub(super) topic: Topic,
    pub(super) at: Place,
    /// Which section, from 0.
    pub(super) section: usize,
}

/// A sound section, and where it says how many questions it asks.
#[derive(Debug)]
pub(super) struct SectionSheet {
    pub(super) section: Section,
    pub(super) questions_at: Place,
}

/// What was read of the file of a rubric.
#[derive(Debug, Default)]
pub(super) struct RubricSheet {
    /// The name of its file; none where that cannot be the name of a rubric.
    pub(super) id: Option<String>,
    /// None where something is wrong.
    pub(super) rubric: Option<Rubric>,
}

/// Reads the file of a plan.
pub(super) fn plan(report: &mut Report<'_>) -> PlanSheet {
    let mut sheet =
        PlanSheet { id: stem(report, "plan").map(|id| PlanId::new(&id)), ..PlanSheet::default() };
    let Some(root) = root(report, "write a plan with sections, or delete it") else {
        return sheet;
    };
    let Some(fields) = Fields::open(report, &root, "plan", PLAN) else {
        return sheet;
    };
    sheet.title = fields
        .need(report, "title", "write `title:` and what people are to read")
        .and_then(|node| Some((report.text(node, "title", TITLE)?, node.at)));
    sheet.about = fields
        .need(report, "about", "write `about:` and in one line what it is for")
        .and_then(|node| report.text(node, "about", TextRule::line(most::ABOUT)));
    sheet.rubric = fields
        .need(report, "rubric", "write `rubric:` and the name of a file in the folder of rubrics")
        .and_then(|node| Some((report.text(node, "rubric", TITLE)?, node.at)));
    sheet.swap = fields.flag(report, "swap");
    let help = "write `sections:` and below it a list of sections";
    let Some(nodes) = fields.need_list(report, "sections", most::SECTIONS, help) else {
        return sheet;
    };
    let sections: Vec<Option<SectionSheet>> =
        (0..).zip(nodes).map(|node| section(report, node, &mut sheet.topics)).collect();
    sheet.sections = sections.into_iter().collect();
    if let Some(sections) = &sheet.sections {
        let (_, all) = most::QUESTIONS;
        let asked: u32 = sections.iter().map(|sheet| u32::from(sheet.section.questions)).sum();
        if asked > u32::from(all)
            && let Some(node) = fields.get("sections")
        {
            report.say(
                node.at,
                &format!("this plan asks {asked} questions, at most {all} are allowed"),
                "ask fewer in some sections",
            );
        }
    }
    sheet
}

fn section(
    report: &mut Report<'_>,
    (number, node): (usize, &Node),
    named: &mut Vec<NamedTopic>,
) -> Option<SectionSheet> {
    let fields = Fields::open(report, node, "section", SECTION)?;
    let title = fields
        .need(report, "title", "write `title:` and what people are to read")
        .and_then(|node| report.text(node, "title", TITLE));
    let help = "write `minutes:` and how long this section takes";
    let minutes = fields.need_number(report, "minutes", most::MINUTES, help);
    let help = "write `questions:` and how many are asked in this section";
    let questions = fields.need_number(report, "questions", most::QUESTIONS, help);
    let mut topics: Vec<Topic> = Vec::new();
    for node in fields.list(report, "topics", most::TOPICS) {
        // Longer than any topic, so that a wrong one is called unknown and not too long.
        let Some(text) = report.text(node, "topics", TextRule::line(100)) else {
            continue;
        };
        let topic = Topic::new(&text);
        if is_new(report, node, &topics, &topic, &text) {
            named.push(NamedTopic { topic: topic.clone(), at: node.at, section: number });
            topics.push(topic);
        }
    }
    let levels = words(report, &fields, "levels", &Level::ALL.map(|l| (l.as_str(), l)));
    let kinds = words(report, &fields, "kinds", &Kind::ALL.map(|k| (k.as_str(), k)));
    let follow_ups = fields.flag(report, "follow_ups");
    let pushbacks = fields.flag(report, "pushbacks");
    let questions_at = fields.get("questions")?.at;
    let (title, minutes, questions) = (title?, minutes?, questions?);
    let section =
        Section { title, minutes, questions, topics, levels, kinds, follow_ups, pushbacks };
    Some(SectionSheet { section, questions_at })
}

/// A list of words, each of which is one of a few.
fn words<T: Copy + PartialEq>(
    report: &mut Report<'_>,
    fields: &Fields<'_>,
    name: &str,
    known: &[(&'static str, T)],
) -> Vec<T> {
    let mut found = Vec::new();
    for node in fields.list(report, name, known.len()) {
        let Some(value) = one_of(report, node, name.trim_end_matches('s'), known) else {
            continue;
        };
        let word = known.iter().find(|(_, other)| *other == value).map_or("", |(word, _)| word);
        if is_new(report, node, &found, &value, word) {
            found.push(value);
        }
    }
    found
}

/// Whether a value is not in the list already; if it is, that is reported.
fn is_new<T: PartialEq>(
    report: &mut Report<'_>,
    node: &Node,
    seen: &[T],
    value: &T,
    shown: &str,
) -> bool {
    let new = !seen.contains(value);
    if !new {
        report.say(node.at, &format!("`{shown}` is listed twice"), "keep one of the two");
    }
    new
}

/// Reads the file of a rubric.
pub(super) fn rubric(report: &mut Report<'_>) -> RubricSheet {
    let mut sheet = RubricSheet { id: stem(report, "rubric"), rubric: None };
    let Some(root) = root(report, "write a rubric with dimensions, or delete it") else {
        return sheet;
    };
    let Some(fields) = Fields::open(report, &root, "rubric", RUBRIC) else {
        return sheet;
    };
    let title = fields
        .need(report, "title", "write `title:` and what people are to read")
        .and_then(|node| report.text(node, "title", TITLE));
    let help = "write `dimensions:` and below it a list of what is judged";
    let nodes = fields.need_list(report, "dimensions", most::DIMENSIONS, help).unwrap_or_default();
    let mut dimensions: Vec<Option<Dimension>> = Vec::new();
    for node in nodes {
        let dimension = dimension(report, node);
        let alike = |other: &Dimension| {
            let own = dimension.as_ref().map(|dimension| dimension.title.to_lowercase());
            own.is_some_and(|own| own == other.title.to_lowercase())
        };
        if dimensions.iter().flatten().any(alike) {
            let message = "two dimensions have the same title";
            report.say(node.at, message, "give each dimension its own title");
        }
        dimensions.push(dimension);
    }
    let dimensions: Option<Vec<Dimension>> = dimensions.into_iter().collect();
    sheet.rubric = match (sheet.id.clone(), title, dimensions) {
        (Some(id), Some(title), Some(dimensions)) if !dimensions.is_empty() => {
            Some(Rubric { id, title, dimensions })
        }
        _ => None,
    };
    sheet
}

fn dimension(report: &mut Report<'_>, node: &Node) -> Option<Dimension> {
    let fields = Fields::open(report, node, "dimension", DIMENSION)?;
    let title = fields
        .need(report, "title", "write `title:` and what is judged")
        .and_then(|node| report.text(node, "title", TextRule::line(most::DIMENSION)));
    let help = format!("write `bands:` and below it {BANDS} sentences, the lowest first");
    let node = fields.need(report, "bands", &help)?;
    let bands: Vec<Option<String>> = report
        .list(node, "bands", usize::from(BANDS))
        .iter()
        .map(|node| report.text(node, "bands", TextRule::line(most::BAND)))
        .collect();
    let count = bands.len();
    let is_list = matches!(node.value, crate::yaml::Value::List(_));
    if is_list && count < usize::from(BANDS) {
        let message = format!("`bands` has {count} entries, {BANDS} are needed");
        report.say(node.at, &message, &help);
    }
    let bands: Vec<String> = bands.into_iter().collect::<Option<_>>()?;
    Some(Dimension { title: title?, bands: bands.try_into().ok()? })
}

/// What the file holds; if that is nothing, or no YAML, that is reported.
fn root(report: &mut Report<'_>, help: &str) -> Option<Node> {
    match report.source.parse() {
        Ok(Some(root)) => Some(root),
        Ok(None) => {
            report.say(Place::default(), "the file is empty", help);
            None
        }
        Err(problem) => {
            report.add(|_| *problem);
            None
        }
    }
}

/// The name of the file without its ending, where that can be a name.
fn stem(report: &mut Report<'_>, what: &str) -> Option<String> {
    let path = report.source.path;
    let stem = std::path::Path::new(path).file_stem().and_then(|stem| stem.to_str());
    let stem = stem.unwrap_or_default();
    if let Err(help) = name(stem, most::ID) {
        let message = format!("`{stem}` cannot be the name of a {what}");
        let help = format!("rename the file: {help}");
        report.add(|source| Problem::of_file(source.path, &message, &help));
        return None;
    }
    Some(stem.to_owned())
}
