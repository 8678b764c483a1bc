//! What `mockingbird judge` and `mockingbird check --judge` print. It does not know how a key point
//! is found in a text: that is `judge`.

mod bank;
mod calibration;
mod labels;
mod line;
mod lines;

pub use bank::bank;
pub use calibration::calibration;
pub use labels::{in_file, in_folder};
pub use lines::lines;
