//! A window under WebDriver: `WebKitWebDriver` starts the built program and acts in it.

use std::ffi::OsString;
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::json;
use thirtyfour::prelude::*;
use tokio::sync::{Mutex, MutexGuard};

/// Far more than anything here takes; a test that waits so long hangs.
const PATIENCE: Duration = Duration::from_secs(120);
/// How long one start may take, and how often it is tried.
const START_PATIENCE: Duration = Duration::from_secs(60);
const STARTS: usize = 3;
/// How often the page is looked at while waiting.
const GLANCE: Duration = Duration::from_millis(100);

/// How large the window is, in pixels; it stands in the corner of the screen.
const SIZE: (u32, u32) = (1_280, 800);
/// How often the screen is looked at until it has come to rest.
const MOST_GLANCES: usize = 50;

/// The program's window.
pub(crate) struct Window {
    driver: WebDriver,
    /// Ends with this value, and the program with it.
    server: Server,
    _turn: MutexGuard<'static, ()>,
}

/// The program runs once at a time: a second start only brings the first one's window to the front.
static TURN: Mutex<()> = Mutex::const_new(());

/// What the program is started with.
pub(crate) struct Setup<'a> {
    /// Where it keeps what it knows.
    pub(crate) home: &'a Path,
    /// What the dialog for videos answers.
    pub(crate) opens: Vec<PathBuf>,
    /// What else stands in its environment.
    pub(crate) variables: Vec<(String, OsString)>,
}

impl<'a> Setup<'a> {
    /// Nothing but a home.
    pub(crate) fn new(home: &'a Path) -> Self {
        Self { home, opens: Vec::new(), variables: Vec::new() }
    }
}

struct Server(Child);

impl Server {
    /// Starts the driver in a process group of its own, which the program it starts belongs to as well.
    fn start(port: u16, setup: &Setup<'_>) -> Self {
        let opens = std::env::join_paths(&setup.opens).expect("paths without separators");
        let server = Command::new("WebKitWebDriver")
            .args(["--host=127.0.0.1", &format!("--port={port}")])
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("STANDOUT_HOME", setup.home)
            // What the page keeps itself (theme, language): no window may find what another one chose.
            .env("XDG_DATA_HOME", setup.home.join("page"))
            .env("STANDOUT_TEST_OPEN", opens)
            .envs(setup.variables.iter().map(|(name, value)| (name, value)))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .expect("WebKitWebDriver is installed (package webkit2gtk-driver)");
        Self(server)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The group may have ended by itself; either way it is gone afterwards.
        let group = format!("-{}", self.0.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
        let _ = self.0.wait();
    }
}

impl Window {
    /// Starts the program and waits for its page.
    pub(crate) async fn open(setup: &Setup<'_>) -> Self {
        let turn = TURN.lock().await;
        let (driver, server) = start(setup).await;
        let window = Self { driver, server, _turn: turn };
        window.driver.set_window_rect(0, 0, SIZE.0, SIZE.1).await.expect("the window takes its size");
        let ready = "return document.readyState === 'complete' && !!document.querySelector('button')";
        window.until("the page", ready).await;
        window
    }

    /// The group that the program and its workers belong to.
    pub(crate) fn process_group(&self) -> u32 {
        self.server.0.id()
    }

    /// Closes the window, and the program with it.
    pub(crate) async fn close(self) {
        self.driver.clone().quit().await.expect("the session ends");
    }

    /// Ends the program as a kill or a power cut does: nothing is told, nothing is put in order.
    pub(crate) fn kill(self) {
        drop(self);
    }

    /// The element of that test id, as soon as it is shown.
    pub(crate) async fn element(&self, id: &str) -> WebElement {
        let selector = format!("[data-testid='{id}']");
        let query = self.driver.query(By::Css(selector)).wait(PATIENCE, GLANCE).and_displayed();
        query.first().await.unwrap_or_else(|error| panic!("{id} is not shown: {error}"))
    }

    /// All elements whose test id is `prefix` and a number, in the order of the page: their ids.
    pub(crate) async fn numbered(&self, prefix: &str) -> Vec<String> {
        let script = format!(
            "return [...document.querySelectorAll('[data-testid]')].map((element) => element.dataset.testid)
                 .filter((id) => /^{prefix}-\\d+$/.test(id))"
        );
        self.script(&script).await.convert().expect("a list of ids")
    }

    pub(crate) async fn click(&self, id: &str) {
        let element = self.driver.query(By::Css(format!("[data-testid='{id}']")));
        let element = element.wait(PATIENCE, GLANCE).and_clickable().first().await;
        let element = element.unwrap_or_else(|error| panic!("{id} cannot be pressed: {error}"));
        element.click().await.unwrap_or_else(|error| panic!("{id} cannot be pressed: {error}"));
    }

