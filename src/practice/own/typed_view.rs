//! What is to be said of a typed answer, before it has words: what it covers, what is odd about it,
//! and which grade that suggests. It knows no members.

use super::Grade;
use crate::bank::Question;
use crate::judge::{Asked, Flag, Judged, Opinion, PointOpinion, State, Thresholds, fitting, judge};

/// From so many tenths of five on *partly* is suggested, and *got it*.
const PARTLY: u8 = 15;
const GOT_IT: u8 = 35;
/// The same where only two grades are offered.
const KNOWN: u8 = 25;

/// What is to be said of a typed answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedView {
    /// Its name, for its buttons; 0 where it has none.
    pub name: u64,
    /// One for each key point, in their order.
    pub points: Vec<TypedPoint>,
    /// An indication in tenths from 0 to 50, with what the member said about it; never a grade.
    pub score: u8,
    /// Whether it is an answer to this question at all.
    pub on_topic: bool,
    /// What is odd about it.
    pub flags: Vec<Flag>,
    /// The common mistake that it comes closest to.
    pub pitfall: Option<String>,
    /// How a coach stands to it.
    pub coach: Coached,
}

/// How a coach stands to a typed answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coached {
    /// There is none, it could be asked about nothing, or the member wants none.
    Nowhere,
    /// It can be asked.
    Offered,
    /// It is being asked.
    Asking,
    /// It was asked and did not answer; it can be asked again.
    Silent,
    /// It has said what it thinks.
    Spoke,
}

/// What is to be said of a key point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedPoint {
    /// Whether the answer makes it, as the member says, else as the judge does.
    pub state: State,
    /// Whether that is what the member says.
    pub is_said: bool,
    /// The words of the answer that speak for it.
    pub evidence: Option<String>,
    /// Whether the answer may say the opposite; a hint.
    pub contradicted: bool,
    /// What a coach thinks of it, if it was asked.
    pub opinion: Option<PointOpinion>,
}

/// Judges an answer to a question.
pub(in crate::practice) fn judged(
    thresholds: Thresholds,
    question: &Question,
    text: &str,
) -> Judged {
    let (prompt, answer) = (question.prompt.as_str(), question.answer.as_str());
    judge(thresholds, Asked { prompt, answer, points: &question.key_points }, text)
}

/// Whether there is anything in an answer that can be read.
pub(super) fn is_readable(judged: &Judged, text: &str) -> bool {
    text.chars().any(char::is_alphanumeric) && !judged.flags.contains(&Flag::Empty)
}

impl TypedView {
    /// What is to be said of a text that was typed as an answer to a question.
    pub fn of(thresholds: Thresholds, question: &Question, text: &str) -> Self {
        Self::from(judged(thresholds, question, text), question, text)
    }

    /// The same of what is judged already.
    pub(super) fn from(judged: Judged, question: &Question, text: &str) -> Self {
        let pitfall = fitting(&question.pitfalls, text);
        let pitfall = pitfall.and_then(|place| question.pitfalls.get(place)).cloned();
        let point = |point: crate::judge::PointJudged| TypedPoint {
            state: point.state,
            is_said: false,
            evidence: point.evidence,
            contradicted: point.contradicted,
            opinion: None,
        };
        Self {
            name: 0,
            score: tenths(judged.score),
            points: judged.points.into_iter().map(point).collect(),
            on_topic: judged.on_topic,
            flags: judged.flags,
            pitfall,
            coach: Coached::Nowhere,
        }
    }

    /// Takes in what the member says about a key point, which the judge had put at `p` thousandths.
    pub(super) fn correct(&mut self, place: usize, p: u16, said: bool) {
        let many = u32::try_from(self.points.len()).unwrap_or(u32::MAX).max(1);
        let Some(point) = self.points.get_mut(place) else { return };
        point.state = if said { State::Covered } else { State::Missing };
        point.is_said = true;
        #[expect(clippy::cast_precision_loss, reason = "key points are few")]
        let more = (if said { 1.0 } else { 0.0 } - f32::from(p) / 1000.0) / many as f32;
        self.score = tenths(f32::from(self.score) / 10.0 + 5.0 * more);
    }

    /// Takes in what a coach thinks. It moves neither a state nor the indication.
    pub(super) fn opine(&mut self, opinion: &Opinion) {
        for of in &opinion.points {
            let place = usize::from(of.number).checked_sub(1);
            if let Some(point) = place.and_then(|place| self.points.get_mut(place)) {
                point.opinion = Some(of.clone());
            }
        }
    }

