//! The table of routes: who answers what, and in which bucket it is counted.

use super::{Answer, Call, channels, commands, guilds, interactions, messages, reactions, threads};

/// One route.
pub(crate) struct Route {
    /// `POST /channels/{channel}/messages`
    pub name: &'static str,
    /// The bucket in which it is counted; empty for none.
    pub bucket: &'static str,
    /// Whether it needs the bot's token. Those that do not mostly carry an
    /// interaction's token in the path, and the global limit does not count them.
    pub authorized: bool,
    pub run: fn(&mut Call<'_>) -> Answer,
}

type Run = fn(&mut Call<'_>) -> Answer;

const fn route(name: &'static str, bucket: &'static str, run: Run) -> Route {
    Route { name, bucket, authorized: true, run }
}

const fn open(name: &'static str, bucket: &'static str, run: Run) -> Route {
    Route { name, bucket, authorized: false, run }
}

/// All routes. The first that fits answers.
#[rustfmt::skip]
static ROUTES: &[Route] = &[
    open("GET /gateway", "", guilds::gateway),
    route("GET /gateway/bot", "gateway", guilds::gateway_bot),
    route("GET /users/@me", "users", guilds::me),
    route("POST /users/@me/channels", "users", guilds::open_private_chat),
    route("GET /users/@me/guilds", "users", guilds::own_guilds),
    route("GET /users/{user}", "users", guilds::user),
    route("GET /applications/@me", "users", guilds::application),
    route("GET /oauth2/applications/@me", "users", guilds::application),

    route("GET /guilds/{guild}", "guild", guilds::guild),
    route("GET /guilds/{guild}/channels", "guild", guilds::channels),
    route("GET /guilds/{guild}/roles", "guild", guilds::roles),
    route("GET /guilds/{guild}/members/{user}", "member", guilds::member),
    route("GET /guilds/{guild}/threads/active", "guild", guilds::active_threads),

    route("GET /applications/{application}/commands", "commands", commands::list),
    route("POST /applications/{application}/commands", "commands", commands::create),
    route("PUT /applications/{application}/commands", "commands", commands::overwrite),
    route("GET /applications/{application}/commands/{command}", "commands", commands::get),
    route("PATCH /applications/{application}/commands/{command}", "commands", commands::change),
    route("DELETE /applications/{application}/commands/{command}", "commands", commands::delete),
    route("GET /applications/{application}/guilds/{guild}/commands", "commands", commands::list),
    route("POST /applications/{application}/guilds/{guild}/commands", "commands", commands::create),
    route("PUT /applications/{application}/guilds/{guild}/commands", "commands", commands::overwrite),
    route("GET /applications/{application}/guilds/{guild}/commands/{command}", "commands", commands::get),
    route("PATCH /applications/{application}/guilds/{guild}/commands/{command}", "commands", commands::change),
    route("DELETE /applications/{application}/guilds/{guild}/commands/{command}", "commands", commands::delete),

    open("POST /interactions/{interaction}/{token}/callback", "", interactions::callback),
    open("POST /webhooks/{application}/{token}", "webhook", interactions::follow_up),
    open("GET /webhooks/{application}/{token}/messages/{message}", "webhook", interactions::get),
    open("PATCH /webhooks/{application}/{token}/messages/{message}", "webhook", interactions::edit),
    open("DELETE /webhooks/{application}/{token}/messages/{message}", "webhook", interactions::delete),

    route("GET /channels/{channel}", "channel", channels::get),
    route("PATCH /channels/{channel}", "channel", channels::change),
    route("DELETE /channels/{channel}", "channel", channels::delete),
    route("POST /channels/{channel}/typing", "typing", channels::typing),
    route("GET /channels/{channel}/messages", "get-message", messages::list),
    route("POST /channels/{channel}/messages", "post-message", messages::create),
    route("GET /channels/{channel}/messages/{message}", "get-message", messages::get),
    route("PATCH /channels/{channel}/messages/{message}", "edit-message", messages::edit),
    route("DELETE /channels/{channel}/messages/{message}", "delete-message", messages::delete),

    route("PUT /channels/{channel}/messages/{message}/reactions/{emoji}/@me", "reaction", reactions::add),
    route("DELETE /channels/{channel}/messages/{message}/reactions/{emoji}/@me", "reaction", reactions::remove_own),
    route("DELETE /channels/{channel}/messages/{message}/reactions/{emoji}/{user}", "reaction", reactions::remove),
    route("GET /channels/{channel}/messages/{message}/reactions/{emoji}", "get-reaction", reactions::list),

    route("POST /channels/{channel}/messages/{message}/threads", "thread", threads::from_message),
    route("POST /channels/{channel}/threads", "thread", threads::create),
    route("PUT /channels/{channel}/thread-members/@me", "thread-member", threads::join),
    route("DELETE /channels/{channel}/thread-members/@me", "thread-member", threads::leave),
    route("PUT /channels/{channel}/thread-members/{user}", "thread-member", threads::add),
    route("DELETE /channels/{channel}/thread-members/{user}", "thread-member", threads::remove),
    route("GET /channels/{channel}/thread-members/{user}", "thread-member", threads::member),
    route("GET /channels/{channel}/thread-members", "thread-member", threads::members),
    route("GET /channels/{channel}/threads/archived/public", "thread", threads::archived),
];

/// The parameters of a path, by name, in order.
pub(crate) type Params = Vec<(&'static str, String)>;

/// What a path leads to.
pub(crate) enum Found {
    /// A route.
    Route(&'static Route, Params),
    /// A path that exists with other methods only.
    OtherMethod,
    /// Nothing.
    Nothing,
}

/// Finds the route of a request; `path` begins after `/api/v10`.
pub(crate) fn find(method: &str, path: &str) -> Found {
    let mut other_method = false;
    for route in ROUTES {
        let (wanted, pattern) = route.name.split_once(' ').unwrap_or_default();
        if let Some(params) = fit(pattern, path) {
            if wanted == method {
                return Found::Route(route, params);
            }
            other_method = true;
        }
    }
    if other_method { Found::OtherMethod } else { Found::Nothing }
}

fn fit(pattern: &'static str, path: &str) -> Option<Params> {
    let mut params = Vec::new();
    let (mut wanted, mut given) = (pattern.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Some(params),
            (Some(wanted), Some(given)) => {
                let name = wanted.strip_prefix('{').and_then(|w| w.strip_suffix('}'));
                if let Some(name) = name.filter(|_| !given.is_empty()) {
                    params.push((name, decode(given)));
                } else if wanted != given {
                    return None;
                }
            }
            (Some(_), None) | (None, Some(_)) => return None,
        }
    }
}

/// Undoes percent-encoding.
pub(crate) fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let coded = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        let coded = coded.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        if let (b'%', Some(byte)) = (first, coded) {
            bytes.push(byte);
            rest = tail.get(2..).unwrap_or_default();
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_emoji_in_a_path_is_decoded() {
        let path = "/channels/1/messages/2/reactions/%F0%9F%92%A1/@me";
        let Found::Route(route, params) = find("PUT", path) else { panic!("no route") };
        assert!(route.name.ends_with("{emoji}/@me"));
        assert_eq!(params.last().unwrap(), &("emoji", "💡".to_owned()));
    }

    #[test]
    fn a_path_of_another_method_is_told_from_no_path() {
        assert!(matches!(find("POST", "/gateway"), Found::OtherMethod));
        assert!(matches!(find("GET", "/gateways"), Found::Nothing));
    }
}
