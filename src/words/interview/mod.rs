//! What people read in and about interviews: which view is said where.

mod after;
mod bands;
mod card;
mod differences;
mod evidence;
mod file;
mod forms;
mod history;
mod kit;
mod opened;
mod question;
mod refusal;
pub(super) mod say;
mod status;
mod thread;

pub(super) use forms::form;
pub(super) use refusal::sentence as refusal;

use super::Message;
use crate::practice::interview::InterviewView;

/// A view of an interview's as messages.
pub(super) fn messages(view: &InterviewView) -> Vec<Message> {
    use InterviewView as V;
    let message = match view {
        V::Announcement { plan, candidate, interviewers, public, face } => {
            thread::announcement(plan, *candidate, interviewers, *public, face)
        }
        V::Lobby { interview, plan, candidate, interviewers, joined, until } => {
            thread::lobby(*interview, plan, (*candidate, interviewers), joined, *until)
        }
        V::Agenda { plan, candidate, interviewers, turn, times } => {
            thread::agenda(plan, *candidate, interviewers, *turn, times)
        }
        V::Question(asked) => question::message(asked),
        V::Hint { number, text } => question::hint(*number, text),
        V::FollowUp { place, text, alone } => question::more(*place, "Follow-up to", text, *alone),
        V::PushBack { place, text, alone } => {
            question::more(*place, "Pushing back on", text, *alone)
        }
        V::Answer { number, candidate, text } => question::answer(*number, *candidate, text),
        V::Model { place, question, ticked, open, next } => {
            return kit::model(*place, question, ticked, *open, *next);
        }
        V::Found { number, question, evidence } => {
            evidence::found(*number, question, evidence.as_ref())
        }
        V::Heard { number, question, evidence } => evidence::heard(*number, question, evidence),
        V::Kit { place, question, ticked, evidence } => {
            return kit::kit(*place, question, ticked, evidence.as_ref());
        }
        V::Time { section, time, ends, next } => {
            thread::time(section, *time, *ends, next.as_deref())
        }
        V::Paused { interview, idle } => thread::paused(*interview, *idle),
        V::Resumed { ends } => thread::resumed(*ends),
        V::Cards { interview, done, missing, until } => {
            card::cards(*interview, done, missing, *until)
        }
        V::Card(card) => card::card(card),
        V::Opened(opened) => opened::message(opened),
        V::Over { why } => after::over(*why),
        V::DeleteReally { interview } => after::delete_really(*interview),
        V::Deleted => after::deleted(),
        V::Done(done) => after::done(done),
        V::Status(status) => return status::messages(status),
        V::History { past } => history::message(past),
        V::Plans { plans, left_out } => status::plans(plans, left_out),
    };
    vec![message]
}
