//! The page docs/guide.md, walked as its reader walks it. What it says and what is done here cannot part: every step of
//! the page is a step here, every key and every name in bold of a step is pressed or seen in it, and nothing else is.

use std::path::{Path, PathBuf};

use testkit::Folder;
use thirtyfour::prelude::*;

use crate::screenshots::{compare_at, compare_small};
use crate::window::{Setup, Window, sample};

/// Pixels; of the guide's pictures.
const WIDTH: u32 = 960;

/// Whether the player, if there is one, has come to the frame of its timecode, which is cut to hundredths.
const AT_PLAYHEAD: &str = "
    const video = document.querySelector('video');
    if (!video) return true;
    const shown = document.querySelector(\"[data-testid='timecode']\").textContent.split('/')[0].trim();
    const [minutes, seconds] = shown.split(':').map(Number);
    return video.readyState >= 2 && !video.seeking && Math.abs(video.currentTime - minutes * 60 - seconds) < 0.05;";

/// A step of the page that has not been walked to its end.
struct Step {
    heading: String,
    /// What it calls by name, and the keys, that have not been used yet.
    names: Vec<String>,
    keys: Vec<String>,
    pictures: Vec<String>,
}

/// The page, from the step that is walked to its end.
struct Guide {
    step: Option<Step>,
    left: std::vec::IntoIter<Step>,
}

impl Guide {
    fn open() -> Self {
        let page = std::fs::read_to_string(docs().join("guide.md")).expect("the guide can be read");
        let steps =
            page.split("\n## ").skip(1).filter(|step| step.starts_with(|first: char| first.is_numeric()));
        Self { step: None, left: steps.map(read).collect::<Vec<_>>().into_iter() }
    }

    /// Goes on to the next step, which must be called so.
    fn step(&mut self, heading: &str) {
        self.finish_step();
        let next = self.left.next().unwrap_or_else(|| panic!("the guide has no step {heading}"));
        assert_eq!(next.heading, heading, "the guide's next step is the one that is walked");
        self.step = Some(next);
    }

    fn finish_step(&mut self) {
        let Some(step) = self.step.take() else { return };
        let heading = &step.heading;
        assert!(step.names.is_empty(), "what {heading} names is pressed or seen: {:?}", step.names);
        assert!(step.keys.is_empty(), "the keys of {heading} are pressed: {:?}", step.keys);
        assert!(step.pictures.is_empty(), "the pictures of {heading} are taken: {:?}", step.pictures);
    }

    fn end(mut self) {
        self.finish_step();
        let left: Vec<_> = self.left.map(|step| step.heading).collect();
        assert!(left.is_empty(), "every step of the guide is walked: {left:?}");
    }

    fn now(&mut self) -> &mut Step {
        self.step.as_mut().expect("a step is walked")
    }

    /// Presses what the step names.
    async fn press(&mut self, window: &Window, name: &str) {
        take(&mut self.now().names, name);
        window.click_named(name).await;
    }

    /// Waits until the window says what the step says it does.
    async fn see(&mut self, window: &Window, text: &str) {
        take(&mut self.now().names, text);
        window.until(text, &format!("return document.body.innerText.includes('{text}')")).await;
    }

    /// Presses a key that the step tells to press.
    async fn key(&mut self, window: &Window, name: &str) {
        take(&mut self.now().keys, name);
        window.press(keys(name)).await;
    }

    /// As [`Guide::key`], where the focus is in a field.
    async fn key_in_field(&mut self, window: &Window, name: &str) {
        take(&mut self.now().keys, name);
        window.type_here(keys(name)).await;
    }

    /// Takes the step's picture.
    async fn picture(&mut self, window: &Window) {
        let picture = self.now().pictures.pop().expect("the step shows a picture here");
        window.until("the frame at the playhead", AT_PLAYHEAD).await;
        compare_small(&docs().join(picture), WIDTH, &window.screenshot_with_player().await);
    }
}

/// Reads a step; lines that begin with `>` are for readers whose window shows something else.
fn read(step: &str) -> Step {
    let (heading, text) = step.split_once('\n').expect("a step has a text");
    let lines =
        text.lines().take_while(|line| !line.starts_with("## ")).filter(|line| !line.starts_with('>'));
    let text = lines.collect::<Vec<_>>().join(" ").replace("```", "");
    let between = |mark: &str| text.split(mark).skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    let pictures =
        text.split("](").skip(1).filter_map(|link| link.split_once(')')).map(|(path, _)| path.to_owned());
    Step {
        heading: heading.to_owned(),
        names: between("**"),
        keys: between("`"),
        pictures: pictures.collect(),
    }
}

/// Removes what is used now from what the step still holds.
fn take(left: &mut Vec<String>, used: &str) {
    let place = left.iter().position(|one| one == used);
    left.remove(
        place.unwrap_or_else(|| panic!("the step of the guide tells of {used}; it still holds {left:?}")),
    );
}

/// The keys of a combination as the page writes it.
fn keys(name: &str) -> String {
    let key = |part: &str| match part {
        "Ctrl" => Key::Control.value(),
        "Shift" => Key::Shift.value(),
        "Enter" => Key::Enter.value(),
        "Delete" => Key::Delete.value(),
        "↑" => Key::Up.value(),
        "↓" => Key::Down.value(),
        letter => letter.chars().next().expect("a key has a name").to_ascii_lowercase(),
    };
    name.split('+').map(key).collect()
}

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs")
}

