//! What is said of a typed answer before the answer of the bank is shown. A key point that is
//! missing is asked for and never told. It judges nothing.

use super::grades::rows;
use super::question::piece;
use super::say::{self, lines, short};
use super::{answer, coached, first, hint_button, press};
use crate::bank::{KeyPoint, Question};
use crate::command::button;
use crate::judge::{Flag, State};
use crate::practice::input::{FormId, MenuId};
use crate::practice::own::view::{OwnQuestion, PartOf};
use crate::practice::own::{Coached, Flow, Key, OwnForm, OwnMenu, OwnPress, TypedPoint, TypedView};
use crate::practice::streak::Standing;
use crate::practice::view::Counted;
use crate::words::limits::{FORM_TEXT, TITLE};
use crate::words::markup::contained;
use crate::words::text::{clip, one_line, units};
use crate::words::{Button, Field, Form, Menu, MenuOption, Message, color, framed};

/// Characters of one's own words at a key point.
const QUOTE: usize = 160;
/// Characters of a key point.
const POINT: usize = 220;
/// Characters of each list.
const LIST: usize = 1_500;
/// All that stands in the frame.
const FRAME: usize = 4_000;
/// So many key points can be decided on before the answer is shown.
const DECIDED: usize = 8;
/// Buttons in a row.
const BUTTONS: usize = 5;
/// So many of them have a row of their own.
const ROWS: usize = 4;

/// What stands for a missing key point of which nothing can be asked; such are counted.
const NO_HINT: &str = "";

/// What the marks at key points mean.
pub(super) const LEGEND: &str = "-# ✅ in your answer · ❔ not sure · ▫️ not found";

/// The mark of a key point.
pub(super) fn mark(typed: &TypedView, place: usize) -> &'static str {
    match typed.points.get(place).map(|point| point.state) {
        Some(State::Covered) => "✅ ",
        Some(State::Unsure) => "❔ ",
        Some(State::Missing) => "▫️ ",
        None => "",
    }
}

/// How a press goes on from a question, by what that is part of.
pub(super) const fn flow(part_of: PartOf, itself: Flow) -> Flow {
    match part_of {
        PartOf::Itself => itself,
        PartOf::Review { .. } => Flow::Review,
        PartOf::Sprint { .. } => Flow::Sprint,
    }
}

/// The form for an answer.
pub(super) fn form(key: Key, flow: Flow, prompt: &str, before: &str) -> Form {
    let prompt = crate::words::plain(prompt);
    Form {
        custom_id: button::form_id(FormId::Own(OwnForm::Typed(key, flow))),
        title: say::plain(&prompt, 45),
        fields: vec![Field {
            label: "Your answer, as you would say it".to_owned(),
            placeholder: say::plain(&prompt, 100),
            value: before.to_owned(),
            most: u16::try_from(FORM_TEXT).unwrap_or(u16::MAX),
            required: true,
            long: true,
        }],
    }
}

/// What is said of a typed answer.
pub(super) fn message(view: &OwnQuestion, standing: Option<&(Standing, Counted)>) -> Message {
    let question = &view.question;
    let nothing = TypedView {
        name: 0,
        points: Vec::new(),
        score: 0,
        on_topic: true,
        flags: Vec::new(),
        pitfall: None,
        coach: Coached::Nowhere,
    };
    let typed = view.typed.as_ref().unwrap_or(&nothing);
    let asked = contained(&one_line(&question.prompt));
    let in_title = !question.prompt.trim().contains(['\n', '\r'])
        && !asked.is_empty()
        && units(&asked) <= TITLE;
    let mut parts = Vec::new();
    if !in_title {
        parts.push(piece(&answer::asked(question), 700));
    }
    parts.extend(notes(typed));
    parts.extend(lists(question, typed));
    parts.extend(typed.pitfall.as_deref().map(|pitfall| {
        format!("**A mistake that many make, close to what you wrote**\n- {}", short(pitfall, 300))
    }));
    parts.extend(coached::note(typed));
    let title = if in_title { asked } else { "Your answer".to_owned() };
    let mut message = framed(title, piece(&parts.join("\n\n"), FRAME), color::STATE);
    if let Some(embed) = message.embeds.first_mut() {
        embed.fields.extend(typed.of_five().map(|score| {
            let text = "A hint from comparing words, not a grade. The grade is yours to give.";
            (format!("About {score} of 5"), text.to_owned())
        }));
        embed.fields.extend(standing.map(answer::counted));
        embed.footer = match view.part_of {
            PartOf::Itself => question.id.to_string(),
            PartOf::Review { .. } | PartOf::Sprint { .. } => {
                format!("{} · {}", super::question::title(view.part_of), question.id)
            }
        };
    }
    message.rows = buttons(view, typed);
    message
}

