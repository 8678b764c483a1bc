//! What leads through an interview: the announcement, the lobby, the agenda, times and rests.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::say::{at, by, countdown, first, moment, press, short, who, whom};
use crate::plans::Plan;
use crate::practice::effect::Failure;
use crate::practice::ids::{InterviewId, MemberId};
use crate::practice::interview::MockPress;
use crate::practice::interview::state::Time;
use crate::practice::interview::view::Face;
use crate::words::text::{clip, count, one_line};
use crate::words::{Message, color, framed};

/// The title of a plan.
pub(super) fn title(plan: &Plan) -> String {
    short(&plan.title, 60)
}

/// "45 minutes, 6 questions", "2 × 30 minutes, roles swap, 4 questions each".
pub(super) fn size(plan: &Plan) -> String {
    let minutes = usize::try_from(plan.minutes()).unwrap_or(usize::MAX);
    let questions = count(plan.questions(), "question", "questions");
    if plan.swap {
        format!("2 × {}, roles swap, {questions} each", count(minutes, "minute", "minutes"))
    } else {
        format!("{}, {questions}", count(minutes, "minute", "minutes"))
    }
}

pub(super) fn announcement(
    plan: &Plan,
    candidate: MemberId,
    interviewers: &[MemberId],
    public: bool,
    face: &Face,
) -> Message {
    let who = format!("{} is interviewed by {}.", who(candidate), by(interviewers));
    let state = match face {
        Face::Opening if public => "A thread for it is being opened.".to_owned(),
        Face::Opening => "A private thread for it is being opened.".to_owned(),
        Face::Here => "It takes place here.".to_owned(),
        Face::Open(thread) if public => {
            format!("It takes place in <#{thread}>. Everybody may look on.")
        }
        Face::Open(thread) => {
            format!("It takes place in <#{thread}>, for those who take part.")
        }
        Face::Closed => "It is over.".to_owned(),
        Face::Refused(failure) => refused(failure, public),
    };
    let text = format!("{who} {}.\n{state}", size(plan));
    framed(format!("Mock interview: {}", title(plan)), text, color::STATE)
}

/// Why there is no thread, and the way out.
fn refused(failure: &Failure, public: bool) -> String {
    let why = match failure {
        Failure::NotAllowed if public => {
            "I may not open a public thread here: give me Create Public Threads and Send Messages \
             in Threads."
                .to_owned()
        }
        Failure::NotAllowed => {
            "I may not open a private thread here: give me Create Private Threads and Send \
             Messages in Threads, or use `/mock start public:True`."
                .to_owned()
        }
        Failure::ChannelGone => "The channel is gone.".to_owned(),
        Failure::MessageGone => "The message was deleted.".to_owned(),
        Failure::NotHere => {
            "No thread can be opened here: there may be too many, or the channel may have none. \
             Another channel may do."
                .to_owned()
        }
        Failure::Late => "Discord took it too late. Please start it again.".to_owned(),
        Failure::Refused { code, reason } => {
            format!("Discord refused to open a thread ({code}: {}).", said(reason))
        }
        Failure::Unavailable { reason } => {
            format!("Discord could not be reached ({}). Please start it again later.", said(reason))
        }
    };
    format!("It does not take place. {why}")
}

/// A reason in somebody else's words.
pub(super) fn said(reason: &str) -> String {
    let text = clip(&one_line(reason).replace('`', "'"), 200);
    if text.is_empty() {
        "no reason given".to_owned()
    } else {
        crate::words::markup::contained(&text)
    }
}

