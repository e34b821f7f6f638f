//! The files that are compared on: the same bytes on every machine, with a known number of errors.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

use crate::report::grouped;

/// A file, and what was put in it.
pub struct Sample {
    /// What it is about.
    pub dataset: &'static str,
    /// Its kind, which is its extension.
    pub format: &'static str,
    /// How many rows it has, its header aside.
    pub rows: u64,
    /// How many columns.
    pub columns: u64,
    /// Its size.
    pub bytes: u64,
    /// How many of its cells were made wrong.
    pub injected: u64,
    /// Where it is.
    pub path: PathBuf,
}

impl Sample {
    /// Whether checking finds the cells made wrong and no other. In a register of deliberations, one wrong vote makes a sum wrong too.
    pub fn is_exact(&self) -> bool {
        self.dataset != "deliberations"
    }
}

/// Where the floor stands, once it is built: what checks the same files and keeps nothing.
pub const FLOOR: &str = "target/perf/floor/floor.wasm";

/// What writes the files.
pub struct Generator {
    program: PathBuf,
    folder: PathBuf,
}

impl Generator {
    /// Builds it, where its sources are.
    pub fn build() -> Option<Generator> {
        let house = Path::new(env!("CARGO_MANIFEST_DIR"));
        let manifest = house.join("../shared/perf/Cargo.toml");
        if !manifest.is_file() {
            return None;
        }
        let target = house.join("target/perf");
        let build = |what: &[&str], flags: &str| {
            let mut cargo = Command::new(env!("CARGO"));
            cargo.args(["build", "--quiet", "--release"]).args(what).arg("--manifest-path").arg(&manifest);
            let built = cargo.arg("--target-dir").arg(&target).env("RUSTFLAGS", flags).status().unwrap();
            assert!(built.success(), "{what:?} cannot be built");
        };
        build(&["--features", "gen", "--bin", "gen"], "");
        // As quick as its makers can have it.
        build(&["--lib", "--target", "wasm32-unknown-unknown"], "-C target-feature=+simd128");
        let floor = house.join(FLOOR);
        fs::create_dir_all(floor.parent().unwrap()).unwrap();
        let built = target.join("wasm32-unknown-unknown/release/floor.wasm");
        let features = ["--enable-simd", "--enable-bulk-memory", "--enable-sign-ext", "--enable-nontrapping-float-to-int"];
        let mut optimise = Command::new("wasm-opt");
        optimise.arg("-O3").args(features).args(["--enable-mutable-globals", "--enable-reference-types", "--enable-multivalue"]);
        let made = optimise.arg(built).arg("-o").arg(floor).status().unwrap();
        assert!(made.success(), "the floor cannot be made quick");
        Some(Generator { program: target.join("release/gen"), folder: house.join("target/bench") })
    }

    /// A file, written if it is not there from an earlier run.
    pub fn sample(&self, dataset: &'static str, format: &'static str, rows: u64) -> Sample {
        let note = self.folder.join(format!("{dataset}-{rows}-{format}.json"));
        // The note is written last: a file that was cut short has none.
        let told = fs::read_to_string(&note).unwrap_or_else(|_| {
            println!("Writing {dataset}.{format}, {} rows", grouped(rows));
            let folder = self.folder.join(rows.to_string());
            fs::create_dir_all(&folder).unwrap();
            let ran = Command::new(&self.program).arg(folder).args([dataset, &rows.to_string(), format]).output().unwrap();
            assert!(ran.status.success(), "the generator fails: {}", String::from_utf8_lossy(&ran.stderr));
            let told = String::from_utf8(ran.stdout).unwrap();
            fs::write(&note, &told).unwrap();
            told
        });
        let told: Value = serde_json::from_str(&told).unwrap();
        let number = |key: &str| told[key].as_u64().unwrap();
        Sample {
            dataset,
            format,
            rows,
            columns: number("cols"),
            bytes: number("bytes"),
            injected: number("bad_cells"),
            path: told["file"].as_str().unwrap().into(),
        }
    }
}