/// What is odd about the answer as a whole, in plain words.
fn notes(typed: &TypedView) -> Option<String> {
    let mut notes = Vec::new();
    if !typed.on_topic {
        notes.push("This does not look like an answer to this question.");
    }
    let told = typed.points.iter().any(|point| point.contradicted);
    notes.extend(typed.flags.iter().filter_map(|flag| match flag {
        Flag::Empty => Some("I found no words in it that I can read."),
        Flag::Stuffed => Some("This is a list of words; say what they do."),
        Flag::Echo => {
            Some("This is little but the question typed back; say what you would answer.")
        }
        Flag::Copied => {
            Some("This is the answer of the bank, word for word; say it in words of your own.")
        }
        Flag::Contradiction if told => None,
        Flag::Contradiction => Some(
            "In one place you may be saying the opposite of what is right. It is a hint, and \
                  often wrong: read it once more.",
        ),
        Flag::CodeOnly => Some("This is code only; add a sentence on what it does."),
        Flag::Unknown => {
            Some("I know few of these words: I read English only, and may miss what you said.")
        }
    }));
    if typed.points.is_empty() {
        notes.push("This question has no key points, so that I cannot compare. Compare yourself.");
    }
    (!notes.is_empty()).then(|| notes.join("\n"))
}

/// The key points: those that are made, those that nobody can tell, and what to ask for the rest.
fn lists(question: &Question, typed: &TypedView) -> Vec<String> {
    let numbered = || (1..).zip(question.key_points.iter().zip(&typed.points));
    let of = |state: State| numbered().filter(move |(_, (_, judged))| judged.state == state);
    let made: Vec<String> =
        of(State::Covered).map(|(_, (point, judged))| made(point, judged)).collect();
    let unsure: Vec<String> = of(State::Unsure)
        .map(|(number, (point, judged)): (usize, _)| {
            format!("{number}. {}{}", short(&point.point, POINT), said(judged))
        })
        .collect();
    let missing = of(State::Missing).map(|(_, (point, judged))| left(point, judged));
    let mut left: Vec<String> = missing.collect();
    let all = left.len();
    left.retain(|asked| asked != NO_HINT);
    match all - left.len() {
        0 => {}
        1 => left.push(format!("- There is one {}point.", if all > 1 { "more " } else { "" })),
        many => left
            .push(format!("- There are {many} {}points.", if all > many { "more " } else { "" })),
    }
    let headings = [
        ("You said", made),
        ("Did you say this? You decide", unsure),
        ("And what about these?", left),
    ];
    headings
        .into_iter()
        .filter(|(_, list)| !list.is_empty())
        .map(|(heading, list)| format!("**{heading}**\n{}", lines(&list, LIST)))
        .collect()
}

fn made(point: &KeyPoint, judged: &TypedPoint) -> String {
    format!("- {}{}", short(&point.point, POINT), said(judged))
}

/// One's own words at a key point, and whether they may say the opposite.
fn said(judged: &TypedPoint) -> String {
    let mut text = String::new();
    if let Some(words) = judged.evidence.as_deref().map(own_words).filter(|words| !words.is_empty())
    {
        // Discord knows no quote within a list.
        text = format!("\n  *“{words}”*");
    }
    if judged.contradicted {
        text.push_str("\n  *You may be saying the opposite here. A hint, and often wrong.*");
    }
    text.extend(coached::opinion(judged));
    text
}

