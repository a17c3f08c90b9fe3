//! The built app, read once and held in memory in the form it is sent.
//!
//! Some files are *rendered* on the way in: `index.html` gets the list of associations, every page the key of signed
//! editions, `sw.js` the manifest of everything the phone keeps. `read.html` and `embed.html` are filled for each address, by
//! `reading` and `framed`. So every byte of a file is fixed for the life of the process, and a manifest never disagrees with
//! what is served beside it.

pub mod addresses;
pub mod asset;
pub mod associations;
pub mod bundle;
pub mod compress;
pub mod embed;
pub mod encoding;
pub mod feeds;
pub mod files;
pub mod frame;
pub mod framed;
pub mod loader;
pub mod manifest;
pub mod pages;
pub mod pictures;
pub mod plain;
pub mod reading;
mod words;

use std::collections::BTreeMap;
use std::path::Path;

use domain::directory::Edition;

use crate::site::asset::{Asset, CachePolicy};
use crate::site::files::Host;
use crate::site::frame::Frame;
use crate::site::loader::Loader;
use crate::site::manifest::Manifest;

/// Where `index.html` wants the list of associations.
const LIST_MARK: &str = "<!--tonari:associations-->";
/// Where `index.html` wants the key of signed editions.
const KEY_MARK: &str = "__TONARI_EDITION_KEY__";
/// Where `sw.js` wants the manifest: a whole string literal, so that the source is valid JavaScript by itself.
const MANIFEST_MARK: &str = "\"__TONARI_MANIFEST__\"";

/// The files of one build, and the hashed files of earlier ones.
pub struct Site {
    index: Asset,
    /// The page of the entry for booking; a build may lack it.
    book: Option<Asset>,
    /// The page of the entry for reading, to be filled; a build may lack it.
    read: Option<Frame>,
    /// The first page, to be filled with one association.
    found: Option<Frame>,
    /// The page of frames, to be filled for each; a build may lack it.
    framed: Option<framed::Page>,
    loader: Option<Loader>,
    /// By path, with the leading slash.
    files: BTreeMap<String, Asset>,
    manifest: Manifest,
    style: Option<String>,
    books: bool,
}

#[derive(Debug, thiserror::Error)]
pub enum SiteError {
    #[error("the built app cannot be read: {path}: {cause}")]
    Unreadable { path: String, cause: std::io::Error },
    #[error("the built app is incomplete: {0} is missing; run `cargo xtask serve`, which builds it")]
    Missing(&'static str),
    #[error("the built app is broken: {0} is not text")]
    NotText(&'static str),
}

impl Site {
    /// Reads the build in `folder` and earlier builds in `../earlier/*/`; compressed forms are kept in `cache`.
    /// What is for a host of files is composed for that. `good` is the one version that is still good, where one was named.
    ///
    /// # Errors
    /// [`SiteError`] for a build that cannot be served whole.
    pub fn load(
        folder: &Path,
        cache: &Path,
        edition: &Edition,
        key: &str,
        host: Host<'_>,
        good: Option<&str>,
    ) -> Result<Self, SiteError> {
        let mut built = bundle::read(folder)?;
        host.prepare(&mut built)?;
        let pages = host.places();
        let index = render(&mut built, "/index.html", |html| {
            html.replace(LIST_MARK, &plain::associations(edition)).replace(KEY_MARK, key)
        })?
        .ok_or(SiteError::Missing("index.html"))?;
        let found = Frame::of(&index, host.prefix());
        let index = frame::unmarked(&String::from_utf8_lossy(&index)).into_bytes();
        let book = render(&mut built, "/book.html", |html| html.replace(KEY_MARK, key))?;
        let book = book.map(|book| host.booking(&book));
        let read = render(&mut built, "/read.html", |html| html.replace(KEY_MARK, key))?;
        let frame = read.as_deref().and_then(|read| Frame::of(read, host.prefix()));
        built.extend(read.map(|read| (pages.reading.to_owned(), read)));
        let framed = render(&mut built, "/embed.html", |html| html.replace(KEY_MARK, key))?;
        let framed = framed.and_then(|html| framed::Page::of(&String::from_utf8_lossy(&html)));
        let loader = Loader::publish(&mut built);
        let worker = built.remove("/sw.js");

        // The home screen fetches the bitmap icons itself, once; no screen of the app shows them.
        let kept = built.iter().filter(|(path, _)| !path.ends_with(".png") && !manifest::is_for_hosts(path));
        let mut kept = kept.map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect::<Vec<_>>();
        kept.push(("/", &index));
        kept.extend(book.as_ref().map(|book| (pages.booking, book.as_slice())));
        let manifest = Manifest::of(pages, kept).retiring(good);
        // Of this build, before those of earlier ones join.
        let style =
            built.keys().find(|path| path.ends_with(".css") && !manifest::is_for_hosts(path)).cloned();

        if let Some(worker) = worker {
            built.insert("/sw.js".to_owned(), worker);
            let rendered = render(&mut built, "/sw.js", |js| js.replace(MANIFEST_MARK, &manifest.json()))?;
            built.extend(rendered.map(|js| ("/sw.js".to_owned(), js)));
        }
        // On a host of files they lie from when they were put there.
        let earlier = if matches!(host, Host::Own) { bundle::earlier(folder)? } else { BTreeMap::new() };
        for (path, bytes) in earlier {
            built.entry(path).or_insert(bytes);
        }

        let mut files: BTreeMap<String, Asset> = built
            .into_iter()
            .map(|(path, bytes)| {
                let policy = CachePolicy::of(&path);
                let asset = Asset::new(&path, bytes, policy);
                (path, asset)
            })
            .collect();
        let mut index = Asset::new("/index.html", index, CachePolicy::Revalidate);
        let mut book = book.map(|book| Asset::new("/book.html", book, CachePolicy::Revalidate));
        let books = matches!(host, Host::Own);
        if books {
            compress::all(files.values_mut().chain([&mut index]).chain(&mut book), cache);
        }
        Ok(Self { index, book, read: frame, found, framed, loader, files, manifest, style, books })
    }

    /// What identifies this build, in the manifest of its service worker and at `/api/v1/meta`.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.manifest.version
    }

    /// Phones on any other version leave it at their next start.
    #[must_use]
    pub fn retires_others(&self) -> bool {
        self.manifest.alone
    }

    /// Address of the look, for pages that are made here.
    #[must_use]
    pub fn style(&self) -> Option<&str> {
        self.style.as_deref()
    }

    /// Whether anything can be booked where this will lie.
    #[must_use]
    pub const fn books(&self) -> bool {
        self.books
    }

    /// What hosts are told to take into their pages; a build may lack it.
    #[must_use]
    pub const fn loader(&self) -> Option<&Loader> {
        self.loader.as_ref()
    }

    /// Addresses of the files.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    #[must_use]
    pub fn count(&self) -> usize {
        self.files.len() + 1 + usize::from(self.book.is_some())
    }
}

/// Takes a text file out and fills its marks; `None` where there is no such file.
fn render(
    built: &mut BTreeMap<String, Vec<u8>>,
    path: &'static str,
    fill: impl FnOnce(&str) -> String,
) -> Result<Option<Vec<u8>>, SiteError> {
    let Some(bytes) = built.remove(path) else { return Ok(None) };
    let text = std::str::from_utf8(&bytes).map_err(|_| SiteError::NotText(path))?;
    let filled = fill(text);
    if filled == text {
        tracing::warn!(path, "nothing to fill in: the file lacks the marks the server looks for");
    }
    Ok(Some(filled.into_bytes()))
}
