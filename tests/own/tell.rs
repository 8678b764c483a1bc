//! What own practice says, in short: what it is about rather than its words, which are tested where
//! they are made.

use mockingbird::judge::{Made, State};
use mockingbird::practice::own::state::Week;
use mockingbird::practice::own::view::{
    Graded, Known, OwnQuestion, OwnView, PartOf, ReviewOver, TopicView,
};
use mockingbird::practice::own::{Coached, TypedPoint, TypedView};
use mockingbird::practice::streak::Standing;
use mockingbird::practice::view::{Counted, View};

use crate::seed::name_of;

/// A view in a line or two.
pub(crate) fn tell(view: &View) -> String {
    match view {
        View::Own(view) => own(view),
        View::Question(view) => format!("Question: {}", view.question.id),
        View::Answer { question, .. } => format!("Answer: {}", question.id),
        View::Refusal(refusal) => format!("No: {refusal:?}"),
        View::OwnStreak(standing) => streak(standing),
        View::Zone { zone, .. } => format!("Zone: {zone}"),
        View::Interview(view) => {
            let text = format!("{view:?}");
            text.chars().take_while(|c| c.is_alphanumeric()).collect()
        }
        other => format!("{other:?}"),
    }
}

#[expect(clippy::too_many_lines, reason = "a line or two for each view")]
fn own(view: &OwnView) -> String {
    match view {
        OwnView::Question(asked) => question(asked),
        OwnView::Answer { question: asked, graded: after, standing } => {
            let after = after.as_ref().map_or("grade it".to_owned(), graded);
            let counted = match standing {
                Some((standing, Counted::Now)) => format!(", {}", streak(standing)),
                Some((_, Counted::Before)) => ", the day counted before".to_owned(),
                None => String::new(),
            };
            format!("{}, answer: {after}{counted}", question(asked))
        }
        OwnView::Typed { question: asked, standing } => {
            let news = standing
                .as_ref()
                .map_or(String::new(), |(standing, _)| format!(", {}", streak(standing)));
            format!("{}, typed{news}", question(asked))
        }
        OwnView::CoachAsks { coach, question, points, .. } => {
            let (model, address) = (&coach.model, &coach.address);
            format!("Send {} with {points} points to {model} at {address}?", question.id)
        }
        OwnView::Graded { question, graded: after } => {
            format!("{}: {}", question.id, graded(after))
        }
        OwnView::TakenBack { question } => format!("{}: taken back", question.id),
        OwnView::Hint { question } => format!("Hint of {}", question.id),
        OwnView::FollowUp { question, number, shown, .. } => {
            let what = if *shown { "answer of follow-up" } else { "follow-up" };
            format!("{}: {what} {number}", question.id)
        }
        OwnView::Related { to, questions } => format!("Related to {}: {}", to.id, ids(questions)),
        OwnView::ReportWhat { question } => format!("What is wrong with {}?", question.id),
        OwnView::Reported { question, fault } => format!("Reported: {} {fault:?}", question.id),
        OwnView::Reports { reports, of } => {
            let line = |(report, _): &(mockingbird::practice::own::state::Report, _)| {
                format!(
                    "#{} {} {:?} {:?}",
                    report.number, report.question, report.fault, report.text
                )
            };
            format!("{of} reports: {}", reports.iter().map(line).collect::<Vec<_>>().join("; "))
        }
        OwnView::ReviewOver(over) => review_over(over),
        OwnView::SprintOver(over) => {
            let graded: Vec<_> =
                over.graded.iter().map(|(one, grade)| format!("{} {grade:?}", one.id)).collect();
            format!(
                "Sprint over after {} min{}: {}; {} left; read {}; {}",
                over.minutes,
                if over.timed_out { ", time is up" } else { "" },
                graded.join(", "),
                over.left,
                ids(&over.read_next),
                streak(&over.standing),
            )
        }
        OwnView::Me(progress) => {
            let days: u16 = progress.days.iter().map(|(_, questions)| questions).sum();
            format!(
                "Me: {}; {} days, {days} questions; {} due, then {:?}; {} interviews{}{}{}",
                streak(&progress.standing),
                progress.days.len(),
                progress.due,
                progress.coming,
                progress.interviews,
                if progress.reminder { "; reminder" } else { "" },
                if progress.shared { "; shared" } else { "" },
                topics(&progress.topics),
            )
        }
        OwnView::Topics(all) => format!("Topics{}", topics(all)),
        OwnView::Settings { settings, zone, usual, closed, coach, .. } => format!(
            "Settings: {}, {}, {} a day, {}{}, {}{}{}{}",
            if settings.shared { "shared" } else { "private" },
            if settings.two_grades { "two grades" } else { "four grades" },
            settings.a_day.map_or(format!("{usual} (usual)"), |most| most.to_string()),
            settings.reminder.map_or("no reminder".to_owned(), |hours| format!("{hours} h before")),
            match (settings.reminder, settings.quiet) {
                (None, None) => String::new(),
                (_, quiet) => format!(", quiet {quiet:?}"),
            },
            zone.0,
            if zone.1 { " (own)" } else { "" },
            if *closed { ", private messages are closed" } else { "" },
            match coach {
                None => "",
                Some((_, None)) => ", the coach asks first",
                Some((_, Some(true))) => ", the coach may read",
                Some((_, Some(false))) => ", never a coach",
            },
        ),
        OwnView::Export { json } => format!("Export: {json}"),
        OwnView::Reminder { length, frozen, due, ends, .. } => {
            let frozen = if *frozen { ", a freeze would keep it" } else { "" };
            format!("Reminder: {length} days at stake until {ends}{frozen}, {due} due")
        }
        OwnView::Team(map) => {
            let topic = |one: &mockingbird::practice::own::view::TeamTopic| {
                let who: Vec<_> = one.who.iter().map(|who| name_of(*who)).collect();
                let known = one.known.map_or("?".to_owned(), |share| format!("{share} %"));
                let counts = format!("{}/{} by {}", one.met, one.of, one.members);
                format!("{} {counts} {who:?} known {known}", one.title)
            };
            format!(
                "Team: {:?} members; {}; strongest {:?}, weakest {:?}",
                map.members,
                map.topics.iter().map(topic).collect::<Vec<_>>().join("; "),
                map.strongest,
                map.weakest,
            )
        }
        OwnView::Leaderboard { period, from, places, more, shares } => {
            let place = |one: &mockingbird::practice::own::view::Place| {
                format!("{}. {} {}/{}", one.place, name_of(one.member), one.days, one.questions)
            };
            format!(
                "Leaderboard of the {period:?} from {from}: {}{}{}",
                places.iter().map(place).collect::<Vec<_>>().join(", "),
                if *more > 0 { format!(" and {more} more") } else { String::new() },
                if *shares { "" } else { " (you do not share)" },
            )
        }
        OwnView::Digest(of) => week(of),
        OwnView::DigestStatus { digest, next, changed } => {
            let is = digest.as_ref().map_or("none".to_owned(), |digest| {
                format!(
                    "{:?} {} {}, done through {}, failure {:?}",
                    digest.day.weekday(),
                    digest.at,
                    digest.zone,
                    digest.done_through,
                    digest.failure,
                )
            });
            let next = next.map_or("never".to_owned(), |next| next.to_string());
            format!("Digest: {is}; next {next}{}", if *changed { ", changed" } else { "" })
        }
        OwnView::ForgetReally | OwnView::Forgotten | OwnView::ReminderOff => format!("{view:?}"),
    }
}

