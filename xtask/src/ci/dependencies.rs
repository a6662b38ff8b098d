//! What the tree of dependencies may hold. The rules stand in `deny.toml`; licences and banned crates are held here, so
//! that they hold where cargo-deny is not installed as well.

use crate::failure::Failure;
use serde_json::Value;
use std::iter::Peekable;
use std::str::SplitWhitespace;

/// The lists of `deny.toml` that are held here.
#[derive(Debug)]
pub(super) struct Rules<'a> {
    licenses: Vec<&'a str>,
    banned: Vec<&'a str>,
}

impl<'a> Rules<'a> {
    /// Reads the lists `allow` and `deny`, which have one entry a line.
    pub(super) fn read(deny_toml: &'a str) -> Result<Self, Failure> {
        Ok(Self { licenses: entries(deny_toml, "allow")?, banned: entries(deny_toml, "deny")? })
    }

    /// Says what breaks the rules, of a lock file and of what `cargo metadata` prints. The lock file names every crate
    /// that any build could use, whatever the platform and features.
    pub(super) fn broken_by(&self, lock: &str, metadata: &str) -> Result<Vec<String>, Failure> {
        let metadata: Value = serde_json::from_str(metadata)
            .map_err(|error| Failure::Check(format!("cargo metadata printed no JSON: {error}")))?;
        let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
        let banned = names(lock).filter(|name| self.banned.contains(name)).map(|name| format!("{name} is banned"));
        let licensed = packages.iter().filter_map(|package| {
            let (name, license) = (package["name"].as_str()?, package["license"].as_str().unwrap_or("no licence"));
            (!self.allow(license)).then(|| format!("{name} has {license}"))
        });
        Ok(banned.chain(licensed).collect())
    }

    /// Whether an SPDX expression can be met with allowed licences alone. `/` is the old way to write `OR`.
    fn allow(&self, expression: &str) -> bool {
        let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
        let mut words = spaced.split_whitespace().peekable();
        self.allow_any(&mut words) && words.next().is_none()
    }

    fn allow_any(&self, words: &mut Peekable<SplitWhitespace<'_>>) -> bool {
        let mut any = self.allow_all(words);
        while words.next_if_eq(&"OR").is_some() {
            any |= self.allow_all(words);
        }
        any
    }

    fn allow_all(&self, words: &mut Peekable<SplitWhitespace<'_>>) -> bool {
        let mut all = self.allow_one(words);
        while words.next_if_eq(&"AND").is_some() {
            all &= self.allow_one(words);
        }
        all
    }

    fn allow_one(&self, words: &mut Peekable<SplitWhitespace<'_>>) -> bool {
        match words.next() {
            Some("(") => {
                let inside = self.allow_any(words);
                words.next() == Some(")") && inside
            }
            Some(license) if words.next_if_eq(&"WITH").is_some() => {
                let with = format!("{license} WITH {}", words.next().unwrap_or_default());
                self.licenses.contains(&with.as_str())
            }
            license => license.is_some_and(|license| self.licenses.contains(&license)),
        }
    }
}

/// The first text of each line between `key = [` and `]`.
fn entries<'a>(toml: &'a str, key: &str) -> Result<Vec<&'a str>, Failure> {
    let opening = format!("{key} = [");
    let lines = toml.lines().skip_while(|line| *line != opening).skip(1).take_while(|line| *line != "]");
    let entries: Vec<_> = lines.filter_map(|line| line.split('"').nth(1)).collect();
    if entries.is_empty() {
        return Err(Failure::Check(format!("deny.toml has no list `{key}` with one entry a line")));
    }
    Ok(entries)
}

fn names(lock: &str) -> impl Iterator<Item = &str> {
    lock.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str = r#"
[licenses]
# "Nothing".
allow = [
    "MIT",
    "ISC", # a remark
    "Apache-2.0 WITH LLVM-exception",
]
[bans]
deny = [
    { crate = "native-tls", reason = "no \"second\" TLS" },
]
"#;

    fn rules() -> Rules<'static> {
        Rules::read(RULES).expect("rules")
    }

    #[test]
    fn an_entry_is_the_first_text_of_its_line() {
        let rules = rules();
        assert_eq!(rules.licenses, ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"]);
        assert_eq!(rules.banned, ["native-tls"]);
        assert!(Rules::read("[licenses]\nallow = [\"MIT\"]\n").is_err());
    }

    #[test]
    fn an_expression_is_allowed_when_its_choices_leave_a_way() {
        for allowed in [
            "MIT",
            "MIT OR GPL-3.0",
            "GPL-3.0/MIT",
            "MIT AND ISC",
            "(GPL-3.0 OR MIT) AND ISC",
            "MIT OR GPL-3.0 AND GPL-2.0",
            "Apache-2.0 WITH LLVM-exception OR GPL-3.0",
        ] {
            assert!(rules().allow(allowed), "{allowed}");
        }
        for refused in [
            "",
            "no licence",
            "GPL-3.0",
            "MIT AND GPL-3.0",
            "(MIT OR ISC) AND GPL-3.0",
            "Apache-2.0",
            "MIT WITH LLVM-exception",
            "(MIT",
            "MIT ISC",
        ] {
            assert!(!rules().allow(refused), "{refused}");
        }
    }

    #[test]
    fn what_breaks_a_rule_is_named_with_its_crate() {
        let lock = "[[package]]\nname = \"openssl-probe\"\n\n[[package]]\nname = \"native-tls\"\n";
        let metadata = r#"{"packages":[{"name":"a","license":"MIT"},{"name":"b","license":"GPL-3.0"},
            {"name":"c","license":null}]}"#;
        let broken = rules().broken_by(lock, metadata).expect("metadata");
        assert_eq!(broken, ["native-tls is banned", "b has GPL-3.0", "c has no licence"]);
        assert!(rules().broken_by("", "no JSON").is_err());
    }

    #[test]
    fn the_rules_of_the_workspace_are_read() {
        let rules = Rules::read(include_str!("../../../deny.toml")).expect("rules");
        assert!(rules.licenses.contains(&"Apache-2.0") && rules.banned.contains(&"openssl-sys"), "{rules:?}");
    }
}
