//! Running other programs, with errors that name the whole command.

use anyhow::{Context as _, Result, bail};
use std::{
    ffi::OsStr,
    path::Path,
    process::{Command, Stdio},
};

/// A command about to run.
pub(crate) struct Program(Command);

impl Program {
    pub(crate) fn new(program: impl AsRef<OsStr>) -> Self {
        Self(Command::new(program))
    }

    pub(crate) fn args<S: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = S>) -> Self {
        self.0.args(args);
        self
    }

    pub(crate) fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.0.arg(arg);
        self
    }

    pub(crate) fn dir(mut self, dir: &Path) -> Self {
        self.0.current_dir(dir);
        self
    }

    pub(crate) fn env(mut self, key: &str, value: impl AsRef<OsStr>) -> Self {
        self.0.env(key, value);
        self
    }

    pub(crate) fn without_env(mut self, key: &str) -> Self {
        self.0.env_remove(key);
        self
    }

    /// Runs it on this terminal.
    ///
    /// # Errors
    /// If it cannot start or ends with a failure.
    pub(crate) fn run(mut self) -> Result<()> {
        let name = self.name();
        let status = self
            .0
            .status()
            .with_context(|| format!("cannot start `{name}`"))?;
        if !status.success() {
            bail!("`{name}` failed: {status}");
        }
        Ok(())
    }

    /// Runs it silently and returns what it printed; on failure the error carries what it complained of.
    ///
    /// # Errors
    /// If it cannot start, ends with a failure, or prints something that is not UTF-8.
    pub(crate) fn output(mut self) -> Result<String> {
        let name = self.name();
        let output = self
            .0
            .stdin(Stdio::null())
            .output()
            .with_context(|| format!("cannot start `{name}`"))?;
        if !output.status.success() {
            bail!(
                "`{name}` failed: {}\n{}{}",
                output.status,
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr)
            );
        }
        String::from_utf8(output.stdout).with_context(|| format!("`{name}` printed no UTF-8"))
    }

    /// The command itself, for callers that need pipes.
    pub(crate) fn into_command(self) -> Command {
        self.0
    }

    fn name(&self) -> String {
        let mut name = self.0.get_program().to_string_lossy().into_owned();
        for arg in self.0.get_args() {
            name.push(' ');
            name.push_str(&arg.to_string_lossy());
        }
        name
    }
}
