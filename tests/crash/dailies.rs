//! What must be true of the daily of a channel, as far as its admin was told. A request that was
//! not answered may have been done or not: then there are two possibilities, until an answer tells.

use crate::told::{Daily, Told};

/// What an admin asks for. The times are hours away, so that none is ever due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    Set(&'static str),
    Pause,
    Resume,
    Skip,
    Remove,
    Now,
    Status,
}

impl Turn {
    pub(crate) const fn command(self) -> &'static str {
        match self {
            Self::Set(_) => "daily set",
            Self::Pause => "daily pause",
            Self::Resume => "daily resume",
            Self::Skip => "daily skip",
            Self::Remove => "daily remove",
            Self::Now => "daily now",
            Self::Status => "daily status",
        }
    }
}

/// The daily of a channel, as it may be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct State {
    /// Its time, whether it rests, whether the next one is left out.
    daily: Option<(String, bool, bool)>,
    /// Whether today's was posted.
    posted: bool,
}

/// Everything that may be true of the daily of a channel.
#[derive(Debug)]
pub(crate) struct Possible(Vec<State>);

impl Default for Possible {
    fn default() -> Self {
        Self(vec![State::default()])
    }
}

impl Possible {
    /// Takes in what was asked and told. An error is what cannot be.
    pub(crate) fn turn(&mut self, turn: Turn, told: Option<&Told>) -> Result<(), String> {
        let after: Vec<State> = match told {
            None | Some(Told::Unsaved) => {
                let done = self.0.iter().filter_map(|state| Some(state.after(turn)?.0));
                let mut both: Vec<_> = self.0.iter().cloned().chain(done).collect();
                both.dedup();
                both
            }
            Some(Told::Busy) => return Ok(()),
            Some(told) => self.0.iter().filter_map(|state| state.if_told(turn, told)).collect(),
        };
        if after.is_empty() {
            return Err(format!("{turn:?} was answered {told:?}, but it was {:?}", self.0));
        }
        self.0 = after;
        Ok(())
    }

    /// Whether it is certain that today's was posted, and whether it may have been.
    pub(crate) fn posted(&self) -> (bool, bool) {
        (self.0.iter().all(|state| state.posted), self.0.iter().any(|state| state.posted))
    }

    /// Whether it is known.
    pub(crate) const fn is_certain(&self) -> bool {
        self.0.len() == 1
    }
}

impl State {
    /// How it is after a turn, and what is told of that; none if it is refused.
    fn after(&self, turn: Turn) -> Option<(Self, Told)> {
        let with = |daily| Self { daily: Some(daily), ..self.clone() };
        if let Turn::Set(at) = turn {
            let (paused, skipped) =
                self.daily.as_ref().map_or((false, false), |(_, paused, skip)| (*paused, *skip));
            let after = with((at.to_owned(), paused, skipped));
            let told = after.told()?;
            return Some((after, told));
        }
        let (at, paused, skipped) = self.daily.clone()?;
        let after = match turn {
            Turn::Pause => with((at, true, skipped)),
            Turn::Resume => with((at, false, false)),
            Turn::Skip if skipped => return None,
            Turn::Skip => with((at, paused, true)),
            Turn::Remove => return Some((Self { daily: None, ..self.clone() }, Told::Removed)),
            Turn::Now if self.posted => return None,
            Turn::Now => return Some((Self { posted: true, ..self.clone() }, Told::Posting)),
            Turn::Set(_) | Turn::Status => self.clone(),
        };
        let told = after.told()?;
        Some((after, told))
    }

    /// How it is, if that was told.
    fn if_told(&self, turn: Turn, told: &Told) -> Option<Self> {
        if let Some((after, expected)) = self.after(turn) {
            return same(&expected, told).then_some(after);
        }
        let expected = match (turn, &self.daily) {
            (_, None) => Told::NoDaily,
            (Turn::Skip, Some(_)) => Told::SkippedAlready,
            (_, Some(_)) => Told::PostedAlready,
        };
        (expected == *told).then(|| self.clone())
    }

    fn told(&self) -> Option<Told> {
        let (at, paused, skipped) = self.daily.clone()?;
        Some(Told::Daily(Daily { at, paused, skipped, next: None }))
    }
}

/// Whether two answers say the same, but for the moment of the next daily.
fn same(expected: &Told, told: &Told) -> bool {
    match (expected, told) {
        (Told::Daily(expected), Told::Daily(told)) => {
            Daily { next: None, ..told.clone() } == *expected
        }
        _ => expected == told,
    }
}
