//! The wire: what phone and server say to each other, and nothing else.
