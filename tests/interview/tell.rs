//! Views of interviews in a few plain lines, so that a transcript shows which buttons there are and
//! who knows what. The words that members read are not these.

use std::collections::BTreeSet;
use std::fmt::{Display, Write as _};

use jiff::Timestamp;
use mockingbird::bank::QuestionId;
use mockingbird::practice::MemberId;
use mockingbird::practice::interview::state::{Card, Past, Stage};
use mockingbird::practice::interview::view::{Face, Onward, OpenedView, StatusView};
use mockingbird::practice::interview::{FormView, InterviewView as V};
use mockingbird::practice::own::{OwnView, TypedView};
use mockingbird::practice::view::View;

use crate::seed::{everybody, name_of, names_of};

/// A view.
pub(crate) fn tell(view: &View) -> String {
    match view {
        View::Interview(view) => tell_interview(view),
        View::Refusal(refusal) => format!("REFUSED {refusal:?}"),
        View::Question(view) => format!("Quiz: {}", view.question.id),
        View::Own(view) => match &**view {
            OwnView::Answer { question, .. } => format!("Answer to {}", question.question.id),
            other => panic!("no view of interviews: {other:?}"),
        },
        other => panic!("no view of interviews: {other:?}"),
    }
}

fn tell_interview(view: &V) -> String {
    match view {
        V::Announcement { plan, candidate, interviewers, public, face } => {
            let public = if *public { "public" } else { "private" };
            let who = by(*candidate, interviewers);
            format!("Announcement: {} ({public}), {who}: {}", plan.title, tell_face(face))
        }
        V::Lobby { joined, until, candidate, interviewers, .. } => {
            let joined = list(joined.iter().copied());
            let until = until.map_or("over".to_owned(), |until| {
                format!("until {} [Join] [Begin] [Cancel]", clock(until))
            });
            format!("Lobby: {}; here: {joined}; {until}", by(*candidate, interviewers))
        }
        V::Agenda { turn: (turn, of), candidate, interviewers, times, .. } => {
            let times: Vec<_> = times.iter().map(|time| clock(*time)).collect();
            let who = by(*candidate, interviewers);
            format!("Agenda of turn {turn} of {of}: {who}: {}", times.join(", "))
        }
        V::Question(view) => {
            let number = view.place.question + 1;
            let mut text = format!(
                "Question {number} of {} for {} ({} until {}): {}",
                view.of,
                name_of(view.candidate),
                view.section,
                clock(view.ends),
                view.question.prompt
            );
            let mut button = |there: bool, label: &str| {
                if there {
                    let _ = write!(text, " [{label}]");
                }
            };
            button(view.open, "Answer");
            button(view.open && view.alone, "Aloud");
            button(view.open && view.can_hint, "Hint");
            let leads = view.open && !view.alone;
            button(leads && view.follow_ups > 0, &format!("Follow-up, {} left", view.follow_ups));
            button(leads && view.can_push_back, "Push back");
            button(leads, "Kit");
            button(leads, "Next");
            text
        }
        V::Hint { number, text } => format!("Hint to {number}: {text}"),
        V::FollowUp { text, alone, .. } => format!("Follow-up: {text}{}", answers(*alone)),
        V::PushBack { text, alone, .. } => format!("Pushback: {text}{}", answers(*alone)),
        V::Answer { number, candidate, text } => {
            let text = if text.is_empty() { "(deleted)" } else { text };
            format!("Answer of {} to {number}: {text}", name_of(*candidate))
        }
        V::Model { question, ticked, open, next, .. } => {
            let menu = if *open { " [Points] [Found]" } else { "" };
            let next = match next {
                Some(Onward::Question) => " [Next]",
                Some(Onward::End) => " [Finish]",
                None => "",
            };
            format!("Model: {} {}{menu}{next}", question.answer, points(ticked))
        }
        V::Found { question, evidence, .. } => of("Found in", &question.id, evidence.as_ref()),
        V::Heard { question, evidence, .. } => of("Heard of", &question.id, Some(evidence)),
        V::Kit { question, ticked, evidence, .. } => {
            format!("Kit: {} {}{}", question.answer, points(ticked), found(evidence.as_ref()))
        }
        V::Time { section, time, ends, next } => {
            let next = next.as_deref().unwrap_or("the end");
            format!("Time: {section} {time:?} at {}, then {next}", clock(*ends))
        }
        V::Paused { idle, .. } => {
            format!("Paused{} [Resume]", if *idle { " by itself" } else { "" })
        }
        V::Resumed { ends } => format!("Resumed, until {}", clock(*ends)),
        V::Cards { done, missing, until, .. } => {
            let until = until.map_or("open".to_owned(), |until| {
                format!("until {} [Card]", until.strftime("%a %H:%M"))
            });
            let (done, missing) = (names_of(done), names_of(missing));
            format!("Cards: done {done}; missing {missing}; {until}")
        }
        V::Card(view) => {
            let own = if view.own { "own card" } else { "card" };
            let who = name_of(view.candidate);
            format!("{own} {} about {who}: {}", view.turn, card(&view.card))
        }
        V::Opened(view) => opened(view),
        V::Over { why } => format!("Over: {}", debug(why)),
        V::DeleteReally { .. } => "Really? [Delete for good]".to_owned(),
        V::Deleted => "Deleted".to_owned(),
        V::Done(done) => format!("Done: {}", debug(done)),
        V::Status(view) => status(view),
        V::History { past } => {
            let past: Vec<_> = past.iter().map(past_one).collect();
            format!("History: {}", if past.is_empty() { "-".to_owned() } else { past.join("\n  ") })
        }
        V::Plans { plans, left_out: _ } => {
            let titles: Vec<_> = plans.iter().map(|plan| plan.title.as_str()).collect();
            format!("Plans: {}", titles.join(", "))
        }
    }
}

