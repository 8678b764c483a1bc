//! One line of `mockingbird judge`: from JSON to what is to be judged, and from what was judged to
//! JSON. It reads no input and knows no numbers of lines.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::bank::KeyPoint;
use crate::judge::{Asked, Judged, PointJudged, State, Thresholds, judge};

/// So many letters of each text are looked at; a form in Discord carries 4,000.
pub(super) const LETTERS: usize = 20_000;
/// Most key points of a line, and most terms of a key point. The bank has eight of each or so.
const POINTS: usize = 100;

const EXAMPLE: &str = r#"{"key_points": ["…"], "text": "…"}"#;

/// What a line asks for.
#[derive(Debug, PartialEq, Eq)]
struct Line {
    prompt: String,
    answer: String,
    points: Vec<KeyPoint>,
    text: String,
    /// Whether a text was longer than what is looked at.
    cut: bool,
}

/// The fields that are looked at. What `null` stands in is absent, and others are not kept.
#[derive(Deserialize)]
#[serde(expecting = "an object")]
struct Fields {
    prompt: Option<Value>,
    answer: Option<Value>,
    key_points: Option<Value>,
    text: Option<Value>,
}

/// What is said about a line, in the order in which it is written.
#[derive(Serialize)]
struct Said<'j> {
    key_points: Vec<PointSaid<'j>>,
    score: f32,
    on_topic: bool,
    flags: Vec<&'static str>,
    /// Only where something was cut off.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    cut: bool,
}

#[derive(Serialize)]
struct PointSaid<'j> {
    p: f32,
    state: State,
    evidence: Option<&'j str>,
    contradicted: bool,
}

/// What is said where a line cannot be read.
#[derive(Serialize)]
struct Refused<'m> {
    error: &'m str,
}

/// Judges a line; what is wrong with it where it cannot be read.
pub(super) fn judged(thresholds: Thresholds, line: &[u8]) -> Result<String, String> {
    let line = Line::read(line)?;
    let asked = Asked { prompt: &line.prompt, answer: &line.answer, points: &line.points };
    Ok(written(&judge(thresholds, asked, &line.text), line.cut))
}

/// An error as a line of JSON.
pub(super) fn refused(error: &str) -> String {
    serde_json::to_string(&Refused { error }).unwrap_or_default()
}

fn written(judged: &Judged, cut: bool) -> String {
    let said = Said {
        key_points: judged.points.iter().map(PointSaid::of).collect(),
        score: rounded(judged.score, 100.0),
        on_topic: judged.on_topic,
        flags: judged.flags.iter().map(|flag| flag.name()).collect(),
        cut,
    };
    serde_json::to_string(&said).unwrap_or_default()
}

impl<'j> PointSaid<'j> {
    fn of(point: &'j PointJudged) -> Self {
        Self {
            p: rounded(point.p, 10_000.0),
            state: point.state,
            evidence: point.evidence.as_deref(),
            contradicted: point.contradicted,
        }
    }
}

fn rounded(number: f32, parts: f32) -> f32 {
    (number * parts).round() / parts
}

impl Line {
    fn read(line: &[u8]) -> Result<Self, String> {
        let text = str::from_utf8(line).map_err(|error| {
            format!("no UTF-8 from byte {} on; save it as UTF-8", error.valid_up_to() + 1)
        })?;
        // A list would be read as the fields in their order.
        if text.starts_with('[') {
            return Err(format!("a list instead of an object; write {EXAMPLE}"));
        }
        let fields: Fields = serde_json::from_str(text).map_err(|error| {
            let what = error.to_string();
            let what = what.split(" at line ").next().unwrap_or_default();
            format!(
                "not to be read at column {} ({what}); write one object a line, such as {EXAMPLE}, and \
                 a line break in a text as \\n",
                error.column()
            )
        })?;
        Self::of(fields)
    }

