// Shared by the build script and the app: which keys there are, in which order, as one number.
//
// A file of words is a list in the order of `Key`. One of another build has other keys, so its number differs and it is
// not taken: better Japanese than the sentence of another button.
pub fn fingerprint<'a>(keys: impl Iterator<Item = &'a str>) -> u32 {
    // FNV-1a, with a line break behind each key.
    let bytes = keys.flat_map(|key| key.bytes().chain([b'\n']));
    bytes.fold(0x811c_9dc5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
