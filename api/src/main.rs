//! The command line of Upskill.

mod cli;

use clap::Parser;

/// Every request allocates and frees thousands of small values; this allocator was made for that.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("upskill: no runtime can be started: {error}");
            return std::process::ExitCode::FAILURE;
        }
    };
    match runtime.block_on(cli::Cli::parse().run()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("upskill: {error:#}");
            std::process::ExitCode::FAILURE
        }
    }
}
