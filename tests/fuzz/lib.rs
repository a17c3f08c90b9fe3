//! Every reader of what others write, as one function of bytes each. LLVM's fuzzer calls them (`main`), and the tests call
//! them again with what it kept in `corpus/`.
//!
//! Not to panic is the least: what is read has to be written and read as the same, and what is shown has to hold no markup but
//! ours. The surprising rule: a target may know more than one reader, where two have to agree.

mod bookings;
mod contents;
mod desk;
mod facts;
mod mails;
mod places;
mod shown;

/// A reader under a name.
#[derive(Clone, Copy)]
pub struct Target {
    pub name: &'static str,
    pub run: fn(&[u8]),
}

/// `cargo xtask fuzz` finds their names here, too.
pub const TARGETS: [Target; 15] = [
    Target { name: "place", run: places::place },
    Target { name: "rules", run: bookings::rules },
    Target { name: "booking", run: bookings::booking },
    Target { name: "letter", run: bookings::letter },
    Target { name: "form", run: bookings::form },
    Target { name: "saved", run: bookings::saved },
    Target { name: "answer", run: bookings::answer },
    Target { name: "calendar", run: contents::calendar },
    Target { name: "feed", run: contents::feed },
    Target { name: "content", run: contents::content },
    Target { name: "text", run: contents::text },
    Target { name: "frame", run: places::frame },
    Target { name: "edition", run: facts::edition },
    Target { name: "desk", run: desk::desk },
    Target { name: "mail", run: mails::mail },
];

#[must_use]
pub fn named(name: &str) -> Option<Target> {
    TARGETS.into_iter().find(|target| target.name == name)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    /// Bytes of all corpora together.
    const MOST: u64 = 300 * 1024;

    /// Every file of the corpus, and of what was found and mended.
    fn inputs(target: Target) -> Vec<Vec<u8>> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target.name);
        let files = fs::read_dir(&folder).unwrap_or_else(|_| panic!("{} has no corpus", target.name));
        files.map(|file| fs::read(file.unwrap().path()).unwrap()).collect()
    }

    #[test]
    fn what_was_kept_of_earlier_runs_is_read_as_it_should_be() {
        for target in TARGETS {
            let inputs = inputs(target);
            assert!(inputs.len() >= 3, "{} has hardly a corpus", target.name);
            println!("{}: {}", target.name, inputs.len());
            inputs.iter().for_each(|input| (target.run)(input));
        }
    }

    // A word in Japanese was written as it is; LLVM's fuzzer wants other bytes than ASCII as digits, and ended before it began.
    #[test]
    fn the_words_are_written_as_the_fuzzer_reads_them() {
        for target in TARGETS {
            let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("words").join(target.name);
            let words = fs::read_to_string(&file).unwrap_or_else(|_| panic!("{} has no words", target.name));
            assert!(words.is_ascii(), "{}", target.name);
            assert!(words.lines().all(|line| line.starts_with(['"', '#'])), "{}", target.name);
        }
    }

    #[test]
    fn the_corpus_stays_small() {
        let bytes: u64 = TARGETS.into_iter().flat_map(inputs).map(|input| input.len() as u64).sum();
        assert!(bytes <= MOST, "{bytes} bytes; `cargo xtask fuzz --keep` takes the smallest");
    }
}
