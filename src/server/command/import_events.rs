//! `tonari import-events`: what an association's calendar or feed has, as a file that can be published.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, ensure};
use domain::association::AssociationId;
use domain::content::{Cited, EventSort, Item};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::hands::{self, Var};
use crate::config::PublicUrl;
use crate::edition::bundled;
use crate::imports::fetch::{Fetcher, LARGEST, Reach, SystemNames};
use crate::imports::{self, Draft, Import, Importer, Looked, Places, Remembered, Wish};
use crate::service::system_clock;

/// Says what would be published, what lacks what, and what was left out; changes nothing. Whoever has read it publishes
/// the written file.
#[derive(clap::Args)]
pub struct Args {
    /// An address (http, https) of a calendar (ICS) or a feed (RSS, Atom), or a file.
    source: String,
    /// Whose events they are.
    #[arg(long)]
    association: String,
    /// seminar, fair, school, consultation or meeting: a calendar does not say.
    #[arg(long, value_parser = sort, default_value = "seminar")]
    sort: EventSort,
    /// Writes what can be published there, for `tonari publish`.
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
    /// Writes what lacks something there, to be completed.
    #[arg(long, value_name = "FILE")]
    drafts: Option<PathBuf>,
    /// Where people reach the server; whoever is asked reads it in her log.
    #[arg(long, env = "TONARI_PUBLIC_URL")]
    public_url: Option<PublicUrl>,
    #[command(flatten)]
    var: Var,
}

fn sort(code: &str) -> Result<EventSort, &'static str> {
    EventSort::parse(code).ok_or("it has to be seminar, fair, school, consultation or meeting")
}

/// # Errors
/// Why nothing could be read, as one line.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let association = hands::association(&args.association)?;
    let (bytes, source) = read(args, &association).with_context(|| args.source.clone())?;
    let wish = Wish { association, sort: args.sort, source, now: (system_clock())() };
    let import = imports::read(&bytes, &wish, &Places::bundled()).with_context(|| args.source.clone())?;
    tell(&import);
    let events: Vec<Value> = import.events.iter().map(serde_json::to_value).collect::<Result<_, _>>()?;
    let drafts: Vec<Value> = import.drafts.into_iter().map(|draft| draft.item).collect();
    if let Some(file) = &args.write {
        ensure!(!events.is_empty(), "there is nothing that can be published");
        write(file, &events)?;
        println!("{}: read it, then `tonari publish` it", file.display());
    }
    if let Some(file) = &args.drafts {
        write(file, &drafts)?;
        println!("{}: to be completed", file.display());
    }
    Ok(())
}

fn read(args: &Args, association: &AssociationId) -> anyhow::Result<(Vec<u8>, Cited)> {
    let edition = bundled();
    let name = edition.association(association).map(|known| known.name.value.clone()).unwrap_or_default();
    if args.source.contains("://") {
        let home = args.public_url.as_ref().map(PublicUrl::as_str);
        let importer = Importer {
            fetcher: Fetcher::new(home, Arc::new(SystemNames), Reach::public()),
            remembered: Remembered::new(args.var.folder().join("imports")),
            clock: system_clock(),
        };
        let runtime = Runtime::new().context("the async runtime does not start")?;
        let Looked { bytes, as_before } = runtime.block_on(importer.look(&args.source))?;
        if as_before {
            println!("as it was when it was read last");
        }
        return Ok((bytes, cited(name)));
    }
    let size = fs::metadata(&args.source).context("cannot be read")?.len();
    ensure!(size <= LARGEST as u64, "is larger than 1 MB");
    let bytes = fs::read(&args.source).context("cannot be read")?;
    Ok((bytes, cited(name)))
}

/// Never the address: some calendars have one that lets in whoever knows it.
const fn cited(title: String) -> Cited {
    Cited { title, url: None, as_of: None }
}

fn tell(import: &Import) {
    for item in &import.events {
        if let Item::Event(event) = item {
            println!(
                "{} {}: {}",
                hands::clock(event.starts),
                event.head.id.as_str(),
                event.head.texts.ja.title
            );
        }
    }
    for Draft { item, lacks } in &import.drafts {
        let lacks: Vec<String> = lacks.iter().map(ToString::to_string).collect();
        println!("{}: lacks {}", item["ja"]["title"].as_str().unwrap_or_default(), lacks.join("; "));
    }
    for left in &import.left_out {
        println!("{}: {}", left.title, left.why);
    }
    let (events, drafts, left) = (import.events.len(), import.drafts.len(), import.left_out.len());
    println!("{events} can be published, {drafts} lack something, {left} left out");
}

fn write(file: &std::path::Path, items: &[Value]) -> anyhow::Result<()> {
    let text = serde_json::to_string_pretty(&json!({ "items": items }))?;
    fs::write(file, text + "\n").with_context(|| format!("{} cannot be written", file.display()))
}
