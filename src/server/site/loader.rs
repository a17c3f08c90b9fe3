//! The script that hosts take into their pages. They name a version and its hash, so a version never changes once it was
//! published: `embed.1.js` is kept for ever, `embed.js` is the newest of them and looked up again soon.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha384};

/// The newest, under a name that stays.
pub const EVERGREEN: &str = "/embed.js";

/// What a page needs to take exactly this one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loader {
    pub version: u32,
    /// As the attribute of that name has it.
    pub integrity: String,
}

impl Loader {
    /// The newest of a build, which is put under the evergreen name, too.
    pub fn publish(built: &mut BTreeMap<String, Vec<u8>>) -> Option<Self> {
        let version = built.keys().filter_map(|path| version(path)).max()?;
        let bytes = built.get(&format!("/embed.{version}.js"))?.clone();
        let integrity = format!("sha384-{}", STANDARD.encode(Sha384::digest(&bytes)));
        built.insert(EVERGREEN.to_owned(), bytes);
        Some(Self { version, integrity })
    }
}

/// Of `/embed.1.js`, as it is written and not otherwise.
pub fn version(path: &str) -> Option<u32> {
    let number = path.strip_prefix("/embed.")?.strip_suffix(".js")?;
    let plain = number.bytes().all(|byte| byte.is_ascii_digit()) && !number.starts_with('0');
    number.parse().ok().filter(|_| plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_version_by_number_is_the_evergreen_one() {
        let files = ["/embed.2.js", "/embed.10.js", "/embed.010.js", "/embed.+11.js", "/embed-12.js"];
        let mut built = files.map(|path| (path.to_owned(), path.as_bytes().to_vec())).into();
        let loader = Loader::publish(&mut built).unwrap();
        assert_eq!((loader.version, &*built[EVERGREEN]), (10, &b"/embed.10.js"[..]));
        // As `openssl dgst -sha384 -binary | base64` says it of "/embed.10.js".
        assert_eq!(
            loader.integrity,
            "sha384-1In44SlPRVWgccIEq2JBzWJQNVy7cpqnqgr6C12AReLcgeyTiCZDN2fA31yeFBMJ"
        );
        assert_eq!(Loader::publish(&mut BTreeMap::new()), None);
    }
}