    /// Drags an element sideways, in steps as a hand does.
    pub(crate) async fn drag(&self, id: &str, pixels: i64) {
        let element = self.element(id).await;
        let half = pixels / 2;
        let hand = self.driver.action_chain().move_to_element_center(&element).click_and_hold();
        let hand = hand.move_by_offset(half, 0).move_by_offset(pixels - half, 0).release();
        hand.perform().await.unwrap_or_else(|error| panic!("{id} cannot be dragged: {error}"));
    }

    /// Rests the pointer over an element: so much of its width across, so many pixels down.
    pub(crate) async fn hover(&self, id: &str, across: f64, down: i64) {
        let place = format!(
            "const box = document.querySelector(\"[data-testid='{id}']\").getBoundingClientRect();
             return [Math.round(box.x + box.width * {across}), Math.round(box.y + {down})]"
        );
        let [x, y]: [i64; 2] = self.script(&place).await.convert().expect("an element has a place");
        let hand = self.driver.action_chain().move_to(x, y);
        hand.perform().await.unwrap_or_else(|error| panic!("{id} cannot be pointed at: {error}"));
    }

    /// Takes hold of an element and moves it sideways without letting go.
    pub(crate) async fn hold(&self, id: &str, pixels: i64) {
        let element = self.element(id).await;
        let half = pixels / 2;
        let hand = self.driver.action_chain().move_to_element_center(&element).click_and_hold();
        let hand = hand.move_by_offset(half, 0).move_by_offset(pixels - half, 0);
        hand.perform().await.unwrap_or_else(|error| panic!("{id} cannot be held: {error}"));
    }

    /// Lets go of what [`Window::hold`] took.
    pub(crate) async fn let_go(&self) {
        self.driver.action_chain().release().perform().await.expect("the button can be let go");
    }

    /// Presses keys in the window, as `Key::Control + "z"`.
    pub(crate) async fn press(&self, keys: impl Into<TypingData>) {
        let body = self.driver.find(By::Tag("body")).await.expect("the page has a body");
        body.send_keys(keys).await.expect("keys reach the page");
    }

    /// Presses a key where the focus is.
    pub(crate) async fn key(&self, key: Key) {
        self.driver.action_chain().send_keys(key + "").perform().await.expect("a key reaches the page");
    }

    /// Presses a key with another one held, where the focus is.
    pub(crate) async fn chord(&self, held: Key, key: &str) {
        let pressed = self.driver.action_chain().key_down(held.clone()).send_keys(key).key_up(held);
        pressed.perform().await.expect("keys reach the page");
    }

