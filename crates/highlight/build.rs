//! Turns the vocabulary of actions, `assets/actions.toml`, into a table of constants: a mistake in it stops the build.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::path::Path;

use serde::Deserialize;

const VOCABULARY: &str = "../../assets/actions.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vocabulary {
    neutral: Vec<String>,
    action: Vec<Action>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Action {
    name: String,
    #[serde(default)]
    asked: bool,
    #[serde(default)]
    sounds: Vec<String>,
    #[serde(default)]
    pictures: Vec<String>,
    names: BTreeMap<String, Vec<String>>,
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={VOCABULARY}");
    let Vocabulary { neutral, action: actions } = toml::from_str(&std::fs::read_to_string(VOCABULARY)?)?;
    let mut table = String::from("&[\n");
    for Action { name, asked, sounds, pictures, names } in actions {
        if sounds.is_empty() && pictures.is_empty() {
            return Err(format!("{name}: neither a sound nor a picture shows it").into());
        }
        // A sound that the model does not know is an unknown variant in the table.
        let sounds: Vec<String> =
            sounds.iter().map(|sound| format!("SoundEvent::{}", variant(sound))).collect();
        let names: Vec<String> = names.into_values().flatten().collect();
        writeln!(
            table,
            "    Action {{ name: {name:?}, asked: {asked}, sounds: &[{}], pictures: &{pictures:?}, names: &{names:?} }},",
            sounds.join(", ")
        )?;
    }
    table.push(']');
    if neutral.is_empty() {
        return Err("no neutral captions: every picture would show everything".into());
    }
    let folder = std::env::var("OUT_DIR")?;
    std::fs::write(Path::new(&folder).join("neutral.rs"), format!("&{neutral:?}"))?;
    Ok(std::fs::write(Path::new(&folder).join("actions.rs"), table)?)
}

/// `gunshot` is the variant `Gunshot`.
fn variant(name: &str) -> String {
    name.split('_').map(|word| word[..1].to_uppercase() + &word[1..]).collect()
}
