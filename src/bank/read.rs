//! One file of the bank: from the tree to questions, with everything that is wrong. What takes
//! more than one file to see is checked in `load`.

use crate::yaml::{Fields, Node, Place, Problem, Report, Source, TextRule, Value, name, one_of};

use super::limits as most;
use super::{ANY, FollowUp, KeyPoint, Kind, Level, Question, QuestionId, Topic, fence};

const FILE: &[&str] = &["topic", "title", "aliases", "questions"];
const QUESTION: &[&str] = &[
    "id",
    "prompt",
    "level",
    "kind",
    "asked_by",
    "minutes",
    "probes",
    "hint",
    "answer",
    "key_points",
    "pitfalls",
    "follow_ups",
    "pushback",
    "related",
    "tags",
    "sources",
    "checked",
];
const KEY_POINT: &[&str] = &["point", "ask", "terms", "opposites"];
const FOLLOW_UP: &[&str] = &["prompt", "answer"];

/// What was read of one file, sound or not, so that the files can be compared.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// The questions without a problem.
    pub(super) questions: Vec<Question>,
    /// The name of every question, also of those with a problem.
    pub(super) ids: Vec<(String, Place)>,
    /// What questions refer to.
    pub(super) related: Vec<(String, Place)>,
    /// The name and the title of the topic, with their place.
    pub(super) topic: Option<(Topic, Place)>,
    /// The title of the topic, with its place.
    pub(super) title: Option<(String, Place)>,
    /// Other names of the topic, with their places.
    pub(super) aliases: Vec<(String, Place)>,
    /// Whether the whole file was read: if not, nobody knows what else it holds.
    pub(super) whole: bool,
}

impl Sheet {
    /// The topic with its other names.
    pub(super) fn aliases(&self) -> Option<(Topic, Vec<String>)> {
        let (topic, _) = self.topic.as_ref()?;
        Some((topic.clone(), self.aliases.iter().map(|(alias, _)| alias.clone()).collect()))
    }
}

/// Reads one file.
pub(super) fn read(report: &mut Report<'_>) -> Sheet {
    let mut sheet = Sheet::default();
    let root = match report.source.parse() {
        Ok(Some(root)) => root,
        Ok(None) => {
            sheet.whole = true;
            let start = Place::default();
            report.say(start, "the file is empty", "write a topic with questions, or delete it");
            return sheet;
        }
        Err(problem) => {
            report.add(|_| *problem);
            return sheet;
        }
    };
    sheet.whole = true;
    let Some(fields) = Fields::open(report, &root, "topic", FILE) else {
        return sheet;
    };
    sheet.topic = topic(report, &fields);
    let title = fields.written("title");
    sheet.title = title.and_then(|node| {
        let title = report.text(node, "title", TextRule::line(most::TITLE))?;
        Some((title, node.at))
    });
    sheet.aliases = aliases(report, &fields);
    let name = sheet.topic.as_ref().map_or_else(|| Topic::new(""), |(topic, _)| topic.clone());
    let title = match &sheet.title {
        Some((title, _)) => title.clone(),
        None => title_of(&name),
    };
    let help = "write `questions:` and below it a list of questions";
    let Some(node) = fields.need(report, "questions", help) else {
        return sheet;
    };
    let empty = match &node.value {
        Value::Null => true,
        Value::List(questions) => questions.is_empty(),
        Value::Bool(_) | Value::Integer(_) | Value::Float | Value::Text(_) | Value::Map(_) => false,
    };
    if empty {
        report.say(node.at, "this topic has no questions", "write one, or delete the file");
        return sheet;
    }
    for node in report.list(node, "questions", usize::MAX) {
        if report.is_full() {
            // What is not read is not known.
            sheet.whole = false;
            break;
        }
        let question = question(report, node, &name, &title, &mut sheet);
        sheet.questions.extend(question);
    }
    sheet
}

/// The name of the topic: the file's name, which the file may repeat.
fn topic(report: &mut Report<'_>, fields: &Fields<'_>) -> Option<(Topic, Place)> {
    let path = report.source.path;
    let stem = std::path::Path::new(path).file_stem().and_then(|stem| stem.to_str());
    let stem = stem.unwrap_or_default();
    let Some(node) = fields.written("topic") else {
        if let Err(help) = name(stem, most::TOPIC) {
            let message = format!("`{stem}` cannot be the name of a topic");
            let help = format!("rename the file: {help}");
            report.add(|source| Problem::of_file(source.path, &message, &help));
            return None;
        }
        return checked_topic(report, stem, Place::default());
    };
    let text = report.text(node, "topic", most::NAME)?;
    if let Err(help) = name(&text, most::TOPIC) {
        report.say(node.at, &format!("`{text}` cannot be the name of a topic"), &help);
        return None;
    }
    if text != stem {
        report.say(
            node.at,
            &format!("the topic is `{text}`, but the file is called `{stem}`"),
            &format!("rename the file to `{text}.yaml`, or write `topic: {stem}`"),
        );
        return None;
    }
    checked_topic(report, &text, node.at)
}

