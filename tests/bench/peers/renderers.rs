//! What a browser's renderers take of the machine, as Linux tells it in /proc.

use std::{collections::HashMap, fs, path::Path};

/// Linux counts processor time in hundredths of a second, whatever the machine.
const TICKS: f64 = 100.0;

/// The renderers of one browser.
pub struct Renderers {
    /// The processor time of each so far, in seconds.
    cpu: HashMap<u32, f64>,
    /// The most memory that one of them has held since it started, in bytes. The kernel keeps it: no peak is too short to be seen.
    pub peak: u64,
}

impl Renderers {
    /// Those of the browser whose profile is in a folder, as they stand now.
    pub fn of(profile: &Path) -> Renderers {
        let processes: HashMap<u32, Process> = fs::read_dir("/proc")
            .unwrap()
            .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
            .filter_map(|id| Some((id, Process::read(id)?)))
            .collect();
        let mark = format!("--user-data-dir={}", profile.display());
        let ours = |process| {
            std::iter::successors(Some(process), |process: &&Process| processes.get(&process.parent))
                .any(|process| process.command.contains(&mark))
        };
        let renderers = || processes.iter().filter(|(_, process)| process.command.contains("--type=renderer") && ours(process));
        Renderers {
            cpu: renderers().map(|(id, process)| (*id, process.cpu)).collect(),
            peak: renderers().map(|(_, process)| process.peak).max().unwrap_or_default(),
        }
    }

    /// The processor time taken since an earlier moment, in seconds.
    pub fn cpu_since(&self, before: &Renderers) -> f64 {
        self.cpu.iter().map(|(id, cpu)| cpu - before.cpu.get(id).unwrap_or(&0.0)).sum()
    }
}

/// A process of the machine.
struct Process {
    parent: u32,
    command: String,
    cpu: f64,
    peak: u64,
}

impl Process {
    /// Reads what is known of a process; nothing when it has ended meanwhile.
    fn read(id: u32) -> Option<Process> {
        let told =
            |what: &str| fs::read(format!("/proc/{id}/{what}")).ok().map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let stat = told("stat")?;
        // The name of the program comes second, in brackets, and may hold anything.
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        let ticks = |place: usize| fields.get(place)?.parse::<f64>().ok();
        let status = told("status")?;
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse::<u64>().ok());
        Some(Process {
            parent: fields.get(1)?.parse().ok()?,
            command: told("cmdline")?,
            cpu: (ticks(11)? + ticks(12)?) / TICKS,
            peak: peak.unwrap_or_default() * 1024,
        })
    }
}
