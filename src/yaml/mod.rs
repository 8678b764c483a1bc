//! YAML as a tree in which every value knows its place, so that a reader can report all problems
//! of a file instead of the first. It knows neither questions nor settings.

mod excerpt;
mod fields;
mod file;
mod name;
mod problem;
#[cfg(test)]
mod tests;

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::budget::BudgetBreach;
use serde_yaml::options::{DuplicateKeyPolicy, NonFiniteFloatPolicy};
use serde_yaml::{Budget, Error, Options, Spanned};

pub(crate) use fields::{Fields, TextRule, nearest, one_of};
pub(crate) use file::{names_of_files, read_file, read_folder};
pub(crate) use name::name;
pub(crate) use problem::Report;
pub use problem::{Place, Problem, Problems};

/// Files larger than this are refused before they are parsed, in bytes. A full question takes
/// about 7 KiB, so this is hundreds of questions in one topic.
pub const MAX_FILE: usize = 5 * 1024 * 1024;

/// Deepest nesting that is parsed. A question file needs seven levels; the rest is leeway for the
/// message to say "expected a text" instead of "too deep".
const MAX_DEPTH: usize = 16;

/// Most values in one file, aliases expanded: what [`MAX_FILE`] bytes of ordinary questions hold,
/// with room to spare, and few enough to fit in memory when somebody writes a bomb.
const MAX_NODES: usize = 500_000;

/// Most parser events that aliases may repeat.
const MAX_REPLAYED: usize = 100_000;

/// A text with the name under which it is reported.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source<'a> {
    /// The path as the person wrote it.
    pub(crate) path: &'a str,
    /// The whole text.
    pub(crate) text: &'a str,
    /// Whether somebody may have put a token into it by mistake: a config file.
    pub(crate) private: bool,
}

/// A value and where it stands.
#[derive(Debug)]
pub(crate) struct Node {
    /// Where the value is written; for an alias, where its anchor is.
    pub(crate) at: Place,
    /// What is written there.
    pub(crate) value: Value,
}

/// What YAML can say. Numbers and truth values keep no spelling: [`Source::raw`] has it.
#[derive(Debug)]
pub(crate) enum Value {
    /// Nothing, `~` or `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number without quotes; `None` where it fits no `i64`.
    Integer(Option<i64>),
    /// Another number without quotes.
    Float,
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// A table, in the order of the file, repeated keys included.
    Map(Vec<(Node, Node)>),
}

impl Value {
    /// What to call it in a message: "a list".
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "true or false",
            Self::Integer(_) | Self::Float => "a number",
            Self::Text(_) => "a text",
            Self::List(_) => "a list",
            Self::Map(_) => "a table",
        }
    }
}

impl<'a> Source<'a> {
    /// The spelling of a number or truth value in the file.
    pub(crate) fn raw(&self, node: &Node) -> Option<&'a str> {
        self.text.get(node.at.start..node.at.end).map(str::trim)
    }

    /// Parses the text, or says why it cannot be parsed. `Ok(None)` is a file without any value.
    pub(crate) fn parse(&self) -> Result<Option<Node>, Box<Problem>> {
        if self.text.len() > MAX_FILE {
            return Err(Box::new(Problem::of_file(
                self.path,
                &format!("the file has {} bytes, at most {MAX_FILE} are read", self.text.len()),
                "split it into several files",
            )));
        }
        let tree = serde_yaml::from_str_with_options::<Spanned<Raw>>(self.text, options());
        match tree.map(Node::from) {
            Ok(Node { value: Value::Null, .. }) => Ok(None),
            Ok(node) => Ok(Some(node)),
            Err(error) => Err(Box::new(self.broken(&error))),
        }
    }

    /// Turns an error of the parser into a problem.
    fn broken(&self, error: &Error) -> Problem {
        let mut inner = error.without_snippet();
        let place = inner.location().map(Place::from).filter(|place| place.line > 0);
        while let Error::AliasError { error, .. } = inner {
            inner = error;
        }
        let (message, help) = explain(inner);
        match place {
            Some(place) => Problem::at(self, place, &message, help),
            None => Problem::of_file(self.path, &message, help),
        }
    }
}

