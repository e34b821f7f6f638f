//! What every test does: open the studio, act on it, wait for what it must show, and end without an error.

use std::{
    cell::RefCell,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    path::{Path, PathBuf},
    sync::{Condvar, Mutex},
    time::{Duration, Instant},
};

use serde::de::DeserializeOwned;
use serde_json::Value;
use thirtyfour::{By, TypingData, WebDriver, WebElement};

use crate::{
    driver::{self, Driver},
    server::{Server, site},
};

/// How long a page may take to show what it must.
const PATIENCE: Duration = Duration::from_secs(30);

/// Runs a test in a browser of its own, open on the studio. The test fails too where the console has errors.
pub fn in_studio(test: impl AsyncFnOnce(&Studio)) {
    run(1, fixture("site"), test);
}

/// The same, with a deployer's own files: they take the place of the site's.
pub fn in_site(folder: PathBuf, test: impl AsyncFnOnce(&Studio)) {
    run(1, folder, test);
}

/// The same, while no other test runs: for those that measure time.
pub fn alone_in_studio(test: impl AsyncFnOnce(&Studio)) {
    run(Turns::MOST, fixture("site"), test);
}

fn run(turns: usize, own: PathBuf, test: impl AsyncFnOnce(&Studio)) {
    let _turns = Turns::take(turns);
    // A deployer's own files, such as the configuration, take the place of the site's.
    let server = Server::start(vec![own, site()]);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (driver, browser) = runtime.block_on(Driver::open());
    let studio = Studio { browser, driver, server: RefCell::new(Some(server)) };
    let ended = catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async {
            studio.open().await;
            test(&studio).await;
            let errors = driver::console_errors(&studio.browser).await.unwrap();
            assert!(errors.is_empty(), "the console has errors:\n{}", errors.join("\n"));
        });
    }));
    let quit = runtime.block_on(async {
        if ended.is_err() {
            // Only to help: the test has failed already.
            eprintln!("console: {:?}", driver::console_errors(&studio.browser).await);
        }
        studio.browser.clone().quit().await
    });
    match ended {
        Ok(()) => quit.unwrap(),
        Err(panic) => resume_unwind(panic),
    }
}

/// How many browsers may run at once.
struct Turns(usize);

static TAKEN: Mutex<usize> = Mutex::new(0);
static GIVEN_BACK: Condvar = Condvar::new();

impl Turns {
    const MOST: usize = 2;

    fn take(count: usize) -> Turns {
        let busy = |taken: &mut usize| *taken + count > Turns::MOST;
        let mut taken = GIVEN_BACK.wait_while(TAKEN.lock().unwrap(), busy).unwrap();
        *taken += count;
        Turns(count)
    }
}

impl Drop for Turns {
    fn drop(&mut self) {
        *TAKEN.lock().unwrap() -= self.0;
        GIVEN_BACK.notify_all();
    }
}

/// The path of a fixture.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// The studio, open in a browser.
pub struct Studio {
    /// The browser.
    pub browser: WebDriver,
    driver: Driver,
    server: RefCell<Option<Server>>,
}

impl Studio {
    /// Opens the studio, as it is opened again after a crash.
    pub async fn open(&self) {
        let url = self.server.borrow().as_ref().map(Server::url).unwrap();
        self.browser.goto(url).await.unwrap();
        self.see("#file").await;
    }

    /// Where the page stands.
    pub fn url(&self) -> String {
        self.server.borrow().as_ref().map(Server::url).unwrap()
    }

    /// Takes note of errors that the test itself has caused: each must speak of this.
    pub async fn forgive(&self, what: &str) {
        for error in driver::console_errors(&self.browser).await.unwrap() {
            assert!(error.contains(what), "{error}");
        }
    }

    /// All that the console has received; none of it may be an error.
    pub async fn console(&self) -> Vec<String> {
        let messages = driver::console(&self.browser).await.unwrap();
        assert!(messages.iter().all(|(_, bad)| !bad), "the console has errors: {messages:?}");
        messages.into_iter().map(|(message, _)| message).collect()
    }

