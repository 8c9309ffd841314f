//! What YuNet's numbers mean: boxes, and which of them show the same face.

use super::Face;

/// Boxes that share more than this of their common area show one face.
const SAME: f32 = 0.3;

/// The network's answer for the places of one grid, row by row.
pub(super) struct Grid<'a> {
    /// The distance between two places, in pixels.
    pub(super) stride: usize,
    pub(super) columns: usize,
    /// One value for each place.
    pub(super) certainty: &'a [f32],
    /// One value for each place.
    pub(super) objectness: &'a [f32],
    /// Four values for each place: the middle's offset from it and the logarithms of width and height, in strides.
    pub(super) boxes: &'a [f32],
}

impl Grid<'_> {
    /// The faces of at least this score, which is the geometric mean of both certainties.
    pub(super) fn faces(&self, least: f32) -> Vec<Face> {
        let (scores, boxes) = (self.certainty.iter().zip(self.objectness), self.boxes.as_chunks::<4>().0);
        let mut faces = Vec::new();
        for (place, ((certainty, objectness), [dx, dy, width, height])) in scores.zip(boxes).enumerate() {
            let score = (certainty.clamp(0.0, 1.0) * objectness.clamp(0.0, 1.0)).sqrt();
            if score < least {
                continue;
            }
            let stride = self.stride as f32;
            let (column, row) = ((place % self.columns.max(1)) as f32, (place / self.columns.max(1)) as f32);
            let (width, height) = (width.exp() * stride, height.exp() * stride);
            let (x, y) = ((column + dx) * stride - width / 2.0, (row + dy) * stride - height / 2.0);
            faces.push(Face { score, x, y, width, height });
        }
        faces
    }
}

/// The most certain of the boxes that show the same face, the most certain face first.
pub(super) fn best(mut faces: Vec<Face>) -> Vec<Face> {
    faces.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut kept: Vec<Face> = Vec::new();
    for face in faces {
        if kept.iter().all(|better| shared(better, &face) <= SAME) {
            kept.push(face);
        }
    }
    kept
}

/// The share of what two boxes cover together that both cover.
fn shared(one: &Face, other: &Face) -> f32 {
    let along = |a: f32, length: f32, b: f32, other: f32| ((a + length).min(b + other) - a.max(b)).max(0.0);
    let both =
        along(one.x, one.width, other.x, other.width) * along(one.y, one.height, other.y, other.height);
    let either = one.width * one.height + other.width * other.height - both;
    if either > 0.0 { both / either } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_face_lies_where_the_network_says() {
        let (mut certainty, mut boxes) = (vec![0.0; 12], vec![0.0; 48]);
        certainty[6] = 0.81;
        boxes[24..28].copy_from_slice(&[0.5, -0.25, 2.0_f32.ln(), 3.0_f32.ln()]);
        let grid =
            Grid { stride: 16, columns: 4, certainty: &certainty, objectness: &[1.2; 12], boxes: &boxes };
        let faces = grid.faces(0.5);
        assert_eq!(faces.len(), 1, "one place is certain: {faces:?}");
        let Face { score, x, y, width, height } = faces[0];
        for (found, expected) in [(score, 0.9), (x, 24.0), (y, -12.0), (width, 32.0), (height, 48.0)] {
            assert!((found - expected).abs() < 1e-3, "{expected} is expected: {faces:?}");
        }
    }

    #[test]
    fn of_boxes_of_one_face_the_surest_is_kept() {
        let face = |score, x| Face { score, x, y: 0.0, width: 10.0, height: 10.0 };
        let kept = best(vec![face(0.9, 1.0), face(0.95, 0.0), face(0.88, 30.0), face(0.87, 6.0)]);
        assert_eq!(kept, [face(0.95, 0.0), face(0.88, 30.0), face(0.87, 6.0)]);
    }
}
