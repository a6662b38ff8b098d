//! Packs the published crates as a registry would get them, and uses the packages as a stranger does: a crate outside the
//! workspace and the program are built from them and run. So a file that `include` forgets is found.

use crate::failure::Failure;
use crate::files::{read, remove_folder, write};
use crate::workspace_facts::{self, Crate};
use crate::{archive, cargo};
use std::fs;
use std::path::Path;
use std::process::Stdio;

/// What the crate in `tests/outsider` prints.
const OUTSIDER_PRINTS: &str = "symbol=BTCUSDT&kind=GREEN\n";

/// Files that every package has.
const EVERYWHERE: [&str; 3] = ["LICENSE-APACHE", "LICENSE-MIT", "README.md"];

/// Packs, unpacks, builds and runs.
pub(super) fn run(root: &Path) -> Result<(), Failure> {
    // After this nothing is fetched: packing asks an index for versions that the lock file knows already.
    cargo(root, &["fetch", "--locked"])?;
    let facts = workspace_facts::read(root)?;
    let (published, others): (Vec<_>, Vec<_>) = facts.crates.into_iter().partition(|each| each.is_published);
    // Not verified one by one: each would be compiled with everything below it. `--allow-dirty`, so that this can be run
    // before a commit as every other job can.
    let mut pack = vec!["package", "--quiet", "--offline", "--locked", "--no-verify", "--allow-dirty", "--workspace"];
    pack.extend(others.iter().flat_map(|each| ["--exclude", each.name.as_str()]));
    cargo(root, &pack)?;

    let outside = facts.target.join("package/outside");
    remove_folder(&outside)?;
    for each in &published {
        archive::unpack(&facts.target.join("package").join(format!("{}.crate", folder_of(each))), &outside)?;
        check_files(root, &outside.join(folder_of(each)))?;
    }
    set_up(root, &outside, &published)?;

    let manifest = outside.join("Cargo.toml").display().to_string();
    let target = facts.target.display().to_string();
    let run = |package: &str, arguments: &[&str]| {
        let line = ["run", "--quiet", "--offline", "--manifest-path", &manifest, "--target-dir", &target, "--package"];
        cargo(root, &[&line[..], &[package], arguments].concat())
    };
    let printed = run("outsider", &[])?;
    if printed != OUTSIDER_PRINTS {
        return Err(Failure::Check(format!("the crate outside printed {printed:?} instead of {OUTSIDER_PRINTS:?}")));
    }
    run("papi-cli", &["--", "--sandbox", "um", "force-orders", "--limit", "1"])?;
    eprintln!("{} packages, and a crate outside and the program that are built from them", published.len());
    Ok(())
}

/// Checks that each package has the licences and a page to read, as texts and not as links.
fn check_files(root: &Path, package: &Path) -> Result<(), Failure> {
    for file in EVERYWHERE {
        let path = package.join(file);
        let is_link = fs::symlink_metadata(&path).map_err(|error| Failure::io("find", &path, error))?.is_symlink();
        if is_link || file.starts_with("LICENSE") && read(&path)? != read(&root.join(file))? {
            return Err(Failure::Check(format!("{} is not the text of {file}", path.display())));
        }
    }
    Ok(())
}

/// Makes a workspace of the unpacked crates and the crate outside, which gets each of ours from its package. It has the lock
/// file and the profiles of the real one, so that nothing is fetched and what others wrote is not compiled again.
fn set_up(root: &Path, outside: &Path, published: &[Crate]) -> Result<(), Failure> {
    let manifest = read(&root.join("Cargo.toml"))?;
    let profiles = manifest.find("[profile.").map_or("", |start| &manifest[start..]);
    let members: String = published.iter().map(|each| format!("{:?}, ", folder_of(each))).collect();
    let patches: String =
        published.iter().map(|each| format!("{} = {{ path = {:?} }}\n", each.name, folder_of(each))).collect();
    let text = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{members}\"outsider\"]\n\n[patch.crates-io]\n{patches}\n{profiles}"
    );
    write(&outside.join("Cargo.toml"), &text)?;
    write(&outside.join("Cargo.lock"), &read(&root.join("Cargo.lock"))?)?;

    let (own, facade) = (root.join("tests/outsider"), published.iter().find(|each| each.name == "binance-papi"));
    let facade = facade.ok_or_else(|| Failure::Check("binance-papi is not published".to_owned()))?;
    let manifest = read(&own.join("Cargo.toml"))?.replace("[workspace]", "");
    let manifest = manifest.replace("../../crates/binance-papi", &format!("../{}", folder_of(facade)));
    write(&outside.join("outsider/Cargo.toml"), &manifest)?;
    write(&outside.join("outsider/src/main.rs"), &read(&own.join("src/main.rs"))?)
}

fn folder_of(package: &Crate) -> String {
    format!("{}-{}", package.name, package.version)
}

fn cargo(root: &Path, arguments: &[&str]) -> Result<String, Failure> {
    eprintln!("cargo {}", arguments.join(" "));
    cargo::cargo(root, arguments, &[], Stdio::piped())
}