    /// Pastes a text into the page, as from the clipboard.
    pub(crate) async fn paste(&self, text: &str) {
        let script = "const data = new DataTransfer();
            data.setData('text/plain', arguments[0]);
            document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));";
        self.driver.execute(script, vec![json!(text)]).await.expect("a text can be pasted");
    }

    /// Types a text into a field in place of what is there.
    pub(crate) async fn write(&self, id: &str, text: &str) {
        let field = self.element(id).await;
        field.click().await.expect("the field can be entered");
        field.send_keys(Key::Control + "a").await.expect("its text can be selected");
        field.send_keys(text).await.expect("text can be typed");
    }

    /// Types a text into a field and confirms it.
    pub(crate) async fn fill(&self, id: &str, text: &str) {
        self.write(id, text).await;
        self.press_in(id, Key::Enter).await;
    }

    /// Presses a key in an element.
    pub(crate) async fn press_in(&self, id: &str, key: Key) {
        let pressed = self.element(id).await.send_keys(key + "").await;
        pressed.unwrap_or_else(|error| panic!("{id} takes no keys: {error}"));
    }

    /// Presses the button or enters the field that is called so, or whose name begins so, as a reader of its words does.
    pub(crate) async fn click_named(&self, name: &str) {
        let named =
            format!("starts-with(normalize-space(.), '{name}') or starts-with(@aria-label, '{name}')");
        let query = self.driver.query(By::XPath(format!("//*[self::button or self::input][{named}]")));
        let element = query.wait(PATIENCE, GLANCE).and_clickable().first().await;
        let element = element.unwrap_or_else(|error| panic!("{name} cannot be pressed: {error}"));
        element.click().await.unwrap_or_else(|error| panic!("{name} cannot be pressed: {error}"));
    }

    /// Types a text, or presses keys, where the focus is.
    pub(crate) async fn type_here(&self, keys: impl Into<TypingData>) {
        let focused = self.driver.active_element().await.expect("something has the focus");
        focused.send_keys(keys).await.expect("keys reach what has the focus");
    }

    /// Chooses from a list that opens below its button.
    pub(crate) async fn choose(&self, id: &str, option: &str) {
        self.click(id).await;
        let option = format!("{id}-{option}");
        // The list is laid over the sheet a frame after it is there.
        let on_top = format!(
            "const option = document.querySelector(\"[data-testid='{option}']\");
             option?.scrollIntoView({{ block: 'nearest' }});
             const box = option?.getBoundingClientRect();
             const hit = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
             return !!hit && option.contains(hit)"
        );
        self.until(&format!("{option} to lie on top"), &on_top).await;
        self.click(&option).await;
        self.until_gone(&option).await;
    }

    /// Waits until the element of that test id is in a state, as its `data-state` says.
    pub(crate) async fn until_state(&self, id: &str, state: &str) {
        let condition =
            format!("return document.querySelector(\"[data-testid='{id}']\")?.dataset.state === '{state}'");
        self.until(&format!("{id} to be {state}"), &condition).await;
    }

    /// Waits until a button can be pressed.
    pub(crate) async fn until_able(&self, id: &str) {
        let condition =
            format!("return document.querySelector(\"[data-testid='{id}']\")?.disabled === false");
        self.until(&format!("{id} to be possible"), &condition).await;
    }

    /// Waits until an element says something.
    pub(crate) async fn until_text(&self, id: &str, part: &str) {
        let condition = format!(
            "return document.querySelector(\"[data-testid='{id}']\")?.textContent.includes({})",
            json!(part)
        );
        self.until(&format!("{id} to say {part}"), &condition).await;
    }

    /// Waits until no element has that test id.
    pub(crate) async fn until_gone(&self, id: &str) {
        let condition = format!("return !document.querySelector(\"[data-testid='{id}']\")");
        self.until(&format!("{id} to be gone"), &condition).await;
    }

    /// Waits for a frame in the player.
    pub(crate) async fn until_playable(&self) {
        let condition = "return document.querySelector('video')?.readyState >= 2";
        self.until("a frame of the video", condition).await;
    }

    /// All text inside an element, whether it fits on the screen or not.
    pub(crate) async fn text(&self, id: &str) -> String {
        let text = self.element(id).await.prop("textContent").await.expect("an element has text");
        text.unwrap_or_default()
    }

    /// What a field holds.
    pub(crate) async fn value(&self, id: &str) -> String {
        let value = self.element(id).await.prop("value").await.expect("a field has a value");
        value.unwrap_or_default()
    }

    /// Runs JavaScript in the page.
    pub(crate) async fn script(&self, script: &str) -> ScriptRet {
        self.driver.execute(script, Vec::new()).await.unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Runs JavaScript that calls its last argument when it has an answer.
    pub(crate) async fn script_later(&self, script: &str) -> ScriptRet {
        self.script_with(script, Vec::new()).await
    }

    /// As [`Window::script_later`], with arguments before the last one.
    pub(crate) async fn script_with(&self, script: &str, arguments: Vec<serde_json::Value>) -> ScriptRet {
        self.driver.set_script_timeout(PATIENCE).await.expect("the time limit is taken");
        let answer = self.driver.execute_async(script, arguments).await;
        answer.unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Waits until a JavaScript condition holds.
    pub(crate) async fn until(&self, what: &str, condition: &str) {
        self.until_within(what, condition, PATIENCE).await;
    }

    /// As [`Window::until`], for what takes longer.
    pub(crate) async fn until_within(&self, what: &str, condition: &str, patience: Duration) {
        let wait = async {
            loop {
                if self.holds(condition).await {
                    return;
                }
                tokio::time::sleep(GLANCE).await;
            }
        };
        tokio::time::timeout(patience, wait).await.unwrap_or_else(|_| panic!("waited for {what} in vain"));
    }

    /// Whether a JavaScript condition holds now. While the page gives way to the next one, nothing does.
    async fn holds(&self, condition: &str) -> bool {
        match self.driver.execute(condition, Vec::new()).await {
            Ok(answer) => answer.convert::<bool>().unwrap_or(false),
            Err(error) if error.to_string().contains("unload") => false,
            Err(error) => panic!("{condition}: {error}"),
        }
    }

    /// Waits until pictures stand on the timeline.
    pub(crate) async fn until_pictures(&self) {
        let drawn = "return [...document.querySelectorAll(\"[data-testid='track'] canvas\")].some((tile) => {
            const lane = tile.getContext('2d').getImageData(0, tile.height * 60 / tile.clientHeight, tile.width, 20);
            return lane.data.filter((value, index) => index % 4 === 0 && value > 200).length > 300;
        })";
        self.until("pictures in their lane", drawn).await;
    }

    /// A picture of the page as PNG, taken when nothing moves any more. Frames of the player differ a little from machine to
    /// machine, so the player is left out.
    pub(crate) async fn screenshot(&self) -> Vec<u8> {
        // What nobody knows the end of moves on and on.
        self.script(
            "document.getAnimations().filter((one) => one.effect.getTiming().iterations === Infinity)
                 .forEach((one) => one.cancel())",
        )
        .await;
        self.until("the page to come to rest", "return document.getAnimations().length === 0").await;
        self.show_player(false).await;
        let painted =
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(true)))";
        self.script_later(painted).await;
        let picture = screen_at_rest();
        self.show_player(true).await;
        picture
    }

    /// A picture of the page as PNG with the frame that the player shows, which is drawn over the player for the moment.
    pub(crate) async fn screenshot_with_player(&self) -> Vec<u8> {
        let cover = "const video = document.querySelector('video');
            if (!video || video.readyState < 2) return;
            const cover = document.createElement('canvas');
            [cover.id, cover.width, cover.height] = ['player-cover', video.videoWidth, video.videoHeight];
            cover.getContext('2d').drawImage(video, 0, 0);
            Object.assign(cover.style, { position: 'absolute', inset: '0', width: '100%', height: '100%',
                objectFit: 'contain' });
            video.after(cover)";
        self.script(cover).await;
        let picture = self.screenshot().await;
        self.script("document.getElementById('player-cover')?.remove()").await;
        picture
    }

    /// Pictures of the page in the dark and in the light look.
    pub(crate) async fn screenshots(&self) -> [Vec<u8>; 2] {
        let dark = self.screenshot().await;
        self.script("document.documentElement.dataset.theme = 'light'").await;
        let light = self.screenshot().await;
        self.script("document.documentElement.dataset.theme = 'dark'").await;
        [dark, light]
    }

    async fn show_player(&self, shown: bool) {
        let visibility = if shown { "" } else { "hidden" };
        let script = "const video = document.querySelector('video'); if (video) video.style.visibility";
        self.script(&format!("{script} = '{visibility}'")).await;
    }
}

