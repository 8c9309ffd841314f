//! Seeing, on pictures whose cuts and movements are known because they are made here.

mod scenes;
mod synthetic;

use model::{MediaTime, Picture};
use scenes::{HEIGHT, Scene, WIDTH, frames, motion, watch};
use standout_perception::Perceiver;
use synthetic::seconds;

/// Shots of seven scenes that change at the given times.
fn shots(cuts: &[f64]) -> impl Fn(f64) -> Vec<u8> {
    let scenes: Vec<Scene> = (1..8).map(Scene::new).collect();
    let cuts = cuts.to_vec();
    move |time| {
        let shot = cuts.iter().filter(|cut| **cut <= time + 1e-9).count();
        scenes[shot % scenes.len()].picture(2.0 * time as f32, 0.0, 1.0)
    }
}

#[test]
fn hard_cuts_are_found_where_they_are() {
    let truth = [2.0, 2.48, 5.2, 8.0];
    let (_, evidence) = watch(frames(250, shots(&truth)), 10.0);
    assert_eq!(evidence.cuts, truth.map(seconds));
}

#[test]
fn among_sampled_pictures_a_candidate_holds_the_cut() {
    let truth = [2.03, 5.21, 7.77];
    // Two or three pictures in a row are skipped, as when a decoder leaves out bidirectional ones.
    let sampled =
        frames(250, shots(&truth)).into_iter().enumerate().filter(|(i, _)| i % 7 == 0 || i % 7 == 3);
    let (candidates, _) = watch(sampled.map(|(_, frame)| frame), 10.0);
    assert_eq!(candidates.len(), truth.len(), "{candidates:?}");
    for (candidate, cut) in candidates.iter().zip(truth) {
        assert!(candidate.start <= seconds(cut) && seconds(cut) <= candidate.end, "{candidate} holds {cut}");
    }
}

#[test]
fn exact_cuts_replace_the_candidates() {
    let mut perceiver = Perceiver::new();
    for (time, luma) in frames(100, shots(&[2.0])) {
        perceiver.picture(Picture { time: seconds(time), width: WIDTH, height: HEIGHT, luma: &luma });
    }
    let exact = vec![seconds(3.0), seconds(1.96), seconds(99.0), MediaTime::ZERO];
    let evidence = perceiver.finish(seconds(4.0), Some(exact), Vec::new());
    assert_eq!(evidence.cuts, [seconds(1.96), seconds(3.0)], "in order, and only those inside");
}

#[test]
fn a_picture_that_stays_until_the_next_one_stands_still_and_gives_way_at_a_cut() {
    // A recording that has pictures only where something changes: five slides, then a page that scrolls for two seconds.
    let slides = [0.0, 5.0, 12.0, 16.0, 30.0];
    let still =
        slides.iter().enumerate().map(|(i, time)| (*time, Scene::new(i as u64 + 1).picture(0.0, 0.0, 1.0)));
    let page = Scene::new(5);
    let scrolling = (1..=50).map(|i| (40.0 + f64::from(i) / 25.0, page.picture(0.0, 4.0 * i as f32, 1.0)));
    let (_, evidence) = watch(still.chain(scrolling), 60.0);
    assert_eq!(evidence.cuts, [5.0, 12.0, 16.0, 30.0].map(seconds), "each slide begins a shot");
    let (scrolls, still) =
        (motion(&evidence, 40.2, 42.0), [motion(&evidence, 6.0, 39.0), motion(&evidence, 44.0, 60.0)]);
    assert!(0.0 < scrolls && still == [0.0, 0.0], "only what scrolls moves: {scrolls} against {still:?}");
}

#[test]
fn a_flash_is_neither_a_cut_nor_movement() {
    let scene = Scene::new(1);
    let lit = |time: f64| (2.0..2.12).contains(&time) || (4.0..4.2).contains(&time);
    let make = |time: f64| if lit(time) { vec![250; WIDTH * HEIGHT] } else { scene.picture(0.0, 0.0, 1.0) };
    let (candidates, evidence) = watch(frames(150, make), 6.0);
    assert!(candidates.is_empty(), "{candidates:?}");
    assert!(motion(&evidence, 0.0, 6.0) < 0.5, "light is no movement");
}

#[test]
fn a_flashing_card_is_neither_cut_nor_moving() {
    let scene = Scene::new(1);
    let make = |time: f64| {
        scene.picture(0.0, 0.0, if ((time * 5.0) as usize).is_multiple_of(2) { 1.0 } else { 0.0 })
    };
    let (candidates, evidence) = watch(frames(250, make), 10.0);
    assert!(candidates.len() <= 1, "at most its beginning may look like a cut: {candidates:?}");
    assert!(motion(&evidence, 2.0, 9.0) < 1.0, "flashing is no movement");
}

#[test]
fn things_that_move_count_more_than_a_camera_that_shakes() {
    let (ground, thing) = (Scene::new(1), Scene::new(2));
    let shaken = |time: f64| {
        let (x, y) = (6.0 * (time * 10.0).sin(), 4.0 * (time * 13.0).sin());
        ground.picture(x as f32 + 20.0, y as f32 + 20.0, 1.0)
    };
    let moving = |time: f64| {
        let mut picture = ground.picture(20.0, 20.0, 1.0);
        let other = thing.picture(60.0 * time as f32, 0.0, 1.0);
        for y in 12..60 {
            picture[y * WIDTH + 32..y * WIDTH + 96].copy_from_slice(&other[y * WIDTH + 32..y * WIDTH + 96]);
        }
        picture
    };
    let (_, camera) = watch(frames(100, shaken), 4.0);
    let (_, things) = watch(frames(100, moving), 4.0);
    let (camera, things) = (motion(&camera, 0.5, 3.5), motion(&things, 0.5, 3.5));
    assert!(things > 2.0 * camera, "things move {things}, the shaking camera leaves {camera}");
}

#[test]
fn motion_hardly_depends_on_how_many_pictures_are_sampled() {
    let scene = Scene::new(3);
    let ground = Scene::new(4);
    let make = |time: f64| {
        let mut picture = ground.picture(0.0, 0.0, 1.0);
        let moving = scene.picture(40.0 * time as f32, 0.0, 1.0);
        picture[..WIDTH * 30].copy_from_slice(&moving[..WIDTH * 30]);
        picture
    };
    let all = frames(250, make);
    let some: Vec<_> =
        all.iter().enumerate().filter(|(i, _)| i % 4 == 0).map(|(_, frame)| frame.clone()).collect();
    let (all, some) = (watch(all, 10.0).1, watch(some, 10.0).1);
    let ratio = motion(&some, 1.0, 9.0) / motion(&all, 1.0, 9.0);
    assert!((0.6..1.6).contains(&ratio), "sampled pictures show {ratio} times the motion");
}

#[test]
fn pictures_that_make_no_sense_are_left_out() {
    let mut perceiver = Perceiver::new();
    for (width, height, bytes) in [(0, 0, 0), (128, 72, 10), (usize::MAX, 2, 10)] {
        perceiver.picture(Picture { time: seconds(1.0), width, height, luma: &vec![0; bytes] });
    }
    assert!(perceiver.finish(seconds(2.0), None, Vec::new()).signals.is_empty());
}
