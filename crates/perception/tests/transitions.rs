//! Shots that do not simply end: fades, dissolves, and what only looks like a cut, on pictures that are made here.

mod scenes;
mod synthetic;

use model::{Fade, MediaTime};
use scenes::{HEIGHT, Scene, WIDTH, frames, mixed, thinned, watch};
use synthetic::{Noise, seconds};

/// How far from the truth a fade's ends may be found: two pictures of a decoder that leaves some out.
const TOLERANCE: f64 = 0.26;

fn assert_near(found: MediaTime, truth: f64, what: &str) {
    assert!(found.distance(seconds(truth)) <= seconds(TOLERANCE), "{what} is at {truth} s, found at {found}");
}

/// A shot that goes to one brightness and gives way to another shot.
#[derive(Clone, Copy)]
struct Truth {
    goes: f64,
    blank: f64,
    comes: f64,
    full: f64,
    to: u8,
}

impl Truth {
    /// The pictures of a clip in which this happens; things move in it all the time.
    fn picture(self, time: f64) -> Vec<u8> {
        let scene = Scene::new(if time < (self.blank + self.comes) / 2.0 { 1 } else { 2 });
        let full = scene.picture(3.0 * time as f32, 0.0, 1.0);
        let share = if time < self.blank {
            (time - self.goes) / (self.blank - self.goes).max(1e-9)
        } else {
            (self.full - time) / (self.full - self.comes).max(1e-9)
        };
        mixed(&full, &vec![self.to; WIDTH * HEIGHT], share)
    }
}

fn check_fade(truth: Truth) {
    for keep in [1, 3, 5] {
        let pictures = thinned(frames(250, |time| truth.picture(time)), keep);
        let (_, evidence) = watch(pictures, 10.0);
        assert_eq!(evidence.fades.len(), 1, "one fade, of every {keep} pictures: {:?}", evidence.fades);
        let Fade { range, blank } = evidence.fades[0];
        assert_near(range.start, truth.goes, "the beginning of the fade");
        assert_near(range.end, truth.full, "the end of the fade");
        assert_near(blank.start, truth.blank, "the beginning of the blank");
        assert_near(blank.end, truth.comes, "the end of the blank");
        assert_eq!(evidence.cuts.len(), 1, "one shot follows the other: {:?}", evidence.cuts);
        assert_near(evidence.cuts[0], truth.comes, "the next shot");
    }
}

#[test]
fn fades_through_black_and_white_are_found_with_the_shot_that_follows() {
    for to in [0, 255] {
        check_fade(Truth { goes: 3.0, blank: 4.0, comes: 4.6, full: 5.4, to });
        check_fade(Truth { goes: 3.0, blank: 3.5, comes: 3.5, full: 4.0, to });
        check_fade(Truth { goes: 2.0, blank: 4.5, comes: 6.0, full: 8.0, to });
    }
}

#[test]
fn a_material_may_begin_and_end_in_a_fade() {
    let scene = Scene::new(1);
    let light = |time: f64| ((time - 0.4).min(9.2 - time) as f32).clamp(0.0, 1.0);
    let (_, evidence) = watch(frames(250, |time| scene.picture(0.0, 0.0, light(time))), 10.0);
    assert_eq!(evidence.fades.len(), 2, "a fade at either end: {:?}", evidence.fades);
    let (first, last) = (evidence.fades[0], evidence.fades[1]);
    assert_eq!(first.range.start, MediaTime::ZERO);
    assert_near(first.range.end, 1.4, "the end of the fade in");
    assert_near(last.range.start, 8.2, "the beginning of the fade out");
    assert_eq!(last.blank.end, seconds(10.0), "the black lasts to the end");
    assert!(evidence.cuts.is_empty(), "no shot follows another: {:?}", evidence.cuts);
}

#[test]
fn a_hard_cut_to_black_is_a_cut_and_no_fade() {
    let scene = Scene::new(1);
    let make =
        |time: f64| scene.picture(time as f32, 0.0, if (4.0..6.0).contains(&time) { 0.0 } else { 1.0 });
    let (_, evidence) = watch(frames(250, make), 10.0);
    assert!(evidence.fades.is_empty(), "nothing fades: {:?}", evidence.fades);
    assert_eq!(evidence.cuts, [seconds(4.0), seconds(6.0)]);
}

