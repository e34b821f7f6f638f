//! The browser of the tests: everything that is particular to Chromium stands here.

use std::{
    error::Error,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        atomic::{AtomicU32, Ordering},
        mpsc,
    },
    thread,
    time::Duration,
};

use serde_json::json;
use thirtyfour::{ChromeCapabilities, ChromiumLikeCapabilities, LoggingPrefsLogLevel, WebDriver, error::WebDriverResult};

const DRIVER: &str = "chromedriver";
const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];
/// How many drivers are tried before a test fails.
const ATTEMPTS: usize = 3;
/// How long a driver may take to start.
const PATIENCE: Duration = Duration::from_secs(20);

/// A driver of browsers, with a folder of its own; both go when it is dropped.
pub struct Driver {
    process: Child,
    port: u16,
    folder: PathBuf,
}

impl Driver {
    /// Starts a driver and opens a browser that speaks French. One that does not start says nothing of the studio:
    /// others are tried, and what happened is told.
    pub async fn open() -> (Driver, WebDriver) {
        for left in (0..ATTEMPTS).rev() {
            match Driver::start() {
                Ok(driver) => match driver.browser().await {
                    Ok(browser) => return (driver, browser),
                    Err(error) => eprintln!("the browser does not open, {left} attempts left: {error:?}"),
                },
                Err(error) => eprintln!("{DRIVER} does not start, {left} attempts left: {error}"),
            }
        }
        panic!("no browser could be opened: {DRIVER} comes with Chromium, both must be installed");
    }

    /// Starts the driver, on a port that it chooses and tells: one found free for it could be taken meanwhile.
    fn start() -> Result<Driver, Box<dyn Error>> {
        static STARTED: AtomicU32 = AtomicU32::new(0);
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("atelier-browser-{}-{number}", std::process::id()));
        std::fs::create_dir_all(folder.join("downloads"))?;
        let process = Command::new(DRIVER).arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let mut driver = Driver { process, port: 0, folder };
        let said = driver.process.stdout.take().ok_or("it has no output")?;
        let (tell, told) = mpsc::channel();
        // Read to its end, whatever it says later: a driver whose output is full would stop.
        thread::spawn(move || {
            for line in BufReader::new(said).lines().map_while(Result::ok) {
                let port =
                    line.rsplit_once("successfully on port ").and_then(|(_, port)| port.trim_end_matches('.').parse().ok());
                // Only the first is waited for.
                let _ = port.map(|port| tell.send(port));
            }
        });
        driver.port = told.recv_timeout(PATIENCE).map_err(|_| "it tells no port")?;
        Ok(driver)
    }

    /// A folder for the files that a test writes, and those that the browser keeps.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder of the downloads.
    pub fn downloads(&self) -> PathBuf {
        self.folder.join("downloads")
    }

    async fn browser(&self) -> WebDriverResult<WebDriver> {
        let mut wanted = ChromeCapabilities::new();
        wanted.set_binary(&binary())?;
        let profile = format!("--user-data-dir={}", self.folder.join("profile").display());
        let flags = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--window-size=1280,900",
            "--lang=fr-FR",
            &profile,
        ];
        for flag in flags {
            wanted.add_arg(flag)?;
        }
        let preferences = json!({
            "intl.accept_languages": "fr",
            "download.default_directory": self.downloads(),
            "download.prompt_for_download": false,
            "profile.default_content_setting_values.automatic_downloads": 1,
        });
        wanted.add_experimental_option("prefs", preferences)?;
        wanted.set_browser_log_level(LoggingPrefsLogLevel::All)?;
        WebDriver::new(format!("http://127.0.0.1:{}", self.port), wanted).await
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // What is gone already needs no ending.
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The browser's program, looked for as a shell does.
fn binary() -> String {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let mut programs = BROWSERS.iter().flat_map(|name| std::env::split_paths(&folders).map(move |folder| folder.join(name)));
    let found = programs.find(|program| program.is_file());
    found.unwrap_or_else(|| panic!("no browser: install one of {}", BROWSERS.join(", "))).display().to_string()
}

/// What the browser's console has received since it was last asked: each message, and whether it is an error.
pub async fn console(browser: &WebDriver) -> WebDriverResult<Vec<(String, bool)>> {
    let entries = browser.browser_log().await?;
    let bad = |level: &str, message: &str| level == "SEVERE" || message.contains("Content Security Policy");
    Ok(entries.into_iter().map(|entry| (entry.message.clone(), bad(&entry.level, &entry.message))).collect())
}

/// The errors among it.
pub async fn console_errors(browser: &WebDriver) -> WebDriverResult<Vec<String>> {
    Ok(console(browser).await?.into_iter().filter(|(_, bad)| *bad).map(|(message, _)| message).collect())
}

/// Gives the page a width and a theme, whatever the window and the system.
pub async fn emulate(browser: &WebDriver, width: u32, theme: &str) {
    let size = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
    let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": theme }] });
    browser.cdp().send_raw("Emulation.setDeviceMetricsOverride", size).await.unwrap();
    browser.cdp().send_raw("Emulation.setEmulatedMedia", media).await.unwrap();
}