    /// Takes the network away from the page.
    pub fn cut_network(&self) {
        self.server.take();
    }

    /// Chooses a file, as the agent does in the browser's own window.
    pub async fn choose(&self, path: &Path) {
        let path = path.canonicalize().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        self.see("#file").await.send_keys(path.display().to_string()).await.unwrap();
    }

    /// Chooses a file and waits for the second step.
    pub async fn upload(&self, path: &Path) {
        self.choose(path).await;
        self.arrive(2).await;
    }

    /// Writes a file of the test's own, and gives its path.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.driver.folder().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// Goes to a step by its button.
    pub async fn go(&self, step: usize) {
        self.click(&format!(".steps li:nth-child({step}) button")).await;
        self.arrive(step).await;
    }

    /// Waits for a step.
    pub async fn arrive(&self, step: usize) {
        let current = format!("return !!document.querySelector('.steps li:nth-child({step}) [aria-current=step]')");
        self.until(&format!("step {step}"), &current).await;
    }

    /// Runs a script in the page.
    pub async fn run<T: DeserializeOwned>(&self, script: &str) -> T {
        let answer = self.browser.execute(script, Vec::new()).await;
        let answer = answer.unwrap_or_else(|error| panic!("the script fails: {error}\n{script}"));
        serde_json::from_value(answer.json().clone()).unwrap_or_else(|error| panic!("{error}: {}\n{script}", answer.json()))
    }

    /// Waits for a script to answer something true.
    pub async fn until(&self, what: &str, script: &str) {
        self.until_within(PATIENCE, what, script).await;
    }

