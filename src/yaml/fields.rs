//! Reads values out of a tree and reports everything that does not fit. It does not know which
//! fields there are: its callers say.

use super::{Node, Place, Report, Value};

/// The fields of one table.
#[derive(Debug)]
pub(crate) struct Fields<'n> {
    /// Where the table starts.
    pub(crate) at: Place,
    /// What the table is, for messages: "question".
    pub(crate) what: &'static str,
    found: Vec<(&'static str, &'n Node)>,
    /// Fields that are there under a misspelt name: they are not reported as missing too.
    misspelt: Vec<&'static str>,
}

/// What a text must be like.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TextRule {
    /// Most UTF-16 units, which is how Discord counts.
    pub(crate) most: usize,
    /// Whether it must stay on one line.
    pub(crate) one_line: bool,
}

impl TextRule {
    /// A text of several lines.
    pub(crate) const fn lines(most: usize) -> Self {
        Self { most, one_line: false }
    }

    /// A text of one line.
    pub(crate) const fn line(most: usize) -> Self {
        Self { most, one_line: true }
    }
}

impl<'n> Fields<'n> {
    /// Opens a table: unknown and repeated fields are reported, the known ones kept.
    pub(crate) fn open(
        report: &mut Report<'_>,
        node: &'n Node,
        what: &'static str,
        known: &'static [&'static str],
    ) -> Option<Self> {
        let Value::Map(entries) = &node.value else {
            report.say(
                node.at,
                &format!("expected a {what}, found {}", node.value.name()),
                &format!("a {what} is a table with the fields {}", listed(known)),
            );
            return None;
        };
        let mut first: Vec<(&str, Place)> = Vec::new();
        let mut found = Vec::new();
        let mut misspelt = Vec::new();
        for (key, value) in entries {
            if report.is_full() {
                break;
            }
            let Value::Text(name) = &key.value else {
                report.say(
                    key.at,
                    &format!("expected the name of a field, found {}", key.value.name()),
                    &format!("the fields of a {what} are {}", listed(known)),
                );
                continue;
            };
            if let Some((_, place)) = first.iter().find(|(seen, _)| seen == name) {
                let place = *place;
                report.add(|source| {
                    super::Problem::at(
                        source,
                        key.at,
                        &format!("`{name}` is given twice"),
                        "keep one of the two",
                    )
                    .with_note(source, place, "it is first given here")
                });
                continue;
            }
            first.push((name, key.at));
            match known.iter().find(|known| *known == name) {
                Some(known) => found.push((*known, value)),
                None => misspelt.extend(unknown_field(report, key.at, what, name, known)),
            }
        }
        Some(Self { at: node.at, what, found, misspelt })
    }

    /// The value of a field; an empty one counts as absent.
    pub(crate) fn get(&self, name: &str) -> Option<&'n Node> {
        self.written(name).filter(|node| !matches!(node.value, Value::Null))
    }

    /// The value of a field, even if there is nothing behind the colon.
    pub(crate) fn written(&self, name: &str) -> Option<&'n Node> {
        self.found.iter().find(|(found, _)| *found == name).map(|(_, node)| *node)
    }

    /// A field that must be there; if it is not, that is reported.
    pub(crate) fn need(&self, report: &mut Report<'_>, name: &str, help: &str) -> Option<&'n Node> {
        let node = self.written(name);
        if node.is_none() && !self.misspelt.contains(&name) {
            report.say(self.at, &format!("this {} has no `{name}`", self.what), help);
        }
        node
    }

    /// An optional text.
    pub(crate) fn text(
        &self,
        report: &mut Report<'_>,
        name: &str,
        rule: TextRule,
    ) -> Option<String> {
        self.written(name).and_then(|node| report.text(node, name, rule))
    }

    /// An optional list of texts; those that do not fit are reported and left out.
    pub(crate) fn texts(
        &self,
        report: &mut Report<'_>,
        name: &str,
        most: usize,
        rule: TextRule,
    ) -> Vec<String> {
        self.list(report, name, most)
            .iter()
            .filter_map(|node| report.text(node, name, rule))
            .collect()
    }

    /// An optional list; what goes beyond `most` entries is reported and left out.
    pub(crate) fn list(&self, report: &mut Report<'_>, name: &str, most: usize) -> &'n [Node] {
        match self.get(name) {
            Some(node) => report.list(node, name, most),
            None => &[],
        }
    }

    /// An optional whole number between two bounds, both included.
    pub(crate) fn number(
        &self,
        report: &mut Report<'_>,
        name: &str,
        bounds: (u8, u8),
    ) -> Option<u8> {
        let node = self.get(name)?;
        let (least, most) = bounds;
        let help = format!("write a whole number from {least} to {most}, without quotes");
        let fits = match &node.value {
            Value::Integer(value) => value.and_then(|value| u8::try_from(value).ok()),
            Value::Float => None,
            other @ (Value::Null
            | Value::Bool(_)
            | Value::Text(_)
            | Value::List(_)
            | Value::Map(_)) => {
                let message = format!("`{name}` must be a whole number, found {}", other.name());
                report.say(node.at, &message, &help);
                return None;
            }
        };
        let fits = fits.filter(|value| (least..=most).contains(value));
        if fits.is_none() {
            report.say(node.at, &format!("`{name}` is out of range"), &help);
        }
        fits
    }

    /// A whole number between two bounds that must be there; if it is not, that is reported.
    pub(crate) fn need_number(
        &self,
        report: &mut Report<'_>,
        name: &str,
        bounds: (u8, u8),
        help: &str,
    ) -> Option<u8> {
        let node = self.need(report, name, help)?;
        if matches!(node.value, Value::Null) {
            report.say(node.at, &format!("`{name}` is empty"), help);
        }
        self.number(report, name, bounds)
    }

    /// A list that must be there and hold something; if it does not, that is reported. What goes
    /// beyond `most` entries is reported and left out.
    pub(crate) fn need_list(
        &self,
        report: &mut Report<'_>,
        name: &str,
        most: usize,
        help: &str,
    ) -> Option<&'n [Node]> {
        let node = self.need(report, name, help)?;
        let empty = match &node.value {
            Value::Null => true,
            Value::List(nodes) => nodes.is_empty(),
            Value::Bool(_) | Value::Integer(_) | Value::Float | Value::Text(_) | Value::Map(_) => {
                false
            }
        };
        if empty {
            report.say(node.at, &format!("`{name}` is empty"), help);
        }
        let nodes = if empty { &[] } else { report.list(node, name, most) };
        (!nodes.is_empty()).then_some(nodes)
    }

    /// An optional yes or no; no where it is not written.
    pub(crate) fn flag(&self, report: &mut Report<'_>, name: &str) -> bool {
        let Some(node) = self.get(name) else {
            return false;
        };
        match &node.value {
            Value::Bool(flag) => *flag,
            other @ (Value::Null
            | Value::Integer(_)
            | Value::Float
            | Value::Text(_)
            | Value::List(_)
            | Value::Map(_)) => {
                let message = format!("`{name}` must be true or false, found {}", other.name());
                report.say(node.at, &message, "write `true` or `false`, without quotes");
                false
            }
        }
    }
}

