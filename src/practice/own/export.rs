//! Everything that is known about a member in their team, in a form that people can read.

use std::collections::BTreeSet;

use jiff::civil::Time;
use serde_json::{Value, json};

use super::day::date_of;
use super::draft::Draft;
use super::state::{Key, Memory, Own, Settings};
use super::typed::{Label, Seen, Typed};
use super::view::OwnView;
use crate::bank::Question;
use crate::judge::Opinion;
use crate::plans::Dimension;
use crate::practice::ids::MemberId;
use crate::practice::input::Ask;
use crate::practice::interview::Interview;
use crate::practice::interview::state::{Card, Over, Past, Stage};
use crate::practice::post::{Origin, Post};
use crate::practice::streak::{Day, Standing};
use crate::practice::team::Member;

impl Draft<'_> {
    /// Everything that is known about the member, as a file.
    pub(super) fn export(&mut self, ask: &Ask) {
        let known = self.everything();
        let json = serde_json::to_string_pretty(&known).unwrap_or_default();
        self.tell(ask, OwnView::Export { json });
    }

    fn everything(&self) -> Value {
        let member = self.known_as();
        let team = self.team;
        let is = |other: &MemberId| *other == self.member;
        let interviews = team.interviews.values().filter(|one| has(one, self.member));
        json!({
            "member": self.member.to_string(),
            "exported_at": self.moment.now.to_string(),
            "zone": member.and_then(|member| member.zone.as_ref()).map(|zone| zone.name().to_owned()),
            "streak": streak(&team.standing(self.moment, self.member)),
            "settings": settings(&self.settings(), self.moment.rules.review.a_day),
            "questions": self.own.memories.iter().map(|one| self.memory(one)).collect::<Vec<_>>(),
            "days": days(&self.own),
            "last_grade": self.own.last.map(|last| json!({
                "question": self.name(last.question),
                "date": date_of(last.day).to_string(),
                "before": last.before.map(|before| self.memory(&before)),
            })),
            "sprint": self.own.sprint.as_ref().map(|sprint| json!({
                "since": sprint.since.to_string(),
                "until": sprint.until.to_string(),
                "questions": sprint.questions.iter().map(|key| self.name(*key)).collect::<Vec<_>>(),
                "grades": sprint.grades,
                "over": sprint.over,
            })),
            "reminder": self.own.reminded.as_ref().map(|one| json!({
                "date": date_of(one.day).to_string(),
                "since": one.since.to_string(),
                "over": one.over,
                "failure": one.failure,
            })),
            "typed_answers": self.own.typed.iter().map(|one| self.typed_answer(one)).collect::<Vec<_>>(),
            "coach": self.own.coach.map(|consent| json!({
                "which": format!("{:016x}", consent.to),
                "may_read_typed_answers": consent.agreed,
            })),
            "labels": self.own.labels.iter().map(|one| self.a_label(one)).collect::<Vec<_>>(),
            "next_reminder": self.own.remind_at.map(|at| at.to_string()),
            "past_interviews": member.map(|member| member.past.iter().map(past).collect::<Vec<_>>()),
            "questions_of_interviews": member.map(|member| &member.had),
            "missed_key_points": member.map(|member| self.misses(member)),
            "interviews": interviews.map(|one| interview(one, self.member)).collect::<Vec<_>>(),
            "posts": team.posts.values().filter_map(|one| post(one, self.member)).collect::<Vec<_>>(),
            "named_in_the_weekly_post": team.shared.digest.as_ref().is_some_and(|digest| {
                digest.claimed.as_ref().is_some_and(|claim| {
                    claim.week.first.iter().any(|(other, ..)| is(other))
                })
            }),
        })
    }

    fn name(&self, key: Key) -> String {
        self.find(key).map_or_else(|_| key.to_string(), |one| one.id.to_string())
    }

    /// One that waits for its grade, with what was seen in it.
    fn typed_answer(&self, typed: &Typed) -> Value {
        let points = (0_u8..).zip(&typed.points).map(|(number, seen)| {
            let of = |opinion: &Opinion| {
                let mut of = opinion.points.iter();
                of.find(|of| of.number.checked_sub(1) == Some(number)).cloned()
            };
            json!({
                "key_point": self.point(typed.question, number),
                "seen": saw(*seen),
                "coach": self.own.opinion(typed).and_then(of),
            })
        });
        json!({
            "question": self.name(typed.question),
            "at": typed.at.to_string(),
            "text": typed.text,
            "key_points": points.collect::<Vec<_>>(),
        })
    }

    fn a_label(&self, label: &Label) -> Value {
        json!({
            "question": self.name(label.question),
            "typed_at": label.at.to_string(),
            "key_point": self.point(label.question, label.point),
            "seen": saw(label.seen),
            "you_said_it": label.said,
        })
    }

    /// A key point by what it says, else by its number.
    fn point(&self, question: Key, number: u8) -> Value {
        let question = self.find(question).ok();
        let point = question.as_deref().and_then(|one| one.key_points.get(usize::from(number)));
        point.map_or_else(|| json!(number), |point| json!(point.point))
    }

    fn misses(&self, member: &Member) -> Value {
        let misses = member.misses.iter().map(|(id, miss)| {
            let question = self.find(Key::of(id)).ok();
            let missed = json!({
                "at": miss.at.to_string(),
                "points": question.map_or_else(
                    || json!(miss.points),
                    |question| json!(points(&question, &miss.points)),
                ),
            });
            (id.to_string(), missed)
        });
        Value::Object(misses.collect())
    }

    fn memory(&self, memory: &Memory) -> Value {
        let graded = memory.grade.map(|grade| {
            json!({
                "grade": grade,
                "date": date_of(memory.last).to_string(),
                "due": memory.due().map(|due| date_of(due).to_string()),
                "interval_in_days": memory.interval,
                "stability_in_days": rounded(memory.stability),
                "difficulty_of_10": rounded(memory.difficulty),
                "grades": memory.grades,
                "lapses": memory.lapses,
            })
        });
        json!({
            "question": self.name(memory.question),
            "met": date_of(memory.met).to_string(),
            "graded": graded,
        })
    }
}

