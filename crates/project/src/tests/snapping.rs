//! A range before and after it was snapped.

use super::*;

#[test]
fn a_snapped_range_is_compared_with_where_it_was_until_it_is_moved() {
    let (mut history, material) = one_video();
    history.set_found(material, vec![highlight(10, 20)], Cause::Find { run: 1 }).expect("found");
    let id = history.project().materials[0].ranges[0].id;
    let compare = EditCommand::CompareSnapping { material, id };
    assert_eq!(history.apply(compare.clone(), None), Err(EditError::NotSnapped(id)));

    history.apply(EditCommand::SnapRange { material, id, range: range(11, 21) }, None).expect("snapped");
    assert_eq!(ranges(&history), ["edited 11-21"]);
    for expected in ["edited 10-20", "edited 11-21", "edited 10-20"] {
        history.apply(compare.clone(), None).expect("it was snapped");
        assert_eq!(ranges(&history), [expected], "each comparison shows the other place");
    }
    assert_eq!(history.undo(), Some(EditName::CompareSnapping));
    assert_eq!(ranges(&history), ["edited 11-21"]);

    history.apply(EditCommand::SetRange { material, id, range: range(30, 40) }, None).expect("moved");
    assert_eq!(history.apply(compare, None), Err(EditError::NotSnapped(id)), "what was moved lies elsewhere");
}
