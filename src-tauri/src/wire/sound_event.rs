//! What makes a sound, under the names that the page has words for.

use engine::model;
use serde::Serialize;
use specta::Type;

/// Both sides of the conversion from one list, which is compared with the model's by its `match`.
macro_rules! sound_events {
    ($($event:ident),+ $(,)?) => {
        #[derive(Debug, Clone, Copy, Serialize, Type)]
        #[serde(rename_all = "camelCase")]
        pub(super) enum SoundEvent {
            $($event),+
        }

        impl From<model::SoundEvent> for SoundEvent {
            fn from(event: model::SoundEvent) -> Self {
                match event {
                    $(model::SoundEvent::$event => Self::$event),+
                }
            }
        }
    };
}

sound_events! {
    Laughter, Applause, Cheering, Crowd, Screaming, Shouting, Crying, Gasping, Sneezing, Coughing, Whispering, Speech,
    Singing, Music, Gunshot, Explosion, Fireworks, Crash, Blow, Siren, Alarm, Telephone, Door, Clock, Dog, Cat, Bird,
    Animal, Vehicle, Train, Aircraft, Tool, Rain, Thunder, Water, Fire,
}
