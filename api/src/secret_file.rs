//! Keys that are made on first use, on a developer's machine.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Reads a file, and makes it first if there is none.
pub(crate) fn read_or_create(path: &Path, make: impl FnOnce() -> io::Result<Vec<u8>>) -> io::Result<Vec<u8>> {
    match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => create(path, &make()?),
        read => read,
    }
}

/// Writes the file beside its place and links it there in one step, which only one of several processes can win; the
/// others find the winner's. Nobody ever sees half a key.
fn create(path: &Path, content: &[u8]) -> io::Result<Vec<u8>> {
    let folder = path.parent().unwrap_or(Path::new(""));
    if !folder.as_os_str().is_empty() {
        fs::create_dir_all(folder)?;
    }
    // Unlike the name that any other process takes.
    let mut unique = [0; 8];
    aws_lc_rs::rand::fill(&mut unique).map_err(|_| io::Error::other("no name could be generated"))?;
    let draft = folder.join(format!(".key-{:016x}", u64::from_be_bytes(unique)));
    private_file(&draft)?.write_all(content)?;
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => fs::read(path),
    }
}

/// A new file that only its owner may read.
fn private_file(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
