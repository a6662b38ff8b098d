//! `papi man`: writes the manual pages, for those who package the program.

use crate::exit_code::ExitCode;
use crate::failure::Failure;
use crate::request::Endpoints;
use clap::Args;
use std::path::PathBuf;

/// Write the manual pages into a folder: papi.1, and one for each command.
#[derive(Debug, Clone, Args)]
pub(crate) struct ManCommand {
    /// The folder; it is made when it is not there.
    folder: PathBuf,
}

impl ManCommand {
    pub(crate) fn run(&self, endpoints: Endpoints) -> Result<(), Failure> {
        let written = std::fs::create_dir_all(&self.folder)
            .and_then(|()| clap_mangen::generate_to(super::grammar(endpoints), &self.folder));
        written.map_err(|error| {
            Failure::new(ExitCode::Other, format!("no manual pages in {}: {error}", self.folder.display()))
        })
    }
}
