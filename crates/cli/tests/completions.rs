//! What a shell completes with the script that `papi completions` prints, and the manual pages.

mod common;

use common::papi;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Lets bash complete the last word, and returns what it offers.
fn completed(script: &Path, words: &[&str]) -> Vec<String> {
    // `complete -p` tells which function bash would call; the variables are those that it sets before the call.
    const ASK: &str = r#"
        source "$1"; shift
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
        [[ $(complete -p papi) =~ -F\ ([^ ]+) ]] || exit 3
        "${BASH_REMATCH[1]}" papi "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf '%s\n' "${COMPREPLY[@]}"
    "#;
    let mut bash = Command::new("bash");
    let run = bash.args(["--norc", "-c", ASK, "ask"]).arg(script).args(words).output().expect("bash runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).expect("text").lines().map(ToOwned::to_owned).collect()
}

#[cfg(unix)]
#[test]
fn bash_completes_endpoints_datasets_words_and_paths() {
    let folder = tempfile::tempdir().expect("a folder");
    let script = folder.path().join("papi.bash");
    fs::write(&script, papi(&["completions", "bash"]).expect(0, &[]).stdout).expect("written");
    for (words, offered) in [
        (&["papi", "um", "fo"][..], &["force-orders"][..]),
        (&["papi", "export", "um-fo"], &["um-force-orders"]),
        (&["papi", "um", "new-order", "--side", "B"], &["BUY"]),
        (&["papi", "um", "new-order", "--symbol", "BTCUSDT", "--reduce-only", "t"], &["true"]),
        (&["papi", "call", "PO"], &["POST"]),
        (&["papi", "call", "GET", "um/force"], &["um/forceOrders"]),
        (&["papi", "decode", "GET", "v2/um/"], &["v2/um/account"]),
        (&["papi", "--format", "js"], &["json", "jsonl"]),
        (&["papi", "completions", "z"], &["zsh"]),
        (&["papi", "intents", "se"], &["settle"]),
        (&["papi", "intents", "list", "--inte"], &["--intents"]),
    ] {
        assert_eq!(completed(&script, words), offered, "{words:?}");
    }
}

#[test]
fn another_shell_is_refused_with_those_that_there_are() {
    papi(&["completions", "csh"]).expect(2, &["bash", "elvish", "fish", "powershell", "zsh"]);
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let pages = folder.path().join("man/man1");
    papi(&["man", &pages.display().to_string()]).expect(0, &[]);
    let page = |name: &str| fs::read_to_string(pages.join(name)).expect(name);
    assert!(page("papi.1").contains("Exit codes"), "{}", page("papi.1"));
    assert!(page("papi-um-force-orders.1").contains("um/forceOrders"));
    assert!(page("papi-intents-settle.1").contains("sends nothing anew"));
    assert!(page("papi-export.1").contains("liquidations.csv"));
    assert!(!pages.join("papi-man.1").exists() && !papi(&["--help"]).stdout.contains("manual"), "it is hidden");
    papi(&["man", "/dev/null/nowhere"]).expect(1, &["no manual pages in /dev/null/nowhere"]);
}