fn week(of: &Week) -> String {
    let first: Vec<_> =
        of.first.iter().map(|(who, days, all)| format!("{} {days}/{all}", name_of(*who))).collect();
    format!(
        "The week from {}: {} members, {} days, {} questions, {} interviews; {first:?}; most {:?}, \
         weakest {:?}",
        of.from.map_or_else(String::new, |from| from.to_string()),
        of.members,
        of.days,
        of.questions,
        of.interviews,
        of.most,
        of.weakest,
    )
}

fn topics(topics: &[TopicView]) -> String {
    let level =
        |(level, of): &(mockingbird::bank::Level, mockingbird::practice::own::view::Coverage)| {
            assert_eq!(of.known + of.due + of.unseen, of.of, "they add up");
            format!("{} {}+{}+{}", level.as_str(), of.known, of.due, of.unseen)
        };
    let line = |view: &TopicView| {
        let levels: Vec<_> = view.levels.iter().map(level).collect();
        format!("\n    {}: {}", view.topic, levels.join(", "))
    };
    topics.iter().map(line).collect()
}

fn question(asked: &OwnQuestion) -> String {
    let known = match asked.known {
        Known::Unseen => "new".to_owned(),
        Known::Met => "met".to_owned(),
        Known::Graded { grade, grades, lapses, due } => {
            format!("{grade:?} {grades}x/{lapses}, due {due}")
        }
    };
    let part = match asked.part_of {
        PartOf::Itself => String::new(),
        PartOf::Review { due, new } => format!("[{due} due, {new} new] "),
        PartOf::Sprint { step: (step, of), .. } => format!("[{} of {of}] ", step + 1),
    };
    let missed = if asked.missed_points.is_empty() {
        String::new()
    } else {
        format!(", missed points {:?}", asked.missed_points)
    };
    let before = asked
        .before
        .as_ref()
        .map_or(String::new(), |(one, after)| format!("({}: {}) ", one.id, graded(after)));
    let two = if asked.two_grades { ", two grades" } else { "" };
    let typed = asked.typed.as_ref().map_or(String::new(), typed);
    format!("{before}{part}{} ({known}{missed}{two}{typed})", asked.question.id)
}