    fn of(fields: Fields) -> Result<Self, String> {
        let mut cut = false;
        let mut text = |value: Option<Value>, what| -> Result<Option<String>, String> {
            value.map(|value| clipped(&value, what, &mut cut)).transpose()
        };
        let Some(typed) = text(fields.text, "`text`")? else {
            return Err(format!("`text` is missing; put the typed answer there: {EXAMPLE}"));
        };
        let prompt = text(fields.prompt, "`prompt`")?.unwrap_or_default();
        let answer = text(fields.answer, "`answer`")?.unwrap_or_default();
        let mut points = match fields.key_points {
            Some(Value::Array(points)) => key_points(&points, &mut cut)?,
            Some(other) => {
                return Err(format!("`key_points` is {}; write a list of them", name(&other)));
            }
            None => Vec::new(),
        };
        if points.is_empty() && !answer.trim().is_empty() {
            points.push(KeyPoint::of(answer.clone()));
        }
        if points.is_empty() {
            return Err(
                "there is nothing to hold the text against; give `key_points`, or a model \
                        `answer`"
                    .to_owned(),
            );
        }
        Ok(Self { prompt, answer, points, text: typed, cut })
    }
}

/// A field that is there; `null` counts as absent.
fn present<'f>(fields: &'f Map<String, Value>, key: &str) -> Option<&'f Value> {
    fields.get(key).filter(|value| !value.is_null())
}

fn key_points(values: &[Value], cut: &mut bool) -> Result<Vec<KeyPoint>, String> {
    few(values, "`key_points`")?;
    let mut points = Vec::new();
    for (number, value) in (1..).zip(values) {
        let point = match value {
            Value::String(_) => KeyPoint::of(clipped(value, "a key point", cut)?),
            Value::Object(fields) => key_point(fields, cut)
                .map_err(|problem| format!("key point {number}: {problem}"))?,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => {
                return Err(format!(
                    "key point {number} is {}; write a text, or {{\"point\": \"…\", \"terms\": \
                     [\"…\"]}}",
                    name(value)
                ));
            }
        };
        points.push(point);
    }
    Ok(points)
}

fn key_point(fields: &Map<String, Value>, cut: &mut bool) -> Result<KeyPoint, String> {
    let Some(point) = present(fields, "point") else {
        return Err("`point` is missing; put the statement there".to_owned());
    };
    let mut read = KeyPoint::of(clipped(point, "`point`", cut)?);
    read.terms = texts(fields, "terms", cut)?;
    read.opposites = texts(fields, "opposites", cut)?;
    Ok(read)
}

fn texts(fields: &Map<String, Value>, field: &str, cut: &mut bool) -> Result<Vec<String>, String> {
    match present(fields, field) {
        Some(Value::Array(texts)) => {
            few(texts, &format!("`{field}`"))?;
            let one_of = format!("one of `{field}`");
            texts.iter().map(|text| clipped(text, &one_of, cut)).collect()
        }
        Some(other) => Err(format!("`{field}` is {}; write a list of texts", name(other))),
        None => Ok(Vec::new()),
    }
}

fn few(values: &[Value], what: &str) -> Result<(), String> {
    if values.len() > POINTS {
        return Err(format!(
            "{what} has {} entries; at most {POINTS} are looked at, give fewer",
            values.len()
        ));
    }
    Ok(())
}

/// A text, cut to what is looked at.
fn clipped(value: &Value, what: &str, cut: &mut bool) -> Result<String, String> {
    let Value::String(text) = value else {
        return Err(format!("{what} is {}; write a text in quotes", name(value)));
    };
    let end = text.char_indices().nth(LETTERS).map(|(end, _)| end);
    *cut |= end.is_some();
    Ok(text.get(..end.unwrap_or(text.len())).unwrap_or_default().to_owned())
}

