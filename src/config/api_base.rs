//! The address of Discord: the real one, or a stand-in on this machine. It does not connect.

use std::fmt;

use reqwest::Url;

/// The only address outside this machine.
const DISCORD: &str = "https://discord.com";

/// Where the REST interface is; the gateway's address is asked there. Nothing but Discord and this
/// machine can be named, so that no token is ever sent elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiBase {
    address: String,
    local: bool,
}

impl ApiBase {
    /// The real Discord.
    pub fn discord() -> Self {
        Self { address: DISCORD.to_owned(), local: false }
    }

    /// Reads an address; `None` if it is neither Discord's nor this machine's.
    pub fn parse(text: &str) -> Option<Self> {
        let url = Url::parse(text).ok()?;
        let bare = url.username().is_empty()
            && url.password().is_none()
            && url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none();
        if !bare {
            return None;
        }
        let address = url.as_str().trim_end_matches('/').to_owned();
        if address == DISCORD {
            return Some(Self::discord());
        }
        let host = url.host_str()?.trim_start_matches('[').trim_end_matches(']');
        let local = host == "localhost"
            || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
        (local && url.scheme() == "http").then_some(Self { address, local })
    }

    /// The address without a slash at the end: `https://discord.com`, `http://127.0.0.1:8080`.
    pub fn as_str(&self) -> &str {
        &self.address
    }

    /// Whether it is a stand-in on this machine. Then nothing may reach the real Discord.
    pub fn is_local(&self) -> bool {
        self.local
    }
}

impl fmt::Display for ApiBase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.address)
    }
}

#[cfg(test)]
mod tests {
    use super::ApiBase;

    #[test]
    fn only_discord_and_this_machine_can_be_named() {
        for (text, address, local) in [
            ("https://discord.com", "https://discord.com", false),
            ("https://discord.com:443/", "https://discord.com", false),
            ("http://127.0.0.1:8080/", "http://127.0.0.1:8080", true),
            ("http://127.9.9.9", "http://127.9.9.9", true),
            ("http://[::1]:80", "http://[::1]", true),
            ("http://localhost:1", "http://localhost:1", true),
        ] {
            let base = ApiBase::parse(text).unwrap();
            assert_eq!((base.as_str(), base.is_local()), (address, local));
        }
        for wrong in [
            "",
            "discord.com",
            "http://discord.com",
            "https://discord.com/api/v10",
            "https://discord.com?x",
            "https://discord.com#x",
            "https://me@discord.com",
            "https://discord.com.example.org",
            "https://canary.discord.com",
            "https://127.0.0.1",
            "http://127.0.0.1@example.org",
            "http://10.0.0.1",
            "http://localhost.example.org",
            "http://[::2]",
            "http://0.0.0.0",
            "file:///etc/passwd",
            "ws://127.0.0.1",
        ] {
            assert_eq!(ApiBase::parse(wrong), None, "{wrong}");
        }
    }
}
