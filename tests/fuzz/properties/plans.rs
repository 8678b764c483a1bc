//! Files of plans and rubrics: what is accepted keeps every limit, prints back to itself and can be
//! chosen by its name; what is refused is told where.

use std::sync::OnceLock;

use mockingbird::bank::Question;
use mockingbird::plans::{BANDS, Plan, Plans, Rubric, limits};
use serde_json::{Value, json};

use super::search::bank;
use super::{problems, units};

const PATH: &str = "fuzz.yaml";
const PLAN: &str = include_str!("../../plans/short.yaml");
const RUBRIC: &str = include_str!("../../rubrics/short.yaml");

/// Two plans with one rubric.
pub(super) fn plans() -> &'static Plans {
    static PLANS: OnceLock<Plans> = OnceLock::new();
    PLANS.get_or_init(|| {
        let turns = include_str!("../../plans/turns.yaml");
        let files = [("short.yaml", PLAN), ("turns.yaml", turns)];
        let plans = Plans::parse(&files, &[("short.yaml", RUBRIC)], Some(bank()));
        plans.unwrap_or_else(|problems| panic!("{problems}"))
    })
}

/// A text may be a plan or a rubric: it is read as both.
pub(super) fn holds(text: &str) {
    match Plans::parse(&[(PATH, text)], &[("short.yaml", RUBRIC)], Some(bank())) {
        Ok(plans) if plans.is_empty() => is_left_out(text, &plans),
        Ok(plans) => {
            let plan = only(&plans);
            keeps_the_limits(plan);
            has_enough(plan);
            let printed = printed(plan);
            let again = Plans::parse(&[(PATH, &printed)], &[("short.yaml", RUBRIC)], Some(bank()));
            let again = again.unwrap_or_else(|problems| panic!("{printed}\n{problems}"));
            assert_eq!(again, plans, "{printed}");
            can_be_chosen(&plans, plan);
        }
        Err(found) => problems::point_inside(PATH, text, &found),
    }
    let plan = PLAN.replace("rubric: short", "rubric: fuzz");
    match Plans::parse(&[("short.yaml", &plan)], &[(PATH, text)], None) {
        Ok(plans) => {
            let rubric = &only(&plans).rubric;
            keeps_its_limits(rubric);
            let printed = json!({ "title": rubric.title, "dimensions": rubric.dimensions });
            let printed = printed.to_string();
            let again = Plans::parse(&[("short.yaml", &plan)], &[(PATH, &printed)], None);
            let again = again.unwrap_or_else(|problems| panic!("{printed}\n{problems}"));
            assert_eq!(again, plans, "{printed}");
        }
        Err(found) => problems::point_inside(PATH, text, &found),
    }
}

/// What the bank cannot fill is told where, and cannot be chosen.
fn is_left_out(text: &str, plans: &Plans) {
    let [left_out] = plans.left_out().collect::<Vec<_>>()[..] else {
        panic!("a file is accepted and lost: {text}");
    };
    problems::point_inside(PATH, text, &plans.lacks());
    is_line(&left_out.title, limits::TITLE);
    left_out.lacks.iter().for_each(|lack| is_line(&lack.section, limits::TITLE));
    assert_eq!(plans.find_left_out("fuzz"), Some(left_out));
    assert!(plans.find("fuzz").is_err() && plans.complete("").is_empty());
}

fn only(plans: &Plans) -> &Plan {
    assert_eq!(plans.len(), 1, "a file is accepted and lost");
    plans.iter().next().expect("one plan")
}

fn is_line(text: &str, most: usize) {
    assert!((1..=most).contains(&units(text)), "{} of {most}: {text}", units(text));
    assert_eq!(text.trim(), text, "blanks around a text");
    assert!(!text.contains(|c: char| c.is_control() && c != '\t'), "{text:?}");
}

fn keeps_the_limits(plan: &Plan) {
    is_line(&plan.title, limits::TITLE);
    is_line(&plan.about, limits::ABOUT);
    assert!((1..=limits::SECTIONS).contains(&plan.sections.len()));
    assert!((1..=20).contains(&plan.questions()), "{} questions", plan.questions());
    for section in &plan.sections {
        is_line(&section.title, limits::TITLE);
        assert!((1..=120).contains(&section.minutes), "{} minutes", section.minutes);
        assert!((1..=20).contains(&section.questions), "{} questions", section.questions);
        assert!(section.topics.iter().all(|topic| bank().count(topic) > 0));
    }
}

fn keeps_its_limits(rubric: &Rubric) {
    is_line(&rubric.title, limits::TITLE);
    assert!((1..=limits::DIMENSIONS).contains(&rubric.dimensions.len()));
    for dimension in &rubric.dimensions {
        is_line(&dimension.title, limits::DIMENSION);
        assert_eq!(dimension.bands.len(), usize::from(BANDS));
        dimension.bands.iter().for_each(|band| is_line(band, limits::BAND));
    }
}

/// Whoever takes any questions that fit, section by section, never runs out of them.
fn has_enough(plan: &Plan) {
    let mut asked = std::collections::BTreeSet::new();
    for _ in 0..if plan.swap { 2 } else { 1 } {
        for section in &plan.sections {
            let rivals =
                |question: &Question| plan.sections.iter().filter(|s| s.fits(question)).count();
            let mut fresh: Vec<_> = bank()
                .iter()
                .filter(|question| section.fits(question) && !asked.contains(&question.id))
                .collect();
            // The most wanted ones first, which is the worst for the others.
            fresh.sort_by_key(|question| std::cmp::Reverse(rivals(question)));
            let wanted = usize::from(section.questions);
            assert!(fresh.len() >= wanted, "{} runs out of questions", section.title);
            asked.extend(fresh.into_iter().take(wanted).map(|question| question.id.clone()));
        }
    }
}

fn can_be_chosen(plans: &Plans, plan: &Plan) {
    for text in [plan.id.as_str(), &plan.title, &plan.title.to_uppercase()] {
        // Not every letter comes back from its capital.
        let folds = text.to_lowercase() == plan.title.to_lowercase();
        if folds || text == plan.id.as_str() {
            assert_eq!(plans.find(text).map(|found| &found.id), Ok(&plan.id), "{text}");
        }
    }
    assert_eq!(plans.complete("").len(), 1);
}

/// A plan as a file. JSON is YAML, and is written by somebody else.
fn printed(plan: &Plan) -> String {
    let mut printed: Value = json!(plan);
    let fields = printed.as_object_mut().expect("a plan has fields");
    fields.remove("id");
    fields.insert("rubric".to_owned(), json!(plan.rubric.id));
    printed.to_string()
}
