//! The questions that come with the bot: that they are all there and full, that they can be found,
//! and that what looks like code in them is code; and the plans of interviews that ask them.

mod code;
mod draws;
mod fences;
mod found;
mod plans;
mod whole;

use std::path::Path;

use mockingbird::bank::QuestionBank;

/// The shipped bank.
#[expect(clippy::panic, reason = "the problems are worth reading as they are meant to be read")]
fn bank() -> QuestionBank {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("questions");
    QuestionBank::load(&folder).unwrap_or_else(|problems| panic!("\n{problems}"))
}
