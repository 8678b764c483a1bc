//! A member's own interviews. Trends always say over how many interviews they go.

use super::bands;
use super::say::{day, lines, short};
use crate::practice::interview::state::{Past, PastBand};
use crate::words::text::{count, units};
use crate::words::{Message, color, framed};

/// Characters of the list; trends stand below it.
const LIST: usize = 2_400;
/// Dimensions with a trend, and how many interviews one shows.
const TRENDS: usize = 8;
const STEPS: usize = 6;

/// What is judged, oldest first.
struct Trend {
    name: String,
    others: Vec<u8>,
    own: Vec<u8>,
}

/// Newest first.
pub(super) fn message(past: &[Past]) -> Message {
    if past.is_empty() {
        let text = "You have not been interviewed yet. `/mock start` begins an interview, alone or \
                    with others.";
        return framed("Your interviews", text, color::STATE);
    }
    let head = match past.len() {
        1 => "1 interview: one proves little.".to_owned(),
        2 => "2 interviews: too few for a trend.".to_owned(),
        more => format!("{more} interviews."),
    };
    let entries: Vec<String> = past.iter().map(entry).collect();
    let text = format!("{head}\n\n{}", lines(&entries, LIST));
    let mut message = framed("Your interviews", text, color::STATE);
    if let Some(embed) = message.embeds.first_mut() {
        // Of one interview, the list says it all.
        let trends = if past.len() > 1 { trends(past) } else { Vec::new() };
        embed.fields = trends.iter().filter_map(field).take(TRENDS).collect();
    }
    message
}

fn entry(past: &Past) -> String {
    let by = match past.interviewers {
        0 => "judged by nobody else".to_owned(),
        some => format!("judged by {}", count(some.into(), "interviewer", "interviewers")),
    };
    let mut text = format!("**{}**, {}, {by}", short(&past.plan, 60), day(past.at));
    let bands: Vec<String> = past.bands.iter().take(4).filter_map(band).collect();
    if !bands.is_empty() {
        text = format!("{text}\n{}", bands.join(" · "));
    }
    let questions = count(past.questions.into(), "question", "questions");
    let points = match past.points {
        (_, 0) => String::new(),
        (made, all) => format!(", {made} of {all} key points"),
    };
    let text = format!("{text}\n{questions}{points}\n");
    // One entry must not take the whole list.
    if units(&text) > 700 {
        format!("**{}**, {}\n", short(&past.plan, 60), day(past.at))
    } else {
        text
    }
}

fn band(band: &PastBand) -> Option<String> {
    let name = short(&band.dimension, 40);
    match (band.others, band.own) {
        (Some(others), Some(own)) => {
            Some(format!("{name}: {} (self {})", bands::mean_range(others), bands::mean_range(own)))
        }
        (Some(others), None) => Some(format!("{name}: {}", bands::mean_range(others))),
        (None, Some(own)) => Some(format!("{name}: self {}", bands::mean_range(own))),
        (None, None) => None,
    }
}

/// What was judged, in the order in which it is met, each with its bands from old to new.
fn trends(past: &[Past]) -> Vec<Trend> {
    let mut trends: Vec<Trend> = Vec::new();
    for band in past.iter().rev().flat_map(|past| &past.bands) {
        if !trends.iter().any(|trend| trend.name == band.dimension) {
            let name = band.dimension.clone();
            trends.push(Trend { name, others: Vec::new(), own: Vec::new() });
        }
        for trend in trends.iter_mut().filter(|trend| trend.name == band.dimension) {
            trend.others.extend(band.others);
            trend.own.extend(band.own);
        }
    }
    trends
}

fn field(trend: &Trend) -> Option<(String, String)> {
    let rows: Vec<String> = [("Interviewers", &trend.others), ("Self", &trend.own)]
        .into_iter()
        .filter(|(_, bands)| !bands.is_empty())
        .map(|(who, bands)| format!("{who}: {}", steps(bands)))
        .collect();
    (!rows.is_empty()).then(|| (short(&trend.name, 40), rows.join("\n")))
}

/// "Nearly → Solid → Solid (3 interviews)", the newest last.
fn steps(bands: &[u8]) -> String {
    let shown = bands.get(bands.len().saturating_sub(STEPS)..).unwrap_or(bands);
    let before = if shown.len() < bands.len() { "… → " } else { "" };
    let names: Vec<String> = shown.iter().map(|band| bands::mean_range(*band)).collect();
    let over = count(bands.len(), "interview", "interviews");
    format!("{before}{} ({over})", names.join(" → "))
}
