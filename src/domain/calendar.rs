//! Japan's calendar: dates in JST, public holidays, year-end closing.
