//! The name of this machine, by which hosts are told apart unless the address of the ledger names them.

/// Returns the name, with what is no letter or digit in it as `-`; none when it tells nothing.
pub(super) fn host_name() -> Option<String> {
    let name = of_system();
    let name =
        name.chars().map(|letter| if letter.is_ascii_alphanumeric() || "-_.".contains(letter) { letter } else { '-' });
    let name: String = name.take(64).collect();
    Some(name).filter(|name| !name.is_empty() && name != "localhost" && name != "(none)")
}

#[cfg(unix)]
fn of_system() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

#[cfg(not(unix))]
#[expect(clippy::disallowed_methods, reason = "there the system tells its name in no other way without unsafe code")]
fn of_system() -> String {
    std::env::var("COMPUTERNAME").unwrap_or_default()
}
