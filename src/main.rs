//! The command line. It only parses, wires and maps errors to exit statuses.

fn main() {}
