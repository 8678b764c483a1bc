//! How long and how many the parts of plans and rubrics may be. Discord's limits are in UTF-16
//! units: a choice of a completion or of a menu has 100, the label of a field in a form 45.

/// Longest name of a plan or a rubric: it is typed, and shown in lists.
pub const ID: usize = 32;
/// Longest title of a plan, a section or a rubric: with minutes beside it, it is the name of a
/// choice.
pub const TITLE: usize = 60;
/// Longest line on what a plan is for.
pub const ABOUT: usize = 100;
/// Most sections of a plan.
pub const SECTIONS: usize = 8;
/// Shortest and longest section, in minutes.
pub const MINUTES: (u8, u8) = (1, 120);
/// Fewest and most questions of a section; all sections of a plan together have as many at most.
pub const QUESTIONS: (u8, u8) = (1, 20);
/// Most topics of a section.
pub const TOPICS: usize = 100;
/// Most dimensions of a rubric: each is a menu on one message, which has five rows, one of them
/// for buttons.
pub const DIMENSIONS: usize = 4;
/// Longest title of a dimension: the label of a field in a form.
pub const DIMENSION: usize = 40;
/// Longest sentence of a band: the name of a choice in a menu.
pub const BAND: usize = 100;
