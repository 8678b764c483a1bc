//! The section about a coach: where a language model is asked, and the name of the variable with its
//! key. It does not ask anything.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};
use std::time::Duration;

use jiff::SignedDuration;
use reqwest::Url;

use crate::yaml::{Fields, Node, Problem, Report, TextRule, Value};

use super::values;

/// The fields of the section.
pub(super) const FIELDS: &[&str] = &["address", "model", "key_env", "timeout"];
/// Longest address and name of a model, in UTF-16 units.
const ADDRESS: TextRule = TextRule::line(500);
const MODEL: TextRule = TextRule::line(200);
/// How long an answer may take: a member waits for it.
const TIMEOUT: (SignedDuration, SignedDuration) =
    (SignedDuration::from_secs(1), SignedDuration::from_secs(60));
const TIMEOUT_UNLESS_SAID: Duration = Duration::from_secs(6);
/// What the endpoint adds to the address.
const ENDPOINT: &str = "/chat/completions";
/// Names that nobody can register, so that they mean a machine nearby (RFC 6761, 6762, 8375; ICANN
/// set `internal` aside in 2024).
const NEARBY: [&str; 4] = [".localhost", ".local", ".internal", ".home.arpa"];

/// A language model that may be asked for its opinion on typed answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coach {
    /// Where it is.
    pub address: CoachAddress,
    /// Its name, as the server knows it.
    pub model: String,
    /// The environment variable with the key; none where the server asks for none.
    pub key_env: Option<String>,
    /// How long everything about one answer may take, 1 to 60 seconds.
    pub timeout: Duration,
}

/// The address of an OpenAI-compatible server, to which `/chat/completions` is added: anywhere over
/// TLS; without it on this machine and in private networks only, because it is sent what members
/// write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoachAddress {
    address: String,
    plain: bool,
}

/// Why something is not the address of a coach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressError {
    /// It is no address of a server at all.
    Strange,
    /// It holds a name, a password, a query or a fragment, any of which may be a secret.
    Extras,
    /// It goes on to the endpoint, which is added by itself.
    Endpoint,
    /// What is sent there could be read on the way.
    InTheClear,
}

impl CoachAddress {
    /// Reads an address.
    ///
    /// # Errors
    /// It is none, or not one that members' words may be sent to.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        use AddressError::{Endpoint, Extras, InTheClear, Strange};
        // What may have a secret in it is not told, also where the rest makes no sense.
        let odd = if text.contains(['@', '?', '#']) { Extras } else { Strange };
        let url = Url::parse(text).map_err(|_| odd)?;
        let bare = url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none();
        if !bare {
            return Err(Extras);
        }
        let address = url.as_str().trim_end_matches('/').to_owned();
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(Strange)?;
        if address.ends_with(ENDPOINT) {
            return Err(Endpoint);
        }
        match url.scheme() {
            "https" => Ok(Self { address, plain: false }),
            "http" if is_nearby(host) => Ok(Self { address, plain: true }),
            "http" => Err(InTheClear),
            _ => Err(Strange),
        }
    }

    /// The address without a slash at the end: `http://127.0.0.1:11434/v1`.
    pub fn as_str(&self) -> &str {
        &self.address
    }

    /// Whether it goes without TLS. Then its name may lead to private addresses only.
    pub const fn is_plain(&self) -> bool {
        self.plain
    }
}

impl fmt::Display for CoachAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.address)
    }
}

/// Whether a host is this machine or one in a private network, as far as its name tells.
fn is_nearby(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    if let Ok(address) = bare.parse() {
        return is_private(address);
    }
    // A name without a dot is one of the local network, such as a container's.
    !host.contains('.') || NEARBY.iter().any(|nearby| host.ends_with(nearby))
}

/// Whether an address is this machine's or a private network's (RFC 1122, 1918, 4193).
pub fn is_private(address: IpAddr) -> bool {
    const UNIQUE_LOCAL: u16 = 0xfc00;
    match address.to_canonical() {
        IpAddr::V4(address) => address.is_loopback() || address.is_private(),
        IpAddr::V6(address) => {
            let [first, ..] = Ipv6Addr::segments(&address);
            address.is_loopback() || first & 0xfe00 == UNIQUE_LOCAL
        }
    }
}

/// Reads the section.
pub(super) fn read(report: &mut Report<'_>, fields: &Fields<'_>) -> Option<Coach> {
    let help = "write where the server is, such as `http://127.0.0.1:11434/v1`; without a coach, \
                delete the whole section";
    let address = fields.need(report, "address", help).and_then(|node| address(report, node));
    let model = fields
        .need(report, "model", "write the name of the model as the server knows it")
        .and_then(|node| report.text(node, "model", MODEL));
    let key_env = fields.get("key_env").map_or(Some(None), |node| variable(report, node).map(Some));
    let timeout = fields.get("timeout").map_or(Some(TIMEOUT_UNLESS_SAID), |node| {
        values::duration(report, node, "timeout", TIMEOUT).map(SignedDuration::unsigned_abs)
    });
    Some(Coach { address: address?, model: model?, key_env: key_env?, timeout: timeout? })
}

fn address(report: &mut Report<'_>, node: &Node) -> Option<CoachAddress> {
    let text = report.text(node, "address", ADDRESS)?;
    let error = match CoachAddress::parse(&text) {
        Ok(address) => return Some(address),
        Err(error) => error,
    };
    match error {
        AddressError::Strange => report.say(
            node.at,
            &format!("`{text}` is not the address of a coach"),
            "write one such as `http://127.0.0.1:11434/v1` or `https://api.example.org/v1`",
        ),
        AddressError::Extras => report.add(|source| {
            let message = "the address of a coach has no name, password, `?` or `#` in it";
            let help = "write it without; a key belongs into an environment variable, and the name \
                        of that into `key_env`";
            Problem::at(source, node.at, message, help).hiding_the_line()
        }),
        AddressError::Endpoint => report.say(
            node.at,
            &format!("`{text}` goes too far"),
            &format!("leave out `{ENDPOINT}`: the bot adds it"),
        ),
        AddressError::InTheClear => report.say(
            node.at,
            &format!("`{text}` would be sent what members write in the clear"),
            "write `https://`; only on this machine and in a private network `http://` will do, \
             such as `http://127.0.0.1:11434/v1` or `http://192.168.1.20:8080/v1`",
        ),
    }
    None
}

/// Reads the name of the variable with the key. Somebody may have written the key itself, so that
/// nothing of it is shown.
fn variable(report: &mut Report<'_>, node: &Node) -> Option<String> {
    let mut say = |message: &str, help: &str| {
        report.add(|source| Problem::at(source, node.at, message, help).hiding_the_line());
        None
    };
    let text = match &node.value {
        Value::Text(text) => text.trim(),
        Value::Null
        | Value::Bool(_)
        | Value::Integer(_)
        | Value::Float
        | Value::List(_)
        | Value::Map(_) => "",
    };
    let is_name = text.len() <= 100
        && text.starts_with(|c: char| c.is_ascii_uppercase())
        && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
    if !is_name {
        return say(
            "`key_env` is not the name of an environment variable",
            "write a name in capital letters such as `COACH_KEY`, and put the key into that \
             variable; if this is the key and the file was shared, have a new one made",
        );
    }
    if text.starts_with("DISCORD_TOKEN") {
        return say(
            "the bot's token is not for a coach",
            "put the coach's key into a variable of its own, such as `COACH_KEY`",
        );
    }
    Some(text.to_owned())
}
