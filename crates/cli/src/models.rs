//! `standout models`: what Standout can be taught, and what of it is installed.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use engine::{Code, Engine, Failure, ModelPart, ModelPlace, ModelView, Stopped};
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use crate::arguments::Models;
use crate::command_line::{Ending, cancelled_by_signal, open_engine, print, print_json};
use crate::progress::TransferLine;

/// What stands for every model that is not installed.
const ALL: &str = "all";

/// A model as it is printed.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Printed<'a> {
    id: &'a str,
    kind: &'a str,
    name: &'a str,
    purpose: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    languages: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speed: Option<&'a str>,
    /// `missing`, `installed`, `listed` or `damaged`.
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a Path>,
    /// Bytes that are there of what is not whole.
    kept: u64,
    /// Bytes of all its files.
    size: u64,
    licence: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(rename = "SHA256")]
    sha256: String,
    /// The other files of a model that takes several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<PrintedPart<'a>>,
}

/// A further file of a model as it is printed.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct PrintedPart<'a> {
    file: &'a str,
    size: u64,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(rename = "SHA256")]
    sha256: String,
}

impl<'a> From<&'a ModelPart> for PrintedPart<'a> {
    fn from(ModelPart { file, url, size, sha256 }: &'a ModelPart) -> Self {
        Self { file, size: *size, url: url.as_deref(), sha256: sha256.to_string() }
    }
}

impl<'a> From<&'a ModelView> for Printed<'a> {
    fn from(ModelView { entry, place, kept, lacking: _ }: &'a ModelView) -> Self {
        let (state, path) = state(place);
        Self {
            id: &entry.id,
            kind: entry.kind.name(),
            name: &entry.name,
            purpose: &entry.purpose,
            languages: entry.languages.as_deref(),
            speed: entry.speed.as_deref(),
            state,
            path,
            kept: *kept,
            size: entry.total_size(),
            licence: &entry.licence,
            source: entry.source.as_deref(),
            url: entry.url.as_deref(),
            sha256: entry.sha256.to_string(),
            also: entry.also.iter().map(PrintedPart::from).collect(),
        }
    }
}

pub(crate) async fn run(command: Models) -> Result<(), Ending> {
    let engine = open_engine()?;
    match command {
        Models::List { json } => {
            let views = engine.models().await?;
            if json {
                return print_json(&views.iter().map(Printed::from).collect::<Vec<_>>());
            }
            print(&listed(&views))
        }
        Models::Download { ids } => download(&engine, ids).await,
        Models::Import { files } => import(&engine, files).await,
        Models::Remove { ids } => {
            let mut failed = Vec::new();
            for id in ids {
                if let Err(failure) = engine.remove_model(&id).await {
                    failed.push(failure);
                }
            }
            refused(failed)
        }
    }
}

async fn download(engine: &Engine, ids: Vec<String>) -> Result<(), Ending> {
    let views = engine.models().await?;
    let ids = if ids.iter().any(|id| id == ALL) {
        let missing = |view: &&ModelView| view.place.file().is_none() && view.entry.url.is_some();
        views.iter().filter(missing).map(|view| view.entry.id.clone()).collect()
    } else {
        ids
    };
    let unknown = |id: &&String| views.iter().all(|view| view.entry.id != **id);
    if let Some(id) = ids.iter().find(unknown) {
        // Its words list the ids that there are; nothing is fetched when one of several is mistyped.
        return engine.model(id).await.map(|_| ()).map_err(|failure| refused_one(&failure));
    }
    let cancel = cancelled_by_signal();
    let mut failed = Vec::new();
    for id in ids {
        let line = TransferLine::new("Downloading", &id);
        let ended = engine.download_model(&id, &cancel, |progress| line.show(&progress)).await;
        line.clear();
        match ended {
            Ok(view) => print(&installed(&view))?,
            Err(Stopped::Failed(failure)) => failed.push(failure.to_string()),
            Err(Stopped::Cancelled) => {
                failed.push("Cancelled. What has arrived is kept; download again to go on.".to_owned());
                break;
            }
        }
    }
    ended(failed)
}

async fn import(engine: &Engine, files: Vec<PathBuf>) -> Result<(), Ending> {
    let cancel = cancelled_by_signal();
    let mut failed = Vec::new();
    for file in files {
        let line = Arc::new(TransferLine::new("Importing", &file.display().to_string()));
        let shown = Arc::clone(&line);
        let imported = engine.import_model(&file, &cancel, move |_, progress| shown.show(&progress)).await;
        line.clear();
        match imported {
            Ok(view) => print(&installed(&view))?,
            Err(Stopped::Failed(failure)) => failed.push(failure.to_string()),
            Err(Stopped::Cancelled) => {
                failed.push(format!("Cancelled while {} was imported. Import it again.", file.display()));
                break;
            }
        }
    }
    ended(failed)
}

