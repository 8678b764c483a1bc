//! The bot's token: where it comes from, and that it is never shown. It does not know what the
//! token is for.

use std::fmt;
use std::io;
use std::path::Path;

/// The variable that holds the token.
const VARIABLE: &str = "DISCORD_TOKEN";
/// The variable that holds the path of a file with the token, as secrets of containers come.
const FILE_VARIABLE: &str = "DISCORD_TOKEN_FILE";

/// Discord's password for the bot. Neither `Debug` nor `Display` shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

/// Why there is no token. No variant holds what was found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Neither variable is set.
    #[error(
        "there is no token: set {VARIABLE}, or {FILE_VARIABLE} to the path of a file that holds it\n  \
         = help: open https://discord.com/developers/applications, choose the application, then \
         Bot, then Reset Token; without an account, try `mockingbird playground`"
    )]
    Missing,
    /// Both variables are set, and nobody knows which one counts.
    #[error("both {VARIABLE} and {FILE_VARIABLE} are set\n  = help: unset one of them")]
    Both,
    /// The file cannot be read.
    #[error(
        "the file that {FILE_VARIABLE} names cannot be read: {path}: {reason}\n  \
         = help: name a text file that holds the token and nothing else"
    )]
    Unreadable {
        /// The path as it was given.
        path: String,
        /// What the system says.
        reason: String,
    },
    /// What was found is no token.
    #[error(
        "{origin} holds no token of a bot: that has three parts with a dot between them\n  \
         = help: copy the token from the page Bot of the application; its client secret, its \
         public key and its id are something else"
    )]
    WrongShape {
        /// The variable or file.
        origin: String,
    },
}

impl Token {
    /// Reads the token from `DISCORD_TOKEN`, or from the file that `DISCORD_TOKEN_FILE` names.
    ///
    /// # Errors
    /// There is none, or what is there is no token.
    #[expect(clippy::disallowed_methods, reason = "the door to the environment")]
    pub fn from_environment() -> Result<Self, TokenError> {
        Self::look_up(|name| std::env::var(name).ok(), |path| std::fs::read_to_string(path))
    }

    /// The same with a stand-in for the environment and for the disk.
    ///
    /// # Errors
    /// There is none, or what is there is no token.
    pub fn look_up(
        variable: impl Fn(&str) -> Option<String>,
        read: impl Fn(&Path) -> io::Result<String>,
    ) -> Result<Self, TokenError> {
        // An empty variable is what compose makes of one that is not set.
        let set = |name: &str| variable(name).filter(|value| !value.trim().is_empty());
        match (set(VARIABLE), set(FILE_VARIABLE)) {
            (None, None) => Err(TokenError::Missing),
            (Some(_), Some(_)) => Err(TokenError::Both),
            (Some(text), None) => Self::parse(&text, VARIABLE),
            (None, Some(path)) => {
                let path = path.trim();
                let text = read(Path::new(path)).map_err(|error| TokenError::Unreadable {
                    path: path.to_owned(),
                    reason: error.to_string(),
                })?;
                Self::parse(&text, path)
            }
        }
    }

    /// A token that came from somewhere else; `origin` is for the error.
    ///
    /// # Errors
    /// What is there is no token.
    pub fn given(text: &str, origin: &str) -> Result<Self, TokenError> {
        Self::parse(text, origin)
    }

    fn parse(text: &str, origin: &str) -> Result<Self, TokenError> {
        let text = text.trim();
        let text = text.strip_prefix("Bot ").unwrap_or(text).trim();
        let part = |part: &str| {
            !part.is_empty()
                && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '='))
        };
        if text.split('.').count() == 3 && text.split('.').all(part) {
            Ok(Self(text.to_owned()))
        } else {
            Err(TokenError::WrongShape { origin: origin.to_owned() })
        }
    }

    /// The token itself, without the prefix `Bot `. For the `Authorization` header and the
    /// gateway only.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(hidden)")
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "bm90LWEtcmVhbC1pZA.abcdef.not-a-real-signature_0123456789";

    fn with(variable: Option<&str>, file: Option<&str>) -> Result<Token, TokenError> {
        Token::look_up(
            |name| match name {
                VARIABLE => variable.map(str::to_owned),
                FILE_VARIABLE => file.map(|_| "/run/secrets/token".to_owned()),
                _ => None,
            },
            |_| match file {
                Some("denied") => Err(io::Error::from(io::ErrorKind::PermissionDenied)),
                file => Ok(file.unwrap_or_default().to_owned()),
            },
        )
    }

    #[test]
    fn a_token_comes_from_the_variable_or_from_the_file() {
        let padded = format!("  Bot {GOOD}\n");
        for found in [with(Some(&padded), None), with(None, Some(&padded)), with(Some(GOOD), None)]
        {
            assert_eq!(found.unwrap().expose(), GOOD);
        }
        assert_eq!(with(Some("  "), Some(GOOD)).unwrap().expose(), GOOD);
    }

    #[test]
    fn a_token_that_cannot_be_had_is_explained() {
        assert_eq!(with(None, None), Err(TokenError::Missing));
        assert_eq!(with(Some(GOOD), Some(GOOD)), Err(TokenError::Both));
        assert!(matches!(with(None, Some("denied")), Err(TokenError::Unreadable { .. })));
        for wrong in ["secret", "a.b", "a.b.c.d", "a..c", "a.b.c d", "a.b.\u{e9}", "a.b.c\nX: y"] {
            let error = with(Some(wrong), None).unwrap_err();
            assert!(matches!(error, TokenError::WrongShape { .. }), "{wrong:?}: {error}");
            let error = with(None, Some(wrong)).unwrap_err();
            assert!(matches!(error, TokenError::WrongShape { .. }), "{wrong:?}: {error}");
        }
    }

    #[test]
    fn a_token_is_never_shown() {
        let token = with(Some(GOOD), None).unwrap();
        let broken = format!("{GOOD}.more");
        let error = with(Some(&broken), None).unwrap_err();
        let shown = format!("{token:?} {token:#?} {token} {error:?} {error}");
        for part in GOOD.split('.') {
            assert!(!shown.contains(part), "{shown}");
        }
    }
}