    /// The same, with more patience.
    pub async fn until_within(&self, patience: Duration, what: &str, script: &str) {
        let deadline = Instant::now() + patience;
        while !truthy(&self.run(script).await) {
            if Instant::now() > deadline {
                let page: String = self.run("return document.body.innerText").await;
                let keyboard: String = self.run("const e = document.activeElement; return e.id || e.tagName").await;
                panic!("after {patience:?}, the page does not show: {what}\nThe keyboard is on {keyboard}. It shows:\n{page}");
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Waits for an element.
    pub async fn see(&self, selector: &str) -> WebElement {
        self.until(selector, &format!("return !!document.querySelector({})", quoted(selector))).await;
        self.browser.find(By::Css(selector)).await.unwrap_or_else(|error| panic!("{selector}: {error}"))
    }

    /// Waits for an element to be gone.
    pub async fn gone(&self, selector: &str) {
        self.until(&format!("no {selector}"), &format!("return !document.querySelector({})", quoted(selector))).await;
    }

    /// Waits for the first element that a selector finds to say something, among other things.
    pub async fn says(&self, selector: &str, text: &str) {
        let said = format!("return {}.includes({})", said(selector), plain(&quoted(text)));
        self.until(&format!("« {text} » in {selector}"), &said).await;
    }

    /// The same, and nothing else.
    pub async fn says_only(&self, selector: &str, text: &str) {
        let said = format!("return {} === {}", said(selector), plain(&quoted(text)));
        self.until(&format!("« {text} » alone in {selector}"), &said).await;
    }

    /// Waits for the keyboard to be on an element.
    pub async fn is_on(&self, selector: &str) {
        let on = format!("return document.activeElement.matches({})", quoted(selector));
        self.until(&format!("the keyboard on {selector}"), &on).await;
    }

    /// Waits for a cell to be whole inside the grid.
    pub async fn in_sight(&self, cell: &str) {
        let inside = format!(
            "const cell = document.querySelector({})?.getBoundingClientRect();
             const grid = document.querySelector('#grid').getBoundingClientRect();
             return !!cell && cell.top >= grid.top && cell.bottom <= grid.bottom + 1",
            quoted(cell)
        );
        self.until(&format!("{cell} in sight"), &inside).await;
    }

    /// How many elements a selector finds.
    pub async fn count(&self, selector: &str) -> usize {
        self.run(&format!("return document.querySelectorAll({}).length", quoted(selector))).await
    }

    /// The texts of the elements that a selector finds.
    pub async fn texts(&self, selector: &str) -> Vec<String> {
        self.run(&format!("return [...document.querySelectorAll({})].map(e => e.innerText)", quoted(selector))).await
    }

    /// What a field holds.
    pub async fn value(&self, selector: &str) -> String {
        self.see(selector).await;
        self.run(&format!("return document.querySelector({}).value", quoted(selector))).await
    }

    /// Clicks an element once it can be; one that is drawn again meanwhile is looked for again.
    pub async fn click(&self, selector: &str) {
        let deadline = Instant::now() + PATIENCE;
        let enabled = format!("const e = document.querySelector({}); return !!e && !e.disabled", quoted(selector));
        self.until(&format!("{selector}, enabled"), &enabled).await;
        loop {
            let clicked = match self.browser.find(By::Css(selector)).await {
                Ok(element) => element.click().await,
                Err(error) => Err(error),
            };
            match clicked {
                Ok(()) => return,
                Err(error) if Instant::now() > deadline => panic!("{selector} cannot be clicked: {error}"),
                // A bar of the page may stand over it: it is scrolled away from there, as a person would do.
                Err(_) => {
                    let clear = format!("document.querySelector({})?.scrollIntoView({{ block: 'center' }})", quoted(selector));
                    self.run::<()>(&clear).await;
                }
            }
        }
    }

    /// Types in a field, in place of what it holds, and leaves it.
    pub async fn fill(&self, selector: &str, text: &str) {
        let field = self.see(selector).await;
        // Typed over what it holds, as people do: a field that is emptied and left may put that back.
        let over = format!("const field = document.querySelector({}); field.focus(); field.select()", quoted(selector));
        self.run::<()>(&over).await;
        field.send_keys(thirtyfour::Key::Backspace + text + thirtyfour::Key::Tab).await.unwrap();
    }

    /// Chooses an option by its value.
    pub async fn select(&self, selector: &str, value: &str) {
        // A list may be filled when the keyboard or the pointer reaches it.
        let focus = format!("document.querySelector({}).focus(); return true", quoted(selector));
        self.see(selector).await;
        self.until(selector, &focus).await;
        self.click(&format!("{selector} option[value={}]", quoted(value))).await;
    }

    /// Presses keys, where the keyboard is.
    pub async fn press(&self, keys: impl Into<TypingData>) {
        self.browser.action_chain().send_keys(keys).perform().await.unwrap();
    }

    /// Presses a key while another is held.
    pub async fn press_with(&self, held: thirtyfour::Key, key: impl Into<TypingData>) {
        self.browser.action_chain().key_down(held.clone()).send_keys(key).key_up(held).perform().await.unwrap();
    }

    /// Waits for a download to be whole, and takes it: its name and its bytes.
    pub async fn downloaded(&self, extension: &str) -> (String, Vec<u8>) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let files: Vec<PathBuf> =
                std::fs::read_dir(self.driver.downloads()).unwrap().map(|file| file.unwrap().path()).collect();
            let ending = |extension: &str| files.iter().find(|file| file.extension().is_some_and(|e| e == extension));
            if let (Some(file), None) = (ending(extension), ending("crdownload")) {
                let bytes = std::fs::read(file).unwrap();
                // The browser first takes the name, then writes under it.
                if !bytes.is_empty() {
                    std::fs::remove_file(file).unwrap();
                    return (file.file_name().unwrap().to_string_lossy().into_owned(), bytes);
                }
            }
            assert!(Instant::now() < deadline, "no .{extension} was downloaded: {files:?}");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// Quotes a text for a script or a selector.
pub fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// The script that gives the text of an element.
fn said(selector: &str) -> String {
    plain(&format!("(document.querySelector({})?.innerText ?? '')", quoted(selector)))
}

/// The script of a text where any white space is one space.
fn plain(script: &str) -> String {
    format!("{script}.replace(/\\s+/g, ' ').trim()")
}

fn truthy(value: &Value) -> bool {
    !matches!(value, Value::Null | Value::Bool(false))
}