/// What stands on the screen when it does not change any more, as PNG. The driver itself takes no picture of a page that is painted without
/// acceleration: its answer never comes.
fn screen_at_rest() -> Vec<u8> {
    let mut before = screen();
    for _ in 0..MOST_GLANCES {
        let now = screen();
        if now == before {
            return now;
        }
        before = now;
    }
    panic!("the screen does not come to rest");
}

fn screen() -> Vec<u8> {
    let scratch = testkit::Folder::new();
    let file = scratch.file("screen.png");
    let place = format!("{}+0,0", std::env::var("DISPLAY").expect("a display, as of xvfb-run"));
    let size = format!("{}x{}", SIZE.0, SIZE.1);
    let grab = ["-f", "x11grab", "-draw_mouse", "0", "-video_size", &size, "-i", &place, "-frames:v", "1"];
    testkit::ffmpeg(grab.into_iter().chain([file.to_str().expect("temporary paths are UTF-8")]));
    std::fs::read(&file).expect("ffmpeg wrote the picture")
}

/// A session with the program. A driver that does not come to life on a busy machine is started again.
async fn start(setup: &Setup<'_>) -> (WebDriver, Server) {
    let mut capabilities = Capabilities::new();
    capabilities
        .set("webkitgtk:browserOptions", json!({ "binary": program("standout-app"), "args": [] }))
        .expect("capabilities are JSON");
    let mut last = String::from("it does not answer");
    for _ in 0..STARTS {
        let port = free_port();
        let server = Server::start(port, setup);
        let session = async {
            loop {
                match WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities.clone()).await {
                    Ok(driver) => return driver,
                    Err(error) => last = error.to_string(),
                }
                tokio::time::sleep(GLANCE).await;
            }
        };
        if let Ok(driver) = tokio::time::timeout(START_PATIENCE, session).await {
            return (driver, server);
        }
    }
    panic!("no session with the window after {STARTS} starts: {last}");
}

/// A port that nothing listens on at the moment.
fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
    listener.local_addr().expect("a bound port has an address").port()
}

/// The sample programme that comes with the project.
pub(crate) fn sample() -> PathBuf {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/sample/standout-sample.mp4");
    path.canonicalize().expect("make it first with `make sample`")
}

/// The built program of that name, beside the tests' own.
pub(crate) fn program(name: &str) -> PathBuf {
    let tests = std::env::current_exe().expect("a test knows its own file");
    let program = tests.parent().and_then(Path::parent).expect("tests lie in target/PROFILE/deps").join(name);
    assert!(program.is_file(), "build it first with `cargo build --workspace`: {}", program.display());
    program
}
