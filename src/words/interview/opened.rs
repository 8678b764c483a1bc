//! The scorecards of a turn, opened: one message with what matters, a picture, and a file with
//! everything.

use jiff::tz::TimeZone;

use super::say::{by, day, lines, plain, press, short, who, whom};
use super::thread::title;
use super::{bands, differences, file};
use crate::chart::{Radar, Series};
use crate::practice::ids::MemberId;
use crate::practice::interview::MockPress;
use crate::practice::interview::view::{OpenedCard, OpenedQuestion, OpenedView};
use crate::words::limits::ALT;
use crate::words::text::{clip, listed, units};
use crate::words::{Content, Embed, File, Message, color, framed};

/// Characters of the parts of the message; together they stay below what all may have.
const OVERVIEW: usize = 1_150;
const DIMENSION: usize = 560;
const POINTS: usize = 900;
const WORDS: usize = 450;
/// Dimensions that are shown: a rubric has at most so many.
const DIMENSIONS: usize = 4;
/// Lines of a chart.
const SERIES: usize = 6;

pub(super) fn message(view: &OpenedView) -> Message {
    if view.deleted {
        let text = format!("{} deleted these scorecards.", who(view.candidate));
        return framed("Scorecards", text, color::STATE);
    }
    let name = file_name(view);
    let mut fields = dimensions(view);
    fields.extend(points(view));
    fields.extend(last_words(view, "Went well", |card| &card.card.well));
    fields.extend(last_words(view, "Try next", |card| &card.card.next));
    let mut files = Vec::new();
    if let Some(chart) = chart(view) {
        files.push(File {
            name: "scorecards.png".to_owned(),
            alt: in_words(&chart),
            content: Content::Radar(chart),
        });
    }
    files.push(File {
        name: name.clone(),
        alt: String::new(),
        content: Content::Text(file::text(view)),
    });
    let delete = press(view.interview, MockPress::Delete, "Delete (candidate)");
    Message {
        embeds: vec![Embed {
            title: format!("Scorecards: {}", title(&view.plan)),
            description: overview(view),
            color: color::STATE,
            fields,
            footer: format!("Everything in full: {name}"),
        }],
        rows: vec![vec![delete]],
        files,
        ..Message::default()
    }
}

/// "interview-2026-11-22.md".
fn file_name(view: &OpenedView) -> String {
    format!("interview-{}.md", date(view))
}

/// The day of the interview, in UTC.
pub(super) fn date(view: &OpenedView) -> jiff::civil::Date {
    view.at.to_zoned(TimeZone::UTC).date()
}

/// Who interviewed: those with a card, and those without.
pub(super) fn interviewers(view: &OpenedView) -> Vec<MemberId> {
    let mut all: Vec<MemberId> =
        differences::others(view).into_iter().map(|card| card.by).collect();
    all.extend(view.missing.iter().filter(|member| **member != view.candidate));
    all
}

/// What somebody is called where nobody can be mentioned: their number among those who judged.
pub(super) fn role(view: &OpenedView, card: &OpenedCard) -> String {
    if card.own {
        return "Candidate".to_owned();
    }
    let others = differences::others(view);
    let number = others.iter().position(|other| other.by == card.by).unwrap_or_default() + 1;
    if others.len() > 1 { format!("Interviewer {number}") } else { "Interviewer".to_owned() }
}

fn overview(view: &OpenedView) -> String {
    let mut parts = vec![
        format!(
            "{} was interviewed by {} on {}.",
            who(view.candidate),
            by(&interviewers(view)),
            day(view.at)
        ),
        differences::verdict(view),
    ];
    parts.extend(differences::sentences(view, |card| who(card.by)));
    if !view.missing.is_empty() && !view.cards.is_empty() {
        parts.push(format!("No scorecard in time from {}.", whom(&view.missing)));
    }
    let others = differences::others(view);
    if others.len() > 1 {
        let roles: Vec<String> =
            others.iter().map(|card| format!("{} is {}", role(view, card), who(card.by))).collect();
        parts.push(format!("In the picture: {}.", listed(&roles)));
    }
    lines(&parts, OVERVIEW)
}