#[test]
fn dissolves_are_cuts_near_their_middle() {
    for (length, keep) in [(0.6, 1), (1.0, 1), (1.0, 3), (1.0, 5), (2.0, 1), (2.0, 5)] {
        let (before, after) = (Scene::new(1), Scene::new(2));
        let make = |time: f64| {
            let (x, share) = (2.0 * time as f32, (time - 3.0) / length);
            mixed(&before.picture(x, 0.0, 1.0), &after.picture(-x, 0.0, 1.0), share)
        };
        let (_, evidence) = watch(thinned(frames(200, make), keep), 8.0);
        assert_eq!(evidence.cuts.len(), 1, "one dissolve of {length} s is one cut: {:?}", evidence.cuts);
        let middle = seconds(3.0 + length / 2.0);
        assert!(evidence.cuts[0].distance(middle) < seconds(0.4), "{} is near {middle}", evidence.cuts[0]);
        assert!(evidence.fades.is_empty(), "a dissolve never goes dark: {:?}", evidence.fades);
    }
}

/// No cut and no fade in pictures of one shot.
fn check_one_shot(what: &str, make: impl Fn(f64) -> Vec<u8>) {
    let all = frames(250, make);
    for keep in [1, 3, 5] {
        let (cuts, evidence) = watch(thinned(all.clone(), keep), 10.0);
        assert!(cuts.is_empty(), "{what} is no cut (every {keep} pictures): {cuts:?}");
        assert!(evidence.fades.is_empty(), "{what} is no fade: {:?}", evidence.fades);
    }
}

#[test]
fn a_camera_that_moves_is_no_cut() {
    let scene = Scene::new(5);
    for speed in [10.0, 40.0, 90.0, 180.0, 400.0] {
        check_one_shot(&format!("a pan of {speed} pixels a second"), |time| {
            scene.picture(speed * time as f32, 0.0, 1.0)
        });
        let from_to = |time: f64| (time - 4.0).clamp(0.0, 1.5) as f32;
        check_one_shot(&format!("a pan of {speed} pixels a second that begins and ends"), |time| {
            scene.picture(speed * from_to(time), 0.3 * speed * from_to(time), 1.0)
        });
    }
    check_one_shot("a shaking camera", |time| {
        let (x, y) = (12.0 * (time * 31.0).sin(), 9.0 * (time * 23.0).sin());
        scene.picture(x as f32, y as f32, 1.0)
    });
    check_one_shot("a zoom", |time| scene.zoomed(1.0 + 0.2 * time as f32));
}

#[test]
fn light_that_changes_is_no_cut() {
    let scene = Scene::new(6);
    check_one_shot("a lamp that flickers", |time| {
        let mut noise = Noise::new((time * 25.0).round() as u64 + 1);
        noise.value();
        scene.picture(0.0, 0.0, 0.75 + 0.25 * noise.value())
    });
    check_one_shot("a lamp that swells", |time| {
        scene.picture(0.0, 0.0, 0.65 + 0.35 * (time * 3.0).sin() as f32)
    });
    check_one_shot("a light that is switched on", |time| {
        scene.picture(time as f32, 0.0, if time < 5.0 { 0.35 } else { 0.95 })
    });
    check_one_shot("a light that dims", |time| {
        scene.picture(time as f32, 0.0, 1.0 - 0.6 * ((time - 4.0) as f32).clamp(0.0, 1.0))
    });
    check_one_shot("a power cut of a second", |time| {
        let away = (time - 5.0).abs() as f32;
        scene.picture(time as f32, 0.0, ((away - 0.2) / 0.3).clamp(0.0, 1.0))
    });
    check_one_shot("flashes", |time| {
        let lit = [2.0, 2.2, 5.0, 5.08, 5.16, 7.3].iter().any(|at| (*at..at + 0.07).contains(&time));
        if lit { vec![255; WIDTH * HEIGHT] } else { scene.picture(time as f32, 0.0, 0.9) }
    });
}

#[test]
fn things_that_move_fast_are_no_cut() {
    let (ground, thing) = (Scene::new(7), Scene::new(8));
    for (speed, share) in [(60.0, 0.4), (250.0, 0.4), (500.0, 0.6)] {
        check_one_shot(&format!("a thing that moves by {speed} pixels a second"), |time| {
            let mut picture = ground.picture(0.0, 0.0, 1.0);
            let width = (WIDTH as f64 * share) as usize;
            // It comes in, crosses and leaves, again and again.
            let right = (speed * time) as usize % (2 * WIDTH);
            let inside = thing.picture(0.0, 0.0, 1.0);
            for y in 10..HEIGHT - 4 {
                for x in (right.saturating_sub(width)..right).filter(|x| *x < WIDTH) {
                    picture[y * WIDTH + x] = inside[y * WIDTH + x + width - right];
                }
            }
            picture
        });
    }
}
