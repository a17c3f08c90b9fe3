//! What is signed: the bytes under a name of their own hash, and beside them which bytes are the present ones and what the
//! server said of them. So a phone never meets the bytes of one edition with the signature of another, however slowly
//! somebody uploads; and what it has already it does not fetch again. `files.js` reads it.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::Answer;

pub const SIGNATURE: &str = "tonari-signature";

/// The two files of an address.
pub fn files(address: &str, answer: &Answer) -> Result<[(String, Vec<u8>); 2]> {
    let path = address.trim_start_matches('/');
    let name = path.rsplit('/').next().unwrap_or(path);
    let hash: String =
        Sha256::digest(&answer.body).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let body = format!("{name}-{hash}.json");
    // How long it may be kept counts from when it was said.
    let needed = |name: &str| name.starts_with("tonari-") || ["etag", "date"].contains(&name);
    let said: BTreeMap<&str, &str> = answer
        .headers
        .keys()
        .filter(|header| needed(header.as_str()))
        .map(|header| (header.as_str(), answer.header(header.as_str())))
        .collect();
    ensure!(said.contains_key("etag") && said.contains_key("date"), "{address} came without a tag or a date");
    let beside = json!({ "body": body, "said": said });
    let folder = path.strip_suffix(name).unwrap_or_default();
    Ok([
        (format!("{folder}{body}"), answer.body.clone()),
        (format!("{path}.json"), serde_json::to_vec_pretty(&beside)?),
    ])
}