    /// The indication from 0 to 5, where there is one: none for what is no answer of one's own to
    /// this question.
    pub fn of_five(&self) -> Option<u8> {
        let odd = |flag: &Flag| match flag {
            Flag::Empty
            | Flag::Stuffed
            | Flag::Echo
            | Flag::Copied
            | Flag::CodeOnly
            | Flag::Unknown => true,
            Flag::Contradiction => false,
        };
        let is_none = self.points.is_empty() || !self.on_topic || self.flags.iter().any(odd);
        (!is_none).then_some(self.score.saturating_add(5) / 10)
    }

    /// The grade that it suggests; never *easy*, which only the member can tell.
    pub fn suggestion(&self, two_grades: bool) -> Option<Grade> {
        self.of_five()?;
        Some(match self.score {
            score if two_grades && score < KNOWN => Grade::Missed,
            _ if two_grades => Grade::GotIt,
            ..PARTLY => Grade::Missed,
            PARTLY..GOT_IT => Grade::Partly,
            GOT_IT.. => Grade::GotIt,
        })
    }
}

/// A score from 0 to 5, in tenths.
fn tenths(score: f32) -> u8 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 50")]
    let tenths = (score.clamp(0.0, 5.0) * 10.0).round() as u8;
    tenths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(score: u8) -> TypedView {
        let point = TypedPoint {
            state: State::Unsure,
            is_said: false,
            evidence: None,
            contradicted: false,
            opinion: None,
        };
        let (points, flags) = (vec![point; 4], Vec::new());
        let coach = Coached::Nowhere;
        TypedView { name: 0, points, score, on_topic: true, flags, pitfall: None, coach }
    }

    #[rstest::rstest]
    #[case(0, Grade::Missed, Grade::Missed)]
    #[case(14, Grade::Missed, Grade::Missed)]
    #[case(15, Grade::Partly, Grade::Missed)]
    #[case(25, Grade::Partly, Grade::GotIt)]
    #[case(34, Grade::Partly, Grade::GotIt)]
    #[case(35, Grade::GotIt, Grade::GotIt)]
    #[case(50, Grade::GotIt, Grade::GotIt)]
    fn a_score_suggests_a_grade_but_never_easy(
        #[case] score: u8,
        #[case] of_four: Grade,
        #[case] of_two: Grade,
    ) {
        assert_eq!(view(score).suggestion(false), Some(of_four));
        assert_eq!(view(score).suggestion(true), Some(of_two));
    }

    #[test]
    fn what_a_member_says_moves_the_indication() {
        let mut view = view(20);
        view.correct(0, 400, true);
        assert_eq!((view.score, view.points[0].state), (28, State::Covered));
        view.correct(1, 400, false);
        assert_eq!((view.score, view.points[1].state), (23, State::Missing));
        view.correct(9, 400, true);
        assert_eq!(view.score, 23, "there is no such key point");
        assert!(view.points[0].is_said && !view.points[2].is_said);
    }

    #[test]
    fn what_is_no_answer_of_one_s_own_gets_no_indication() {
        let odd = [Flag::Stuffed, Flag::Echo, Flag::Copied, Flag::CodeOnly, Flag::Unknown];
        for flag in odd {
            let view = TypedView { flags: vec![flag], ..view(40) };
            assert_eq!((view.of_five(), view.suggestion(false)), (None, None), "{flag:?}");
        }
        let hint = TypedView { flags: vec![Flag::Contradiction], ..view(40) };
        assert_eq!(hint.of_five(), Some(4));
        assert_eq!(TypedView { on_topic: false, ..view(40) }.of_five(), None);
        assert_eq!(TypedView { points: Vec::new(), ..view(40) }.of_five(), None);
    }

    #[test]
    fn a_coach_s_opinion_moves_neither_a_state_nor_the_indication() {
        let of = |number| PointOpinion {
            number,
            made: crate::judge::Made::Yes,
            contradicted: false,
            quote: Some("a word".to_owned()),
        };
        let mut opined = view(20);
        opined.opine(&Opinion { points: vec![of(0), of(2), of(9), of(u8::MAX)] });
        assert_eq!(opined.points[1].opinion, Some(of(2)));
        opined.points[1].opinion = None;
        assert_eq!(opined, view(20));
    }
}
