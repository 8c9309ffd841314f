//! Motion is what things do, not what the camera or the light does: on pictures that are made here.

mod scenes;
mod synthetic;

use scenes::{HEIGHT, Scene, WIDTH, frames, motion, thinned, watch};
use synthetic::Noise;

/// Mean motion of pictures, every one of them and every third.
fn motion_of(make: impl Fn(f64) -> Vec<u8>) -> [f32; 2] {
    let all = frames(125, make);
    [1, 3].map(|keep| motion(&watch(thinned(all.clone(), keep), 5.0).1, 0.5, 4.5))
}

fn shaken(time: f64) -> (f32, f32) {
    let x = 5.0 * (time * 10.0).sin() + 3.0 * (time * 23.0).sin();
    (40.0 + x as f32, 40.0 + 4.0 * (time * 13.0).sin() as f32)
}

/// A thing of a third of the picture's width that crosses it, laid over a picture.
fn with_thing(mut picture: Vec<u8>, thing: &Scene, time: f64) -> Vec<u8> {
    let (width, left) = (WIDTH / 3, 15.0 + 50.0 * (0.5 + 0.5 * (time * 1.7).sin()));
    let inside = thing.picture(0.0, 0.0, 1.0);
    for y in 16..HEIGHT - 8 {
        for x in 0..width {
            picture[y * WIDTH + x + left as usize] = inside[y * WIDTH + x];
        }
    }
    picture
}

/// How the light is at a time: a lamp that flickers without a rhythm.
fn flicker(time: f64) -> f32 {
    let mut noise = Noise::new((time * 25.0).round() as u64 + 7);
    noise.value();
    0.75 + 0.25 * noise.value()
}

/// A lamp in the left half of the picture: bright in its middle, without an edge.
fn lamp(picture: &[u8], light: f32) -> Vec<u8> {
    let lit = |(i, value): (usize, &u8)| {
        let (x, y) = ((i % WIDTH) as f32 - 40.0, (i / WIDTH) as f32 - 30.0);
        let near = (-(x * x + y * y) / (2.0 * 30.0 * 30.0)).exp();
        (f32::from(*value) * (1.0 + (light - 1.0) * near)).clamp(0.0, 255.0) as u8
    };
    picture.iter().enumerate().map(lit).collect()
}

/// A thing before a wall without a pattern, in the middle of the picture but for a shift.
fn before_a_wall(thing: &Scene, (x, y): (f32, f32)) -> Vec<u8> {
    let inside = thing.picture(40.0, 40.0, 1.0);
    let pixel = |i: usize| {
        let (column, row) = ((i % WIDTH) as f32 - x, (i / WIDTH) as f32 - y);
        let (width, height) = (WIDTH as f32, HEIGHT as f32);
        let is_thing =
            (width * 0.3..width * 0.7).contains(&column) && (height * 0.25..height * 0.9).contains(&row);
        if is_thing { inside[row as usize * WIDTH + column as usize] } else { 150 }
    };
    (0..WIDTH * HEIGHT).map(pixel).collect()
}

fn check(what: &str, quiet: [f32; 2], moving: [f32; 2], times: f32) {
    for (quiet, moving) in quiet.into_iter().zip(moving) {
        assert!(moving >= times * quiet, "{what} reads {quiet}, a thing that moves {moving}");
    }
}

#[test]
fn a_camera_that_shakes_does_not_hide_what_moves_nor_make_it_up() {
    let (ground, thing) = (Scene::new(1), Scene::new(2));
    let still = |time: f64| with_thing(ground.picture(40.0, 40.0, 1.0), &thing, time);
    let shaking = |time: f64| {
        let (x, y) = shaken(time);
        ground.picture(x, y, 1.0)
    };
    let both = |time: f64| with_thing(shaking(time), &thing, time);
    let (thing, camera, both) = (motion_of(still), motion_of(shaking), motion_of(both));
    check("a shaking camera", camera, thing, 8.0);
    check("a shaking camera without the thing", camera, both, 5.0);
}

#[test]
fn light_that_flickers_does_not_hide_what_moves_nor_make_it_up() {
    let (ground, thing) = (Scene::new(3), Scene::new(4));
    let scene = ground.picture(10.0, 10.0, 0.8);
    let still = motion_of(|time| with_thing(scene.clone(), &thing, time));
    let dimmed = |picture: &[u8], light: f32| {
        picture.iter().map(|value| (f32::from(*value) * light) as u8).collect::<Vec<u8>>()
    };
    let all = motion_of(|time| dimmed(&scene, flicker(time)));
    check("a flickering light", all, still, 8.0);
    let part = motion_of(|time| lamp(&scene, flicker(time)));
    check("a flickering lamp in a part of the picture", part, still, 1.3);
    let both = motion_of(|time| dimmed(&with_thing(scene.clone(), &thing, time), flicker(time)));
    check("a flickering light without the thing", all, both, 5.0);
}

#[test]
fn flashes_are_no_motion() {
    let (ground, thing) = (Scene::new(5), Scene::new(6));
    let scene = ground.picture(10.0, 10.0, 0.9);
    let still = motion_of(|time| with_thing(scene.clone(), &thing, time));
    let lit = |time: f64| [1.0, 2.0, 2.12, 3.5].iter().any(|at| (*at..at + 0.07).contains(&time));
    let flashes = motion_of(|time| if lit(time) { vec![255; WIDTH * HEIGHT] } else { scene.clone() });
    check("flashes", flashes, still, 5.0);
}

#[test]
fn a_camera_that_follows_what_moves_shows_motion() {
    let (ground, thing) = (Scene::new(7), Scene::new(8));
    let inside = thing.picture(0.0, 0.0, 1.0);
    let following = |speed: f64| {
        motion_of(|time| {
            let mut picture = ground.picture((speed * time) as f32, 0.0, 1.0);
            for y in 14..HEIGHT - 6 {
                let row = y * WIDTH + 45;
                picture[row..row + 38].copy_from_slice(&inside[row..row + 38]);
            }
            picture
        })
    };
    let pan = motion_of(|time| ground.picture((60.0 * time) as f32, 0.0, 1.0));
    check("a camera that pans over a still scene", pan, following(60.0), 5.0);
}

#[test]
fn a_thing_before_a_plain_wall_moves() {
    let thing = Scene::new(9);
    let wall = |time: f64| with_thing(vec![110; WIDTH * HEIGHT], &thing, time);
    let ground = Scene::new(10).picture(0.0, 0.0, 1.0);
    let ground = motion_of(|time| with_thing(ground.clone(), &thing, time));
    for (wall, ground) in motion_of(wall).into_iter().zip(ground) {
        assert!(wall > 0.4 * ground, "before a wall it moves {wall}, in a landscape {ground}");
    }
}

#[test]
fn a_restless_hand_before_a_plain_wall_is_not_taken_for_what_moves_there() {
    let thing = Scene::new(3);
    let swaying = |time: f64| {
        let (x, y) = shaken(time);
        before_a_wall(&thing, (x - 40.0, y - 40.0))
    };
    let crossing = |time: f64| before_a_wall(&thing, ((time * 12.0) as f32 - 30.0, 0.0));
    check("a hand that shakes", motion_of(swaying), motion_of(crossing), 3.0);
}
