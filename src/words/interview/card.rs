//! Scorecards while they are filled in: who is missing, and one's own with its menus.

use jiff::Timestamp;

use super::bands;
use super::say::{first, moment, plain, press, short, who};
use super::thread::people;
use crate::command::button;
use crate::plans::Dimension;
use crate::practice::ids::{InterviewId, MemberId};
use crate::practice::input::MenuId;
use crate::practice::interview::view::CardView;
use crate::practice::interview::{MockMenu, MockPress, Of};
use crate::words::limits::{OPTION, PLACEHOLDER, ROWS};
use crate::words::text::{clip, count};
use crate::words::{Menu, MenuOption, Message, color, framed};

pub(super) fn cards(
    interview: InterviewId,
    done: &[MemberId],
    missing: &[MemberId],
    until: Option<Timestamp>,
) -> Message {
    let Some(until) = until else {
        return framed("Scorecards", "The scorecards are open; see below.", color::STATE);
    };
    let until = moment(until);
    let text = if done.len() + missing.len() == 1 {
        format!(
            "Press **My scorecard** and judge yourself while you remember it. Then the overview \
             comes, with chart and file; {until} at the latest."
        )
    } else {
        format!(
            "Press **My scorecard** and judge what you saw and heard; candidates judge themselves. \
             Once all are sealed, they open here together; until then nobody sees another's. What \
             is not sealed by {until} stays closed.\n\nSealed: {}\nMissing: {}",
            people(done),
            people(missing),
        )
    };
    let mut message = framed("Scorecards", text, color::STATE);
    message.rows = vec![vec![first(interview, MockPress::Card, "My scorecard")]];
    message
}

pub(super) fn card(view: &CardView) -> Message {
    let title = if view.own { "Your scorecard about yourself" } else { "Your scorecard" };
    let whom = if view.own {
        "Judge your own interview by what you said and did.".to_owned()
    } else {
        format!("About {}. Judge what you saw and heard.", who(view.candidate))
    };
    let before =
        if view.is_next { "Your other scorecard is sealed; this is the next one. " } else { "" };
    let dimensions = || view.rubric.dimensions.iter().zip(0_u8..).take(ROWS - 1);
    let band = |index: u8| view.card.bands.get(usize::from(index)).copied().flatten();
    let lines: Vec<String> = dimensions()
        .map(|(dimension, index)| {
            let chosen = band(index).map_or("no band yet", bands::name);
            format!("**{}**: {chosen}", short(&dimension.title, 40))
        })
        .collect();
    let text = format!(
        "{before}{whom} Comments help more than bands.\n\n{}\n\n{}\n\nSealing is final. What is \
         not sealed by {} stays closed.",
        lines.join("\n"),
        written(view),
        moment(view.until),
    );
    let mut message = framed(title, text, color::STATE);
    message.menus =
        dimensions().map(|(dimension, index)| menu(view, dimension, index, band(index))).collect();
    let (interview, turn) = (view.interview, view.turn);
    message.rows = vec![vec![
        press(interview, MockPress::Comments(turn), "Comments"),
        press(interview, MockPress::Words(turn), "Went well / next"),
        first(interview, MockPress::Seal(turn), "Seal for good"),
    ]];
    message
}

/// How much is written so far.
fn written(view: &CardView) -> String {
    let there = |text: &String| !text.trim().is_empty();
    let comments = view.card.comments.iter().filter(|text| there(text)).count();
    let comments = match comments {
        0 => "no comments".to_owned(),
        some => count(some, "comment", "comments"),
    };
    let state = |text| if there(text) { "written" } else { "empty" };
    format!(
        "So far: {comments}; went well: {}; try next: {}.",
        state(&view.card.well),
        state(&view.card.next)
    )
}

fn menu(view: &CardView, dimension: &Dimension, index: u8, chosen: Option<u8>) -> Menu {
    let title = plain(&dimension.title, 40);
    let options =
        dimension.bands.iter().zip(bands::NAMES).zip(0_u8..).map(|((seen, name), band)| {
            MenuOption {
                // A closed menu shows nothing but this: the dimension has to be in it.
                label: format!("Band {} · {name} ({title})", band + 1),
                description: clip(&plain(seen, OPTION), OPTION),
                chosen: chosen == Some(band),
            }
        });
    let what = MockMenu::Band(view.turn, index);
    Menu {
        custom_id: button::menu_id(MenuId::Mock(Of { interview: view.interview, what })),
        placeholder: clip(&format!("{title}: choose a band"), PLACEHOLDER),
        options: options.collect(),
        choose: (1, 1),
    }
}
