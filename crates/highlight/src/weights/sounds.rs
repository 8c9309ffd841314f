//! What each sound event is worth, and when it counts as heard.
//!
//! The network's scores mean something else for every class: beside other sounds laughter seldom gets a tenth, music
//! nearly always nine tenths. Each threshold lies above what talk and films reach: in twelve minutes of them laughter got 0.036 once
//! and else at most 0.01, a scream at most 0.025. An event is not told where something that the network takes for it is more certain.

use model::{MediaTime, SoundEvent};

/// When a certainty along time counts as something that happens.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Certainty {
    /// It must reach this somewhere.
    pub(crate) starts: f32,
    /// It must last so long.
    pub(crate) least: MediaTime,
}

impl Certainty {
    /// It lasts as long as it holds this share of what it must reach: a laugh that ebbs and swells is one laugh.
    pub(crate) const HOLDS: f32 = 0.5;
}

/// A sound event: when it counts as heard, and what it is worth.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Heard {
    /// The event.
    pub(crate) event: SoundEvent,
    /// When it is certain enough to be told.
    pub(crate) certainty: Certainty,
    /// How much it makes people look up, 0 to 1: what a moment is worth in which nothing but it is heard.
    pub(crate) worth: f32,
    /// How long before it lies what it is about: a laugh answers a joke. Negative: what it is about follows.
    pub(crate) before: MediaTime,
    /// What the network takes for it.
    pub(crate) mistaken: &'static [SoundEvent],
    /// What the network takes for it now and then as long as that lasts, also at instants at which it hears nothing of that itself.
    pub(crate) mistaken_amid: &'static [SoundEvent],
}

impl Heard {
    const fn amid(self, mistaken_amid: &'static [SoundEvent]) -> Self {
        Self { mistaken_amid, ..self }
    }
}

/// So long before it is told and after it something may be heard as another already: the first claps and the last.
pub(crate) const AMID: MediaTime = MediaTime::from_millis(960);

/// Half a second is what the network tells apart.
const BRIEF: MediaTime = MediaTime::from_millis(480);
/// What goes on for a while is no mere likeness.
const LASTING: MediaTime = MediaTime::from_millis(960);

const fn row(
    event: SoundEvent,
    starts: f32,
    least: MediaTime,
    worth: f32,
    before: i64,
    mistaken: &'static [SoundEvent],
) -> Heard {
    Heard {
        event,
        certainty: Certainty { starts, least },
        worth,
        before: MediaTime::from_millis(before),
        mistaken,
        mistaken_amid: &[],
    }
}

