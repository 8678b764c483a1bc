//! Why something of one's own practice was turned down, and the way out.

use crate::practice::own::OwnRefusal;
use crate::words::text::quoted;

/// A refusal as a sentence or two.
pub(in crate::words) fn sentence(refusal: &OwnRefusal) -> String {
    match refusal {
        OwnRefusal::QuestionGone => {
            "This question is no longer in the bank. `/review` goes on with others.".to_owned()
        }
        OwnRefusal::SprintGone => "This sprint is over. `/sprint` begins another one.".to_owned(),
        OwnRefusal::CannotTakeBack => {
            "Only your last grade can be taken back, on the day on which you gave it.".to_owned()
        }
        OwnRefusal::GradedToday => {
            "This question has its grade for today. It comes back when it is due.".to_owned()
        }
        OwnRefusal::NothingForSprint => {
            "No short question is left for that today: what you graded today rests. Try another \
             topic, or more with `/quiz`."
                .to_owned()
        }
        OwnRefusal::FinishInterviewFirst(Some(thread)) => format!(
            "You take part in an interview that is not over, in <#{thread}>. `/mock end` ends it; \
             then this works."
        ),
        OwnRefusal::FinishInterviewFirst(None) => {
            "You take part in an interview that is not over. `/mock end` in its thread ends it; \
             then this works."
                .to_owned()
        }
        OwnRefusal::BadHours(given) => format!(
            "{} are no hours. Write them like `22:00-07:00`, or leave the field empty.",
            quoted(given)
        ),
        OwnRefusal::TooManyReports => {
            "There are 200 reports that nobody has looked at. Please tell whoever keeps the bank: \
             `/reports` lists them."
                .to_owned()
        }
        OwnRefusal::NobodyReads => {
            "A report from a private chat would reach nobody. Press **Report** in a server where I \
             am, under the same question: `/question` finds it. Or tell whoever runs me."
                .to_owned()
        }
        OwnRefusal::ReportGone => "This report is settled already.".to_owned(),
        OwnRefusal::NoDigest => "There is no weekly post. `/digest set` begins one.".to_owned(),
        OwnRefusal::StillInOlderFiles => {
            "Everything about you is forgotten, and cannot be brought back. Older files still hold \
             it for the moment: the rest is removed as soon as the disk allows. You need do \
             nothing more."
                .to_owned()
        }
        OwnRefusal::NoHint => "This question has no hint.".to_owned(),
        OwnRefusal::NoFollowUp => "This question has no further follow-up.".to_owned(),
        OwnRefusal::TypedGone => {
            "I do not keep this typed answer any more: only the last three that are not graded, and \
             only until their question changes. Press **Answer** under the question to type \
             another one."
                .to_owned()
        }
        OwnRefusal::NothingToRead => {
            "I found no words in it that I can read; I read English only. The question is still \
             there: press **Answer** to type another one, or **Show answer** to compare yourself."
                .to_owned()
        }
        OwnRefusal::NoCoach => {
            "There is no coach any more. What I said of your answer myself stands.".to_owned()
        }
        OwnRefusal::CoachNotWanted => {
            "You said that the coach never reads your answers, so I sent it nothing. `/me` and \
             **Settings** change that."
                .to_owned()
        }
    }
}