fn name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Line {
        Line::read(line.as_bytes()).expect("it can be read")
    }

    fn problem(line: &[u8]) -> String {
        Line::read(line).expect_err("it is refused")
    }

    #[test]
    fn only_a_text_and_something_to_hold_it_against_are_needed() {
        let line = read(
            r#"{"text": "t", "key_points": ["one", {"point": "two", "terms": ["x"], "opposites": ["y"]}]}"#,
        );
        assert_eq!((line.prompt.as_str(), line.answer.as_str(), line.text.as_str()), ("", "", "t"));
        let two = KeyPoint {
            terms: vec!["x".to_owned()],
            opposites: vec!["y".to_owned()],
            ..KeyPoint::of("two")
        };
        assert_eq!(line.points, [KeyPoint::of("one"), two]);
        let nulls =
            r#"{"text": "t", "prompt": null, "answer": null, "key_points": ["one"], "id": {}}"#;
        assert_eq!(read(nulls).points, [KeyPoint::of("one")]);
    }

    #[test]
    fn without_key_points_the_model_answer_is_one() {
        for points in ["", r#", "key_points": []"#, r#", "key_points": null"#] {
            let line = read(&format!(r#"{{"text": "t", "answer": "All."{points}}}"#));
            assert_eq!((line.points, line.answer.as_str()), (vec![KeyPoint::of("All.")], "All."));
        }
    }

    #[test]
    fn what_is_wrong_with_a_line_is_said_with_a_way_out() {
        let problems = [
            "nonsense",
            "{\"text\": \"t\"",
            "{\"text\": \"a\tb\"}",
            "{\"text\": \"\\ud800\"}",
            "[1]",
            "5",
            r#"{"text": "t", "text": "u"}"#,
            "{}",
            r#"{"text": "t"}"#,
            r#"{"text": "t", "answer": "  "}"#,
            r#"{"text": 5}"#,
            r#"{"text": ["t"]}"#,
            r#"{"text": "t", "key_points": "one"}"#,
            r#"{"text": "t", "key_points": ["one", 2]}"#,
            r#"{"text": "t", "key_points": [{"terms": []}]}"#,
            r#"{"text": "t", "key_points": ["one", {"point": "p", "terms": "x"}]}"#,
            r#"{"text": "t", "key_points": ["one", {"point": "p", "terms": [true]}]}"#,
        ];
        let said: Vec<String> = problems.iter().map(|line| problem(line.as_bytes())).collect();
        insta::assert_snapshot!(said.join("\n"), @r#"
        not to be read at column 2 (expected ident); write one object a line, such as {"key_points": ["…"], "text": "…"}, and a line break in a text as \n
        not to be read at column 12 (EOF while parsing an object); write one object a line, such as {"key_points": ["…"], "text": "…"}, and a line break in a text as \n
        not to be read at column 12 (control character (\u0000-\u001F) found while parsing a string); write one object a line, such as {"key_points": ["…"], "text": "…"}, and a line break in a text as \n
        not to be read at column 17 (unexpected end of hex escape); write one object a line, such as {"key_points": ["…"], "text": "…"}, and a line break in a text as \n
        a list instead of an object; write {"key_points": ["…"], "text": "…"}
        not to be read at column 1 (invalid type: integer `5`, expected an object); write one object a line, such as {"key_points": ["…"], "text": "…"}, and a line break in a text as \n
        not to be read at column 20 (duplicate field `text`); write one object a line, such as {"key_points": ["…"], "text": "…"}, and a line break in a text as \n
        `text` is missing; put the typed answer there: {"key_points": ["…"], "text": "…"}
        there is nothing to hold the text against; give `key_points`, or a model `answer`
        there is nothing to hold the text against; give `key_points`, or a model `answer`
        `text` is a number; write a text in quotes
        `text` is a list; write a text in quotes
        `key_points` is a text; write a list of them
        key point 2 is a number; write a text, or {"point": "…", "terms": ["…"]}
        key point 1: `point` is missing; put the statement there
        key point 2: `terms` is a text; write a list of texts
        key point 2: one of `terms` is true or false; write a text in quotes
        "#);
        assert_eq!(problem(b"{\"text\": \"\xff\"}"), "no UTF-8 from byte 11 on; save it as UTF-8");
    }

    #[test]
    fn of_what_is_enormous_a_part_is_judged_or_nothing() {
        let long = "ä".repeat(LETTERS + 1);
        let line = read(&format!(r#"{{"text": "{long}", "key_points": ["{long}"]}}"#));
        assert!(line.cut);
        assert_eq!(line.text.chars().count(), LETTERS);
        assert_eq!(line.points[0].point.chars().count(), LETTERS);
        let exact = "ä".repeat(LETTERS);
        assert!(!read(&format!(r#"{{"text": "{exact}", "key_points": ["p"]}}"#)).cut);
        let points = vec!["\"p\""; POINTS + 1].join(", ");
        assert_eq!(
            problem(format!(r#"{{"text": "t", "key_points": [{points}]}}"#).as_bytes()),
            "`key_points` has 101 entries; at most 100 are looked at, give fewer"
        );
        let deep = "[".repeat(100_000);
        let shut = "]".repeat(100_000);
        assert!(problem(format!(r#"{{"text": {deep}"#).as_bytes()).contains("recursion limit"));
        read(&format!(r#"{{"x": {deep}{shut}, "text": "t", "key_points": ["p"]}}"#));
    }
}
