//! Where a request comes from, as far as it can be believed.
//!
//! Everybody can write an `X-Forwarded-For`, so its left end says whatever a stranger likes. Each proxy of ours adds
//! the address that it saw to the right end: with n of them, the n-th from the right is the outermost one's word.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use axum::http::HeaderMap;

const FORWARDED: &str = "x-forwarded-for";

/// The other end of the connection; `listen` attaches it to every request.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// What is counted as one: an IPv4 address, or the /64 of an IPv6 address, because every home has a whole one to rotate
/// through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place(IpAddr);

impl Place {
    /// `proxies` of ours stand in front of this server.
    #[must_use]
    pub fn of(peer: Option<Peer>, headers: &HeaderMap, proxies: u8) -> Self {
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.0);
        Self::from(forwarded(headers, proxies).unwrap_or(peer))
    }
}

impl From<IpAddr> for Place {
    fn from(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V6(six) => {
                let network = six.to_bits() & !u128::from(u64::MAX);
                IpAddr::V6(Ipv6Addr::from_bits(network))
            }
            four @ IpAddr::V4(_) => four,
        })
    }
}

/// A chain that is shorter than ours did not come through all of us; then only the connection is certain.
fn forwarded(headers: &HeaderMap, proxies: u8) -> Option<IpAddr> {
    let hop = usize::from(proxies.checked_sub(1)?);
    let values = headers.get_all(FORWARDED).iter().filter_map(|value| value.to_str().ok());
    let hops: Vec<&str> = values.flat_map(|value| value.split(',')).collect();
    address(hops.iter().rev().nth(hop)?.trim())
}

/// With or without a port: proxies differ.
fn address(text: &str) -> Option<IpAddr> {
    let with_port = || text.parse::<std::net::SocketAddr>().ok().map(|socket| socket.ip());
    let bracketed = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    text.parse().ok().or_else(with_port).or_else(bracketed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(proxies: u8, forwarded: &[&str]) -> Place {
        let peer = Some(Peer("198.51.100.1".parse().unwrap()));
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append(FORWARDED, value.parse().unwrap());
        }
        Place::of(peer, &headers, proxies)
    }

    fn at(address: &str) -> Place {
        Place::from(address.parse::<IpAddr>().unwrap())
    }

    #[test]
    fn e11_only_what_our_own_proxies_wrote_is_believed() {
        for (proxies, forwarded, expected) in [
            (0, &["203.0.113.7"][..], "198.51.100.1"),
            (1, &[], "198.51.100.1"),
            (1, &["203.0.113.7"], "203.0.113.7"),
            (1, &["1.1.1.1, 2.2.2.2, 203.0.113.7"], "203.0.113.7"),
            (1, &["1.1.1.1", "203.0.113.7"], "203.0.113.7"),
            (2, &["1.1.1.1, 203.0.113.7, 192.0.2.9"], "203.0.113.7"),
            (2, &["192.0.2.9"], "198.51.100.1"),
            (1, &["203.0.113.7:50123"], "203.0.113.7"),
            (1, &["[2001:db8::7]:443"], "2001:db8::1"),
            (1, &["[2001:db8::7]"], "2001:db8::1"),
            (1, &["203.0.113.7, unknown"], "198.51.100.1"),
            (1, &["203.0.113.7,"], "198.51.100.1"),
        ] {
            assert_eq!(place(proxies, forwarded), at(expected), "{proxies} {forwarded:?}");
        }
    }

    #[test]
    fn e11_a_home_is_one_place_however_many_addresses_it_has() {
        assert_eq!(at("2001:db8:1:2:3:4:5:6"), at("2001:db8:1:2:ffff::1"));
        assert_ne!(at("2001:db8:1:2::1"), at("2001:db8:1:3::1"));
        assert_eq!(at("::ffff:203.0.113.7"), at("203.0.113.7"));
        assert_ne!(at("203.0.113.7"), at("203.0.113.8"));
    }
}