/// A field for each dimension: whose band it is, and the comments as far as there is room.
fn dimensions(view: &OpenedView) -> Vec<(String, String)> {
    let dimensions = view.plan.rubric.dimensions.iter().take(DIMENSIONS).enumerate();
    dimensions
        .filter_map(|(index, dimension)| {
            let said = |comments: Option<usize>| -> Vec<String> {
                let cards = view.cards.iter();
                cards.filter_map(|card| line(card, index, comments)).collect()
            };
            let room = (DIMENSION / view.cards.len().max(1)).saturating_sub(45);
            let full = said(Some(room.min(200)));
            let fits = full.iter().map(|line| units(line) + 1).sum::<usize>() <= DIMENSION;
            let shown = if fits { full } else { said(None) };
            let name = short(&dimension.title, 40);
            (!shown.is_empty()).then(|| (name, lines(&shown, DIMENSION)))
        })
        .collect()
}

/// Whose band it is, with the comment in at most so many characters.
fn line(card: &OpenedCard, dimension: usize, comment: Option<usize>) -> Option<String> {
    let band = differences::band(card, dimension).map(bands::name)?;
    let by = if card.own { format!("{} (self)", who(card.by)) } else { who(card.by) };
    let written = card.card.comments.get(dimension).map_or("", |text| text.trim());
    match comment {
        Some(most) if !written.is_empty() => {
            Some(format!("{by} **{band}**: {}", short(written, most)))
        }
        _ => Some(format!("{by} **{band}**")),
    }
}

fn points(view: &OpenedView) -> Option<(String, String)> {
    let shown: Vec<String> = view
        .questions
        .iter()
        .zip(1..)
        .map(|(asked, number): (_, u32)| {
            let prompt = short(&crate::words::plain(&asked.question.prompt), 60);
            format!("{number}. {prompt} · {}", covered(asked))
        })
        .collect();
    (!shown.is_empty()).then(|| ("Key points covered".to_owned(), lines(&shown, POINTS)))
}

/// "**4 of 6**", "**4 of 6** (with a hint)", "not ticked".
pub(super) fn covered(asked: &OpenedQuestion) -> String {
    let all = asked.question.key_points.len();
    let hinted = if asked.hinted { " (with a hint)" } else { "" };
    if asked.judged && all > 0 {
        let ticked = asked.ticked.iter().filter(|point| usize::from(**point) < all).count();
        format!("**{ticked} of {all}**{hinted}")
    } else {
        format!("not ticked{hinted}")
    }
}

fn last_words<'a>(
    view: &'a OpenedView,
    name: &str,
    words: impl Fn(&'a OpenedCard) -> &'a String,
) -> Option<(String, String)> {
    let written: Vec<(&OpenedCard, &str)> = view
        .cards
        .iter()
        .map(|card| (card, words(card).trim()))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    let room = (WORDS / written.len().max(1)).saturating_sub(30).min(250);
    let shown: Vec<String> = written
        .into_iter()
        .map(|(card, text)| format!("{}: {}", who(card.by), short(text, room)))
        .collect();
    (!shown.is_empty()).then(|| (name.to_owned(), lines(&shown, WORDS)))
}

/// The bands as a picture; none where nobody judged.
fn chart(view: &OpenedView) -> Option<Radar> {
    let dimensions = &view.plan.rubric.dimensions;
    // The candidate's own line comes first: it lies below the others, and is the widest.
    let (own, others): (Vec<_>, Vec<_>) = view.cards.iter().partition(|card| card.own);
    let series: Vec<Series> = own
        .into_iter()
        .chain(others)
        .take(SERIES)
        .map(|card| Series {
            name: role(view, card),
            values: (0..dimensions.len())
                .map(|index| differences::band(card, index).map(|band| (band + 1) * 10))
                .collect(),
        })
        .filter(|series| series.values.iter().any(Option::is_some))
        .collect();
    let title = format!("{}, {}", plain(&view.plan.title, 60), date(view));
    let axes = dimensions.iter().map(|dimension| plain(&dimension.title, 40)).collect();
    let rings = bands::NAMES.map(str::to_owned).to_vec();
    (!series.is_empty()).then_some(Radar { title, axes, rings, series })
}

/// Everything that a chart shows, for somebody who cannot see it.
fn in_words(chart: &Radar) -> String {
    let axes = chart.axes.iter().enumerate().map(|(axis, name)| {
        let values: Vec<String> = chart
            .series
            .iter()
            .filter_map(|series| {
                let value = series.values.get(axis).copied().flatten()?;
                Some(format!("{} {}", series.name, bands::mean_name(value)))
            })
            .collect();
        format!(
            "{name}: {}.",
            if values.is_empty() { "none".to_owned() } else { values.join(", ") }
        )
    });
    let axes: Vec<String> = axes.collect();
    let bands = bands::NAMES.join(", ");
    clip(&format!("Chart of the bands, from low to high {bands}. {}", axes.join(" ")), ALT)
}