impl Report<'_> {
    /// Reads a text, without blanks around it. A number counts as its spelling: `- 503`.
    pub(crate) fn text(&mut self, node: &Node, name: &str, rule: TextRule) -> Option<String> {
        let text = match &node.value {
            Value::Text(text) => text.trim(),
            Value::Bool(_) | Value::Integer(_) | Value::Float => {
                self.source.raw(node).unwrap_or_default()
            }
            Value::Null => "",
            Value::List(_) | Value::Map(_) => {
                let found = node.value.name();
                self.say(
                    node.at,
                    &format!("`{name}` must be a text, found {found}"),
                    "put a text that begins with `[`, `{` or `-`, or that holds `: `, in quotes",
                );
                return None;
            }
        };
        if text.chars().all(is_blank) {
            self.say(node.at, &format!("`{name}` is empty"), "write a text or delete the field");
            return None;
        }
        if let Some(length) = longer_than(rule.most, text) {
            self.say(
                node.at,
                &format!("`{name}` has {length} characters, at most {} fit", rule.most),
                "shorten it: what is longer does not fit into a message of Discord's",
            );
            return None;
        }
        if rule.one_line && text.contains('\n') {
            self.say(
                node.at,
                &format!("`{name}` has more than one line"),
                "write it on one line, or after `>-`, which joins lines",
            );
            return None;
        }
        if let Some(odd) = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
            self.say(
                node.at,
                &format!("`{name}` holds the control character U+{:04X}", u32::from(odd)),
                "delete it: Discord shows nothing for it",
            );
            return None;
        }
        Some(text.to_owned())
    }

    /// Reads a list; what goes beyond `most` entries is reported and left out.
    pub(crate) fn list<'n>(&mut self, node: &'n Node, name: &str, most: usize) -> &'n [Node] {
        let Value::List(nodes) = &node.value else {
            let found = node.value.name();
            self.say(
                node.at,
                &format!("`{name}` must be a list, found {found}"),
                "write `[one, two]`, or one entry a line, each after `- `",
            );
            return &[];
        };
        if let Some(beyond) = nodes.get(most) {
            let count = nodes.len();
            self.say(
                beyond.at,
                &format!("`{name}` has {count} entries, at most {most} are allowed"),
                "keep the most important ones",
            );
        }
        nodes.get(..most).unwrap_or(nodes)
    }
}