pub(super) fn lobby(
    interview: InterviewId,
    plan: &Plan,
    (candidate, interviewers): (MemberId, &[MemberId]),
    joined: &BTreeSet<MemberId>,
    until: Option<Timestamp>,
) -> Message {
    let here = |member: &MemberId| {
        let state = if joined.contains(member) { "✅" } else { "⏳" };
        format!("{state} {}", who(*member))
    };
    let others: Vec<String> = interviewers.iter().map(here).collect();
    let people = format!(
        "Candidate: {}\n{}: {}",
        here(&candidate),
        if others.len() > 1 { "Interviewers" } else { "Interviewer" },
        if others.is_empty() { "me".to_owned() } else { others.join(", ") }
    );
    let rule = match until {
        Some(until) => format!(
            "Press **Join** when you are ready. It begins when all are here, or when the \
             candidate presses **Begin** and an interviewer is here. Else it is called off {}.",
            countdown(until)
        ),
        None => "Nobody can join any more.".to_owned(),
    };
    let text = format!("{}.\n\n{people}\n\n{rule}", size(plan));
    let mut message = framed(format!("Who is here? {}", title(plan)), text, color::STATE);
    if until.is_some() {
        message.rows = vec![vec![
            first(interview, MockPress::Join, "Join"),
            press(interview, MockPress::Begin, "Begin"),
            press(interview, MockPress::Cancel, "Call off"),
        ]];
    }
    message
}

pub(super) fn agenda(
    plan: &Plan,
    candidate: MemberId,
    interviewers: &[MemberId],
    (turn, of): (u8, u8),
    times: &[Timestamp],
) -> Message {
    let sections = plan.sections.iter().zip(times).map(|(section, begins)| {
        format!(
            "{} **{}**: {}, {}",
            at(*begins),
            short(&section.title, 60),
            count(section.questions.into(), "question", "questions"),
            count(section.minutes.into(), "minute", "minutes"),
        )
    });
    let mut lines: Vec<String> = sections.collect();
    if let Some(end) = times.get(plan.sections.len()).or(times.last()) {
        lines.push(format!("{} End, {}", at(*end), countdown(*end)));
    }
    let how = if interviewers.is_empty() {
        "I ask, you answer: in writing, or aloud as if somebody sat opposite. Then you see the \
         model answer and tick what you said."
    } else {
        "The candidate speaks, or presses **Answer in writing**. Those who interview lead with the \
         buttons; **Kit** shows the model answer to them alone."
    };
    let then = if turn < of { " After the last question the roles swap." } else { "" };
    let text = format!(
        "{} is interviewed by {}.\n\n{}\n\n{how}{then} When the time is up nothing is cut off.",
        who(candidate),
        by(interviewers),
        lines.join("\n"),
    );
    let name = title(plan);
    let title = if of > 1 { format!("{name}, part {turn} of {of}") } else { name };
    framed(title, text, color::STATE)
}

pub(super) fn time(section: &str, time: Time, ends: Timestamp, next: Option<&str>) -> Message {
    let section = short(section, 60);
    let then = next.map_or_else(
        || "It is the last section".to_owned(),
        |next| format!("Next is **{}**", short(next, 60)),
    );
    // How far away a moment is counts on by itself: the sentence is right before and after it.
    let ends = countdown(ends);
    let text = match time {
        Time::Nearly => format!("⏳ **{section}**, planned end: {ends}. {then}."),
        Time::Over if next.is_some() => {
            format!("⌛ **{section}**, planned end: {ends}. {then}: go on when you are ready.")
        }
        Time::Over => {
            format!("⌛ **{section}**, planned end: {ends}. {then}: finish when you are ready.")
        }
    };
    framed(String::new(), text, color::STATE)
}

pub(super) fn paused(interview: InterviewId, idle: bool) -> Message {
    let text = "The interview rests, and its clock stands still. To go on, press **Resume**. After \
                seven days it ends by itself.";
    let mut message = framed("Paused", text, color::STATE);
    // Beside the text by which the message is known again: later nobody remembers why it rested.
    if let (true, Some(embed)) = (idle, message.embeds.first_mut()) {
        "Nothing had happened for a while.".clone_into(&mut embed.footer);
    }
    message.rows = vec![vec![first(interview, MockPress::Resume, "Resume")]];
    message
}

pub(super) fn resumed(ends: Timestamp) -> Message {
    let text = format!("The interview goes on. Planned end: {}.", moment(ends));
    framed(String::new(), text, color::STATE)
}

/// "<@1>, <@2>", or "nobody".
pub(super) fn people(members: &[MemberId]) -> String {
    if members.is_empty() { "nobody".to_owned() } else { whom(members) }
}
