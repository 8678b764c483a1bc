//! Everything that is said, with hostile texts in every place: it fits, it notifies nobody, nothing
//! of an answer is lost, and a hint stays hidden.
//!
//! An input is texts with a line `%%` between them: prompt, answer, hint, title of the topic, what
//! a member typed, and then key points, pitfalls, follow-ups with their answers and sources in
//! turn. A line `%% 500` repeats the text above it so often.

use std::sync::Arc;

use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use mockingbird::bank::{FollowUp, KeyPoint, Question, Topic, limits};
use mockingbird::practice::daily::{DailyResult, Management};
use mockingbird::practice::effect::Failure;
use mockingbird::practice::input::{Subject, Wanted};
use mockingbird::practice::refusal::Refusal;
use mockingbird::practice::rules::{Days, Schedule, Zone};
use mockingbird::practice::view::{DailyDone, DailyView, QuestionView, View};
use mockingbird::practice::{ChannelId, MemberId, PostId};
use mockingbird::words::{Message, clip, plain, thread_name};

use super::{shown, units};

/// The longest text that a member can type into an option, in characters.
const TYPED: usize = 6_000;

pub(super) fn holds(text: &str) {
    let texts = texts(text);
    let question = Arc::new(question(&texts));
    let typed = part(&texts, 4, TYPED);
    in_a_channel(&question);
    in_an_answer(&question);
    in_a_refusal(&typed);
    in_a_state(&question, &typed);
    super::interviews::hold(&question, &typed);
    super::own::hold(&question, &typed);
    for most in [0, 1, 2, 100, typed.len() / 2] {
        let short = clip(&typed, most);
        assert!(units(&short) <= most, "{} of {most}", units(&short));
        let kept = short.strip_suffix('…').unwrap_or(&short);
        assert!(short == typed || typed.starts_with(kept), "{short:?}");
    }
}

fn in_a_channel(question: &Arc<Question>) {
    let name = thread_name(question);
    assert!((1..=100).contains(&units(&name)) && !name.contains(char::is_control), "{name:?}");
    assert!(!plain(&question.prompt).contains(char::is_control));
    for can_react in [true, false] {
        let messages = shown::fits(&View::Question(QuestionView {
            post: PostId(255),
            question: Arc::clone(question),
            daily: Some(date(2026, 11, 23)),
            emoji: "💡".to_owned(),
            reactions: 2,
            can_react,
        }));
        assert_eq!(messages.len(), 1, "a question is one message");
        let hidden = Question { hint: None, ..Question::clone(question) };
        let without = shown::fits(&View::Question(QuestionView {
            post: PostId(255),
            question: Arc::new(hidden),
            daily: Some(date(2026, 11, 23)),
            emoji: "💡".to_owned(),
            reactions: 2,
            can_react,
        }));
        assert_eq!(messages[0].embeds, without[0].embeds, "the hint is not hidden");
    }
}

fn in_an_answer(question: &Arc<Question>) {
    let pages = shown::fits(&View::Answer {
        post: PostId(1),
        question: Arc::clone(question),
        revealed_by: (0..30).map(|n| MemberId(u64::MAX - n)).collect(),
    });
    let all: String = pages.iter().map(description).collect();
    nothing_is_lost(&all, &question.answer);
    let title = pages.iter().flat_map(|page| &page.embeds).map(|embed| embed.title.as_str()).next();
    nothing_is_lost(&format!("{}{all}", title.unwrap_or_default()), &question.prompt);
}

/// All letters of a part stand in the whole, in their order.
fn nothing_is_lost(whole: &str, part: &str) {
    let mut rest = letters(whole);
    for (index, wanted) in letters(part).enumerate() {
        assert!(rest.any(|c| c == wanted), "{wanted:?}, letter {index} of {part:?}, is lost");
    }
}

fn description(page: &Message) -> &str {
    page.embeds.first().map_or("", |embed| embed.description.as_str())
}

/// What is left of a text without what a renderer may add or drop.
fn letters(text: &str) -> impl Iterator<Item = char> {
    let turns = |c: &char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().filter(move |c| !c.is_whitespace() && !c.is_control() && !turns(c))
}

