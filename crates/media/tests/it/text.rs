//! Cues from files beside a video and from streams inside it.

use media::{MediaError, read_subtitles};
use model::{Cue, TimeRange};
use testkit::{Clip, Container, Folder};

use crate::common::{analyse, seconds};

const SRT: &str = "1\n00:00:00,500 --> 00:00:01,250\n<i>First</i> line\nsecond line\n\n2\n00:00:02,000 --> 00:00:03,000\nNaïve, isn't it?\n";

fn cue(start: f64, end: f64, text: &str) -> Cue {
    Cue { range: TimeRange::new(seconds(start), seconds(end)), text: text.to_owned() }
}

fn expected() -> Vec<Cue> {
    vec![cue(0.5, 1.25, "First line\nsecond line"), cue(2.0, 3.0, "Naïve, isn't it?")]
}

#[test]
fn sidecars_of_every_kind_and_encoding_are_read() {
    let folder = Folder::new();
    let check = |name: &str, bytes: &[u8]| {
        let path = folder.file(name);
        std::fs::write(&path, bytes).expect("a temporary folder can be written to");
        assert_eq!(
            read_subtitles(&path).expect("the subtitle can be read"),
            expected(),
            "the cues of {name}"
        );
    };
    check("plain.srt", SRT.as_bytes());
    check("windows.srt", SRT.replace('\n', "\r\n").as_bytes());
    check("marked.srt", &[b"\xEF\xBB\xBF", SRT.as_bytes()].concat());
    let utf16: Vec<u8> = format!("\u{feff}{SRT}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    check("utf16.srt", &utf16);
    let latin1: Vec<u8> = SRT.chars().map(|letter| letter as u8).collect();
    check("latin1.srt", &latin1);
    check("UPPER.SRT", SRT.as_bytes());
    let vtt = "WEBVTT\n\n00:00.500 --> 00:01.250\n<v Anna><i>First</i> line\nsecond line\n\n00:02.000 --> 00:03.000\nNaïve, isn't it?\n";
    check("web.vtt", vtt.as_bytes());
    let ass = "[Script Info]\nScriptType: v4.00+\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\nDialogue: 0,0:00:00.50,0:00:01.25,Default,,0,0,0,,{\\i1}First{\\i0} line\\Nsecond line\nDialogue: 0,0:00:02.00,0:00:03.00,Default,,0,0,0,,Naïve, isn't it?\n";
    check("styled.ass", ass.as_bytes());
    check("styled.ssa", ass.as_bytes());
}

#[test]
fn embedded_cues_ride_along_with_the_pass() {
    let folder = Folder::new();
    let subtitle = folder.file("text.srt");
    std::fs::write(&subtitle, SRT).expect("a temporary folder can be written to");
    for container in [Container::Mp4, Container::Mkv] {
        let clip = Clip { subtitle: Some(subtitle.clone()), container, ..Clip::default() };
        let (info, decoded, _) =
            analyse(&clip.write(&folder, "with-text")).expect("the clip can be analysed");
        assert!(info.text[0].is_text, "the text stream can be read");
        assert_eq!(decoded.cues, expected(), "the cues of {container:?}");
    }
}

#[test]
fn what_is_no_subtitle_is_refused() {
    let folder = Folder::new();
    let missing = read_subtitles(&folder.file("missing.srt"));
    assert!(matches!(missing, Err(MediaError::NotFound { .. })), "{missing:?}");
    let video = Clip::default().write(&folder, "video");
    let refused = read_subtitles(&video);
    assert!(matches!(refused, Err(MediaError::NotMedia { .. })), "{refused:?}");
}