/// Each event: where it starts, how long it lasts at least, its worth, how many milliseconds before it its matter lies,
/// and what is mistaken for it.
#[rustfmt::skip]
pub(crate) const HEARD: [Heard; 36] = {
    use SoundEvent::{
        Aircraft, Alarm, Animal, Applause, Bird, Blow, Cat, Cheering, Clock, Coughing, Crash, Crowd, Crying, Dog, Door,
        Explosion, Fire, Fireworks, Gasping, Gunshot, Laughter, Music, Rain, Screaming, Shouting, Singing, Siren, Sneezing,
        Speech, Telephone, Thunder, Tool, Train, Vehicle, Water, Whispering,
    };
    [
        // People turn to laughter first of all; what is laughed at was said before it. The network gives it little beside speech.
        row(Laughter, 0.03, LASTING, 1.0, 2500, &[Crying, Animal]),
        // It answers what was done or said. Crackling sounds like it, and so do gusts of rain for a second.
        row(Applause, 0.06, MediaTime::from_millis(1440), 0.7, 2000, &[Fire]),
        row(Cheering, 0.1, LASTING, 1.0, 1500, &[Crying]),
        // A murmur is where things happen, not what happens.
        row(Crowd, 0.3, LASTING, 0.0, 0, &[]),
        // What follows a scream is seen by those who want to know why. Babies and birds scream too.
        row(Screaming, 0.03, BRIEF, 1.0, -1000, &[Crying, Laughter, Bird, Dog]),
        // Raised voices are as often a loud speaker.
        row(Shouting, 0.15, LASTING, 0.5, 0, &[Dog, Crying, Animal]),
        row(Crying, 0.2, LASTING, 0.9, -1000, &[Laughter, Sneezing, Bird, Cat]),
        // Short, and often mere breath.
        row(Gasping, 0.3, BRIEF, 0.5, 0, &[Sneezing, Laughter, Crying]),
        // An animal sound of people: told, but no moment.
        row(Sneezing, 0.4, BRIEF, 0.0, 0, &[Dog]),
        row(Coughing, 0.4, BRIEF, 0.0, 0, &[Dog, Laughter]),
        row(Whispering, 0.4, LASTING, 0.0, 0, &[]),
        // Speech and music are what programmes are made of: they never win.
        row(Speech, 0.5, LASTING, 0.0, 0, &[]),
        row(Singing, 0.4, LASTING, 0.0, 0, &[Crying, Laughter]),
        row(Music, 0.5, LASTING, 0.0, 0, &[]),
        // Anything that cracks sounds like a shot; where the other thing is more certain it is none. So do single claps.
        row(Gunshot, 0.1, BRIEF, 0.9, -500, &[Fire, Clock, Tool, Water, Door, Thunder, Explosion]).amid(&[Applause]),
        // Rumbling of water, weather and engines sounds like it.
        row(Explosion, 0.3, BRIEF, 0.9, -500, &[Rain, Water, Thunder, Aircraft, Fire, Tool]),
        // A celebration is watched as long as it lasts.
        row(Fireworks, 0.4, LASTING, 0.5, 0, &[Fire, Rain, Clock]),
        row(Crash, 0.3, BRIEF, 0.8, 500, &[Fire, Clock, Water, Applause]),
        // Footsteps and doors are blows to the network.
        row(Blow, 0.4, BRIEF, 0.4, 500, &[Door, Clock, Applause]),
        // A siren passes by in every street.
        row(Siren, 0.5, LASTING, 0.3, 0, &[Tool, Aircraft]),
        // Tones and beeps of all kinds are alarms to the network: told only when nearly certain.
        row(Alarm, 0.7, LASTING, 0.2, 0, &[Clock, Tool, Telephone]),
        row(Telephone, 0.9, LASTING, 0.0, 0, &[Alarm]),
        row(Door, 0.5, BRIEF, 0.0, 0, &[]),
        row(Clock, 0.5, LASTING, 0.0, 0, &[]),
        // Animals, vehicles and weather are told where they are certain; whether they matter, the other signals say.
        row(Dog, 0.6, BRIEF, 0.0, 0, &[Crying, Bird, Laughter]),
        row(Cat, 0.6, BRIEF, 0.0, 0, &[Crying, Bird]),
        row(Bird, 0.6, LASTING, 0.0, 0, &[]),
        row(Animal, 0.7, LASTING, 0.0, 0, &[Crying]),
        row(Vehicle, 0.5, LASTING, 0.0, 0, &[]),
        row(Train, 0.5, LASTING, 0.0, 0, &[]),
        row(Aircraft, 0.5, LASTING, 0.0, 0, &[]),
        row(Tool, 0.5, LASTING, 0.0, 0, &[]),
        row(Rain, 0.6, LASTING, 0.0, 0, &[]),
        row(Thunder, 0.5, BRIEF, 0.0, 0, &[Water, Rain]),
        row(Water, 0.6, LASTING, 0.0, 0, &[]),
        row(Fire, 0.6, LASTING, 0.0, 0, &[]),
    ]
};

/// What is known of an event.
pub(crate) const fn heard(event: SoundEvent) -> &'static Heard {
    &HEARD[event as usize]
}

/// What is not heard itself hides nothing: it takes this share of the certainty at which it would be told.
pub(crate) const PLAUSIBLE: f32 = 0.25;

/// How certain it is that what a subtitle describes can be heard: people wrote it, seldom to the second.
pub(crate) const DESCRIBED: f32 = 0.9;
/// What happens for so long within a clip is noticed there, or for half of its own length.
pub(crate) const WITHIN: MediaTime = MediaTime::from_millis(700);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_has_its_own_row() {
        for event in SoundEvent::ALL {
            assert_eq!(heard(event).event, event, "the rows are in the order of the events");
            assert!(!heard(event).mistaken.contains(&event), "{event:?} is not mistaken for itself");
        }
    }
}