fn in_a_refusal(typed: &str) {
    let asked = typed.to_owned();
    let nearest = Some(asked.chars().take(32).collect::<String>());
    let subject = Subject::Topic(Topic::new(typed));
    for refusal in [
        Refusal::UnknownTopic { asked: asked.clone(), nearest: nearest.clone() },
        Refusal::NothingFound { asked: asked.clone(), nearest },
        Refusal::NoQuestionFound { asked: asked.clone() },
        Refusal::Unknown { name: asked.clone() },
        Refusal::NothingFits(Wanted { subject, ..Wanted::default() }),
        Refusal::BadOption {
            option: asked.clone(),
            given: asked,
            expected: "a time of day".to_owned(),
        },
    ] {
        shown::is_inert(&View::Refusal(refusal));
    }
}

/// How dailies stand, and what the bank holds.
fn in_a_state(question: &Question, typed: &str) {
    let topics: Vec<Topic> = question.pitfalls.iter().map(|text| Topic::new(text)).collect();
    let at = Timestamp::from_second(1_795_000_000).expect("within range");
    let reason = typed.to_owned();
    let view = DailyView {
        channel: ChannelId(u64::MAX),
        schedule: Schedule {
            at: question.prompt.len().try_into().map_or(jiff::civil::Time::MAX, |minute: u16| {
                let minute = minute % 1_440;
                let part = |n: u16| i8::try_from(n).expect("below 60");
                jiff::civil::time(part(minute / 60), part(minute % 60), 0, 0)
            }),
            zone: Zone::utc(),
            days: Days::WORKDAYS,
            topics,
            catch_up: SignedDuration::from_hours(6),
        },
        managed: Management::Config,
        paused: false,
        skip: Some(date(2026, 11, 24)),
        last: Some((
            date(2026, 11, 23),
            DailyResult::Refused(Failure::Refused { code: u32::MAX, reason }),
            at,
        )),
        next: Some(at),
        underway: Some((date(2026, 11, 23), Some(at))),
        fitting: (usize::MAX, 0),
    };
    shown::fits(&View::DailyStatus(view.clone()));
    shown::fits(&View::DailyChanged { done: DailyDone::Set, daily: view.clone() });
    shown::fits(&View::DailyList(vec![view; 40]));
    let titles = vec![(question.topic_title.clone(), usize::MAX); 60];
    shown::fits(&View::About { questions: usize::MAX, topics: titles });
}

fn question(texts: &[String]) -> Question {
    let mut question = Question {
        topic_title: part(texts, 3, limits::TITLE),
        minutes: Some(4),
        hint: texts.get(2).map(|text| cut(text, limits::HINT)),
        ..Question::bare(
            "own",
            "ours",
            &part(texts, 0, limits::PROMPT),
            &part(texts, 1, limits::ANSWER),
        )
    };
    for (index, text) in texts.iter().skip(5).enumerate().take(30) {
        match index % 4 {
            0 if question.key_points.len() < limits::KEY_POINTS => {
                question.key_points.push(KeyPoint::of(cut(text, limits::POINT)));
            }
            1 => question.pitfalls.push(cut(text, limits::PITFALL)),
            2 => question.follow_ups.push(FollowUp {
                prompt: cut(text, limits::FOLLOW_UP_PROMPT),
                answer: cut(text, limits::FOLLOW_UP_ANSWER),
            }),
            _ => question.sources.push(cut(text, limits::SOURCE)),
        }
    }
    question
}

fn part(texts: &[String], index: usize, most: usize) -> String {
    texts.get(index).map_or_else(String::new, |text| cut(text, most))
}

/// The beginning of a text, as much as a bank accepts.
fn cut(text: &str, most: usize) -> String {
    let mut used = 0;
    let fits = |c: &char| {
        used += c.len_utf16();
        used <= most
    };
    text.chars().take_while(fits).collect()
}

/// The texts of an input.
fn texts(input: &str) -> Vec<String> {
    let mut texts = vec![String::new()];
    for line in input.split_inclusive('\n') {
        let times = line.trim_end().strip_prefix("%%");
        let Some(last) = texts.last_mut() else { continue };
        match times {
            None => last.push_str(line),
            Some(times) => {
                if let Ok(times) = times.trim().parse::<usize>() {
                    let text = last.trim_end_matches('\n');
                    let most = (TYPED * 2).checked_div(text.len()).unwrap_or(0);
                    *last = text.repeat(times.min(most.max(1)));
                }
                texts.push(String::new());
            }
        }
    }
    texts.iter().map(|text| text.trim_end_matches('\n').to_owned()).collect()
}
