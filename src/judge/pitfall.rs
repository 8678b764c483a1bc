//! Which common mistake a typed answer comes closest to. It does not know whether it was made.

use super::{Asked, Thresholds, judge};
use crate::bank::KeyPoint;

/// From so high on a mistake is worth a word.
const CLOSE: f32 = 0.6;

/// The place of the pitfall that an answer says most of, if it says enough of any.
pub fn fitting(pitfalls: &[String], text: &str) -> Option<usize> {
    let points: Vec<KeyPoint> = pitfalls.iter().map(KeyPoint::of).collect();
    let asked = Asked { prompt: "", answer: "", points: &points };
    let judged = judge(Thresholds::default(), asked, text);
    let close = judged.points.iter().enumerate().filter(|(_, point)| point.p >= CLOSE);
    close.max_by(|(_, one), (_, other)| one.p.total_cmp(&other.p)).map(|(place, _)| place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pitfall_that_an_answer_says_is_found_and_none_for_another_answer() {
        let pitfalls = [
            "Taking read committed for serializable".to_owned(),
            "Believing that an index makes every write faster".to_owned(),
        ];
        let text = "I add an index to every column because an index makes each write faster.";
        assert_eq!(fitting(&pitfalls, text), Some(1));
        assert_eq!(fitting(&pitfalls, "The weather is nice today."), None);
        assert_eq!(fitting(&[], text), None);
        assert_eq!(fitting(&pitfalls, ""), None);
    }
}
