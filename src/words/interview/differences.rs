//! What the scorecards of a turn say together: the bands of each, how the candidate's own differ
//! from the others', and the verdict. Names come from whoever asks: a message mentions, a file
//! does not.

use std::collections::BTreeMap;

use super::bands;
use super::say::short;
use crate::plans::BANDS;
use crate::practice::interview::view::{OpenedCard, OpenedView};
use crate::words::text::{count, listed};

/// The band of a dimension on a card; one that there is not is the highest.
pub(super) fn band(card: &OpenedCard, dimension: usize) -> Option<u8> {
    let band = card.card.bands.get(dimension).copied().flatten()?;
    Some(band.min(BANDS - 1))
}

/// The cards of those who interviewed.
pub(super) fn others(view: &OpenedView) -> Vec<&OpenedCard> {
    view.cards.iter().filter(|card| !card.own).collect()
}

/// A sentence for each of those who interviewed: where the candidate sees it otherwise.
pub(super) fn sentences(view: &OpenedView, name: impl Fn(&OpenedCard) -> String) -> Vec<String> {
    let Some(own) = view.cards.iter().find(|card| card.own) else { return Vec::new() };
    let sentence = |other: &OpenedCard| {
        let mut apart: BTreeMap<i16, Vec<String>> = BTreeMap::new();
        for (index, dimension) in view.plan.rubric.dimensions.iter().enumerate() {
            if let (Some(own), Some(other)) = (band(own, index), band(other, index)) {
                let title = format!("**{}**", short(&dimension.title, 40));
                apart.entry(i16::from(own) - i16::from(other)).or_default().push(title);
            }
        }
        let all_judged = !apart.is_empty();
        apart.remove(&0);
        let (own, other) = (name(own), name(other));
        if apart.is_empty() {
            return all_judged.then(|| format!("{own} and {other} chose the same bands."));
        }
        let parts: Vec<String> = apart
            .iter()
            .rev()
            .map(|(by, titles)| format!("{} {}", listed(titles), distance(*by)))
            .collect();
        Some(format!("{own} put {} than {other} did.", listed(&parts)))
    };
    others(view).into_iter().filter_map(sentence).collect()
}

fn distance(by: i16) -> String {
    let way = if by > 0 { "higher" } else { "lower" };
    match by.unsigned_abs() {
        0 | 1 => format!("a band {way}"),
        2 => format!("two bands {way}"),
        _ => format!("three bands {way}"),
    }
}

/// The mean of those who interviewed, in bands, with what it is worth.
pub(super) fn verdict(view: &OpenedView) -> String {
    let others = others(view);
    let dimensions = view.plan.rubric.dimensions.len();
    let has_bands = |card: &&&OpenedCard| (0..dimensions).any(|at| band(card, at).is_some());
    let judges = others.iter().filter(has_bands).count();
    let all = others.iter().flat_map(|card| (0..dimensions).filter_map(|at| band(card, at)));
    match bands::mean(all) {
        Some(mean) => format!(
            "**Verdict of {}**: {} (mean {}.{} of 4). One interview proves little; `/mock \
             history` shows several.",
            count(judges, "interviewer", "interviewers"),
            bands::mean_name(mean),
            mean / 10,
            mean % 10,
        ),
        None if view.cards.is_empty() => "Nobody sealed a scorecard in time.".to_owned(),
        None => "Nobody else judged this interview: the bands are the candidate's own.".to_owned(),
    }
}
