//! `standout media`: the media library.

use std::fmt::Write;

use engine::{AssetView, Stopped};
use serde::Serialize;

use crate::address::address;
use crate::arguments::Media;
use crate::command_line::{Ending, cancelled_by_signal, open_engine, print, print_json};

/// A video of the library as it is printed.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Printed {
    media_id: String,
    name: String,
    #[serde(rename = "MediaURL")]
    media_url: String,
    /// Seconds.
    duration: f64,
    /// Bytes.
    size: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    height: Option<u32>,
    missing: bool,
    used_in: Vec<String>,
}

impl From<AssetView> for Printed {
    fn from(view: AssetView) -> Self {
        let video = view.info.video.as_ref();
        Self {
            media_id: view.id.0,
            name: view.location.name(),
            media_url: view.location.to_string(),
            duration: view.info.duration.as_seconds(),
            size: view.info.size,
            width: video.map(|video| video.width),
            height: video.map(|video| video.height),
            missing: view.missing,
            used_in: view.used_in,
        }
    }
}

pub(crate) async fn run(command: Media) -> Result<(), Ending> {
    let engine = open_engine()?;
    match command {
        Media::Add { places } => {
            let read = |place: &std::path::PathBuf| address("VIDEO", place);
            let addresses: Vec<_> = places.iter().map(read).collect();
            let faults = addresses.iter().filter_map(|address| address.as_ref().err());
            let faults: Vec<String> = faults.map(ToString::to_string).collect();
            if !faults.is_empty() {
                return Err(Ending::Refused(faults));
            }
            let cancel = cancelled_by_signal();
            let (mut added, mut failed) = (Vec::new(), Vec::new());
            for address in addresses.into_iter().flatten() {
                match engine.add_asset(address.location(), &cancel).await {
                    Ok(view) => added.push(Printed::from(view)),
                    Err(Stopped::Failed(failure)) => failed.push(failure.to_string()),
                    Err(Stopped::Cancelled) => return Err(Stopped::Cancelled.into()),
                }
            }
            print_json(&added)?;
            if failed.is_empty() { Ok(()) } else { Err(Ending::Failed(failed)) }
        }
        Media::List { search, json } => {
            let views = engine.assets(&search.join(" "))?;
            if json {
                return print_json(&views.into_iter().map(Printed::from).collect::<Vec<_>>());
            }
            print(&listed(&views))
        }
        Media::Show { id } => print_json(&Printed::from(engine.asset(&id)?)),
        Media::Remove { id } => Ok(engine.remove_asset(&id)?),
        Media::Relink { id, place } => print_json(&Printed::from(engine.relink_asset(&id, &place).await?)),
    }
}

/// A line for each video: id, length, where it is.
fn listed(views: &[AssetView]) -> String {
    let mut text = String::new();
    for view in views {
        let missing = if view.missing { "  (missing)" } else { "" };
        // Writing to memory cannot fail.
        let length = view.info.duration.to_string();
        let _ = writeln!(text, "{}  {length:>11}  {}{missing}", view.id, view.location);
    }
    if text.is_empty() {
        text.push_str("No video of the library fits. Add one with: standout media add FILE\n");
    }
    text
}
