//! Judges typed answers: which key points an answer makes, which it leaves out, and where nobody can
//! tell without a person. It works offline, on a table of word vectors. It knows no members, no
//! Discord and no grades: what it says is a hint.

pub mod calibrate;
mod coverage;
mod features;
mod flag;
mod list;
mod oddity;
mod opinion;
mod opposed;
mod pitfall;
mod rule;
mod side;
mod text;
mod thresholds;
mod topic;
mod vectors;
mod words;

use crate::bank::KeyPoint;
use features::Ready;
use opposed::Looked;
use side::Side;
use vectors::Vectors;
use words::Words;

pub use features::Features;
pub use flag::Flag;
pub use opinion::{Asking, InDoubt, LONGEST_ASKED, MOST_IN_DOUBT, Made, Opinion, PointOpinion};
pub use opposed::Opposed;
pub use pitfall::fitting;
pub use thresholds::{State, Thresholds};
pub use topic::Topic;

/// What an answer is held against.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'q> {
    /// The question as it was asked.
    pub prompt: &'q str,
    /// The model answer; may be empty.
    pub answer: &'q str,
    /// What a good answer says.
    pub points: &'q [KeyPoint],
}

/// What is to be said of an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// One for each key point, in their order.
    pub points: Vec<PointJudged>,
    /// An indication from 0 to 5; never a grade.
    pub score: f32,
    /// Whether it is an answer to this question at all, right or wrong.
    pub on_topic: bool,
    /// What is odd about it, each once.
    pub flags: Vec<Flag>,
    /// How probable it is that it is an answer to this question, 0 to 1.
    pub relevance: f32,
    /// What was seen of that.
    pub topic: Topic,
}

/// What is to be said of a key point.
#[derive(Debug, Clone, PartialEq)]
pub struct PointJudged {
    /// How probable it is that a person would say that it was made, 0 to 1.
    pub p: f32,
    /// The same by the words alone, whether or not they are an answer to this question at all.
    pub by_words: f32,
    /// What `p` says, in three words; never covered where the answer may say the opposite.
    pub state: State,
    /// The words of the answer that speak for it most, as they were typed; none where it is missing.
    pub evidence: Option<String>,
    /// Whether the answer seems to say the opposite. A hint: often wrong.
    pub contradicted: bool,
    /// How probable that is, 0 to 1; 0 where the key point hardly looks made.
    pub contradiction: f32,
    /// What was seen of it.
    pub features: Features,
    /// What was seen of its opposites; none where it has none, or hardly looks made.
    pub opposed: Option<Opposed>,
}

/// Judges a typed answer of any length.
pub fn judge(thresholds: Thresholds, asked: Asked<'_>, text: &str) -> Judged {
    let vectors = Vectors::shipped();
    let mut words = Words::new(vectors);
    let ready = Ready::of(&mut words, asked.prompt, asked.points);
    let model = text::words(asked.answer);
    let whole = ready.whole(&Side::of(&mut words, asked.answer, &model));
    let said = text::words(text);
    let answer = Side::of(&mut words, text, &said);
    let mut matches = ready.matches(&words, &answer);
    let seen = ready.look(&words, &answer, &matches);
    let topic = Topic::of(&words, &ready.prompt, &whole, &answer, &seen);
    let mut flags = oddity::flags(vectors, asked.prompt, &model, (text, &said));
    let relevance = rule::on_topic(&topic);
    let on_topic = relevance >= rule::ON_TOPIC_FROM;
    let says_nothing = flags.iter().any(|flag| NOTHING_SAID.contains(flag));
    let left = match (says_nothing, on_topic) {
        (true, _) => rule::NOTHING,
        (false, false) => rule::ELSEWHERE,
        (false, true) => 1.0,
    };
    let looked = Looked::at(&words, &ready.prompt, &answer);
    let mut points = Vec::new();
    for (seen, point) in seen.iter().zip(asked.points) {
        let by_words = rule::made(&seen.features);
        let is_asked = by_words >= rule::ASKED_FROM && left >= 1.0;
        let has_any = is_asked && !point.opposites.is_empty();
        let opposed = has_any.then(|| looked.opposed(&mut words, &mut matches, &point.opposites));
        let (contradiction, contradicted) = if is_asked {
            rule::contradicted(&seen.features, opposed.as_ref())
        } else {
            (0.0, false)
        };
        let p = by_words * left;
        let mut state = thresholds.state(p);
        if contradicted && state == State::Covered {
            // Its words are there, but perhaps to deny it: that is for a person to decide.
            state = State::Unsure;
        }
        let is_shown = state != State::Missing || contradicted;
        points.push(PointJudged {
            p,
            by_words,
            state,
            evidence: is_shown.then(|| quote(&answer, text, seen.sentence)).flatten(),
            contradicted,
            contradiction,
            features: seen.features,
            opposed,
        });
    }
    if points.iter().any(|point| point.contradicted) {
        flags.push(Flag::Contradiction);
    }
    #[expect(clippy::cast_precision_loss, reason = "key points are few")]
    let mean = points.iter().map(|point| point.p).sum::<f32>() / points.len().max(1) as f32;
    Judged { points, score: 5.0 * mean, on_topic, flags, relevance, topic }
}

/// Such an answer makes no key point, whatever words are in it.
const NOTHING_SAID: [Flag; 3] = [Flag::Empty, Flag::Echo, Flag::Stuffed];

fn quote(answer: &Side, text: &str, sentence: usize) -> Option<String> {
    text.get(answer.sentences.get(sentence)?.place.clone()).map(str::to_owned)
}