fn tell_face(face: &Face) -> String {
    match face {
        Face::Opening => "opening".to_owned(),
        Face::Here => "here".to_owned(),
        Face::Open(_) => "in its thread".to_owned(),
        Face::Closed => "closed".to_owned(),
        Face::Refused(failure) => format!("no thread: {failure:?}"),
    }
}

fn of(what: &str, question: &QuestionId, evidence: Option<&TypedView>) -> String {
    format!("{what} {question}{}", found(evidence))
}

/// A form.
pub(crate) fn tell_form(form: &FormView) -> String {
    match form {
        FormView::Answer { prompt, .. } => format!("Form to answer: {prompt}"),
        FormView::Heard { prompt, .. } => format!("Form for what was said: {prompt}"),
        FormView::Comments { dimensions, .. } => {
            let fields: Vec<_> =
                dimensions.iter().map(|(title, before)| format!("{title} ({before})")).collect();
            format!("Form for comments: {}", fields.join(", "))
        }
        FormView::Words { well, next, .. } => format!("Form for words: ({well}) ({next})"),
    }
}

fn opened(view: &OpenedView) -> String {
    if view.deleted {
        return format!("Opened: {} had it deleted", name_of(view.candidate));
    }
    let mut text = format!(
        "Opened: {} of {}; missing {} [Delete]",
        view.plan.title,
        name_of(view.candidate),
        names_of(&view.missing)
    );
    for card_of in &view.cards {
        let own = if card_of.own { " (own)" } else { "" };
        let _ = write!(text, "\n  {}{own}: {}", name_of(card_of.by), card(&card_of.card));
    }
    for asked in &view.questions {
        let made = if asked.judged { points(&asked.ticked) } else { "not judged".to_owned() };
        let hinted = if asked.hinted { ", with a hint" } else { "" };
        let answers = asked.answers.join(" / ");
        let _ = write!(text, "\n  {}: {made}{hinted}; {answers}", asked.question.id);
    }
    text
}

fn status(view: &StatusView) -> String {
    let stage = match view.stage {
        Stage::Lobby { .. } => "gathering",
        Stage::Running => "running",
        Stage::Paused { .. } => "paused",
        Stage::Judging { .. } => "judging",
        Stage::Opened { .. } => "opened",
        Stage::Over { .. } => "over",
    };
    let (asked, of) = view.questions;
    let ends = view.ends.map_or("-".to_owned(), clock);
    let mut text = format!(
        "Status: {}, {}: {stage}, {asked} of {of}, ends {ends}; missing {}{}{}",
        view.plan.title,
        by(view.candidate, &view.interviewers),
        names_of(&view.missing),
        view.trouble.as_ref().map_or(String::new(), |trouble| format!("; {trouble:?}")),
        if view.delete.is_some() { " [Delete]" } else { "" },
    );
    for view in &view.opened {
        text.push('\n');
        text.push_str(&opened(view));
    }
    text
}

fn past_one(past: &Past) -> String {
    let bands: Vec<_> = past
        .bands
        .iter()
        .map(|band| format!("{} {}/{}", band.dimension, dash(band.others), dash(band.own)))
        .collect();
    let (made, of) = past.points;
    format!(
        "{} by {}: {}; {} questions, {made} of {of} points",
        past.plan,
        past.interviewers,
        bands.join(", "),
        past.questions
    )
}

fn card(card: &Card) -> String {
    let bands: Vec<_> = card.bands.iter().map(|band| dash(*band)).collect();
    let comments: Vec<_> = card.comments.iter().filter(|text| !text.is_empty()).collect();
    let sealed = if card.sealed.is_some() { ", sealed" } else { "" };
    let words = if card.well.is_empty() && card.next.is_empty() {
        String::new()
    } else {
        format!(", well: {}, next: {}", card.well, card.next)
    };
    format!("bands {}, comments {comments:?}{words}{sealed}", bands.join(" "))
}

fn by(candidate: MemberId, interviewers: &[MemberId]) -> String {
    match interviewers {
        [] => format!("{} by the bot", name_of(candidate)),
        _ => format!("{} by {}", name_of(candidate), names_of(interviewers)),
    }
}

fn list(members: impl IntoIterator<Item = MemberId>) -> String {
    names_of(&members.into_iter().collect::<Vec<_>>())
}

fn points(ticked: &BTreeSet<u8>) -> String {
    let points: Vec<_> = ticked.iter().map(u8::to_string).collect();
    format!("points [{}]", points.join(" "))
}

fn answers(alone: bool) -> &'static str {
    if alone { " [Answer] [Aloud]" } else { "" }
}

fn dash(number: Option<impl Display>) -> String {
    number.map_or("-".to_owned(), |number| number.to_string())
}

fn clock(moment: Timestamp) -> String {
    moment.strftime("%H:%M").to_string()
}

/// With names instead of ids.
fn debug(value: &impl std::fmt::Debug) -> String {
    let mut text = format!("{value:?}");
    for (name, id) in everybody() {
        text = text.replace(&format!("{id:?}"), name);
    }
    text
}

/// What is found in what was written: the words for each key point.
fn found(evidence: Option<&TypedView>) -> String {
    let Some(evidence) = evidence else { return String::new() };
    let words = evidence.points.iter().map(|point| point.evidence.as_deref().unwrap_or("-"));
    format!(", written {:?}", words.collect::<Vec<_>>())
}
