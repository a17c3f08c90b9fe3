//! Builds what a browser and a server run. Trunk always optimises anew, which takes half a minute,
//! so an app whose inputs did not change is not built again.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::process::{self, Took};
use crate::tools::BuildTools;
use crate::workspace::Workspace;

/// What is built together. Its stamp says what it was made of; the other one's own files are none of that, so that work at
/// the desk does not build the founder's four entries anew, nor the other way round.
struct Bundle {
    name: &'static str,
    /// A build that has it is complete.
    page: &'static str,
    stamp: &'static str,
    own: &'static [&'static str],
    not: &'static [&'static str],
}

/// What both are made of. A path that does not exist yet is simply not an input.
const SHARED: [&str; 9] = [
    "Cargo.toml",
    "Cargo.lock",
    "Trunk.toml",
    "src/ui",
    "src/browser",
    "src/domain",
    "src/xtask/slim",
    "src/xtask/style.rs",
    "style",
];

const APP: Bundle = Bundle {
    name: "the app",
    page: "dist/app/index.html",
    stamp: "dist/.built",
    own: &["src/app", "public"],
    not: &[
        "src/ui/i18n/desk_ja.json",
        "src/ui/i18n/desk_en.json",
        "src/ui/i18n/desk_texts_ja.json",
        "src/ui/i18n/desk_texts_en.json",
        "src/domain/api/desk.rs",
        "src/domain/api/desk",
        "style/desk",
    ],
};

const DESK: Bundle = Bundle {
    name: "the desk",
    page: "dist/desk/texts.html",
    stamp: "dist/.built-desk",
    own: &["src/desk", "public/icons"],
    not: &["style/embed"],
};

/// Further entries: the page, and where it is built before it moves in beside the first one.
const ENTRIES: [(&str, &str); 3] =
    [("book.html", "dist/booking"), ("read.html", "dist/reading"), ("embed.html", "dist/framed")];

/// The desk's further one.
const DESK_ENTRY: (&str, &str) = ("texts.html", "dist/desk-texts");

/// Old tabs still ask for the files of their own build.
const EARLIER_BUILDS_KEPT: usize = 2;

pub fn build_app(workspace: &Workspace) -> Result<()> {
    build(workspace, &APP, |tools, before| {
        keep_earlier(workspace, before)?;
        trunk(workspace, tools, &[])?;
        for (page, built) in ENTRIES {
            trunk(workspace, tools, &["--dist", built, &format!("src/app/{page}")])?;
            add_entry(workspace, "dist/app", page, built)?;
        }
        Ok(())
    })
}

pub fn build_desk(workspace: &Workspace) -> Result<()> {
    build(workspace, &DESK, |tools, _| {
        let page = |dist: &str, page: &str| {
            trunk(workspace, tools, &["--dist", dist, "--public-url", "/desk/", &format!("src/desk/{page}")])
        };
        page("dist/desk", "desk.html")?;
        // Trunk calls every page by the same name.
        let built = workspace.path("dist/desk/index.html");
        fs::rename(&built, workspace.path("dist/desk/desk.html"))
            .with_context(|| format!("there is no {}", built.display()))?;
        let (further, built) = DESK_ENTRY;
        page(built, further)?;
        add_entry(workspace, "dist/desk", further, built)
    })
}

/// Does the `steps` unless what it is made of is what it was; they get the stamp of the build before.
fn build(
    workspace: &Workspace,
    bundle: &Bundle,
    steps: impl FnOnce(&BuildTools, &str) -> Result<()>,
) -> Result<()> {
    let tools = BuildTools::ensure(workspace)?;
    let stamp = workspace.path(bundle.stamp);
    let inputs = fingerprint(workspace, bundle, tools.standard_library())?;
    let before = fs::read_to_string(&stamp).unwrap_or_default();
    if before == inputs && workspace.path(bundle.page).is_file() {
        println!("build: {} is up to date", bundle.name);
        return Ok(());
    }
    println!("build: {}", bundle.name);
    let started = Instant::now();
    fetch_crates(workspace, &tools)?;
    steps(&tools, &before)?;
    fs::write(&stamp, inputs).with_context(|| format!("cannot write {}", stamp.display()))?;
    println!("build: {} took {}", bundle.name, Took(started.elapsed()));
    Ok(())
}

fn trunk(workspace: &Workspace, tools: &BuildTools, which: &[&str]) -> Result<()> {
    let mut trunk = Command::new(&tools.trunk);
    trunk.args(["build", "--release", "--offline", "--skip-version-check", "--color", "never"]).args(which);
    trunk.current_dir(workspace.root());
    // Trunk reads NO_COLOR as a boolean and refuses the customary "1".
    trunk.env_remove("NO_COLOR");
    tools.equip_for_phones(&mut trunk)?;
    process::run(&mut trunk)
}

/// Trunk builds one page at a time. What a further page has of its own moves in beside the first one; the styles are the
/// same file under the same name.
fn add_entry(workspace: &Workspace, beside: &str, page: &str, built: &str) -> Result<()> {
    let beside = workspace.path(beside);
    for entry in fs::read_dir(workspace.path(built))? {
        let file = entry?.path();
        let own = file.extension().is_some_and(|kind| ["js", "wasm", "html"].iter().any(|own| kind == *own));
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let name = if name.ends_with(".html") { page.to_owned() } else { name };
        if own {
            fs::copy(&file, beside.join(name)).with_context(|| format!("cannot copy {}", file.display()))?;
        }
    }
    Ok(())
}

