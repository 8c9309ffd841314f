//! What can be said on the command line.

use std::net::SocketAddr;
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
    Extract(Box<Extract>),
    /// Keep a library of videos, each under an id that stays when the file is moved
    #[command(subcommand)]
    Media(Media),
    /// See to the models that let Standout hear and see more; nothing is fetched unasked
    #[command(subcommand)]
    Models(Models),
    /// Set up the S3-compatible buckets that clips go to
    #[command(subcommand)]
    Bucket(Bucket),
    /// See to the clips that wait on this machine for their bucket
    #[command(subcommand)]
    Uploads(Uploads),
    /// Answer the cloud service's protocol, so that its clients work against this machine
    Serve(Serve),
    /// Do one task read from standard input (used by Standout itself)
    #[command(hide = true)]
    Worker,
}

#[derive(Debug, Args)]
pub(crate) struct Extract {
    /// Videos to look into, at most five and two hours in all: paths, http(s)://, s3:// or oss:// addresses
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

    /// Pixels in a row, 128 to 4096 and even; the other side follows
    #[arg(long, value_name = "N", requires = "export", allow_negative_numbers = true)]
    pub(crate) width: Option<i64>,

    /// Rows, 128 to 4096 and even; the other side follows
    #[arg(long, value_name = "N", requires = "export", allow_negative_numbers = true)]
    pub(crate) height: Option<i64>,

    /// H.264, H.265, VP9, AV1, or copy [default: H.264]
    #[arg(long, value_name = "CODEC", requires = "export")]
    pub(crate) codec: Option<String>,

    /// Constant quality, 0 (best) to 51
    #[arg(long, value_name = "N", requires = "export", allow_negative_numbers = true)]
    pub(crate) crf: Option<f64>,

    /// Average kbit/s of the picture, 10 to 50000
    #[arg(long, value_name = "N", requires = "export", allow_negative_numbers = true)]
    pub(crate) bitrate: Option<i64>,

    /// Take each clip into the media library
    #[arg(long, requires = "export")]
    pub(crate) register: bool,

    /// Take the job from a file with the contract's InputConfig as JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) input_config: Option<PathBuf>,

    /// Take what becomes of the highlights from a file with the contract's OutputConfig as JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) output_config: Option<PathBuf>,

    /// Write down what is said where no subtitle tells, so that words count: with the model of this id (see `standout models
    /// list`) or in this file; without a value with the first one installed
    #[arg(long, value_name = "MODEL", num_args = 0..=1, default_missing_value = "", require_equals = true)]
    pub(crate) transcribe: Option<String>,

    /// The language that is spoken, as its code (en, zh, es, ja …); found out when not given
    #[arg(long, value_name = "CODE", requires = "transcribe")]
    pub(crate) language: Option<String>,

    /// Print a table for people instead of JSON
    #[arg(long)]
    pub(crate) table: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Media {
    /// Take videos in; one whose content is known gets its new place
    Add {
        /// Paths, http(s)://, s3:// or oss:// addresses
        #[arg(value_name = "VIDEO", required = true)]
        places: Vec<PathBuf>,
    },
    /// List the videos, the last added first
    List {
        /// Words that must occur in the name, the place, the id or a project's name
        #[arg(value_name = "WORD")]
        search: Vec<String>,
        /// Print JSON instead of lines for people
        #[arg(long)]
        json: bool,
    },
    /// Tell what is known of a video
    Show {
        /// 32 hexadecimal digits
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Take a video out of the library; its file is not touched
    Remove {
        /// 32 hexadecimal digits
        #[arg(value_name = "ID")]
        id: String,
    },
    /// Tell where a video lies now
    Relink {
        /// 32 hexadecimal digits
        #[arg(value_name = "ID")]
        id: String,
        /// The file, or a folder to search for it
        #[arg(value_name = "PLACE")]
        place: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Models {
    /// List the models: what each is for, its size and licence, and where it lies
    List {
        /// Print JSON instead of lines for people
        #[arg(long)]
        json: bool,
    },
    /// Fetch models from their makers' pages; one that was cut goes on where it stopped
    Download {
        /// As `standout models list` shows them, or `all`
        #[arg(value_name = "ID", required = true)]
        ids: Vec<String>,
    },
    /// Take files in that were fetched by other means, each recognised by its content, or a folder with an encoder of pictures
    /// and texts, which is tried
    Import {
        /// The files, whatever they are called, or folders with vision_model.onnx, text_model.onnx and a tokenizer
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
    },
    /// Remove models from Standout's folder; other folders are left alone
    Remove {
        /// As `standout models list` shows them
        #[arg(value_name = "ID", required = true)]
        ids: Vec<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Bucket {
    /// List the buckets
    List,
    /// Set a bucket up, or change it; the secret access key is read from standard input
    Set(BucketSettings),
    /// Write, look at and delete a small object
    Test {
        /// The bucket's name in Standout
        name: String,
    },
    /// Forget a bucket and its keys; what lies in it is not touched
    Remove {
        /// The bucket's name in Standout
        name: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct BucketSettings {
    /// Its name in Standout
    pub(crate) name: String,

    /// Its name on the server; needed the first time
    #[arg(long)]
    pub(crate) bucket: Option<String>,

    /// The server's address, as in https://s3.example.com [default: AWS]
    #[arg(long, value_name = "URL")]
    pub(crate) endpoint: Option<String>,

    /// [default: that of the endpoint, else us-east-1]
    #[arg(long)]
    pub(crate) region: Option<String>,

    /// Name the bucket in the path instead of before the host; MinIO and most servers of one's own need it
    #[arg(long, value_name = "true|false", num_args = 0..=1, default_missing_value = "true")]
    pub(crate) path_style: Option<bool>,

    /// Send SHA-256 checksums; Aliyun OSS, COS and GCS reject them
    #[arg(long, value_name = "true|false", num_args = 0..=1, default_missing_value = "true")]
    pub(crate) checksums: Option<bool>,

    /// Keep this access key id, and the secret from standard input, in the system's keyring
    #[arg(long, value_name = "ID")]
    pub(crate) access_key_id: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Uploads {
    /// List the clips that wait
    List,
    /// Send them
    Resume,
    /// Give them up and remove them from this machine
    Discard,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Serve {
    #[command(subcommand)]
    pub(crate) command: Option<ServeCommand>,

    /// Where to listen
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8787")]
    pub(crate) listen: SocketAddr,

    /// Let other machines reach it; whoever has a key can then read videos and write clips on this one
    #[arg(long)]
    pub(crate) allow_remote: bool,

    /// Jobs done at once, 1 to 16
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=16))]
    pub(crate) jobs: u8,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ServeCommand {
    /// See to the keys that clients sign with
    #[command(subcommand)]
    Keys(Keys),
}

#[derive(Debug, Subcommand)]
pub(crate) enum Keys {
    /// Make a key and print it; its secret cannot be shown again
    Add,
    /// List the keys, without their secrets
    List,
    /// Remove a key; a server that runs refuses it from then on
    Remove {
        /// As `standout serve keys list` shows it
        #[arg(value_name = "ID")]
        id: String,
    },
}
