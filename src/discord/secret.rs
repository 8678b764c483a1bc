//! A text that never shows itself: not in a log, not in an error, not in `Debug`.

use std::fmt;
use std::sync::Arc;

/// The bot's token.
#[derive(Clone)]
pub struct Secret(Arc<str>);

impl Secret {
    /// Takes a token as people paste it: white space around it and a leading `Bot ` are dropped.
    pub fn new(text: &str) -> Self {
        let bare = text.trim();
        Self(Arc::from(bare.strip_prefix("Bot ").unwrap_or(bare).trim()))
    }

    /// The text itself, for the two places that must send it.
    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_does_not_show_itself() {
        assert_eq!(format!("{:?}", Secret::new("abc.def")), "Secret");
    }

    #[test]
    fn a_token_is_taken_as_people_paste_it() {
        assert_eq!(Secret::new(" Bot abc.def\n").expose(), "abc.def");
    }
}
