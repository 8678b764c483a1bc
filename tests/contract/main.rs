//! What every store must do, whatever disk is under it. It keeps a toy state, so that it needs
//! nothing of the practice; `fixture` also guards the files of older versions.

mod basics;
mod damage;
mod fake;
mod faults;
mod toy;
