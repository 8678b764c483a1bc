//! Where the name of a machine leads, if what is sent there goes in the clear: into a private
//! network or nowhere. It knows nothing of what is sent.

use std::io;
use std::net::SocketAddr;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::config::is_private;

/// Follows names to private addresses only.
pub(super) struct Nearby;

impl Resolve for Nearby {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            Ok(nearby(found)?)
        })
    }
}

fn nearby(found: impl Iterator<Item = SocketAddr>) -> io::Result<Addrs> {
    let private: Vec<SocketAddr> = found.filter(|address| is_private(address.ip())).collect();
    if private.is_empty() {
        return Err(io::Error::other(
            "its name does not lead into a private network, and without https:// nothing is sent \
             anywhere else",
        ));
    }
    Ok(Box::new(private.into_iter()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(found: &[&str]) -> Vec<String> {
        let found = found.iter().map(|address| SocketAddr::new(address.parse().unwrap(), 0));
        let kept = nearby(found.collect::<Vec<_>>().into_iter());
        kept.map_or_else(|_| Vec::new(), |kept| kept.map(|kept| kept.ip().to_string()).collect())
    }

    #[test]
    fn a_name_that_leads_elsewhere_leads_nowhere() {
        assert_eq!(kept(&["8.8.8.8", "10.0.0.1", "::1"]), ["10.0.0.1", "::1"]);
        assert_eq!(kept(&["8.8.8.8", "2001:db8::1", "169.254.169.254"]), [""; 0]);
        assert_eq!(kept(&[]), [""; 0]);
    }
}
