//! The platform: started once, emptied for each test, stopped with them.

use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Mutex, MutexGuard, OnceLock},
};

use serde_json::Value;

/// A platform that runs. It stops when what holds its standard input ends.
pub struct Udata {
    told: Value,
    _process: Child,
}

static ALONE: Mutex<()> = Mutex::new(());

/// The platform, empty, for one test at a time; says so where it is not installed.
pub fn udata() -> Option<(&'static Udata, MutexGuard<'static, ()>)> {
    static UDATA: OnceLock<Option<Udata>> = OnceLock::new();
    let alone = ALONE.lock().unwrap_or_else(|broken| broken.into_inner());
    let udata = UDATA.get_or_init(Udata::start).as_ref()?;
    udata.post("reset");
    Some((udata, alone))
}

impl Udata {
    fn start() -> Option<Udata> {
        let project = Path::new(env!("CARGO_MANIFEST_DIR"));
        let python = project.join("target/tools/udata/bin/python");
        if !python.exists() {
            println!("skipped: udata is not installed (make udata)");
            return None;
        }
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let folder = std::env::temp_dir().join(format!("atelier-udata-{}", std::process::id()));
        let mut process = Command::new(python)
            .arg(project.join("tests/udata/server.py"))
            .arg(port.to_string())
            .arg(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let told = serde_json::from_str(&line).expect("udata did not start: run `python tests/udata/server.py` to see why");
        Some(Udata { told, _process: process })
    }

    /// Its address.
    pub fn base(&self) -> &str {
        self.told["base"].as_str().unwrap()
    }

    /// The key of somebody.
    pub fn key(&self, whose: &str) -> &str {
        self.told["keys"][whose].as_str().unwrap()
    }

    /// The organisation of the agent.
    pub fn town(&self) -> &str {
        self.told["organisations"]["town"].as_str().unwrap()
    }

    /// The client that the platform registered for the studio.
    pub fn client(&self) -> &str {
        self.told["client"].as_str().unwrap()
    }

    /// The mail and the password of the agent.
    pub fn login(&self) -> [&str; 2] {
        ["mail", "password"].map(|key| self.told[key].as_str().unwrap())
    }

    /// Asks something of the fixture itself.
    pub fn post(&self, what: &str) -> Value {
        let answer = ureq::post(format!("{}/_test/{what}", self.base())).send_empty();
        serde_json::from_str(&answer.unwrap().body_mut().read_to_string().unwrap()).unwrap()
    }

    /// What an address of the API answers to the agent.
    pub fn get(&self, path: &str) -> Value {
        let answer = ureq::get(format!("{}/api/1/{path}", self.base())).header("X-API-KEY", self.key("agent")).call();
        serde_json::from_str(&answer.unwrap().body_mut().read_to_string().unwrap()).unwrap()
    }

    /// What anybody gets of an address: its status.
    pub fn seen_by_all(&self, path: &str) -> bool {
        ureq::get(format!("{}/api/1/{path}", self.base())).call().is_ok()
    }

    /// Changes something as the agent would on the site.
    pub fn put(&self, path: &str, document: &Value) {
        let request = ureq::put(format!("{}/api/1/{path}", self.base())).header("X-API-KEY", self.key("agent"));
        request.header("Content-Type", "application/json").send(document.to_string()).unwrap();
    }

    /// The datasets of the agent that have a title, drafts included.
    pub fn datasets(&self, title: &str) -> Vec<Value> {
        let list = self.get(&format!("datasets/?page_size=100&organization={}", self.town()));
        let named = list["data"].as_array().unwrap().iter().filter(|dataset| dataset["title"] == title);
        named.map(|dataset| self.get(&format!("datasets/{}/", dataset["id"].as_str().unwrap()))).collect()
    }

    /// The only dataset of a title.
    pub fn only(&self, title: &str) -> Value {
        let mut datasets = self.datasets(title);
        assert_eq!(datasets.len(), 1, "{title}: {datasets:?}");
        datasets.remove(0)
    }
}
