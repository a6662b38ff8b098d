//! Processes that share a ledger and ask for all they can get: `spends_whole_budget` of this package.

use std::process::{Child, Command};

/// Some of them. None outlives the test.
pub(crate) struct Processes(Vec<Child>);

impl Processes {
    /// Starts one with each of these arguments: exchange, ledger, weight, seconds of the window, minutes by which its clock is wrong.
    pub(crate) fn start(arguments: impl IntoIterator<Item = [String; 5]>) -> Self {
        Self(arguments.into_iter().map(start).collect())
    }

    /// Ends one at once, whatever it is doing.
    pub(crate) fn kill_one(&mut self) {
        end(self.0.pop().expect("one is left"));
    }

    /// Ends the one that runs longest, and starts another one.
    pub(crate) fn replace_oldest(&mut self, arguments: [String; 5]) {
        end(self.0.remove(0));
        self.0.push(start(arguments));
    }

    pub(crate) fn all_run(&mut self) -> bool {
        self.0.iter_mut().all(|child| child.try_wait().expect("a status").is_none())
    }
}

impl Drop for Processes {
    fn drop(&mut self) {
        for child in &mut self.0 {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn start(arguments: [String; 5]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_spends_whole_budget")).args(arguments).spawn().expect("a process")
}

fn end(mut child: Child) {
    child.kill().expect("it runs");
    child.wait().expect("it ended");
}
