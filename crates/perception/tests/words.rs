//! Which lines stand out, in texts of four languages about nothing, with one passage that matters.

#![allow(clippy::expect_used, reason = "a failed expectation stops the test where it stands")]

use model::{Cue, Evidence, MediaTime, Series, TimeRange, Utterance};
use standout_perception::words;

const ENGLISH: (&[&str], [&str; 2]) = (
    &[
        "The shelf is next to the window, as before.",
        "We usually order paper in spring.",
        "He parks the van behind the hall.",
        "There is tea in the second cupboard.",
        "The window is closed in the evening.",
        "In spring the hall is painted.",
        "The van is washed on the last day of the month.",
        "Paper goes on the second shelf.",
        "She reads the list in the evening.",
        "The tea is cold by then.",
    ],
    ["They found the boy under the ice, and he was alive!", "Nobody believed it, it was a miracle."],
);
const SPANISH: (&[&str], [&str; 2]) = (
    &[
        "La mesa está junto a la ventana.",
        "En primavera pintamos la sala.",
        "El papel está en el segundo armario.",
        "Por la tarde cerramos la ventana.",
        "La lista está sobre la mesa.",
        "El martes limpian la sala.",
        "El armario se abre con la llave pequeña.",
        "Por la tarde leemos la lista.",
        "La llave está en la mesa.",
        "El papel llega el martes.",
    ],
    ["¡Encontraron al niño bajo el hielo, vivo!", "Nadie lo creía, fue un milagro."],
);
const CHINESE: (&[&str], [&str; 2]) = (
    &[
        "桌子在窗户旁边。",
        "春天我们粉刷大厅。",
        "纸放在第二个柜子里。",
        "晚上我们关窗户。",
        "名单在桌子上。",
        "星期二打扫大厅。",
        "柜子用小钥匙打开。",
        "晚上我们看名单。",
        "钥匙在桌子上。",
        "纸星期二送来。",
    ],
    ["他们在冰下找到了那个男孩，他还活着！", "没有人敢相信，这是奇迹。"],
);
const JAPANESE: (&[&str], [&str; 2]) = (
    &[
        "机は窓のそばにあります。",
        "春に広間を塗ります。",
        "紙は二番目の棚にあります。",
        "夕方に窓を閉めます。",
        "名簿は机の上にあります。",
        "火曜日に広間を掃除します。",
        "棚は小さな鍵で開けます。",
        "夕方に名簿を読みます。",
        "鍵は机の上にあります。",
        "紙は火曜日に届きます。",
    ],
    ["氷の下で男の子が見つかった、生きてる！", "誰も信じられない、奇跡だ。"],
);

fn range(from: usize, to: usize) -> TimeRange {
    TimeRange::new(MediaTime::from_whole_seconds(from as i64), MediaTime::from_whole_seconds(to as i64))
}

/// Three seconds a line, a second between them.
fn shown(lines: &[&str]) -> Evidence {
    let cue = |(at, text): (usize, &&str)| Cue { range: range(4 * at, 4 * at + 3), text: (*text).to_owned() };
    Evidence {
        duration: MediaTime::from_whole_seconds(4 * lines.len() as i64),
        signals: Default::default(),
        sound_events: Default::default(),
        cuts: Vec::new(),
        utterances: Vec::new(),
        silences: Vec::new(),
        fades: Vec::new(),
        cues: lines.iter().enumerate().map(cue).collect(),
    }
}

fn mean(words: &Series, range: TimeRange) -> f32 {
    let values = words.slice(range);
    values.iter().sum::<f32>() / values.len() as f32
}

#[test]
fn the_passage_that_matters_stands_out_in_four_languages() {
    for (calm, strong) in [ENGLISH, SPANISH, CHINESE, JAPANESE] {
        let mut lines = calm.to_vec();
        lines.splice(6..6, strong);
        let words = words(&shown(&lines)).expect("there is enough to tell");
        let matters = mean(&words, range(24, 31));
        for other in (0..lines.len()).filter(|at| !(5..=8).contains(at)) {
            let calm = mean(&words, range(4 * other, 4 * other + 3));
            assert!(
                calm < 0.6 * matters,
                "“{}” ({calm}) stands back behind {strong:?} ({matters})",
                lines[other]
            );
        }
    }
}

