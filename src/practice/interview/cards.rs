//! Scorecards while they are filled in. Each is seen by nobody but whoever fills it in, until all
//! are opened together.

use super::InterviewChange;
use super::answers::kept;
use super::draft::Draft;
use super::notes::JUDGING;
use super::state::{Card, Stage, What};
use super::view::{CardView, Done, FormView, InterviewView};
use crate::plans::BANDS;
use crate::practice::ids::MemberId;
use crate::practice::input::Ask;
use crate::practice::refusal::Refusal;

/// The most characters of a text on a scorecard that are kept.
const MOST_CHARACTERS: usize = 1000;

impl Draft<'_> {
    /// The questions are over: scorecards are filled in, and the day counts.
    pub(super) fn judge(&mut self) {
        for member in self.after.people() {
            self.practise(member);
        }
        self.stage(Stage::Judging { until: self.in_(JUDGING) });
        self.say(What::Cards);
    }

    /// Opens the first scorecard of a member's that is not sealed.
    pub(super) fn open_card(&mut self, ask: &Ask) -> Result<(), Refusal> {
        self.takes_part(ask.member)?;
        let Stage::Judging { .. } = self.after.stage else { return Err(Refusal::NotNow) };
        let is_theirs = |(_, by): &(u8, MemberId)| *by == ask.member;
        if !self.after.fillers().iter().any(is_theirs) {
            return Err(Refusal::OnlyParticipants);
        }
        let turn = self.next_card(ask.member).ok_or(Refusal::CardSealed)?;
        self.touch();
        let view = self.card(ask.member, turn)?;
        self.tell(ask, view);
        Ok(())
    }

    /// The band of a dimension.
    pub(super) fn band(
        &mut self,
        ask: &Ask,
        (turn, dimension): (u8, u8),
        chosen: &[u8],
    ) -> Result<(), Refusal> {
        self.fills(ask.member, turn)?;
        let [band] = *chosen else { return Err(Refusal::NotAnyMore) };
        let dimensions = self.after.plan.rubric.dimensions.len();
        if usize::from(dimension) >= dimensions || band >= BANDS {
            return Err(Refusal::NotAnyMore);
        }
        self.touch();
        self.change(InterviewChange::Banded { turn, by: ask.member, dimension, band });
        self.show_again(ask, turn)
    }

    /// The form for comments.
    pub(super) fn open_comments(&mut self, ask: &Ask, turn: u8) -> Result<(), Refusal> {
        self.fills(ask.member, turn)?;
        let comments = self.card_as_it_is(ask.member, turn).comments;
        let dimensions = &self.after.plan.rubric.dimensions;
        let titles = dimensions.iter().map(|dimension| dimension.title.clone());
        let dimensions = titles.zip(comments).collect();
        self.touch();
        self.form(ask, FormView::Comments { interview: self.after.id, turn, dimensions });
        Ok(())
    }

    /// The form for the last words.
    pub(super) fn open_words(&mut self, ask: &Ask, turn: u8) -> Result<(), Refusal> {
        self.fills(ask.member, turn)?;
        let Card { well, next, .. } = self.card_as_it_is(ask.member, turn);
        self.touch();
        self.form(ask, FormView::Words { interview: self.after.id, turn, well, next });
        Ok(())
    }

    /// Comments were written.
    pub(super) fn comment(
        &mut self,
        ask: &Ask,
        turn: u8,
        fields: &[String],
    ) -> Result<(), Refusal> {
        self.fills(ask.member, turn)?;
        let fields = fields.iter().map(|text| kept(text, MOST_CHARACTERS));
        let comments = fields.take(self.after.plan.rubric.dimensions.len()).collect();
        self.touch();
        self.change(InterviewChange::Commented { turn, by: ask.member, comments });
        self.show_again(ask, turn)
    }

    /// Last words were written.
    pub(super) fn word(&mut self, ask: &Ask, turn: u8, fields: &[String]) -> Result<(), Refusal> {
        self.fills(ask.member, turn)?;
        let text = |place| {
            let text: Option<&String> = fields.get(place);
            text.map(|text| kept(text, MOST_CHARACTERS)).unwrap_or_default()
        };
        let (well, next) = (text(0), text(1));
        self.touch();
        self.change(InterviewChange::Worded { turn, by: ask.member, well, next });
        self.show_again(ask, turn)
    }

    /// A scorecard is finished for good. The last one opens them all.
    pub(super) fn seal(&mut self, ask: &Ask, turn: u8) -> Result<(), Refusal> {
        let until = self.fills(ask.member, turn)?;
        let card = self.card_as_it_is(ask.member, turn);
        let dimensions = self.after.plan.rubric.dimensions.iter().zip(&card.bands);
        let missing: Vec<_> = dimensions
            .filter(|(_, band)| band.is_none())
            .map(|(dimension, _)| dimension.title.clone())
            .collect();
        if !missing.is_empty() {
            return Err(Refusal::CardIncomplete(missing));
        }
        self.touch();
        self.change(InterviewChange::Sealed { turn, by: ask.member, at: self.moment.now });
        let next = self.next_card(ask.member);
        let opens = self.open_when_all_are_in();
        let view = match next {
            Some(next) => self.card(ask.member, next)?,
            None => InterviewView::Done(Done::Sealed { until: (!opens).then_some(until) }),
        };
        self.update(ask, view);
        Ok(())
    }

    /// Whether a member may fill in this scorecard now, and until when.
    fn fills(&self, member: MemberId, turn: u8) -> Result<jiff::Timestamp, Refusal> {
        self.takes_part(member)?;
        let Stage::Judging { until } = self.after.stage else { return Err(Refusal::NotNow) };
        if !self.after.fillers().contains(&(turn, member)) {
            return Err(Refusal::NotAnyMore);
        }
        if self.after.is_sealed(turn, member) {
            return Err(Refusal::CardSealed);
        }
        Ok(until)
    }

    fn next_card(&self, member: MemberId) -> Option<u8> {
        let fillers = self.after.fillers().into_iter();
        let mut open = fillers.filter(|(turn, by)| !self.after.is_sealed(*turn, *by));
        open.find(|(_, by)| *by == member).map(|(turn, _)| turn)
    }

    fn card_as_it_is(&self, member: MemberId, turn: u8) -> Card {
        let blank = || Card::blank(self.after.plan.rubric.dimensions.len());
        self.after.cards.get(&(turn, member)).cloned().unwrap_or_else(blank)
    }

    fn card(&self, member: MemberId, turn: u8) -> Result<InterviewView, Refusal> {
        let Stage::Judging { until } = self.after.stage else { return Err(Refusal::NotNow) };
        let of = self.after.turns.get(usize::from(turn)).ok_or(Refusal::NotAnyMore)?;
        let mut sealed = self.after.cards.iter().filter(|(_, card)| card.sealed.is_some());
        Ok(InterviewView::Card(CardView {
            interview: self.after.id,
            turn,
            candidate: of.candidate,
            own: of.candidate == member,
            rubric: self.after.plan.rubric.clone(),
            card: self.card_as_it_is(member, turn),
            until,
            is_next: sealed.any(|((_, by), _)| *by == member),
        }))
    }

    fn show_again(&mut self, ask: &Ask, turn: u8) -> Result<(), Refusal> {
        let view = self.card(ask.member, turn)?;
        self.update(ask, view);
        Ok(())
    }
}