/// Trunk works offline, so that it downloads no tools of its own; what cargo needs has to be there before. That includes
/// the crates of a rebuilt standard library, which stand in no lockfile of ours.
fn fetch_crates(workspace: &Workspace, tools: &BuildTools) -> Result<()> {
    let mut cargo = process::cargo(workspace);
    cargo.args(["fetch", "--quiet", "--locked", "--target", "wasm32-unknown-unknown"]);
    tools.equip_for_phones(&mut cargo)?;
    process::run(&mut cargo)
}

pub fn build_server(workspace: &Workspace) -> Result<PathBuf> {
    let started = Instant::now();
    let mut cargo = process::cargo(workspace);
    cargo.args(["build", "--release", "--package", "server"]);
    process::run(&mut cargo)?;
    println!("build: the server took {}", Took(started.elapsed()));
    Ok(workspace.server_binary())
}

/// Copies the content-hashed files of the build that is about to be replaced.
fn keep_earlier(workspace: &Workspace, version: &str) -> Result<()> {
    let app = workspace.path("dist/app");
    if version.is_empty() || !app.is_dir() {
        return Ok(());
    }
    let earlier = workspace.path("dist/earlier");
    let keep = earlier.join(version);
    fs::create_dir_all(&keep)?;
    for entry in fs::read_dir(&app)? {
        let file = entry?.path();
        if file.is_file() && is_hashed(&file) {
            let name = file.file_name().expect("a listed file has a name");
            fs::copy(&file, keep.join(name))?;
        }
    }
    forget_oldest(&earlier)
}

fn forget_oldest(earlier: &Path) -> Result<()> {
    let mut builds = Vec::new();
    for entry in fs::read_dir(earlier)? {
        let entry = entry?;
        builds.push((entry.metadata()?.modified()?, entry.path()));
    }
    builds.sort();
    let surplus = builds.len().saturating_sub(EARLIER_BUILDS_KEPT);
    for (_, build) in builds.drain(..surplus) {
        fs::remove_dir_all(build)?;
    }
    Ok(())
}

/// Trunk's names: `app-9f86d081884c7d65_bg.wasm`, `tonari-f86d081884c7d65.css` (leading zeros are left out).
fn is_hashed(file: &Path) -> bool {
    let name = file.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    name.split(['-', '_', '.'])
        .any(|part| (12..=16).contains(&part.len()) && part.chars().all(|c| c.is_ascii_hexdigit()))
}

fn fingerprint(workspace: &Workspace, bundle: &Bundle, standard_library: &str) -> Result<String> {
    let files = inputs(workspace, bundle)?;
    let mut all = Sha256::new();
    all.update(standard_library);
    for file in files {
        let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let name = file.strip_prefix(workspace.root()).unwrap_or(&file);
        all.update(name.as_os_str().as_encoded_bytes());
        all.update(Sha256::digest(&bytes));
    }
    Ok(all.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect())
}

/// In order of their names.
fn inputs(workspace: &Workspace, bundle: &Bundle) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for input in SHARED.iter().chain(bundle.own) {
        collect(&workspace.path(input), &mut files)?;
    }
    files.retain(|file| !bundle.not.iter().any(|not| file.starts_with(workspace.path(not))));
    files.sort();
    Ok(files)
}

/// Every file at this path or below it; none where there is nothing.
pub fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_file() {
        files.push(path.to_path_buf());
    } else if path.is_dir() {
        for entry in fs::read_dir(path)? {
            collect(&entry?.path(), files)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    // A word changed on the desk's screens, and four wasm were optimised for two minutes to come out as they were.
    #[test]
    fn the_desks_own_files_are_none_of_the_apps_and_the_other_way_round() {
        let workspace = Workspace::find().unwrap();
        let has = |bundle: &Bundle, file: &str| {
            let path = workspace.path(file);
            assert!(path.is_file(), "{file} is gone");
            inputs(&workspace, bundle).unwrap().contains(&path)
        };
        for own in [
            "src/desk/root.rs",
            "src/ui/i18n/desk_texts_en.json",
            "style/desk/frame.css",
            "src/domain/api/desk.rs",
        ] {
            assert!(has(&DESK, own) && !has(&APP, own), "{own}");
        }
        for own in ["src/app/root.rs", "public/boot.js"] {
            assert!(has(&APP, own) && !has(&DESK, own), "{own}");
        }
        for shared in ["src/ui/node.rs", "style/tokens.css", "src/browser/http.rs"] {
            assert!(has(&APP, shared) && has(&DESK, shared), "{shared}");
        }
    }

    #[test]
    fn only_names_that_carry_a_content_hash_are_kept_for_old_tabs() {
        assert!(is_hashed(Path::new("dist/app/app-9f86d081884c7d65_bg.wasm")));
        assert!(is_hashed(Path::new("tonari-f86d081884c7d65.css")));
        assert!(!is_hashed(Path::new("boot.js")));
        assert!(!is_hashed(Path::new("dist/app/index.html")));
    }
}