/// Other names by which the topic can be chosen.
fn aliases(report: &mut Report<'_>, fields: &Fields<'_>) -> Vec<(String, Place)> {
    let mut aliases = Vec::new();
    for node in fields.list(report, "aliases", most::ALIASES) {
        let Some(text) = report.text(node, "aliases", TextRule::line(most::ALIAS)) else {
            continue;
        };
        if ANY.iter().any(|any| text.eq_ignore_ascii_case(any)) {
            let message = format!("`{text}` stands for all topics");
            report.say(node.at, &message, "choose another alias for this topic");
        } else {
            aliases.push((text.to_lowercase(), node.at));
        }
    }
    aliases
}

fn checked_topic(report: &mut Report<'_>, name: &str, at: Place) -> Option<(Topic, Place)> {
    if ANY.contains(&name) {
        let message = format!("`{name}` stands for all topics");
        report.say(at, &message, "choose another name for this topic");
        return None;
    }
    Some((Topic::new(name), at))
}

/// The title of a topic whose file gives none: "load-balancing" becomes "Load balancing".
fn title_of(topic: &Topic) -> String {
    let words = topic.as_str().replace('-', " ");
    let mut chars = words.chars();
    chars.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(chars).collect()
}

fn question(
    report: &mut Report<'_>,
    node: &Node,
    topic: &Topic,
    title: &str,
    sheet: &mut Sheet,
) -> Option<Question> {
    let fields = Fields::open(report, node, "question", QUESTION)?;
    let id = fields
        .need(report, "id", "give it a name that is unique in the whole bank and never changes")
        .and_then(|node| {
            let id = id(report, node, "id")?;
            sheet.ids.push((id.clone(), node.at));
            Some(id)
        });
    let prompt = fields
        .need(report, "prompt", "write `prompt:` and what is asked")
        .and_then(|node| markdown(report, node, "prompt", most::PROMPT));
    let level = fields
        .need(report, "level", "write `level:` and easy, medium or hard")
        .and_then(|node| one_of(report, node, "level", &Level::ALL.map(|l| (l.as_str(), l))));
    let kind = fields
        .written("kind")
        .and_then(|node| one_of(report, node, "kind", &Kind::ALL.map(|k| (k.as_str(), k))));
    let asked_by = fields.number(report, "asked_by", most::ASKED_BY);
    let minutes = fields.number(report, "minutes", most::MINUTES);
    let probes = fields.text(report, "probes", TextRule::line(most::PROBES));
    let hint = fields.written("hint").and_then(|node| markdown(report, node, "hint", most::HINT));
    let answer = fields
        .need(report, "answer", "write `answer: |` and below it, indented, the model answer")
        .and_then(|node| markdown(report, node, "answer", most::ANSWER));
    let key_points = key_points(report, &fields);
    let pitfalls = fields
        .list(report, "pitfalls", most::PITFALLS)
        .iter()
        .filter_map(|node| markdown(report, node, "pitfalls", most::PITFALL))
        .collect();
    let follow_ups = fields
        .list(report, "follow_ups", most::FOLLOW_UPS)
        .iter()
        .filter_map(|node| follow_up(report, node, "follow-up"))
        .collect();
    let pushback = fields.written("pushback").and_then(|node| follow_up(report, node, "pushback"));
    let related = related(report, &fields, id.as_deref(), sheet);
    let tags = fields.texts(report, "tags", most::TAGS, TextRule::line(most::TAG));
    let sources = fields.texts(report, "sources", most::SOURCES, TextRule::line(most::SOURCE));
    let checked = fields.written("checked").and_then(|node| date(report, node));
    Some(Question {
        id: QuestionId::new(&id?),
        topic: topic.clone(),
        topic_title: title.to_owned(),
        prompt: prompt?,
        level: level?,
        kind,
        asked_by,
        minutes,
        probes,
        hint,
        answer: answer?,
        key_points,
        pitfalls,
        follow_ups,
        pushback,
        related,
        tags,
        sources,
        checked,
    })
}

