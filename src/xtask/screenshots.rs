//! Pictures of the real product, taken in a real browser by the code of the end-to-end tests.

use std::process::ExitCode;

use anyhow::Result;

use crate::test::browser_tests;
use crate::workspace::Workspace;
use crate::{frontend, process};

pub fn run(workspace: &Workspace) -> Result<ExitCode> {
    frontend::build_app(workspace)?;
    frontend::build_desk(workspace)?;
    let server = frontend::build_server(workspace)?;
    let mut photographer = browser_tests(workspace, &server, &[], None)?;
    photographer.env("TONARI_SCREENSHOTS", workspace.path("docs/screenshots"));
    process::run(&mut photographer)?;
    Ok(ExitCode::SUCCESS)
}