/// What the parser refuses, and how to mend it.
fn explain(error: &Error) -> (String, &'static str) {
    #[expect(clippy::wildcard_enum_match_arm, reason = "the parser has dozens of errors")]
    match error {
        Error::MultipleDocuments { .. } => (
            "a second document begins here".to_owned(),
            "one file holds one document: delete the `---` above, or split the file",
        ),
        Error::Budget { breach: BudgetBreach::Depth { .. }, .. } => (
            format!("the file is nested deeper than {MAX_DEPTH} levels"),
            "close the brackets, or quote a text that begins with `[` or `{`",
        ),
        Error::AliasReplayLimitExceeded { .. } | Error::AliasReplayStackDepthExceeded { .. } => (
            format!("the aliases repeat more than {MAX_REPLAYED} values"),
            "write the values out, or repeat fewer of them",
        ),
        Error::RecursiveReferencesRequireWeakTypes { .. } => {
            ("this alias stands within its own anchor".to_owned(), "write the value out")
        }
        Error::UnknownAnchor { .. } => (
            "nothing is anchored under the name of this alias".to_owned(),
            "put a text that begins with `*` in quotes",
        ),
        Error::ExternalMessage { msg, .. } if msg.contains("recursion limit") => (
            format!("the file is nested deeper than {MAX_DEPTH} levels"),
            "close the brackets, or quote a text that begins with `[` or `{`",
        ),
        Error::Budget { breach: BudgetBreach::Nodes { .. }, .. } => {
            (format!("the file holds more than {MAX_NODES} values"), "split it into several files")
        }
        Error::Budget { .. } => (spoken(error), "the file is larger than any bank: split it"),
        Error::ExternalMessage { .. } => (
            spoken(error),
            "indent with spaces, and quote a text that holds `: ` or ` #` or begins with a sign",
        ),
        _ => (spoken(error), "mend the YAML at this place"),
    }
}

/// The parser's own words, without the place that it appends.
fn spoken(error: &Error) -> String {
    let mut message = error.render();
    if let Some(cut) = message.rfind(" at line ") {
        message.truncate(cut);
    }
    message
}

fn options() -> Options {
    let mut options = Options::default();
    let mut budget = Budget::default();
    budget.max_depth = MAX_DEPTH;
    budget.flow_nesting_limit = 2 * MAX_DEPTH;
    budget.max_nodes = MAX_NODES;
    budget.max_events = 3 * MAX_NODES;
    options.budget = Some(budget);
    options.alias_limits.max_total_replayed_events = MAX_REPLAYED;
    // Repeated keys reach the reader, which reports each with both places.
    options.duplicate_keys = DuplicateKeyPolicy::PassThrough;
    options.strict_booleans = true;
    options.non_finite_float_policy = NonFiniteFloatPolicy::AsString;
    options.with_snippet = false;
    options
}

/// A value before it gets its place.
struct Raw(Value);

impl From<Spanned<Raw>> for Node {
    fn from(spanned: Spanned<Raw>) -> Self {
        Self { at: Place::from(spanned.defined), value: spanned.value.0 }
    }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue).map(Raw)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Integer(Some(value)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Integer(i64::try_from(value).ok()))
    }

    fn visit_i128<E>(self, value: i128) -> Result<Value, E> {
        Ok(Value::Integer(i64::try_from(value).ok()))
    }

    fn visit_u128<E>(self, value: u128) -> Result<Value, E> {
        Ok(Value::Integer(i64::try_from(value).ok()))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Value, E> {
        Ok(Value::Float)
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut nodes = Vec::new();
        while let Some(node) = seq.next_element::<Spanned<Raw>>()? {
            nodes.push(node.into());
        }
        Ok(Value::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut entries = Vec::new();
        while let Some((key, value)) = map.next_entry::<Spanned<Raw>, Spanned<Raw>>()? {
            entries.push((key.into(), value.into()));
        }
        Ok(Value::Map(entries))
    }
}