fn id(report: &mut Report<'_>, node: &Node, field: &str) -> Option<String> {
    let id = report.text(node, field, most::NAME)?;
    match name(&id, most::ID) {
        Ok(()) => Some(id),
        Err(help) => {
            report.say(node.at, &format!("`{id}` cannot be the id of a question"), &help);
            None
        }
    }
}

fn key_points(report: &mut Report<'_>, fields: &Fields<'_>) -> Vec<KeyPoint> {
    let mut points = Vec::new();
    for node in fields.list(report, "key_points", most::KEY_POINTS) {
        let Some(fields) = Fields::open(report, node, "key point", KEY_POINT) else {
            continue;
        };
        let point = fields
            .need(report, "point", "write `point:` and what a good answer says")
            .and_then(|node| report.text(node, "point", TextRule::lines(most::POINT)));
        let ask = fields.text(report, "ask", TextRule::line(most::ASK));
        let terms = fields.texts(report, "terms", most::TERMS, TextRule::line(most::TERM));
        let rule = TextRule::line(most::OPPOSITE);
        let opposites = fields.texts(report, "opposites", most::OPPOSITES, rule);
        points.extend(point.map(|point| KeyPoint { point, ask, terms, opposites }));
    }
    points
}

fn follow_up(report: &mut Report<'_>, node: &Node, what: &'static str) -> Option<FollowUp> {
    let fields = Fields::open(report, node, what, FOLLOW_UP)?;
    let prompt = fields
        .need(report, "prompt", "write `prompt:` and what is asked")
        .and_then(|node| markdown(report, node, "prompt", most::FOLLOW_UP_PROMPT));
    let answer = fields
        .need(report, "answer", "write `answer:` and its model answer")
        .and_then(|node| markdown(report, node, "answer", most::FOLLOW_UP_ANSWER));
    Some(FollowUp { prompt: prompt?, answer: answer? })
}

fn related(
    report: &mut Report<'_>,
    fields: &Fields<'_>,
    own: Option<&str>,
    sheet: &mut Sheet,
) -> Vec<QuestionId> {
    let mut ids = Vec::new();
    for node in fields.list(report, "related", most::RELATED) {
        let Some(id) = id(report, node, "related") else {
            continue;
        };
        if Some(id.as_str()) == own {
            report.say(node.at, "a question cannot be related to itself", "name another question");
            continue;
        }
        ids.push(QuestionId::new(&id));
        sheet.related.push((id, node.at));
    }
    ids
}

fn date(report: &mut Report<'_>, node: &Node) -> Option<jiff::civil::Date> {
    let text = report.text(node, "checked", TextRule::line(100))?;
    // The parser would also take a date with a time.
    let date = if text.len() == 10 { text.parse().ok() } else { None };
    if date.is_none() {
        report.say(
            node.at,
            &format!("`{text}` is not a date"),
            "write year, month and day of a day that exists, such as 2026-11-22",
        );
    }
    date
}

/// Reads a text that Discord renders.
fn markdown(report: &mut Report<'_>, node: &Node, field: &str, most: usize) -> Option<String> {
    let text = report.text(node, field, TextRule::lines(most))?;
    if let Some(line) = fence::unclosed(&text) {
        let place = place_of_line(&report.source, node, &text, line);
        report.say(
            place,
            &format!("this code block of `{field}` is never closed"),
            "put a line with ``` behind the code",
        );
        return None;
    }
    Some(text)
}

/// Where a line of a text stands in the file; the start of the text where that cannot be told.
fn place_of_line(source: &Source<'_>, node: &Node, text: &str, line: usize) -> Place {
    let wanted = text.lines().nth(line).unwrap_or_default().trim();
    let before = text.lines().take(line).filter(|other| other.trim() == wanted).count();
    let mut start = node.at.start;
    let mut passed = 0;
    let written = source.text.get(start..node.at.end).unwrap_or_default();
    for (number, line) in (0..).zip(written.split_inclusive('\n')) {
        let is_first = number == 0;
        let is_alike = line.trim() == wanted;
        if is_alike && passed == before {
            let indent = line.len() - line.trim_start().len();
            let column = if is_first { node.at.column } else { 1 };
            return Place {
                line: node.at.line + number,
                column: column + u32::try_from(indent).unwrap_or(0),
                length: u32::try_from(wanted.chars().count()).unwrap_or(0),
                start: start + indent,
                end: start + indent + wanted.len(),
            };
        }
        passed += usize::from(is_alike);
        start += line.len();
    }
    node.at
}
