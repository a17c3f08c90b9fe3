//! Which addresses lie in the open network. Everything else is somebody's own: this machine, its neighbours, the cloud's
//! keeper of passwords at 169.254.169.254. An address that carries another one inside is asked about that one, too.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// First address and length of what is no place in the open network (RFC 6890 and its successors).
const CLOSED_4: [([u8; 4], u32); 16] = [
    ([0, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    ([100, 64, 0, 0], 10),
    ([127, 0, 0, 0], 8),
    ([169, 254, 0, 0], 16),
    ([172, 16, 0, 0], 12),
    ([192, 0, 0, 0], 24),
    ([192, 0, 2, 0], 24),
    ([192, 31, 196, 0], 24),
    ([192, 52, 193, 0], 24),
    ([192, 88, 99, 0], 24),
    ([192, 168, 0, 0], 16),
    ([198, 18, 0, 0], 15),
    ([198, 51, 100, 0], 24),
    ([203, 0, 113, 0], 24),
    // Multicast, and what was never given to anybody, up to the broadcast address.
    ([224, 0, 0, 0], 3),
];

/// Inside of 2000::/3, which is all of IPv6 that is open.
const CLOSED_6: [([u16; 8], u32); 3] = [
    // Teredo, benchmarks, ORCHID.
    ([0x2001, 0, 0, 0, 0, 0, 0, 0], 23),
    ([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32),
    ([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20),
];

/// Whether anybody in the world may be asked there.
#[must_use]
pub fn is_global(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_global_4(address),
        IpAddr::V6(address) => is_global_6(address),
    }
}

fn is_global_4(address: Ipv4Addr) -> bool {
    let closed = |(first, length): ([u8; 4], u32)| {
        (address.to_bits() ^ Ipv4Addr::from(first).to_bits()) >> (32 - length) == 0
    };
    !CLOSED_4.into_iter().any(closed)
}

fn is_global_6(address: Ipv6Addr) -> bool {
    if let Some(inside) = carried(address) {
        return is_global_4(inside);
    }
    let within = |first: [u16; 8], length: u32| {
        (address.to_bits() ^ Ipv6Addr::from(first).to_bits()) >> (128 - length) == 0
    };
    within([0x2000, 0, 0, 0, 0, 0, 0, 0], 3)
        && !CLOSED_6.into_iter().any(|(first, length)| within(first, length))
}

/// The IPv4 address in a mapped one, in one of NAT64 or of 6to4.
fn carried(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let parts = address.segments();
    let two = |high: u16, low: u16| Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low));
    match parts {
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => Some(two(high, low)),
        [0x2002, high, low, ..] => Some(two(high, low)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_lies_in_the_open_network_is_asked() {
        for open in [
            "8.8.8.8",
            "203.0.114.1",
            "100.63.255.255",
            "172.32.0.1",
            "2400:4050::1",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
        ] {
            assert!(is_global(open.parse().unwrap()), "{open}");
        }
        for closed in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.168.1.1",
            "198.19.0.1",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::7f00:1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "2001::1",
            "2001:db8::1",
            "3fff::1",
            "100::1",
            "64:ff9b:1::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "2002:7f00:1::1",
            "2002:c0a8:101::1",
            "5f00::1",
        ] {
            assert!(!is_global(closed.parse().unwrap()), "{closed}");
        }
    }
}
