//! The property of tests/fuzz/properties/bank.rs, under libFuzzer.
#![no_main]

#[path = "../../tests/fuzz/properties/mod.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| properties::target("bank").hold(bytes));