/// Two calm lines between calm lines; the one with the marks of the spoken must stand out more.
#[track_caller]
fn check(plain: &str, telling: &str, why: &str) {
    let of = |line: &str| {
        let mut lines = ENGLISH.0.to_vec();
        lines.insert(5, line);
        mean(&words(&shown(&lines)).expect("there is enough to tell"), range(20, 23))
    };
    let (plain, telling) = (of(plain), of(telling));
    assert!(plain < telling, "{why} stands out: {telling} against {plain}");
}

#[test]
fn emphasis_sounds_and_names_stand_out() {
    check("the garden is large", "the garden is LARGE!", "what is exclaimed");
    check("the garden is large", "[sobbing]", "a described sound");
    check("the garden is large", "（笑声）", "a described sound in another script");
    check("the garden is behind the wall", "the garden of Amelia Earhart is 1937", "a name and a figure");
    check("the window is closed", "the window is haunted", "a word that is nowhere else");
}

#[test]
fn descriptions_count_wherever_they_stand_if_a_viewer_should_notice_them() {
    check("I went out", "[laughs] I went out", "a laugh before what is said");
    check("- I went out\n- and I", "- [laughs]\n- [gasps]", "two described sounds");
    check("[music]", "the garden is large", "what is said beside music");
    check("[speaks Spanish]", "the garden is large", "what is said beside the name of a language");
    // Three lines are too few to tell which words are rare.
    let few = |line| words(&shown(&["the garden is large", line, "the tea is cold"]));
    assert_eq!(few("[music]"), None, "music is nothing to notice");
    let sobbing = few("[sobbing]").expect("a sob is told");
    assert!(mean(&sobbing, range(0, 3)) < mean(&sobbing, range(4, 7)), "where it is heard");
}

#[test]
fn a_greeting_is_no_moment() {
    for greeting in
        ["Hello and welcome back.", "Hola y bienvenidos.", "大家好，欢迎回来。", "こんにちは、お帰りなさい。"]
    {
        let mut lines = ENGLISH.0.to_vec();
        lines.splice(6..6, ENGLISH.1);
        lines.insert(0, greeting);
        let words = words(&shown(&lines)).expect("there is enough to tell");
        let (greets, matters) = (mean(&words, range(0, 3)), mean(&words, range(28, 35)));
        assert!(greets < 0.6 * matters, "{greeting} ({greets}) stands back behind what matters ({matters})");
    }
}

#[test]
fn what_is_said_again_and_again_in_one_place_is_stressed() {
    // Three lines about a comet, side by side or far apart; the one in the middle of the text is looked at.
    let middle = |before: usize, after: usize| {
        let mut lines = ENGLISH.0.to_vec();
        lines.insert(after, "the comet is high");
        lines.insert(5, "the comet is blue");
        lines.insert(before, "the comet is old");
        mean(&words(&shown(&lines)).expect("there is enough to tell"), range(24, 27))
    };
    let (apart, together) = (middle(0, 10), middle(4, 6));
    assert!(apart < together, "a word that comes again nearby is stressed: {together} against {apart}");
}

#[test]
fn an_answer_counts_more_than_the_same_words_unasked() {
    let answer = |before: &str| {
        let mut lines = ENGLISH.0.to_vec();
        lines.splice(4..4, [before, "my brother took it"]);
        mean(&words(&shown(&lines)).expect("there is enough to tell"), range(20, 23))
    };
    assert!(answer("who has the key.") < answer("who has the key?"), "what was asked is answered");
}

#[test]
fn a_transcript_tells_where_no_subtitle_does() {
    let mut lines = ENGLISH.0.to_vec();
    lines.splice(6..6, ENGLISH.1);
    let shown = shown(&lines);
    let said = shown.cues.iter().map(|cue| Utterance { range: cue.range, text: Some(cue.text.clone()) });
    let spoken = Evidence { utterances: said.collect(), cues: Vec::new(), ..shown.clone() };
    assert_eq!(words(&spoken), words(&shown), "the same words tell the same, read or heard");
    assert_eq!(words(&Evidence { cues: Vec::new(), ..shown }), None, "without words nothing is told");
}
