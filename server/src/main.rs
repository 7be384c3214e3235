//! The `recueil` program.

fn main() -> std::process::ExitCode {
    recueil::cli::main()
}
