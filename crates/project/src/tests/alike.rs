//! Ranges that resemble one.

use super::*;

fn alike(material: MaterialId, start: i64, end: i64) -> Alike {
    let likeness = Likeness { material, start: MediaTime::from_whole_seconds(10), share: 0.8 };
    Alike { material, highlight: highlight(start, end), likeness }
}

#[test]
fn what_resembles_a_range_is_offered_beside_all_that_is_there_and_stays() {
    let (mut history, material) = one_video();
    history
        .set_found(material, vec![highlight(10, 20), highlight(40, 50)], Cause::Find { run: 1 })
        .expect("found");
    let ids = [0, 1].map(|index| history.project().materials[0].ranges[index].id);
    history.apply(EditCommand::RemoveRange { material, id: ids[1] }, None).expect("removed");
    let offered = vec![alike(material, 15, 25), alike(material, 41, 50), alike(material, 60, 70)];
    history.add_alike(material, ids[0], offered).expect("the video is there");
    assert_eq!(
        ranges(&history),
        ["found 10-20", "found 60-70"],
        "nothing lies on another range or comes back after it was removed"
    );
    let step = history.steps().done.pop().expect("a step");
    assert_eq!(
        (step.edit, step.place.map(|place| place.start.as_seconds())),
        (EditName::FindAlike, Some(10.0))
    );

    history.set_found(material, vec![highlight(80, 90)], Cause::Find { run: 2 }).expect("found");
    assert_eq!(
        ranges(&history),
        ["found 60-70", "found 80-90"],
        "what was asked for is not moved by analysis"
    );
    history.undo();
    history.undo();
    assert_eq!(ranges(&history), ["found 10-20"]);
}
