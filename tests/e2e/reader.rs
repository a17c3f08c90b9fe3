//! A screen reader beside the browser, Orca, and what it says: each utterance a line of a file. It runs where it is asked for.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use tests::patience::until;
use tokio::process::Command;
use tokio::time::{Duration, Instant, sleep};

/// The bus between them first, for a browser looks for it only when it starts.
const BESIDE: &str = "/usr/libexec/at-spi-bus-launcher --launch-immediately --a11y=1 --screen-reader=1 & orca & exec \"$0\" \"$@\"";

/// Orca reads this file of its user's when it starts.
const NOTE: &str = "
import json
from orca import speech
said = open({said}, 'a', buffering=1, encoding='utf-8')
say = speech._speak
def noted(words, *rest):
    said.write(json.dumps(words) + '\\n')
    return say(words, *rest)
speech._speak = noted
";

/// It says one thing after the other; what it has not said by then it will not say.
const QUIET: Duration = Duration::from_millis(1500);

/// The same program with the reader beside it, and a bus of their own.
pub fn beside(program: &str, arguments: &[String], home: &Path) -> Result<Command> {
    let notes = home.join("XDG_DATA_HOME/orca");
    fs::create_dir_all(&notes)?;
    let said = serde_json::to_string(&file(home))?;
    fs::write(notes.join("orca-customizations.py"), NOTE.replace("{said}", &said))?;
    fs::write(file(home), "")?;
    let run = home.join("run");
    fs::create_dir_all(&run)?;
    fs::set_permissions(&run, fs::Permissions::from_mode(0o700))?;
    let mut command = Command::new("dbus-run-session");
    command.args(["--", "sh", "-c", BESIDE, program]).args(arguments).env("XDG_RUNTIME_DIR", run);
    Ok(command)
}

pub async fn is_there(home: &Path) -> Result<()> {
    until("the screen reader", async || Ok(fs::read_to_string(file(home))?.contains("on").then_some(())))
        .await
}

fn file(home: &Path) -> PathBuf {
    home.join("said")
}

/// Hears what is said from now on.
pub struct Ear {
    file: PathBuf,
    heard: usize,
}

impl Ear {
    pub fn new(home: &Path) -> Self {
        Self { file: file(home), heard: 0 }
    }

    /// What was said since it was last asked, once nothing more comes and `words` were among it.
    pub async fn hears(&mut self, words: &str) -> Result<Vec<String>> {
        until(&format!("{words:?} to be said"), async || {
            Ok(self.since()?.iter().any(|said| said.contains(words)).then_some(()))
        })
        .await
        .with_context(|| format!("said: {:?}", self.since()))?;
        self.hears_out().await
    }

    /// The same, whatever it was.
    pub async fn hears_out(&mut self) -> Result<Vec<String>> {
        let mut said = self.since()?;
        let mut last = Instant::now();
        while last.elapsed() < QUIET {
            sleep(QUIET / 10).await;
            let now = self.since()?;
            if now.len() > said.len() {
                (said, last) = (now, Instant::now());
            }
        }
        self.heard += said.len();
        Ok(said)
    }

    /// The same, and it was said once.
    pub async fn hears_once(&mut self, words: &str) -> Result<Vec<String>> {
        let said = self.hears(words).await?;
        let times = said.iter().filter(|one| one.contains(words)).count();
        ensure!(times == 1, "{words:?} was said {times} times: {said:?}");
        Ok(said)
    }

    pub const fn heard(&self) -> usize {
        self.heard
    }

    fn since(&self) -> Result<Vec<String>> {
        let text = fs::read_to_string(&self.file)?;
        Ok(text.lines().skip(self.heard).filter_map(|line| serde_json::from_str(line).ok()).collect())
    }
}
