//! What else is at a question: its hint, its follow-ups, what is related, and reports of faults.

use std::sync::Arc;

use super::OwnFormView;
use super::OwnRefusal;
use super::change::SharedChange;
use super::draft::Draft;
use super::fold::MOST_REPORTS;
use super::state::{Fault, Key, Report};
use super::view::OwnView;
use crate::bank::Question;
use crate::practice::change::Change;
use crate::practice::input::{Ask, Place};
use crate::practice::refusal::Refusal;

/// So many related questions.
const RELATED: usize = 3;
/// The most characters of a report.
const LONGEST: usize = 300;
/// So many reports are shown.
const SHOWN: usize = 5;

impl Draft<'_> {
    /// The hint of a question.
    pub(super) fn hint(&mut self, ask: &Ask, key: Key) -> Result<(), Refusal> {
        let question = self.find(key)?;
        if question.hint.is_none() {
            return Err(OwnRefusal::NoHint.into());
        }
        self.tell(ask, OwnView::Hint { question });
        Ok(())
    }

    /// A follow-up, without or with its answer.
    pub(super) fn follow_up(
        &mut self,
        ask: &Ask,
        (key, number): (Key, u8),
        shown: bool,
    ) -> Result<(), Refusal> {
        let question = self.find(key)?;
        let follow_up = question.follow_ups.get(usize::from(number)).cloned();
        let follow_up = follow_up.ok_or(OwnRefusal::NoFollowUp)?;
        let view = OwnView::FollowUp { question, number, follow_up, shown };
        if shown {
            self.update(ask, view);
        } else {
            self.tell(ask, view);
        }
        Ok(())
    }

    /// Questions related to one.
    pub(super) fn show_related(&mut self, ask: &Ask, key: Key) -> Result<(), Refusal> {
        let to = self.find(key)?;
        let questions = self.related(&to);
        self.tell(ask, OwnView::Related { to, questions });
        Ok(())
    }

    /// Up to three questions related to one, those that the member knows least first.
    pub(super) fn related(&self, to: &Question) -> Vec<Arc<Question>> {
        let bank = self.moment.bank;
        let mut related: Vec<_> =
            to.related.iter().filter_map(|id| bank.get(id)).cloned().collect();
        let recall = |one: &Question| {
            self.own.memory(Key::of(&one.id)).map_or(0.0, |memory| memory.recall(self.today))
        };
        related.sort_by(|one, other| recall(one).total_cmp(&recall(other)));
        related.truncate(RELATED);
        related
    }

    /// Which fault a question has.
    pub(super) fn report_what(&mut self, ask: &Ask, key: Key) -> Result<(), Refusal> {
        somebody_reads(ask)?;
        let question = self.find(key)?;
        self.tell(ask, OwnView::ReportWhat { question });
        Ok(())
    }

    /// Asks for a line about a fault.
    pub(super) fn report_line(&mut self, ask: &Ask, key: Key, fault: Fault) -> Result<(), Refusal> {
        somebody_reads(ask)?;
        let prompt = self.find(key)?.prompt.clone();
        self.form(ask, OwnFormView::Report { key, prompt, fault });
        Ok(())
    }

    /// Keeps a report.
    pub(super) fn report(
        &mut self,
        ask: &Ask,
        (key, fault): (Key, Fault),
        text: &str,
    ) -> Result<(), Refusal> {
        somebody_reads(ask)?;
        let question = self.find(key)?;
        let shared = &self.team.shared;
        if shared.reports.len() >= MOST_REPORTS {
            return Err(OwnRefusal::TooManyReports.into());
        }
        let report = Report {
            number: shared.last_report.saturating_add(1),
            question: question.id.clone(),
            fault,
            text: text.trim().chars().take(LONGEST).collect(),
            at: self.moment.now,
        };
        self.decision.change(Change::Shared(Box::new(SharedChange::Reported(report))));
        self.update(ask, OwnView::Reported { question, fault });
        Ok(())
    }

    /// `/reports`.
    pub(super) fn show_reports(&mut self, ask: &Ask) {
        let view = self.reports(None);
        self.tell(ask, view);
    }

    /// A report is settled.
    pub(super) fn settle(&mut self, ask: &Ask, number: u32) -> Result<(), Refusal> {
        if !self.team.shared.reports.iter().any(|report| report.number == number) {
            return Err(OwnRefusal::ReportGone.into());
        }
        let settled = SharedChange::ReportSettled { number };
        self.decision.change(Change::Shared(Box::new(settled)));
        let view = self.reports(Some(number));
        self.update(ask, view);
        Ok(())
    }

    /// What is reported and not settled, but for this one.
    fn reports(&self, settled: Option<u32>) -> OwnView {
        let reports = &self.team.shared.reports;
        let open: Vec<_> = reports.iter().filter(|one| Some(one.number) != settled).collect();
        let shown = open
            .iter()
            .take(SHOWN)
            .map(|report| ((*report).clone(), self.moment.bank.get(&report.question).cloned()));
        OwnView::Reports { reports: shown.collect(), of: open.len() }
    }
}

/// Reports are read in the team in which they are made; in a private chat there is nobody else.
fn somebody_reads(ask: &Ask) -> Result<(), OwnRefusal> {
    match ask.place {
        Place::Private => Err(OwnRefusal::NobodyReads),
        Place::Channel | Place::Thread => Ok(()),
    }
}
