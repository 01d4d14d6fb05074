//! Who used how much of the machine: seconds of CPU out of `/proc`.

use std::fs;

use anyhow::Context as _;

/// Linux counts CPU time for `/proc` in hundredths of a second, whatever the kernel's own tick.
const TICKS_PER_SECOND: f64 = 100.0;

/// CPU seconds used so far.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Usage {
    pub(crate) server: f64,
    pub(crate) database: f64,
    pub(crate) machine: f64,
}

/// The processes that are told apart. Everything else on the machine is noise, except this process and its children.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Meter {
    pub(crate) server: Option<u32>,
    /// PostgreSQL's first process, the parent of all others.
    pub(crate) postmaster: u32,
}

impl Meter {
    pub(crate) fn read(self) -> anyhow::Result<Usage> {
        let server = self.server.map(Stat::of).transpose()?.map_or(0.0, |stat| stat.own);
        let backends: f64 = fs::read_dir("/proc")?
            .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
            // A process that has ended since the folder was read counts with its parent.
            .filter_map(|pid| Stat::of(pid).ok())
            .filter(|stat| stat.parent == self.postmaster)
            .map(|stat| stat.own)
            .sum();
        let postmaster = Stat::of(self.postmaster)?;
        let database = postmaster.own + postmaster.ended_children + backends;
        Ok(Usage { server, database, machine: machine()? })
    }
}

/// What this process has used, and those of its children that have ended.
pub(crate) fn own() -> anyhow::Result<f64> {
    let stat = Stat::of(std::process::id())?;
    Ok(stat.own + stat.ended_children)
}

struct Stat {
    parent: u32,
    own: f64,
    ended_children: f64,
}

impl Stat {
    fn of(pid: u32) -> anyhow::Result<Self> {
        let text = fs::read_to_string(format!("/proc/{pid}/stat"))?;
        // The second field is the program's name in brackets, which may hold anything.
        let (_, rest) = text.rsplit_once(") ").context("a process without a name")?;
        let fields: Vec<&str> = rest.split_ascii_whitespace().collect();
        let ticks = |at: usize| -> anyhow::Result<f64> { Ok(fields.get(at).context("a field")?.parse()?) };
        Ok(Self {
            parent: fields.get(1).context("the parent")?.parse()?,
            own: (ticks(11)? + ticks(12)?) / TICKS_PER_SECOND,
            ended_children: (ticks(13)? + ticks(14)?) / TICKS_PER_SECOND,
        })
    }
}

/// Time that the cores were busy, for whomever.
fn machine() -> anyhow::Result<f64> {
    let text = fs::read_to_string("/proc/stat")?;
    let line = text.lines().next().context("/proc/stat is empty")?;
    let fields: Vec<f64> =
        line.split_ascii_whitespace().skip(1).filter_map(|field| field.parse().ok()).collect();
    // user, nice, system, then idle and waiting for disks, which are not work, then interrupts.
    let busy = [0, 1, 2, 5, 6].iter().filter_map(|at| fields.get(*at)).sum::<f64>();
    Ok(busy / TICKS_PER_SECOND)
}

/// The parent of a process: of a backend, that is PostgreSQL's first process.
pub(crate) fn parent(pid: u32) -> anyhow::Result<u32> {
    Ok(Stat::of(pid)?.parent)
}