fn streak(standing: &Standing) -> Value {
    let word = |day: &Day| match day {
        Day::Counted => "counted",
        Day::Frozen => "frozen",
        Day::Missed => "missed",
        Day::Free => "free",
        Day::Excused => "excused",
        Day::Open => "open",
        Day::Before => "before",
    };
    let days = standing.days.iter().filter(|(_, day)| *day != Day::Before);
    json!({
        "length": standing.length,
        "best": standing.best,
        "freezes": standing.freezes,
        "days": days.map(|(date, day)| (date.to_string(), json!(word(day))))
            .collect::<serde_json::Map<_, _>>(),
    })
}

fn settings(settings: &Settings, usual: u8) -> Value {
    let time = |time: Time| time.strftime("%H:%M").to_string();
    json!({
        "shared": settings.shared,
        "grades": if settings.two_grades { 2 } else { 4 },
        "reviews_a_day": settings.a_day.unwrap_or(usual),
        "reminder_hours_before_the_day_ends": settings.reminder,
        "quiet_hours": settings.quiet.map(|(from, to)| format!("{}-{}", time(from), time(to))),
    })
}

/// What was seen of a key point.
fn saw(seen: Seen) -> Value {
    json!({ "probability": f64::from(seen.p) / 1000.0, "state": seen.state })
}

/// FSRS's figures, as far as anybody can read them.
fn rounded(bits: u32) -> f64 {
    (f64::from(f32::from_bits(bits)) * 100.0).round() / 100.0
}

/// Key points by what they say.
fn points<'q>(question: &'q Question, numbers: &BTreeSet<u8>) -> Vec<&'q str> {
    let point = |number: &u8| question.key_points.get(usize::from(*number));
    numbers.iter().filter_map(point).map(|point| point.point.as_str()).collect()
}

/// An interview that the member had, as it is kept. Bands are means, of 4.
fn past(past: &Past) -> Value {
    let band = |tenths: u8| f64::from(tenths) / 10.0;
    let bands = past.bands.iter().map(|one| {
        json!({
            "dimension": one.dimension,
            "interviewers": one.others.map(band),
            "own": one.own.map(band),
        })
    });
    json!({
        "interview": past.interview.to_string(),
        "at": past.at.to_string(),
        "plan": past.plan,
        "interviewers": past.interviewers,
        "questions": past.questions,
        "bands_of_4": bands.collect::<Vec<_>>(),
        "key_points_made": past.points.0,
        "key_points": past.points.1,
    })
}

