//! Everything that is known about a member in their team, in a form that people can read.

use serde_json::{Value, json};

use super::day::date_of;
use super::draft::Draft;
use super::state::{Key, Memory, Own};
use super::view::OwnView;
use crate::practice::ids::MemberId;
use crate::practice::input::Ask;
use crate::practice::interview::Interview;
use crate::practice::interview::state::Card;
use crate::practice::post::{Origin, Post};
use crate::practice::streak::{Day, Standing};

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
            "settings": self.own.settings,
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
            "next_reminder": self.own.remind_at.map(|at| at.to_string()),
            "past_interviews": member.map(|member| &member.past),
            "questions_of_interviews": member.map(|member| &member.had),
            "missed_key_points": member.map(|member| &member.misses),
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
        self.moment.bank.by_key(key).map_or_else(|| key.to_string(), |one| one.id.to_string())
    }

    fn memory(&self, memory: &Memory) -> Value {
        let graded = memory.grade.map(|grade| {
            json!({
                "grade": grade,
                "date": date_of(memory.last).to_string(),
                "due": memory.due().map(|due| date_of(due).to_string()),
                "interval_in_days": memory.interval,
                "stability": f32::from_bits(memory.stability),
                "difficulty": f32::from_bits(memory.difficulty),
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
}

/// What is known of a member in an interview: what they said and ticked as well as what is written
/// about them, as far as it may be read.
fn interview(interview: &Interview, member: MemberId) -> Value {
    let turns = (0_u8..).zip(&interview.turns).map(|(number, turn)| {
        let is_candidate = turn.candidate == member;
        let questions = turn.asked.iter().map(|asked| {
            json!({
                "question": asked.question.id,
                "asked_at": asked.at.to_string(),
                "answers": is_candidate.then_some(&asked.answers),
                "ticked": asked.ticked.get(&member),
            })
        });
        let is_open = interview.is_opened();
        let cards = interview.cards.iter().filter(|((of, by), card)| {
            let about = is_candidate && is_open && card.sealed.is_some();
            *of == number && (*by == member || about)
        });
        json!({
            "candidate": is_candidate,
            "interviewer": turn.interviewers.contains(&member),
            "begun": turn.begun.map(|at| at.to_string()),
            "questions": questions.collect::<Vec<_>>(),
            "scorecards": cards.map(|((_, by), one)| card(one, *by == member)).collect::<Vec<_>>(),
        })
    });
    json!({
        "interview": interview.id.to_string(),
        "plan": interview.plan.title,
        "asked_for_at": interview.since.to_string(),
        "asked_for": interview.by == member,
        "turns": turns.collect::<Vec<_>>(),
    })
}

fn card(card: &Card, own: bool) -> Value {
    json!({
        "written_by_you": own,
        "bands": card.bands,
        "comments": card.comments,
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
