//! A local Discord (REST and gateway) and a page to try a bot in.
