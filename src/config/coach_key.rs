//! The key of a coach: where it comes from, and that it is never shown. It does not know who asks
//! for it.

use std::fmt;

use super::Coach;

/// What lets the bot ask a coach. Neither `Debug` nor `Display` shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct CoachKey(String);

/// Why there is no key. No variant holds what was found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The variable is not set.
    #[error(
        "there is no key for the coach: `key_env` in the config names the environment variable \
         {variable}, which is not set\n  \
         = help: set it, or delete `key_env` if the coach needs no key"
    )]
    Missing {
        /// The variable.
        variable: String,
    },
    /// What was found is no key.
    #[error(
        "the environment variable {variable} holds no key: that is one word of ASCII characters\n  \
         = help: copy the key again, without quotes around it"
    )]
    WrongShape {
        /// The variable.
        variable: String,
    },
}

impl CoachKey {
    /// Reads the key that a coach needs from the environment; none if it needs none.
    ///
    /// # Errors
    /// The variable is not set, or what is there is no key.
    #[expect(clippy::disallowed_methods, reason = "the door to the environment")]
    pub fn from_environment(coach: &Coach) -> Result<Option<Self>, KeyError> {
        Self::look_up(coach, |name| std::env::var(name).ok())
    }

    /// The same with a stand-in for the environment.
    ///
    /// # Errors
    /// The variable is not set, or what is there is no key.
    pub fn look_up(
        coach: &Coach,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Option<Self>, KeyError> {
        let Some(name) = &coach.key_env else { return Ok(None) };
        let found = variable(name).unwrap_or_default();
        // An empty variable is what compose makes of one that is not set.
        let text = found.trim();
        let text = text.strip_prefix("Bearer").unwrap_or(text).trim();
        if text.is_empty() {
            return Err(KeyError::Missing { variable: name.clone() });
        }
        let quoted = text.starts_with(['"', '\'']);
        if quoted || text.bytes().any(|byte| !byte.is_ascii_graphic()) {
            return Err(KeyError::WrongShape { variable: name.clone() });
        }
        Ok(Some(Self(text.to_owned())))
    }

    /// The key itself, for the `Authorization` header only.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for CoachKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CoachKey(hidden)")
    }
}

impl fmt::Display for CoachKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::config::CoachAddress;

    const GOOD: &str = "sk-not-a-real-key_0123456789";

    fn coach(key_env: Option<&str>) -> Coach {
        Coach {
            address: CoachAddress::parse("http://127.0.0.1:9/v1").unwrap(),
            model: "m".to_owned(),
            key_env: key_env.map(str::to_owned),
            timeout: Duration::from_secs(6),
        }
    }

    fn with(value: Option<&str>) -> Result<Option<CoachKey>, KeyError> {
        let coach = coach(Some("COACH_KEY"));
        CoachKey::look_up(&coach, |name| (name == "COACH_KEY").then(|| value.map(str::to_owned))?)
    }

    #[test]
    fn a_key_comes_from_the_variable_that_the_config_names() {
        for text in [GOOD.to_owned(), format!(" {GOOD}\n"), format!("Bearer {GOOD}")] {
            assert_eq!(with(Some(&text)).unwrap().unwrap().expose(), GOOD, "{text:?}");
        }
        assert_eq!(CoachKey::look_up(&coach(None), |_| Some(GOOD.to_owned())), Ok(None));
    }

    #[test]
    fn a_key_that_cannot_be_had_is_explained_and_never_shown() {
        for text in [None, Some(""), Some(" \n"), Some("Bearer ")] {
            let error = with(text).unwrap_err();
            assert_eq!(error, KeyError::Missing { variable: "COACH_KEY".to_owned() }, "{text:?}");
        }
        let key = with(Some(GOOD)).unwrap();
        let mut shown = vec![format!("{key:?} {key:#?} {}", key.clone().unwrap())];
        for text in ["\"{}\"", "'{}'", "{} more", "{}\u{e9}", "{}\r\nX: y"] {
            let error = with(Some(&text.replace("{}", GOOD))).unwrap_err();
            assert!(matches!(error, KeyError::WrongShape { .. }), "{text}");
            shown.push(format!("{error:?} {error}"));
        }
        assert!(!shown.join("\n").contains("0123456789"), "{shown:?}");
    }
}