fn days(own: &Own) -> serde_json::Map<String, Value> {
    own.days.iter().map(|log| (date_of(log.day).to_string(), json!(log.questions))).collect()
}

/// Whether a member has anything to do with an interview.
fn has(interview: &Interview, member: MemberId) -> bool {
    interview.by == member
        || interview.joined.contains(&member)
        || interview.added.contains(&member)
        || interview
            .turns
            .iter()
            .any(|turn| turn.candidate == member || turn.interviewers.contains(&member))
        || interview.cards.keys().any(|(_, by)| *by == member)
        || called_off(interview) == Some(member)
}

/// What is known of a member in an interview: what they said and ticked as well as what is written
/// about them, as far as it may be read.
fn interview(interview: &Interview, member: MemberId) -> Value {
    let turns = (0_u8..).zip(&interview.turns).map(|(number, turn)| {
        let is_candidate = turn.candidate == member;
        let is_open = interview.is_opened();
        let questions = turn.asked.iter().map(|asked| {
            json!({
                "question": asked.question.id,
                "asked_at": asked.at.to_string(),
                "answers": is_candidate.then_some(&asked.answers),
                "key_points_made": (is_candidate && is_open).then(|| {
                    points(&asked.question, &asked.ticked.values().flatten().copied().collect())
                }),
                "ticked": asked.ticked.get(&member).map(|ticked| points(&asked.question, ticked)),
            })
        });
        let cards = interview.cards.iter().filter(|((of, by), card)| {
            let about = is_candidate && is_open && card.sealed.is_some();
            *of == number && (*by == member || about)
        });
        json!({
            "candidate": is_candidate,
            "interviewer": turn.interviewers.contains(&member),
            "begun": turn.begun.map(|at| at.to_string()),
            "questions": questions.collect::<Vec<_>>(),
            "scorecards": cards
                .map(|((_, by), one)| card(one, &interview.plan.rubric.dimensions, *by == member))
                .collect::<Vec<_>>(),
        })
    });
    json!({
        "interview": interview.id.to_string(),
        "plan": interview.plan.title,
        "asked_for_at": interview.since.to_string(),
        "asked_for": interview.by == member,
        "joined": interview.joined.contains(&member),
        "put_into_the_thread": interview.added.contains(&member),
        "called_off": called_off(interview) == Some(member),
        "turns": turns.collect::<Vec<_>>(),
    })
}

/// Who called it off before it began.
const fn called_off(interview: &Interview) -> Option<MemberId> {
    match interview.stage {
        Stage::Over { why: Over::Cancelled { by }, .. } => Some(by),
        Stage::Over {
            why: Over::NobodyCame | Over::NoThread | Over::Empty | Over::Deleted,
            ..
        }
        | Stage::Lobby { .. }
        | Stage::Running
        | Stage::Paused { .. }
        | Stage::Judging { .. }
        | Stage::Opened { .. } => None,
    }
}

fn card(card: &Card, dimensions: &[Dimension], own: bool) -> Value {
    let judged = dimensions.iter().enumerate().map(|(place, dimension)| {
        let band = card.bands.get(place).copied().flatten();
        json!({
            "dimension": dimension.title,
            "band_of_4": band.map(|band| band + 1),
            "band": band.and_then(|band| dimension.bands.get(usize::from(band))),
            "comment": card.comments.get(place),
        })
    });
    json!({
        "written_by_you": own,
        "dimensions": judged.collect::<Vec<_>>(),
        "went_well": card.well,
        "try_next": card.next,
        "sealed": card.sealed.map(|at| at.to_string()),
    })
}

fn post(post: &Post, member: MemberId) -> Option<Value> {
    let by = matches!(post.origin, Origin::Quiz { by } if by == member);
    let (asked, seen) = (post.asked.contains(&member), post.seen.contains(&member));
    (by || asked || seen).then(|| {
        json!({
            "question": post.question.id,
            "at": post.claimed.to_string(),
            "asked_for": by,
            "reacted": asked,
            "seen": seen,
        })
    })
}