/// Reads a word that must be one of a few.
pub(crate) fn one_of<T: Copy>(
    report: &mut Report<'_>,
    node: &Node,
    name: &str,
    words: &[(&'static str, T)],
) -> Option<T> {
    let text = report.text(node, name, TextRule::line(100))?;
    let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
    if found.is_none() {
        let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let meant = nearest(&text, words.iter().copied());
        let meant = meant.map_or_else(String::new, |word| format!("did you mean `{word}`? "));
        report.say(
            node.at,
            &format!("unknown {name} `{text}`"),
            &format!("{meant}It is one of {}", listed(&words)),
        );
    }
    found
}

/// Reports a field that does not exist; returns the one that was probably meant.
fn unknown_field(
    report: &mut Report<'_>,
    at: Place,
    what: &'static str,
    name: &str,
    known: &[&'static str],
) -> Option<&'static str> {
    let meant = nearest(name, known.iter().copied());
    let help = match meant {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("the fields of a {what} are {}", listed(known)),
    };
    report.say(at, &format!("unknown field `{}` in a {what}", shortened(name)), &help);
    meant
}

/// The word that was probably meant: the nearest in spelling, if it is near enough.
pub(crate) fn nearest<'w>(text: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    // A longer text is no misspelt word, and the comparison takes the product of both lengths.
    if text.len() > 100 {
        return None;
    }
    let text = text.to_lowercase();
    let near = |word: &'w str| {
        let distance = strsim::osa_distance(&text, &word.to_lowercase());
        let most = (text.chars().count().max(word.chars().count()) / 3).max(1);
        (distance <= most).then_some((distance, word))
    };
    words.into_iter().filter_map(near).min_by_key(|(distance, _)| *distance).map(|(_, word)| word)
}

/// The length of a text as Discord counts it, if that is more than `most`: in UTF-16 units, so that
/// most emojis count as two.
fn longer_than(most: usize, text: &str) -> Option<usize> {
    // A text has no more units than bytes, and most texts are far from their limit.
    if text.len() <= most {
        return None;
    }
    let length: usize = text.chars().map(char::len_utf16).sum();
    (length > most).then_some(length)
}

/// Whether nothing can be seen of a character: Discord refuses texts made of such.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

fn listed(words: &[&str]) -> String {
    format!("`{}`", words.join("`, `"))
}

fn shortened(name: &str) -> String {
    const MOST: usize = 60;
    let mut short: String = name.chars().take(MOST).collect();
    if name.chars().nth(MOST).is_some() {
        short.push('…');
    }
    short
}
