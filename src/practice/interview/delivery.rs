//! What follows when an errand has ended, well or badly. An outcome that comes twice, or too late
//! to matter, changes nothing.

use super::InterviewChange;
use super::draft::Draft;
use super::state::{Announcement, Over, Said, Stage, Thread};
use crate::practice::effect::{Errand, Failure, Outcome};
use crate::practice::ids::{MemberId, MessageId};

impl Draft<'_> {
    /// An errand came to an end.
    pub(super) fn delivered(&mut self, errand: Errand, outcome: &Outcome) {
        match errand {
            Errand::Announce => self.announced(outcome),
            Errand::Correct => self.corrected(outcome),
            Errand::Thread => self.thread(outcome),
            Errand::Add(member) => self.added(member, outcome),
            Errand::Say(note) => self.said(note, outcome),
            Errand::Mend(note) => self.mended(note, outcome),
        }
    }

    fn announced(&mut self, outcome: &Outcome) {
        if let (Outcome::Failed(Failure::Unavailable { .. }), Announcement::None) =
            (outcome, self.after.announcement)
        {
            // It may stand all the same.
            self.delay(self.after.since);
        }
        if let (Outcome::Sent { message }, Announcement::None) = (outcome, self.after.announcement)
        {
            let is_true = self.after.face() == self.after.first_face();
            let message = *message;
            self.change(InterviewChange::Announced {
                announcement: if is_true {
                    Announcement::True(message)
                } else {
                    Announcement::Stale(message)
                },
            });
        }
    }

    fn corrected(&mut self, outcome: &Outcome) {
        let (message, is_newest) = match self.after.announcement {
            Announcement::Stale(message) => (message, true),
            Announcement::Staler(message) => (message, false),
            Announcement::None | Announcement::True(_) => return,
        };
        let announcement = match outcome {
            Outcome::Done | Outcome::Sent { .. } if is_newest => Announcement::True(message),
            Outcome::Done | Outcome::Sent { .. } => Announcement::Stale(message),
            Outcome::Failed(Failure::Unavailable { .. }) => {
                self.delay(self.after.touched);
                Announcement::Stale(message)
            }
            Outcome::Failed(_)
            | Outcome::NotFound
            | Outcome::Opened { .. }
            | Outcome::Reactors { .. }
            | Outcome::Opined { .. } => Announcement::None,
        };
        if announcement != self.after.announcement {
            self.change(InterviewChange::Announced { announcement });
        }
    }

    fn thread(&mut self, outcome: &Outcome) {
        let Thread::Wanted(since) = self.after.thread else { return };
        match outcome {
            Outcome::Opened { thread } => {
                self.change(InterviewChange::ThreadIs { thread: Thread::Open(*thread) });
                self.thread_is_open();
            }
            Outcome::Failed(Failure::Unavailable { .. }) => {
                if !self.after.is_closed() {
                    self.delay(since);
                }
            }
            Outcome::Failed(failure) => self.refused(failure.clone()),
            Outcome::Sent { .. }
            | Outcome::NotFound
            | Outcome::Done
            | Outcome::Reactors { .. }
            | Outcome::Opined { .. } => {
                self.refused(Failure::NotHere);
            }
        }
    }

    fn refused(&mut self, failure: Failure) {
        self.change(InterviewChange::ThreadIs { thread: Thread::Refused(failure) });
        if !self.after.is_closed() {
            self.over(Over::NoThread);
        }
    }

    fn added(&mut self, member: MemberId, outcome: &Outcome) {
        if self.after.added.contains(&member) {
            return;
        }
        match outcome {
            Outcome::Failed(Failure::Unavailable { .. }) => self.delay(self.after.since),
            Outcome::Failed(Failure::ChannelGone) => self.lost(),
            Outcome::Failed(_)
            | Outcome::Sent { .. }
            | Outcome::NotFound
            | Outcome::Done
            | Outcome::Opened { .. }
            | Outcome::Reactors { .. }
            | Outcome::Opined { .. } => self.change(InterviewChange::Added { member }),
        }
    }

    fn said(&mut self, place: u16, outcome: &Outcome) {
        let Some(note) = self.after.notes.get(usize::from(place)) else { return };
        if note.said != Said::Wanted {
            return;
        }
        let (since, is_true) = (note.since, self.after.is_true(note));
        let said = match outcome {
            Outcome::Sent { message } if is_true => Said::Stands(*message),
            Outcome::Sent { message } => Said::Stale(*message),
            Outcome::Failed(Failure::Unavailable { .. }) => return self.delay(since),
            Outcome::Failed(Failure::ChannelGone | Failure::NotHere | Failure::NotAllowed) => {
                return self.lost();
            }
            Outcome::Failed(Failure::MessageGone | Failure::Late | Failure::Refused { .. })
            | Outcome::NotFound
            | Outcome::Done
            | Outcome::Opened { .. }
            | Outcome::Reactors { .. }
            | Outcome::Opined { .. } => Said::Never,
        };
        self.change(InterviewChange::SaidIs { note: place, said });
    }

    fn mended(&mut self, place: u16, outcome: &Outcome) {
        let Some(note) = self.after.notes.get(usize::from(place)) else { return };
        let (message, is_newest): (MessageId, bool) = match note.said {
            Said::Stale(message) => (message, true),
            Said::Staler(message) => (message, false),
            Said::Wanted | Said::Stands(_) | Said::Never => return,
        };
        let before = note.said;
        let said = match outcome {
            Outcome::Done | Outcome::Sent { .. } if is_newest => Said::Stands(message),
            Outcome::Done | Outcome::Sent { .. } => Said::Stale(message),
            Outcome::Failed(Failure::Unavailable { .. }) => {
                self.delay(self.after.touched);
                Said::Stale(message)
            }
            Outcome::Failed(Failure::ChannelGone) => return self.lost(),
            Outcome::Failed(_)
            | Outcome::NotFound
            | Outcome::Opened { .. }
            | Outcome::Reactors { .. }
            | Outcome::Opined { .. } => Said::Never,
        };
        if said != before {
            self.change(InterviewChange::SaidIs { note: place, said });
        }
    }

    /// Nothing can be said in the thread any more. What is judged is judged all the same: that
    /// happens in private.
    fn lost(&mut self) {
        let Thread::Open(channel) = self.after.thread else { return };
        self.change(InterviewChange::ThreadIs { thread: Thread::Lost(channel) });
        match self.after.stage {
            Stage::Lobby { .. } | Stage::Running | Stage::Paused { .. } => {
                self.over(Over::NoThread);
            }
            Stage::Judging { .. } | Stage::Opened { .. } | Stage::Over { .. } => {}
        }
    }
}
