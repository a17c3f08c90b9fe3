//! End to end in three engines.