/// What is missing, as a question.
fn left(point: &KeyPoint, judged: &TypedPoint) -> String {
    let ask = point.ask.as_deref().map(str::trim).filter(|ask| !ask.is_empty());
    let shortest = point.terms.iter().map(|term| one_line(term)).filter(|term| !term.is_empty());
    let asked = match (ask, shortest.min_by_key(|term| term.chars().count())) {
        (Some(ask), _) => short(ask, POINT),
        (None, Some(term)) => format!("What about *{}*?", own_words(&term)),
        (None, None) => return NO_HINT.to_owned(),
    };
    // Their own words give nothing away.
    format!("- {asked}{}", said(judged))
}

/// What somebody typed, in a line of ours: nothing in it has a meaning.
pub(in crate::words) fn own_words(text: &str) -> String {
    let text = clip(&one_line(text), QUOTE);
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii_punctuation() && !matches!(letter, '.' | ',' | ';' | '\'' | '"') {
            plain.push('\\');
        }
        plain.push(letter);
    }
    plain
}

fn buttons(view: &OwnQuestion, typed: &TypedView) -> Vec<Vec<Button>> {
    let question = &view.question;
    let key = Key::of(&question.id);
    let flow = flow(view.part_of, Flow::Here);
    let show = match view.part_of {
        PartOf::Itself => OwnPress::Answer(key),
        PartOf::Review { .. } => OwnPress::ReviewAnswer(key),
        PartOf::Sprint { sprint, step: (step, _), .. } => OwnPress::SprintAnswer(sprint, step),
    };
    let mut row =
        vec![first(show, "Show answer"), press(OwnPress::Type(key, flow), "Answer again")];
    row.extend(hint_button(question));
    if let PartOf::Sprint { sprint, step: (step, _), .. } = view.part_of {
        row.push(press(OwnPress::SprintSkip(sprint, step), "Skip"));
        row.push(press(OwnPress::SprintEnd(sprint), "End sprint"));
    }
    let mut all = decisions(flow, typed);
    if let Some(button) = coached::button(typed.coach, typed.name, flow) {
        // A sprint's row is full; one of decisions has at most four.
        match all.last_mut() {
            _ if row.len() < BUTTONS => row.push(button),
            Some(last) => last.push(button),
            None => all.push(vec![button]),
        }
    }
    all.push(row);
    rows(all)
}

/// Two buttons for each key point that nobody else can tell of.
fn decisions(flow: Flow, typed: &TypedView) -> Vec<Vec<Button>> {
    let points = (0_u8..).zip(&typed.points);
    let unsure: Vec<u8> = points
        .filter(|(_, point)| point.state == State::Unsure)
        .map(|(number, _)| number)
        .take(DECIDED)
        .collect();
    let two = |point: &u8| {
        let button = |said, what: &str| {
            press(OwnPress::Said(typed.name, flow, *point, said), &format!("{}: {what}", point + 1))
        };
        [button(true, "I said that"), button(false, "I did not")]
    };
    let a_row = unsure.len().div_ceil(ROWS).max(1);
    unsure.chunks(a_row).map(|points| points.iter().flat_map(two).collect()).collect()
}

/// All key points under the answer, those chosen that count as made.
pub(super) fn menu(view: &OwnQuestion) -> Option<Menu> {
    let typed = view.typed.as_ref()?;
    let all = view.question.key_points.iter().zip(&typed.points);
    let options: Vec<MenuOption> = all
        .map(|(point, judged)| MenuOption {
            label: say::plain(&crate::words::plain(&point.point), 100),
            description: match (judged.is_said, judged.state) {
                (true, State::Covered) => "you say that you made it",
                (true, State::Missing | State::Unsure) => "you say that you did not make it",
                (false, State::Covered) => "found in your answer",
                (false, State::Unsure) => "not sure",
                (false, State::Missing) => "not found in your answer",
            }
            .to_owned(),
            chosen: judged.state == State::Covered,
        })
        .collect();
    let most = u8::try_from(options.len()).unwrap_or(u8::MAX);
    (most > 0).then(|| Menu {
        custom_id: button::menu_id(MenuId::Own(OwnMenu::Made(
            typed.name,
            flow(view.part_of, Flow::Here),
        ))),
        placeholder: "The key points that you made".to_owned(),
        options,
        choose: (0, most),
    })
}
