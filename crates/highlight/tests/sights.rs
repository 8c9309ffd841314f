//! What pictures show: where it is a tag, under which name, and what is said where nobody can look.

use std::collections::BTreeMap;

use model::job::Strategy;
use model::{Evidence, MediaTime, PictureEmbeddings, Series, Signal, Tag, TimeRange};
use standout_highlight::{Cause, Constraints, NEUTRAL, Sights, choose, choose_seeing, sought};

fn seconds(value: i64) -> MediaTime {
    MediaTime::from_whole_seconds(value)
}

/// A minute in which something loud happens from 20 s to 30 s.
fn material() -> Evidence {
    let loud = |hop: usize| if (200..300).contains(&hop) { 0.0 } else { -30.0 + (hop % 7) as f32 / 10.0 };
    let series = Series::new(Evidence::HOP, (0..600).map(loud).collect());
    Evidence {
        duration: seconds(60),
        signals: BTreeMap::from([(Signal::Loudness, series.clone()), (Signal::Fullness, series)]),
        sound_events: BTreeMap::new(),
        cuts: Vec::new(),
        utterances: Vec::new(),
        silences: Vec::new(),
        fades: Vec::new(),
        cues: Vec::new(),
    }
}

/// Digits are tenths of how well a picture fits, two seconds each; `#` is all but certain.
fn seen(strips: &[(&str, &str)]) -> Sights {
    let value = |sign: u8| if sign == b'#' { 0.99 } else { f32::from(sign - b'0') / 10.0 };
    let series = |strip: &str| Series::new(PictureEmbeddings::HOP, strip.bytes().map(value).collect());
    Sights(strips.iter().map(|(name, strip)| ((*name).to_owned(), series(strip))).collect())
}

fn asked(actions: &[&str]) -> Strategy {
    Strategy {
        count: 1,
        clip_duration: seconds(15),
        enable_action_recognition: true,
        custom_actions: actions.iter().map(|action| (*action).to_owned()).collect(),
        ..Strategy::default()
    }
}

fn tags(sights: &Sights, actions: &[&str]) -> Vec<Tag> {
    let choice = choose_seeing(&material(), sights, &asked(actions), &Constraints::default());
    choice.highlights.into_iter().flat_map(|highlight| highlight.tags).collect()
}

#[test]
fn what_is_seen_in_a_highlight_is_its_tag() {
    // Kissing is seen from 22 s to 26 s, dancing far away, swimming never for sure.
    let sights = seen(&[
        ("Kiss", "00000000000##00000000000000000"),
        ("Dance", "000000000000000000000000000##0"),
        ("Swimming", "888888888888888888888888888888"),
        ("skate", "000000000000#00000000000000000"),
    ]);
    let found = tags(&sights, &["kiss", "skate"]);
    let names: Vec<&str> = found.iter().map(|tag| tag.name.as_str()).collect();
    assert_eq!(names, ["kiss", "skate"], "under the editor's names, and nothing that is elsewhere or unsure");
    assert_eq!(found[0].range, TimeRange::new(seconds(22), seconds(26)), "where it is seen");
    assert!(found.iter().all(|tag| (0.9..=1.0).contains(&tag.confidence)), "it is certain: {found:?}");
    let own = tags(&sights, &[]);
    let names: Vec<&str> = own.iter().map(|tag| tag.name.as_str()).collect();
    assert_eq!(names, ["Kiss"], "nobody asked for the other");
}

#[test]
fn pictures_have_no_say_in_which_moments_are_chosen() {
    let sights = seen(&[("Kiss", "##0000000000000000000000000000")]);
    let ranges = |sights: &Sights| -> Vec<TimeRange> {
        let choice = choose_seeing(&material(), sights, &asked(&["kiss"]), &Constraints::default());
        choice.highlights.into_iter().map(|highlight| highlight.range).collect()
    };
    assert_eq!(ranges(&sights), ranges(&Sights::default()));
}

#[test]
fn a_tag_that_somebody_can_look_for_is_not_told_as_unrecognised() {
    let told = |sights: &Sights| -> Vec<(String, Cause)> {
        let strategy = asked(&["kiss", "skate", "滑板", "cry"]);
        let choice = choose_seeing(&material(), sights, &strategy, &Constraints::default());
        choice.unrecognised.into_iter().map(|action| (action.name, action.cause)).collect()
    };
    let named = |name: &str, cause| (name.to_owned(), cause);
    let all = [
        named("kiss", Cause::NeedsPictureModel),
        named("skate", Cause::Unknown),
        named("滑板", Cause::Unknown),
        named("cry", Cause::NeedsSoundModel),
    ];
    assert_eq!(told(&Sights::default()), all, "without an encoder");
    // An encoder looks for everything that is sought, and has found nothing.
    let names = sought(&asked(&["kiss", "skate", "滑板", "cry"])).into_iter().map(|it| it.name);
    let nothing = Series::new(PictureEmbeddings::HOP, Vec::new());
    let looked = Sights(names.map(|name| (name, nothing.clone())).collect());
    assert_eq!(told(&looked), [named("滑板", Cause::Unknown)], "no caption says that");
}

#[test]
fn without_an_encoder_nothing_changes() {
    let strategy = asked(&["kiss"]);
    let without = choose_seeing(&material(), &Sights::default(), &strategy, &Constraints::default());
    assert_eq!(choose(&material(), &strategy), without);
    assert!(NEUTRAL.len() > 3, "there is enough to hold captions against");
}