/// A typed answer with a sign for each key point: covered, unsure, missing; twice where the member
/// says so.
fn typed(typed: &TypedView) -> String {
    let sign = |point: &TypedPoint| {
        let sign = match point.state {
            State::Covered => "+",
            State::Unsure => "?",
            State::Missing => "-",
        };
        let opinion = point.opinion.as_ref().map_or(String::new(), |of| {
            let thinks = match (of.contradicted, of.made) {
                (true, _) => "wrong",
                (false, Made::Yes) => "yes",
                (false, Made::No) => "no",
                (false, Made::Unclear) => "unclear",
            };
            format!(" ({thinks} {:?})", of.quote.as_deref().unwrap_or_default())
        });
        sign.repeat(1 + usize::from(point.is_said)) + &opinion
    };
    let coach = match typed.coach {
        Coached::Nowhere => "",
        Coached::Offered => ", coach offered",
        Coached::Asking => ", coach asked",
        Coached::Silent => ", coach silent",
        Coached::Spoke => ", coach spoke",
    };
    let signs: Vec<_> = typed.points.iter().map(sign).collect();
    format!(", typed [{}]{coach}", signs.join(" "))
}

fn graded(after: &Graded) -> String {
    format!(
        "{:?}, due {} in {} d{}{}{}",
        after.grade,
        after.due,
        after.days,
        if after.replaced { ", replaced" } else { "" },
        after.leech.map_or(String::new(), |lapses| format!(", a leech of {lapses}")),
        if after.can_take_back { "" } else { ", for good" },
    )
}

fn review_over(over: &ReviewOver) -> String {
    let last = over.last.as_ref().map_or(String::new(), |(question, after)| {
        format!("({}: {}) ", question.id, graded(after))
    });
    let next = over.next.map_or("never".to_owned(), |next| next.to_string());
    format!("{last}Review over: {} today, {} left, next {next}", over.today, over.left)
}

fn streak(standing: &Standing) -> String {
    format!(
        "streak {}{}{}",
        standing.length,
        if standing.freezes > 0 { format!(" +{}", standing.freezes) } else { String::new() },
        if standing.today_counted { "" } else { " (today is open)" },
    )
}

fn ids(questions: &[std::sync::Arc<mockingbird::bank::Question>]) -> String {
    questions.iter().map(|one| one.id.to_string()).collect::<Vec<_>>().join(", ")
}
