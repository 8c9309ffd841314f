//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// Finds the moments worth keeping in long videos, on your own machine.
#[derive(Debug, Parser)]
#[command(name = "standout", version, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Find the highlights of videos and print them as JSON
    Extract(Extract),
    /// Do one task read from standard input (used by Standout itself)
    #[command(hide = true)]
    Worker,
}

#[derive(Debug, Args)]
pub(crate) struct Extract {
    /// Videos to look into, at most five and two hours in all
    #[arg(value_name = "VIDEO", required_unless_present = "input_config", conflicts_with = "input_config")]
    pub(crate) videos: Vec<PathBuf>,

    /// Highlights in each video, 1 to 10 [default: 5]
    #[arg(long, value_name = "N", conflicts_with = "input_config", allow_negative_numbers = true)]
    pub(crate) count: Option<i64>,

    /// Seconds each highlight should last, 3 to 60 [default: 15]
    #[arg(long, value_name = "S", conflicts_with = "input_config", allow_negative_numbers = true)]
    pub(crate) clip_duration: Option<f64>,

    /// Actions to look for and the names their tags get, separated by commas
    #[arg(long, value_name = "A,B", conflicts_with = "input_config")]
    pub(crate) actions: Option<String>,

    /// Go on with picture and sound alone where a video has neither voice nor subtitles
    #[arg(long, conflicts_with = "input_config")]
    pub(crate) allow_speechless: bool,

    /// Write each highlight as an MP4 file, as in clips/{index}.mp4
    #[arg(long, value_name = "DIR/{index}.mp4", conflicts_with = "output_config")]
    pub(crate) export: Option<String>,

    /// Take the job from a file with the contract's InputConfig as JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) input_config: Option<PathBuf>,

    /// Take what becomes of the highlights from a file with the contract's OutputConfig as JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) output_config: Option<PathBuf>,

    /// Print a table for people instead of JSON
    #[arg(long)]
    pub(crate) table: bool,
}