fn ended(failed: Vec<String>) -> Result<(), Ending> {
    if failed.is_empty() { Ok(()) } else { Err(Ending::Failed(failed)) }
}

fn refused(failed: Vec<Failure>) -> Result<(), Ending> {
    let lines: Vec<String> = failed.iter().map(Failure::to_string).collect();
    match failed.iter().all(|failure| failure.code == Code::ModelUnknown) {
        _ if failed.is_empty() => Ok(()),
        true => Err(Ending::Refused(lines)),
        false => Err(Ending::Failed(lines)),
    }
}

fn refused_one(failure: &Failure) -> Ending {
    Ending::Refused(vec![failure.to_string()])
}

fn installed(view: &ModelView) -> String {
    let id = &view.entry.id;
    match state(&view.place) {
        (_, Some(path)) if view.place.file().is_some() => format!("{id}  {}\n", path.display()),
        _ => format!("{id}  still to come: {}\n", view.lacking.join(", ")),
    }
}

/// The state's name for programs, and the file that it is about.
fn state(place: &ModelPlace) -> (&'static str, Option<&Path>) {
    match place {
        ModelPlace::Missing => ("missing", None),
        ModelPlace::Installed(path) => ("installed", Some(path)),
        ModelPlace::Listed(path) => ("listed", Some(path)),
        ModelPlace::Damaged(path) => ("damaged", Some(path)),
    }
}

/// Two lines for each model: what it is and where it lies, then what it is for.
fn listed(views: &[ModelView]) -> String {
    let width = views.iter().map(|view| view.entry.id.width()).max().unwrap_or(0);
    let licences = views.iter().map(|view| view.entry.licence.width()).max().unwrap_or(0);
    let line = |view: &ModelView| {
        let ModelView { entry, place, kept, lacking: _ } = view;
        let size = megabytes(entry.total_size());
        let place = match place {
            ModelPlace::Missing if *kept > 0 => {
                format!("not installed, {} % arrived", kept * 100 / entry.total_size())
            }
            ModelPlace::Missing => "not installed".to_owned(),
            ModelPlace::Installed(path) => path.display().to_string(),
            ModelPlace::Listed(path) => format!("{} (STANDOUT_MODELS)", path.display()),
            ModelPlace::Damaged(path) if entry.url.is_none() => {
                format!("damaged, import it again: {}", path.display())
            }
            ModelPlace::Damaged(path) => format!("damaged, download it again: {}", path.display()),
        };
        let (id, licence) = (&entry.id, &entry.licence);
        let traits = [&entry.languages, &entry.speed].into_iter().flatten().map(String::as_str);
        let traits: Vec<&str> = traits.collect();
        let traits = if traits.is_empty() { String::new() } else { format!(" ({})", traits.join(", ")) };
        let indent = " ".repeat(width);
        format!("{id:width$}  {size:>8}  {licence:licences$}  {place}\n{indent}  {}{traits}\n", entry.purpose)
    };
    views.iter().map(line).collect()
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

#[cfg(test)]
mod tests {
    use engine::Catalogue;

    use super::*;

    #[test]
    fn the_list_says_what_each_is_for_and_where_it_lies() {
        let catalogue = "
[[model]]
id = 'ears'
kind = 'sound-events'
name = 'Ears'
purpose = 'Hears laughter.'
file = 'ears.bin'
licence = 'MIT'
source = 'https://page/'
url = 'https://page/ears.bin'
size = 4126810
sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
[[model]]
id = 'pen'
kind = 'speech'
name = 'Pen'
purpose = 'Writes down what is said.'
languages = '2 languages'
speed = 'slow'
file = 'pen.bin'
licence = 'Apache-2.0'
source = 'https://page/'
url = 'https://page/pen.bin'
size = 574041195
sha256 = 'aa7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'
";
        let catalogue = Catalogue::parse(catalogue).expect("the catalogue is whole");
        let places = [ModelPlace::Installed("/data/models/ears.bin".into()), ModelPlace::Missing];
        let entries = catalogue.entries().iter().cloned().zip(places);
        let views: Vec<ModelView> = entries
            .map(|(entry, place)| ModelView { kept: entry.size / 4, lacking: Vec::new(), entry, place })
            .collect();
        let expected = "\
ears    4.1 MB  MIT         /data/models/ears.bin
      Hears laughter.
pen   574.0 MB  Apache-2.0  not installed, 24 % arrived
      Writes down what is said. (2 languages, slow)
";
        assert_eq!(listed(&views), expected);
    }
}
