//! Why something of one's own practice was turned down. It holds reasons, not words.

use crate::practice::ids::ChannelId;
use crate::practice::refusal::Refusal;

/// A request turned down, with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnRefusal {
    /// No question of the bank is this one any more.
    QuestionGone,
    /// The sprint is over, or another one began.
    SprintGone,
    /// This grade cannot be taken back any more: another one came after it, or another day.
    CannotTakeBack,
    /// The question was graded today, and another one after it.
    GradedToday,
    /// Nothing of the bank is short enough for a sprint about this.
    NothingForSprint,
    /// The member takes part in an interview that is not over, perhaps here.
    FinishInterviewFirst(Option<ChannelId>),
    /// The hours are not written as "22:00-07:00".
    BadHours(String),
    /// The team has as many open reports as it may: 200.
    TooManyReports,
    /// A report in a private chat would reach nobody.
    NobodyReads,
    /// The report is settled already.
    ReportGone,
    /// The team has no weekly post.
    NoDigest,
    /// Everything is forgotten, but older files could not be removed yet; they are as soon as the
    /// disk allows.
    StillInOlderFiles,
    /// The question has no hint.
    NoHint,
    /// The question has no such follow-up.
    NoFollowUp,
    /// The typed answer is not kept any more: it was graded, newer ones came, or the question has
    /// changed.
    TypedGone,
    /// There is nothing in the typed answer that can be read.
    NothingToRead,
    /// There is no coach any more.
    NoCoach,
    /// The member never wants to send anything to this coach.
    CoachNotWanted,
}

impl From<OwnRefusal> for Refusal {
    fn from(refusal: OwnRefusal) -> Self {
        Self::Own(refusal)
    }
}
