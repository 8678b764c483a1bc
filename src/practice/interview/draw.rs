//! Which question an interview asks next: one that the candidate has not had, from the topic that
//! was asked about least, of the section that is under way. What is equal is decided by seeded
//! chance. It does not know how questions are asked.

use std::collections::BTreeMap;
use std::sync::Arc;

use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

use super::facts::small;
use super::state::{Interview, Turn};
use crate::bank::{Question, QuestionBank, QuestionId, Topic};
use crate::plans::{Plan, Section};
use crate::practice::decide::Moment;
use crate::practice::ids::{MemberId, splitmix};
use crate::practice::post::KEPT;
use crate::practice::team::Team;

impl Team {
    /// The next question of the turn that is under way, with the number of its section; none where
    /// the plan is through, or the bank is.
    pub(super) fn draw_for(
        &self,
        moment: Moment<'_>,
        interview: &Interview,
    ) -> Option<(u8, Arc<Question>)> {
        let (_, turn) = interview.turn()?;
        if turn.asked.len() >= interview.of() {
            return None;
        }
        let begun = turn.asked.last().map_or(0, |asked| asked.section);
        let sections = (0..).zip(&interview.plan.sections).skip(usize::from(begun));
        for (number, section) in sections {
            let done = turn.asked.iter().filter(|asked| asked.section == number).count();
            if done < usize::from(section.questions)
                && let Some(question) = self.draw_in(moment, interview, turn, (number, section))
            {
                return Some((number, question));
            }
        }
        None
    }

    fn draw_in(
        &self,
        moment: Moment<'_>,
        interview: &Interview,
        turn: &Turn,
        (number, section): (u8, &Section),
    ) -> Option<Arc<Question>> {
        let asked = || interview.turns.iter().flat_map(|turn| &turn.asked);
        let is_new = |question: &Question| asked().all(|asked| asked.question.id != question.id);
        let fitting = |section: &Section| -> Vec<&Arc<Question>> {
            moment
                .bank
                .iter()
                .filter(|question| section.fits(question) && is_new(question))
                .collect()
        };
        let mut pool = fitting(section);
        // What a later section cannot do without is left to it.
        let later = interview.plan.sections.iter().skip(usize::from(number) + 1);
        let scarce: Vec<_> = later
            .map(|section| (section, fitting(section)))
            .filter(|(section, fitting)| fitting.len() <= usize::from(section.questions))
            .flat_map(|(_, fitting)| fitting)
            .collect();
        prefer(&mut pool, |question| !scarce.iter().any(|scarce| scarce.id == question.id));
        let had = self.had(moment, turn.candidate);
        prefer(&mut pool, |question| !had.contains_key(&question.id));
        let mut topics: BTreeMap<&Topic, usize> = BTreeMap::new();
        for asked in asked() {
            *topics.entry(&asked.question.topic).or_default() += 1;
        }
        let uses = |question: &Question| topics.get(&question.topic).copied().unwrap_or_default();
        let least = pool.iter().map(|question| uses(question)).min()?;
        pool.retain(|question| uses(question) == least);
        // Of those that were all had before, the one that was had longest ago.
        let longest = pool.iter().map(|question| had.get(&question.id).copied()).min()?;
        pool.retain(|question| had.get(&question.id).copied() == longest);
        let seed = self.seed.unwrap_or_default() ^ splitmix(interview.id.0);
        let mut chance = ChaCha8Rng::seed_from_u64(seed);
        chance.set_stream(u64::from(small(asked().count())));
        pool.get(chance.random_range(0..pool.len())).map(|question| Arc::clone(question))
    }

    /// What a candidate has had, and when: what interviews asked them, and what they saw in a
    /// channel in the last 30 days, which is newer than all of that.
    fn had(&self, moment: Moment<'_>, candidate: MemberId) -> BTreeMap<&QuestionId, usize> {
        let member = self.members.get(&candidate);
        let asked = member.map(|member| member.had.as_slice()).unwrap_or_default();
        let seen = self.posts.values().filter(|post| {
            (post.seen.contains(&candidate) || post.asked.contains(&candidate))
                && moment.now.duration_since(post.claimed) < KEPT
        });
        let seen = seen.map(|post| (&post.question.id, usize::MAX));
        asked.iter().zip(0..).chain(seen).collect()
    }
}

/// Leaves only those of which something is true, if there are any.
fn prefer(pool: &mut Vec<&Arc<Question>>, is_good: impl Fn(&Question) -> bool) {
    if pool.iter().any(|question| is_good(question)) {
        pool.retain(|question| is_good(question));
    }
}

/// The first section for which the bank has too few questions.
pub(super) fn unfit<'p>(plan: &'p Plan, bank: &QuestionBank) -> Option<&'p Section> {
    plan.sections.iter().find(|section| {
        let fitting = bank.iter().filter(|question| section.fits(question));
        fitting.count() < usize::from(section.questions)
    })
}
