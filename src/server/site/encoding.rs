//! What a client accepts and what it already has (RFC 9110, sections 12.5.3 and 13.1.2).

use axum::http::{HeaderMap, header};

/// In the order we like them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Brotli,
    Gzip,
    Identity,
}

impl Encoding {
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Brotli => Some("br"),
            Self::Gzip => Some("gzip"),
            Self::Identity => None,
        }
    }
}

/// The best of what we have that the client accepts with its highest weight; plain if it accepts none. Plain is
/// never refused: a client that forbids it and knows nothing else is better served than turned away.
#[must_use]
pub fn preferred(headers: &HeaderMap, offered: impl Iterator<Item = Encoding>) -> Encoding {
    let accepted = accepted(headers);
    let weight = |name: &str| {
        let exact = accepted.iter().find(|(token, _)| token == name);
        exact.or_else(|| accepted.iter().find(|(token, _)| token == "*")).map_or(0, |(_, weight)| *weight)
    };
    let mut best = (Encoding::Identity, 0);
    for encoding in offered {
        let weight = encoding.name().map_or(0, weight);
        if weight > best.1 {
            best = (encoding, weight);
        }
    }
    best.0
}

/// Tokens in lower case with their weight in thousandths; a weight that cannot be read counts as refused.
fn accepted(headers: &HeaderMap) -> Vec<(String, u16)> {
    let lines = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
    lines
        .flat_map(|line| line.split(','))
        .map(|item| {
            let (token, parameters) = item.split_once(';').unwrap_or((item, ""));
            let weight = match parameters.trim().strip_prefix("q=") {
                Some(number) => {
                    number.trim().parse::<f32>().map_or(0, |q| (q.clamp(0.0, 1.0) * 1000.0) as u16)
                }
                None => 1000,
            };
            (token.trim().to_ascii_lowercase(), weight)
        })
        .collect()
}

/// Whether `If-None-Match` names this tag. Compared weakly, as the RFC asks: proxies may have weakened it.
#[must_use]
pub fn unchanged(headers: &HeaderMap, tag: &str) -> bool {
    let lines = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok());
    lines
        .flat_map(|line| line.split(','))
        .map(str::trim)
        .any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_client_gets_the_best_encoding_it_accepts() {
        let both = || [Encoding::Brotli, Encoding::Gzip].into_iter();
        for (accept, expected) in [
            ("gzip, deflate, br, zstd", Encoding::Brotli),
            ("br;q=0.2, gzip;q=0.9", Encoding::Gzip),
            ("GZIP", Encoding::Gzip),
            ("br;q=0, *", Encoding::Gzip),
            ("*", Encoding::Brotli),
            ("br;q=abc, gzip;q=0", Encoding::Identity),
            ("identity", Encoding::Identity),
            ("", Encoding::Identity),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, accept.parse().unwrap());
            assert_eq!(preferred(&headers, both()), expected, "{accept:?}");
        }
        assert_eq!(preferred(&HeaderMap::new(), both()), Encoding::Identity);
    }
}
