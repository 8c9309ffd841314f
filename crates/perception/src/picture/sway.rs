//! The camera in a restless hand, before a wall that does not tell whether it was the camera that moved.

use model::MediaTime;

/// Movement between two pictures.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Movement {
    pub(crate) from: MediaTime,
    pub(crate) to: MediaTime,
    /// How much moved, of things and of what may be things.
    pub(crate) amount: f32,
    /// How much moved for certain: less where one shift explains all, and nothing tells whose.
    pub(crate) least: f32,
    /// That shift.
    pub(crate) shift: (f32, f32),
}

/// Swaying is judged over this long to either side: a hand shakes several times a second, a person who walks does not turn
/// round in two.
const AROUND: MediaTime = MediaTime::from_whole_seconds(1);
/// What sways comes back: it ends at most this share of its way from where it began.
const COMES_BACK: f32 = 0.5;

/// The movements, where all that moves to and fro as one counts as the camera's.
pub(crate) fn without(movements: &[Movement]) -> Vec<Movement> {
    let steady = |(index, movement): (usize, &Movement)| {
        let sways = movement.least < movement.amount && comes_back(movements, index);
        Movement { amount: if sways { movement.least } else { movement.amount }, ..*movement }
    };
    movements.iter().enumerate().map(steady).collect()
}

fn comes_back(movements: &[Movement], index: usize) -> bool {
    let time = movements[index].to;
    let first = movements[..index].partition_point(|movement| movement.to < time - AROUND);
    let around = movements[first..].iter().take_while(|movement| movement.to <= time + AROUND);
    let (mut x, mut y, mut way) = (0.0_f32, 0.0_f32, 0.0_f32);
    for Movement { shift, .. } in around {
        (x, y, way) = (x + shift.0, y + shift.1, way + shift.0.hypot(shift.1));
    }
    x.hypot(y) <= COMES_BACK * way
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left of movements that may be the camera's, a tenth of a second each, where the middle one ends up.
    fn left_of(place: impl Fn(f32) -> f32) -> f32 {
        let movements: Vec<Movement> = (0..40_u8)
            .map(|step| {
                let at = |step: u8| f32::from(step) / 10.0;
                Movement {
                    from: MediaTime::from_millis(i64::from(step) * 100),
                    to: MediaTime::from_millis(i64::from(step) * 100 + 100),
                    amount: 20.0,
                    least: 0.5,
                    shift: (place(at(step + 1)) - place(at(step)), 0.0),
                }
            })
            .collect();
        without(&movements)[20].amount
    }

    #[test]
    fn what_sways_as_one_is_the_camera_and_what_walks_is_not() {
        assert_eq!(left_of(|time| 3.0 * (time * 10.0).sin()), 0.5, "a hand sways");
        assert_eq!(left_of(|time| 8.0 * time), 20.0, "something crosses the picture");
        assert_eq!(
            left_of(|time| 8.0 * time + 0.5 * (time * 10.0).sin()),
            20.0,
            "it crosses the picture by steps"
        );
    }
}
