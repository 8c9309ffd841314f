//! Any sequence of edits can be taken back and done again, and leaves a project that keeps its invariants.

use model::job::Strategy as Wanted;
use proptest::prelude::*;

use super::*;

#[derive(Debug, Clone)]
enum Action {
    Apply(EditCommand, Option<u32>),
    Find(MaterialId, Vec<(i64, i64)>, u32),
    Undo,
    Redo,
}

fn material() -> impl Strategy<Value = MaterialId> {
    (1..4_u32).prop_map(MaterialId)
}

fn id() -> impl Strategy<Value = RangeId> {
    (1..12_u32).prop_map(RangeId)
}

fn judgement() -> impl Strategy<Value = Judgement> {
    prop_oneof![Just(Judgement::Undecided), Just(Judgement::Kept), Just(Judgement::Dropped)]
}

fn second(at: i64) -> MediaTime {
    MediaTime::from_whole_seconds(at)
}

fn times() -> impl Strategy<Value = TimeRange> {
    (-5..110_i64, 0..40_i64).prop_map(|(start, length)| range(start, start + length))
}

fn command() -> impl Strategy<Value = EditCommand> {
    prop_oneof![
        (0..8_usize).prop_map(|name| EditCommand::AddMaterials(vec![video(&format!("v{name}"), 100)])),
        material().prop_map(EditCommand::RemoveMaterial),
        (0..12_u32).prop_map(|count| EditCommand::SetStrategy(Wanted { count, ..Wanted::default() })),
        material().prop_map(EditCommand::AllowSpeechless),
        (material(), times()).prop_map(|(material, range)| EditCommand::AddRange { material, range }),
        (material(), id(), times()).prop_map(|(material, id, range)| EditCommand::SetRange {
            material,
            id,
            range
        }),
        (material(), id()).prop_map(|(material, id)| EditCommand::RemoveRange { material, id }),
        (material(), id(), judgement()).prop_map(|(material, id, judgement)| EditCommand::Judge {
            material,
            id,
            judgement
        }),
        (material(), id(), "[a-z ]{0,3}").prop_map(|(material, id, title)| EditCommand::SetTitle {
            material,
            id,
            title
        }),
        (material(), id(), "[a-z\n]{0,3}").prop_map(|(material, id, note)| EditCommand::SetNote {
            material,
            id,
            note
        }),
        "[a-z]{0,2}".prop_map(EditCommand::Rename),
        (material(), -5..110_i64)
            .prop_map(|(material, at)| EditCommand::AddMarker { material, at: second(at) }),
        (material(), 1..6_u32, -5..110_i64).prop_map(|(material, id, at)| EditCommand::MoveMarker {
            material,
            id: MarkerId(id),
            at: second(at)
        }),
        (material(), 1..6_u32, "[a-z ]{0,3}").prop_map(|(material, id, name)| EditCommand::NameMarker {
            material,
            id: MarkerId(id),
            name
        }),
        (material(), 1..6_u32)
            .prop_map(|(material, id)| EditCommand::RemoveMarker { material, id: MarkerId(id) }),
    ]
}

fn action() -> impl Strategy<Value = Action> {
    let found = prop::collection::vec((-5..110_i64, 0..30_i64), 0..6)
        .prop_map(|found| found.into_iter().map(|(start, length)| (start, start + length)).collect());
    prop_oneof![
        8 => (command(), prop::option::of(0..3_u32)).prop_map(|(command, gesture)| Action::Apply(command, gesture)),
        2 => (material(), found, 0..3_u32).prop_map(|(material, found, run)| Action::Find(material, found, run)),
        1 => Just(Action::Undo),
        1 => Just(Action::Redo),
    ]
}

/// Does an action; what is refused is no matter here.
fn act(history: &mut History, action: Action) {
    match action {
        Action::Apply(command, gesture) => drop(history.apply(command, gesture)),
        Action::Find(material, found, run) => {
            let found = found.into_iter().map(|(start, end)| highlight(start, end)).collect();
            drop(history.set_found(material, found, Cause::Find { run }));
        }
        Action::Undo => drop(history.undo()),
        Action::Redo => drop(history.redo()),
    }
}

fn keeps_its_invariants(project: &Project) -> bool {
    project.materials.len() <= 5
        && project.materials.iter().all(|material| {
            material.ranges.iter().all(|range| material.check(range.range).is_ok())
                && material.ranges.is_sorted_by_key(|range| range.range)
                && material.markers.iter().all(|marker| material.check_marker(marker.at).is_ok())
                && material.markers.is_sorted_by_key(|marker| marker.at)
        })
}

/// Right after finding, what was found overlaps nothing but what was dropped.
fn found_ranges_are_apart(project: &Project, id: MaterialId) -> bool {
    let Some(material) = project.material(id) else { return true };
    let wanted: Vec<_> = material.ranges.iter().filter(|range| !range.is_dropped()).collect();
    wanted.iter().enumerate().all(|(index, range)| {
        let others = wanted.iter().enumerate().filter(|(other, _)| *other != index);
        range.is_fixed() || !others.into_iter().any(|(_, other)| other.range.overlaps(range.range))
    })
}

proptest! {
    #[test]
    fn undoing_all_gives_the_first_state_and_redoing_all_the_last(
        actions in prop::collection::vec(action(), 0..60)
    ) {
        let mut history = History::new(empty_project());
        for action in actions {
            let found_in = if let Action::Find(id, ..) = &action { Some(*id) } else { None };
            act(&mut history, action);
            let apart = found_in.is_none_or(|id| found_ranges_are_apart(history.project(), id));
            prop_assert!(apart, "{:#?}", history.project());
            prop_assert!(keeps_its_invariants(history.project()), "{:#?}", history.project());
        }
        let future = std::iter::from_fn(|| history.redo()).count();
        for _ in 0..future {
            history.undo();
        }
        let last = history.project().clone();
        let text = to_json(&last).expect("a project can be written");
        prop_assert_eq!(&from_json(&text).expect("what was written can be read"), &*last);
        let mut names = Vec::from_iter(std::iter::from_fn(|| history.undo()));
        prop_assert_eq!(&**history.project(), &empty_project());
        names.reverse();
        let again: Vec<_> = names.iter().filter_map(|_| history.redo()).collect();
        prop_assert_eq!(again, names);
        prop_assert_eq!(history.project(), &last);
    }
}
