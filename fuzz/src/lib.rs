//! The properties of `tests/fuzz`, for libFuzzer.

#[path = "../../tests/fuzz/properties/mod.rs"]
mod properties;

/// Panics where the property of this target does not hold of these bytes.
pub fn hold(name: &str, bytes: &[u8]) {
    let target = properties::TARGETS.iter().find(|target| target.name == name);
    target.expect("a target of this name").hold(bytes);
}
