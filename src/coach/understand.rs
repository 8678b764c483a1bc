//! From what a coach sends to its opinion. What is not exactly what it was asked for is refused, and
//! what it cannot show with words of the answer is not believed. It sends nothing.

use serde::Deserialize;

use super::error::Nonsense;
use super::quote;
use crate::judge::{Asking, InDoubt, Made, Opinion, PointOpinion};

/// An answer of the chat interface, as far as it matters here.
#[derive(Deserialize)]
struct Answer {
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    message: Said,
}

#[derive(Deserialize)]
struct Said {
    content: String,
}

/// What a coach is to say, and nothing beside it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    points: Vec<PointTold>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PointTold {
    number: u8,
    made: Verdict,
    contradicted: bool,
    quote: String,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Verdict {
    Yes,
    No,
    Unclear,
}

/// Reads the body of a coach's answer. What it says of a key point counts as far as a quote shows
/// it, which is told as the answer's own words; a key point of which it says nothing is unclear.
///
/// # Errors
/// It is anything else than an opinion on the key points that it was asked about, each once at most.
pub fn understand(asking: &Asking, body: &[u8]) -> Result<Opinion, Nonsense> {
    let answer: Answer = serde_json::from_slice(body).map_err(|_| Nonsense::NotAnAnswer)?;
    let [choice] = answer.choices.as_slice() else { return Err(Nonsense::NotAnAnswer) };
    let told: Told =
        serde_json::from_str(&choice.message.content).map_err(|_| Nonsense::NotAnOpinion)?;
    for (at, point) in told.points.iter().enumerate() {
        if !asking.points.iter().any(|asked| asked.number == point.number) {
            return Err(Nonsense::UnknownPoint);
        }
        if told.points.iter().take(at).any(|other| other.number == point.number) {
            return Err(Nonsense::PointTwice);
        }
    }
    let points = asking.points.iter().map(|InDoubt { number, .. }| {
        let told = told.points.iter().find(|point| point.number == *number);
        believed(*number, told, &asking.text)
    });
    Ok(Opinion { points: points.collect() })
}

/// What is believed of a verdict. Who says both yes and the opposite knows of the first nothing.
fn believed(number: u8, told: Option<&PointTold>, text: &str) -> PointOpinion {
    let unclear = PointOpinion { number, made: Made::Unclear, contradicted: false, quote: None };
    let Some(told) = told else { return unclear };
    let shown = quote::find(text, &told.quote).map(str::to_owned);
    let contradicted = told.contradicted && shown.is_some();
    let made = match told.made {
        Verdict::Yes if shown.is_some() && !contradicted => Made::Yes,
        Verdict::Yes | Verdict::Unclear => Made::Unclear,
        Verdict::No => Made::No,
    };
    let quote = shown.filter(|_| contradicted || made == Made::Yes);
    PointOpinion { number, made, contradicted, quote }
}
