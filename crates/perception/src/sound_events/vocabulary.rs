//! Which of AudioSet's classes show which event. Classes are named by their place in the model's label list and by
//! their name there; a class belongs to one event at most. What no event takes is of no use for finding moments
//! (rooms, noises, single instruments, things of the household).

use model::SoundEvent;

/// An event and the classes that show it: the event is as certain as that any of them sounds, since the network gives a
/// sound to several of a kind rather than to one.
pub(crate) struct Entry {
    pub(crate) event: SoundEvent,
    /// Place in the label list, and the name there.
    pub(crate) classes: &'static [(usize, &'static str)],
}

const fn entry(event: SoundEvent, classes: &'static [(usize, &'static str)]) -> Entry {
    Entry { event, classes }
}

/// The vocabulary, in the order of [`SoundEvent::ALL`].
pub(crate) const VOCABULARY: [Entry; 36] = [
    // Every kind of laugh is the same moment to an editor; the network often splits one laugh between them.
    entry(
        SoundEvent::Laughter,
        &[
            (13, "Laughter"),
            (14, "Baby laughter"),
            (15, "Giggle"),
            (16, "Snicker"),
            (17, "Belly laugh"),
            (18, "Chuckle, chortle"),
        ],
    ),
    // One pair of hands or a hall: the difference is loudness, which is measured elsewhere.
    entry(SoundEvent::Applause, &[(58, "Clapping"), (62, "Applause")]),
    // Whoops are what single cheers are heard as.
    entry(SoundEvent::Cheering, &[(8, "Whoop"), (61, "Cheering")]),
    // A hall's murmur and a playground; cheering has its own event.
    entry(
        SoundEvent::Crowd,
        &[
            (63, "Chatter"),
            (64, "Crowd"),
            (65, "Hubbub, speech noise, speech babble"),
            (66, "Children playing"),
        ],
    ),
    // Apart from shouting: fear or pain, rarely speech.
    entry(SoundEvent::Screaming, &[(11, "Screaming")]),
    // Raised voices with words; the network decides between them by pitch and age only.
    entry(SoundEvent::Shouting, &[(6, "Shout"), (7, "Bellow"), (9, "Yell"), (10, "Children shouting")]),
    // From a whimper to a wail, adults and babies: the network cannot tell an adult's sob from a baby's.
    entry(
        SoundEvent::Crying,
        &[(19, "Crying, sobbing"), (20, "Baby cry, infant cry"), (21, "Whimper"), (22, "Wail, moan")],
    ),
    // Surprise; breathing and panting are no moments.
    entry(SoundEvent::Gasping, &[(39, "Gasp")]),
    // Apart from coughs, which are far more frequent and mean nothing.
    entry(SoundEvent::Sneezing, &[(44, "Sneeze")]),
    // Clearing one's throat is heard as either.
    entry(SoundEvent::Coughing, &[(42, "Cough"), (43, "Throat clearing")]),
    // A way of speaking that loudness alone cannot tell.
    entry(SoundEvent::Whispering, &[(12, "Whispering")]),
    // The general class and those that come with it; shouts and whispers have their own.
    entry(
        SoundEvent::Speech,
        &[(0, "Speech"), (1, "Child speech, kid speaking"), (2, "Conversation"), (3, "Narration, monologue")],
    ),
    // Voices that carry music, with or without instruments.
    entry(
        SoundEvent::Singing,
        &[
            (24, "Singing"),
            (25, "Choir"),
            (26, "Yodeling"),
            (27, "Chant"),
            (28, "Mantra"),
            (29, "Child singing"),
            (30, "Synthetic singing"),
            (31, "Rapping"),
        ],
    ),
    // AudioSet labels every instrument and genre with these two as well, so that the others add nothing.
    entry(SoundEvent::Music, &[(132, "Music"), (133, "Musical instrument")]),
    // Single shots and bursts; caps and real guns sound alike in a film.
    entry(
        SoundEvent::Gunshot,
        &[
            (421, "Gunshot, gunfire"),
            (422, "Machine gun"),
            (423, "Fusillade"),
            (424, "Artillery fire"),
            (425, "Cap gun"),
        ],
    ),
    // What is heard from afar counts as boom or eruption.
    entry(SoundEvent::Explosion, &[(420, "Explosion"), (429, "Eruption"), (430, "Boom")]),
    // Apart from weapons and explosions: a celebration.
    entry(SoundEvent::Fireworks, &[(426, "Fireworks"), (427, "Firecracker")]),
    // Glass that breaks and cars that crash are split between these.
    entry(SoundEvent::Crash, &[(437, "Shatter"), (463, "Smash, crash"), (464, "Breaking")]),
    // Fights and falls; short sounds that the network spreads over these.
    entry(
        SoundEvent::Blow,
        &[(454, "Thump, thud"), (460, "Bang"), (461, "Slap, smack"), (462, "Whack, thwack")],
    ),
    // Emergency vehicles are labelled by vehicle and by siren.
    entry(
        SoundEvent::Siren,
        &[
            (316, "Emergency vehicle"),
            (317, "Police car (siren)"),
            (318, "Ambulance (siren)"),
            (319, "Fire engine, fire truck (siren)"),
            (390, "Siren"),
            (391, "Civil defense siren"),
        ],
    ),
    // Not telephones, which ask for another cut; not sirens, which come from the street.
    entry(
        SoundEvent::Alarm,
        &[
            (304, "Car alarm"),
            (382, "Alarm"),
            (389, "Alarm clock"),
            (393, "Smoke detector, smoke alarm"),
            (394, "Fire alarm"),
        ],
    ),
    // Bells and melodies.
    entry(SoundEvent::Telephone, &[(383, "Telephone"), (384, "Telephone bell ringing"), (385, "Ringtone")]),
    // Somebody comes or goes.
    entry(
        SoundEvent::Door,
        &[(348, "Door"), (349, "Doorbell"), (350, "Ding-dong"), (352, "Slam"), (353, "Knock")],
    ),
    // The three are given together.
    entry(SoundEvent::Clock, &[(400, "Clock"), (401, "Tick"), (402, "Tick-tock")]),
    // Barks, howls and growls are labelled with the animal as well.
    entry(
        SoundEvent::Dog,
        &[
            (69, "Dog"),
            (70, "Bark"),
            (71, "Yip"),
            (72, "Howl"),
            (73, "Bow-wow"),
            (74, "Growling"),
            (75, "Whimper (dog)"),
        ],
    ),
    // Without hissing, which the network also hears in steam and static.
    entry(SoundEvent::Cat, &[(76, "Cat"), (77, "Purr"), (78, "Meow"), (80, "Caterwaul")]),
    // A rooster is to an editor what a songbird is: an animal in the picture.
    entry(
        SoundEvent::Bird,
        &[
            (93, "Fowl"),
            (94, "Chicken, rooster"),
            (95, "Cluck"),
            (96, "Crowing, cock-a-doodle-doo"),
            (97, "Turkey"),
            (98, "Gobble"),
            (99, "Duck"),
            (100, "Quack"),
            (101, "Goose"),
            (102, "Honk"),
            (106, "Bird"),
            (107, "Bird vocalization, bird call, bird song"),
            (108, "Chirp, tweet"),
            (109, "Squawk"),
            (110, "Pigeon, dove"),
            (111, "Coo"),
            (112, "Crow"),
            (113, "Caw"),
            (114, "Owl"),
            (115, "Hoot"),
        ],
    ),
    // Farm animals and wild ones, with the general classes; dogs, cats and birds raise it too.
    entry(
        SoundEvent::Animal,
        &[
            (67, "Animal"),
            (68, "Domestic animals, pets"),
            (81, "Livestock, farm animals, working animals"),
            (82, "Horse"),
            (84, "Neigh, whinny"),
            (85, "Cattle, bovinae"),
            (86, "Moo"),
            (88, "Pig"),
            (89, "Oink"),
            (90, "Goat"),
            (91, "Bleat"),
            (92, "Sheep"),
            (103, "Wild animals"),
            (104, "Roaring cats (lions, tigers)"),
            (105, "Roar"),
        ],
    ),
    // Engines, horns and tyres of one moment are split between these.
    entry(
        SoundEvent::Vehicle,
        &[
            (294, "Vehicle"),
            (300, "Motor vehicle (road)"),
            (301, "Car"),
            (302, "Vehicle horn, car horn, honking"),
            (306, "Skidding"),
            (307, "Tire squeal"),
            (308, "Car passing by"),
            (309, "Race car, auto racing"),
            (310, "Truck"),
            (320, "Motorcycle"),
            (347, "Accelerating, revving, vroom"),
        ],
    ),
    // Rails have their own sounds.
    entry(
        SoundEvent::Train,
        &[
            (322, "Rail transport"),
            (323, "Train"),
            (324, "Train whistle"),
            (325, "Train horn"),
            (326, "Railroad car, train wagon"),
            (327, "Train wheels squealing"),
            (328, "Subway, metro, underground"),
        ],
    ),
    // Propellers and jets; a helicopter is often heard as one or the other.
    entry(
        SoundEvent::Aircraft,
        &[
            (329, "Aircraft"),
            (330, "Aircraft engine"),
            (331, "Jet engine"),
            (332, "Propeller, airscrew"),
            (333, "Helicopter"),
            (334, "Fixed-wing aircraft, airplane"),
        ],
    ),
    // A chainsaw is often heard as any small engine.
    entry(
        SoundEvent::Tool,
        &[
            (338, "Light engine (high frequency)"),
            (341, "Chainsaw"),
            (414, "Jackhammer"),
            (418, "Power tool"),
            (419, "Drill"),
        ],
    ),
    // What it falls on does not matter.
    entry(SoundEvent::Rain, &[(283, "Rain"), (284, "Raindrop"), (285, "Rain on surface")]),
    // The storm and its claps are given together.
    entry(SoundEvent::Thunder, &[(280, "Thunderstorm"), (281, "Thunder")]),
    // Waves, falls and splashes blend into each other.
    entry(
        SoundEvent::Water,
        &[
            (286, "Stream"),
            (287, "Waterfall"),
            (288, "Ocean"),
            (289, "Waves, surf"),
            (439, "Splash, splatter"),
        ],
    ),
    // Flames are mostly heard by their crackle.
    entry(SoundEvent::Fire, &[(292, "Fire"), (293, "Crackle")]),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_event_has_classes_of_its_own() {
        assert!(
            VOCABULARY.iter().map(|entry| entry.event).eq(SoundEvent::ALL),
            "the vocabulary lists the events in their order"
        );
        let classes = VOCABULARY.iter().flat_map(|entry| entry.classes);
        let different: BTreeSet<_> = classes.clone().collect();
        assert_eq!(different.len(), classes.count(), "a class stands in two events");
    }

    #[test]
    fn classes_have_the_names_of_the_models_label_list() {
        let Some(folder) = super::super::shared::folder("models/yamnet") else { return };
        let labels =
            std::fs::read_to_string(folder.join("yamnet_label_list.txt")).expect("the labels are readable");
        let labels: Vec<&str> = labels.lines().collect();
        for (class, name) in VOCABULARY.iter().flat_map(|entry| entry.classes) {
            assert_eq!(labels.get(*class), Some(name), "class {class} has another name in the model");
        }
    }
}
