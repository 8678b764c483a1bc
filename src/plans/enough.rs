//! Whether a bank has enough questions for a plan, whatever is drawn: no question is asked twice
//! in an interview. It does not draw.

use crate::bank::QuestionBank;

use super::Section;

/// A section that may find too few questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Short {
    /// Which section.
    pub(super) section: usize,
    /// How many questions of the bank fit.
    pub(super) fitting: usize,
    /// How many of these may have been asked before it is over: by other sections, and with roles
    /// swapped by itself.
    pub(super) taken: usize,
}

/// The sections that may find too few questions, where those before them took the worst for them.
pub(super) fn short_sections(sections: &[&Section], swap: bool, bank: &QuestionBank) -> Vec<Short> {
    let fits: Vec<Vec<bool>> = sections
        .iter()
        .map(|section| bank.iter().map(|question| section.fits(question)).collect())
        .collect();
    let mut short = Vec::new();
    for (index, (section, own)) in sections.iter().zip(&fits).enumerate() {
        let mut taken = 0;
        for (other_index, (other, theirs)) in sections.iter().zip(&fits).enumerate() {
            // How often the other one draws before this one draws for the last time.
            let times = usize::from(other_index < index) + usize::from(swap);
            let both = own.iter().zip(theirs).filter(|(own, theirs)| **own && **theirs).count();
            taken += both.min(times * usize::from(other.questions));
        }
        let fitting = own.iter().filter(|fits| **fits).count();
        if fitting < taken.min(fitting) + usize::from(section.questions) {
            short.push(Short { section: index, fitting, taken: taken.min(fitting) });
        }
    }
    short
}