/// What a new user has: a video, and subtitles beside it.
fn own_video(folder: &Folder) -> PathBuf {
    let video = folder.file("my-talk.mp4");
    std::fs::copy(sample(), &video).unwrap();
    let subtitles = "1\n00:00:02,000 --> 00:00:05,000\nGood evening from the harbour.\n\n\
                     2\n00:00:06,000 --> 00:00:09,000\nThe whale was seen at noon.\n\n\
                     3\n00:00:10,000 --> 00:00:13,000\nNobody believed the keeper.\n";
    std::fs::write(folder.file("my-talk.srt"), subtitles).unwrap();
    video
}

async fn until_judgements(window: &Window, expected: &str) {
    let judgements =
        "[...document.querySelectorAll('[data-judgement]')].map((card) => card.dataset.judgement).join(' ')";
    window.until(expected, &format!("return {judgements} === '{expected}'")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_guide_takes_a_new_user_from_a_clean_home_to_clips() {
    let (home, folder, clips) = (Folder::new(), Folder::new(), Folder::new());
    let variables = vec![("STANDOUT_TEST_FOLDER".to_owned(), clips.path().into())];
    let setup = Setup { opens: vec![own_video(&folder)], variables, ..Setup::new(home.path()) };
    let mut guide = Guide::open();

    guide.step("1. Start Standout");
    let window = Window::open(&setup).await;
    guide.see(&window, "Drop your videos here").await;
    guide.picture(&window).await;

    open_and_find(&mut guide, &window).await;
    judge(&mut guide, &window).await;
    words_and_title(&mut guide, &window).await;
    export(&mut guide, &window).await;
    assert_eq!(std::fs::read_dir(clips.path()).unwrap().count(), 2, "both clips are in the folder");

    guide.step("10. Close it, and come back");
    guide.press(&window, "Close").await;
    window.until_gone("export-dialog").await;
    window.close().await;
    let again = Window::open(&setup).await;
    until_judgements(&again, "kept kept dropped undecided").await;
    again.close().await;
    guide.end();
}

async fn open_and_find(guide: &mut Guide, window: &Window) {
    guide.step("2. Open your video");
    guide.press(window, "Open…").await;
    window.until_text("material-1", "my-talk.mp4").await;
    window.until_playable().await;
    window.until_pictures().await;
    guide.picture(window).await;

    guide.step("3. Find the highlights");
    guide.see(window, "What to look for").await;
    guide.press(window, "Find highlights").await;
    window.until_state("material-1", "done").await;
    until_judgements(window, "undecided undecided undecided").await;
    window.element("find").await;
    window.until_pictures().await;
    guide.picture(window).await;
}

async fn judge(guide: &mut Guide, window: &Window) {
    guide.step("4. Watch one");
    guide.key(window, "/").await;
    window.until("the highlight to play", "return !document.querySelector('video').paused").await;
    guide.key(window, "E").await;
    window.until("its ending to play", "return document.querySelector('video').currentTime > 45").await;
    window.until("the player to stop at its end", "return document.querySelector('video').paused").await;

    guide.step("5. Keep or drop");
    guide.key(window, "Enter").await;
    until_judgements(window, "kept undecided undecided").await;
    guide.key(window, "↓").await;
    guide.key(window, "Delete").await;
    until_judgements(window, "kept dropped undecided").await;
    guide.key(window, "Ctrl+Z").await;
    until_judgements(window, "kept undecided undecided").await;
    guide.key(window, "Ctrl+Shift+Z").await;
    until_judgements(window, "kept dropped undecided").await;
    guide.picture(window).await;
    compare_at(&docs().join("window.png"), &window.screenshot_with_player().await);

    guide.step("6. Put its ends right");
    guide.key(window, "↑").await;
    let first = window.numbered("highlight").await.remove(0);
    let times = [format!("{first}-in"), format!("{first}-out")];
    let before = [window.value(&times[0]).await, window.value(&times[1]).await];
    window.drag(&format!("{}-end", first.replace("highlight", "range")), -24).await;
    let field = |id: &str| format!("document.querySelector(\"[data-testid='{id}']\").value");
    window.until("the end to move", &format!("return {} !== '{}'", field(&times[1]), before[1])).await;
    let dragged = [window.value(&times[0]).await, window.value(&times[1]).await];
    guide.key(window, "]").await;
    let moved = format!(
        "return {} !== '{}' || {} !== '{}'",
        field(&times[0]),
        dragged[0],
        field(&times[1]),
        dragged[1]
    );
    window.until("an end to move by a frame", &moved).await;
}

async fn words_and_title(guide: &mut Guide, window: &Window) {
    guide.step("7. Make a clip of what is said");
    take(&mut guide.now().names, "Transcribe speech…");
    window.until_text("transcribe", "Transcribe speech…").await;
    guide.key(window, "W").await;
    guide.press(window, "Search the words").await;
    window.type_here("whale was").await;
    window.until_text("transcript-found", "1 place").await;
    guide.key_in_field(window, "Enter").await;
    window.until("the player to go there", "return document.querySelector('video').currentTime > 6").await;
    window.element("transcript-range").await;
    guide.picture(window).await;
    guide.press(window, "New range").await;
    guide.key(window, "W").await;
    until_judgements(window, "undecided kept dropped undecided").await;

    guide.step("8. Give it a title");
    guide.key(window, "T").await;
    window.until("the title to be written", "return document.activeElement?.tagName === 'INPUT'").await;
    window.type_here("The whale").await;
    guide.key_in_field(window, "Enter").await;
    window.until("the title to be taken", "return document.activeElement?.tagName !== 'INPUT'").await;
    guide.key(window, "Enter").await;
    until_judgements(window, "kept kept dropped undecided").await;
    guide.picture(window).await;
}

async fn export(guide: &mut Guide, window: &Window) {
    guide.step("9. Export the clips");
    guide.press(window, "Export…").await;
    guide.press(window, "Choose…").await;
    window.until_text("export-name-0", "my-talk-0.mp4").await;
    window.until_able("export-start").await;
    guide.press(window, "Export 2 clips").await;
    guide.see(window, "2 clips written").await;
    guide.picture(window).await;
}
