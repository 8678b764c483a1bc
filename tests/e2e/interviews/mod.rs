//! Mock interviews, as members see them.

mod alone;
mod opened;
mod pair;
mod panel;
pub(crate) mod room;
mod trouble;
