//! What makes a sound, in the words of an editor.

use serde::{Deserialize, Serialize};

/// A kind of sound that somebody may look for. Several may sound at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SoundEvent {
    /// People laugh, whatever their age and way.
    Laughter,
    /// Hands clap.
    Applause,
    /// People cheer.
    Cheering,
    /// Many voices without words.
    Crowd,
    /// Somebody screams.
    Screaming,
    /// Somebody shouts.
    Shouting,
    /// Somebody cries.
    Crying,
    /// Somebody gasps.
    Gasping,
    /// Somebody sneezes.
    Sneezing,
    /// Somebody coughs.
    Coughing,
    /// Somebody whispers.
    Whispering,
    /// Somebody speaks.
    Speech,
    /// Somebody sings or raps.
    Singing,
    /// Music plays.
    Music,
    /// A weapon is fired.
    Gunshot,
    /// Something explodes.
    Explosion,
    /// Fireworks.
    Fireworks,
    /// Something breaks or collides.
    Crash,
    /// A blow or a fall.
    Blow,
    /// A siren.
    Siren,
    /// An alarm or a beep that warns.
    Alarm,
    /// A telephone rings.
    Telephone,
    /// A door, its bell or a knock.
    Door,
    /// A clock ticks.
    Clock,
    /// A dog.
    Dog,
    /// A cat.
    Cat,
    /// A bird, poultry too.
    Bird,
    /// Another animal.
    Animal,
    /// A vehicle on the road.
    Vehicle,
    /// A train.
    Train,
    /// An aircraft.
    Aircraft,
    /// A tool with a motor.
    Tool,
    /// Rain.
    Rain,
    /// Thunder.
    Thunder,
    /// Moving water.
    Water,
    /// A fire.
    Fire,
}

impl SoundEvent {
    /// Every event, in the order of the vocabulary.
    pub const ALL: [Self; 36] = [
        Self::Laughter,
        Self::Applause,
        Self::Cheering,
        Self::Crowd,
        Self::Screaming,
        Self::Shouting,
        Self::Crying,
        Self::Gasping,
        Self::Sneezing,
        Self::Coughing,
        Self::Whispering,
        Self::Speech,
        Self::Singing,
        Self::Music,
        Self::Gunshot,
        Self::Explosion,
        Self::Fireworks,
        Self::Crash,
        Self::Blow,
        Self::Siren,
        Self::Alarm,
        Self::Telephone,
        Self::Door,
        Self::Clock,
        Self::Dog,
        Self::Cat,
        Self::Bird,
        Self::Animal,
        Self::Vehicle,
        Self::Train,
        Self::Aircraft,
        Self::Tool,
        Self::Rain,
        Self::Thunder,
        Self::Water,
        Self::Fire,
    ];

    /// Its name wherever it is written down; never changed once released.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Laughter => "laughter",
            Self::Applause => "applause",
            Self::Cheering => "cheering",
            Self::Crowd => "crowd",
            Self::Screaming => "screaming",
            Self::Shouting => "shouting",
            Self::Crying => "crying",
            Self::Gasping => "gasping",
            Self::Sneezing => "sneezing",
            Self::Coughing => "coughing",
            Self::Whispering => "whispering",
            Self::Speech => "speech",
            Self::Singing => "singing",
            Self::Music => "music",
            Self::Gunshot => "gunshot",
            Self::Explosion => "explosion",
            Self::Fireworks => "fireworks",
            Self::Crash => "crash",
            Self::Blow => "blow",
            Self::Siren => "siren",
            Self::Alarm => "alarm",
            Self::Telephone => "telephone",
            Self::Door => "door",
            Self::Clock => "clock",
            Self::Dog => "dog",
            Self::Cat => "cat",
            Self::Bird => "bird",
            Self::Animal => "animal",
            Self::Vehicle => "vehicle",
            Self::Train => "train",
            Self::Aircraft => "aircraft",
            Self::Tool => "tool",
            Self::Rain => "rain",
            Self::Thunder => "thunder",
            Self::Water => "water",
            Self::Fire => "fire",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_written_by_its_name() {
        for event in SoundEvent::ALL {
            let written = serde_json::to_value(event).expect("an event can be written");
            assert_eq!(written, event.name(), "{event:?} has two names");
        }
    }
}
