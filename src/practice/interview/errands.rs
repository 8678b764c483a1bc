//! What is to be done for an interview as it stands. Doing any of it twice does no harm.

use jiff::{SignedDuration, Timestamp};

use super::notes::As;
use super::state::{Announcement, Interview, Said, Stage, Thread};
use super::view::InterviewView;
use crate::practice::effect::{Attempt, Effect, Errand, OrderId};
use crate::practice::ids::{MessageId, splitmix};
use crate::practice::view::View;
use crate::words::clip;

/// The most characters of a thread's name (Discord, "Channel Object").
const THREAD_NAME: usize = 100;

/// The place of a note.
fn number(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}

impl Interview {
    /// What is outstanding, in the order in which it is done. Of all that is to be said only the
    /// first is, so that it comes in order. `again` where the news of something may have been lost.
    pub(super) fn errands(&self, again: bool) -> Vec<Errand> {
        let mut errands = Vec::new();
        match self.announcement {
            Announcement::Stale(_) => errands.push(Errand::Correct),
            Announcement::None if again => errands.push(Errand::Announce),
            Announcement::None | Announcement::True(_) | Announcement::Staler(_) => {}
        }
        match self.thread {
            Thread::Wanted(_) if !self.is_closed() => errands.push(Errand::Thread),
            Thread::Open(thread) => {
                let is_over = matches!(self.stage, Stage::Over { .. });
                if thread != self.channel && !is_over {
                    let people = self.people();
                    let missing = people.difference(&self.added);
                    errands.extend(missing.map(|member| Errand::Add(*member)));
                }
                let notes = || (0..).zip(&self.notes);
                // What people wait for, and only then what is behind them.
                let first = notes().find(|(_, note)| note.said == Said::Wanted);
                errands.extend(first.map(|(place, _)| Errand::Say(number(place))));
                let stale = notes().filter(|(_, note)| matches!(note.said, Said::Stale(_)));
                errands.extend(stale.map(|(place, _)| Errand::Mend(number(place))));
            }
            Thread::Wanted(_) | Thread::Refused(_) | Thread::Lost(_) => {}
        }
        errands
    }

    /// What carries an errand out. `again` where it may have been carried out before.
    pub(super) fn effect(&self, errand: Errand, now: Timestamp, again: bool) -> Option<Effect> {
        let order = OrderId::Interview { interview: self.id, errand };
        let boxed = |view: InterviewView| Box::new(View::Interview(Box::new(view)));
        match errand {
            // The announcement answers the command, once; after that it can only be looked for.
            Errand::Announce => {
                let (channel, request) = (self.channel, self.id.0);
                Some(Effect::FindReply { order, channel, request })
            }
            Errand::Correct => {
                let Announcement::Stale(message) = self.announcement else { return None };
                let view = boxed(self.announced(As::Now)?);
                Some(Effect::Edit { order, channel: self.channel, message, view })
            }
            Errand::Thread => {
                let Thread::Wanted(since) = self.thread else { return None };
                let first = now == since && !again;
                Some(Effect::StartThread {
                    order,
                    channel: self.channel,
                    name: self.thread_name(),
                    private: !self.public,
                    attempt: if first {
                        Attempt::Nonce { since }
                    } else {
                        Attempt::LookFirst { since }
                    },
                })
            }
            Errand::Add(member) => {
                let Thread::Open(thread) = self.thread else { return None };
                Some(Effect::AddToThread { order, thread, member })
            }
            Errand::Say(place) => {
                let Thread::Open(channel) = self.thread else { return None };
                let note = self.notes.get(usize::from(place))?;
                Some(Effect::Send {
                    order,
                    channel,
                    reply_to: None,
                    after: self.said_before(place),
                    view: boxed(self.says(note, As::First)?),
                    nonce: self.id.nonce(u64::from(place)),
                    attempt: Attempt::at(now, note.since),
                })
            }
            Errand::Mend(place) => {
                let Thread::Open(channel) = self.thread else { return None };
                let note = self.notes.get(usize::from(place))?;
                let Said::Stale(message) = note.said else { return None };
                let view = boxed(self.says(note, As::Now)?);
                Some(Effect::Edit { order, channel, message, view })
            }
        }
    }

    /// The newest message that is known of all notes before one. They come in order, so that it
    /// is older than the message of that note.
    fn said_before(&self, place: u16) -> Option<MessageId> {
        let notes = self.notes.iter().take(usize::from(place));
        let said = notes.filter_map(|note| match note.said {
            Said::Stands(message) | Said::Stale(message) | Said::Staler(message) => Some(message),
            Said::Wanted | Said::Never => None,
        });
        said.max()
    }

    /// Unlike that of any other thread, so that it is found again.
    fn thread_name(&self) -> String {
        let sign = splitmix(self.id.0) & 0x000f_ffff;
        let title = clip(&self.plan.title, THREAD_NAME - 20);
        format!("{title} · {sign:05x}")
    }

    /// When to try again what could not be done since then: soon at first, then every five
    /// minutes.
    pub(super) fn retry_at(now: Timestamp, since: Timestamp) -> Timestamp {
        let waited = now.duration_since(since);
        let pause = (waited / 2).clamp(SignedDuration::from_secs(15), SignedDuration::from_mins(5));
        super::facts::later(now, pause)
    }
}
