//! More like a range, and better places for its ends.

use highlight::{Constraints, Example, Resembling, alike, snapped};
use project::{Alike, EditCommand, Likeness, MaterialId, RangeId};

use super::Desk;
use super::state::State;
use super::view::Snapshot;
use crate::{Code, Failure};

impl Desk {
    /// Looks in all that was analysed for moments that resemble a range, and offers at most as many as the strategy's count
    /// beside what is there, as one step of undo. The same project gets the same answer.
    ///
    /// # Errors
    /// [`Code::NothingAlike`] when nothing resembles it; when its video was not analysed or the project cannot be saved.
    pub fn find_alike(&self, material: MaterialId, range: RangeId) -> Result<Snapshot, Failure> {
        self.change(|state| {
            let found = state.alike(material, range)?;
            let before = state.history.project().clone();
            state.history.add_alike(material, range, found).map_err(|error| Failure::of_edit(&error))?;
            if before == *state.history.project() {
                let message =
                    "Nothing else resembles this highlight enough. Choose another one, or find others.";
                return Err(Failure::new(Code::NothingAlike, message));
            }
            Ok(())
        })
    }

    /// Brings the ends of a range to cuts and pauses near them; where they were stays to be compared.
    ///
    /// # Errors
    /// [`Code::NothingToSnapTo`] when no better place is near; when its video was not analysed or the project cannot be
    /// saved.
    pub fn snap_range(&self, material: MaterialId, id: RangeId) -> Result<Snapshot, Failure> {
        self.change(|state| {
            let range = state.range(material, id)?.range;
            let evidence = state.evidence(material)?;
            let range = Some(snapped(&evidence, range)).filter(|better| *better != range);
            let Some(range) = range else {
                let message = "No cut and no pause is near the ends of this range. Trim it by hand.";
                return Err(Failure::new(Code::NothingToSnapTo, message));
            };
            let command = EditCommand::SnapRange { material, id, range };
            state.edit(command, None).map_err(|error| Failure::of_edit(&error))
        })
    }
}

impl State {
    fn alike(&self, material: MaterialId, id: RangeId) -> Result<Vec<Alike>, Failure> {
        let range = self.range(material, id)?.range;
        let example = Example::new(&*self.evidence(material)?, range);
        let project = self.history.project();
        let wanted = project.strategy.count as usize;
        let mut found: Vec<(MaterialId, Resembling)> = Vec::new();
        for other in self.analysed().into_iter().filter_map(|other| project.material(other)) {
            let constraints = Constraints {
                kept: other.ranges.iter().map(|range| range.range).collect(),
                dropped: other.unwanted().collect(),
            };
            let (evidence, sights) = (self.evidence(other.id)?, self.sights(other.id));
            let resembling = alike(&example, &evidence, &sights, &project.strategy, &constraints, wanted);
            found.extend(resembling.into_iter().map(|it| (other.id, it)));
        }
        found.sort_by(|one, two| two.1.likeness.total_cmp(&one.1.likeness).then(one.0.cmp(&two.0)));
        let offered =
            found.into_iter().take(wanted).map(|(other, Resembling { highlight, likeness })| Alike {
                material: other,
                highlight,
                likeness: Likeness { material, start: range.start, share: likeness },
            });
        Ok(offered.collect())
    }
}
