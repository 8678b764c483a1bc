//! The property of tests/fuzz/properties/judge.rs, under libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mockingbird_fuzz::hold("judge", bytes));
