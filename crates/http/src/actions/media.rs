//! The actions on the media library.

use engine::model::MediaLocation;
use engine::model::SourceInfo;
use engine::model::job::MediaAddress;
use engine::{AssetView, Stopped};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::{Answer, Context, answer, ask};
use crate::{ApiError, time};

pub(super) async fn register(context: Context<'_>) -> Result<Answer, ApiError> {
    let location = location(context.parameters.require("InputURL")?)?;
    // A client that gives up closes its connection, and the work ends with the answer nobody waits for.
    let asset = context.engine.add_asset(&location, &CancellationToken::new()).await;
    let asset = asset.map_err(|stopped| match stopped {
        Stopped::Failed(failure) => ApiError::of_failure(&failure),
        Stopped::Cancelled => ApiError::internal(),
    })?;
    Ok(answer([("MediaId", asset.id.0.into())]))
}

pub(super) async fn get(context: Context<'_>) -> Result<Answer, ApiError> {
    let parameters = context.parameters;
    let asset = match (parameters.get("MediaId"), parameters.get("InputURL")) {
        (Some(id), _) => {
            let id = id.to_owned();
            ask(context.engine, move |engine| engine.asset(&id)).await?
        }
        (None, Some(address)) => {
            let location = location(address)?;
            let assets = ask(context.engine, |engine| engine.assets("")).await?;
            assets.into_iter().find(|asset| asset.location == location).ok_or_else(|| {
                let message = "The media library has no video at this InputURL. Register it first.";
                ApiError::not_found("MediaNotFound", message)
            })?
        }
        (None, None) => return Err(ApiError::missing("MediaId")),
    };
    Ok(answer([("MediaInfo", media_info(&asset))]))
}

/// A path must be whole: it would else be looked for where the server happens to have been started.
fn location(text: &str) -> Result<MediaLocation, ApiError> {
    let address = MediaAddress::parse(text).map_err(|rule| ApiError::invalid("InputURL", &rule))?;
    let location = address.location();
    if location.local_path().is_some_and(|path| !path.is_absolute()) {
        return Err(ApiError::invalid("InputURL", "must be an address or a path that begins at the root"));
    }
    Ok(location.clone())
}

/// Without what an address may hide after `?`, as everywhere.
fn media_info(asset: &AssetView) -> Value {
    let AssetView { id, location, fingerprint: _, info, added, missing, used_in: _ } = asset;
    let (name, url) = (location.name(), location.to_string());
    json!({
        "MediaId": id.0,
        "MediaBasicInfo": {
            "MediaId": id.0,
            "Title": name,
            "InputURL": url,
            "MediaType": if info.video.is_some() { "video" } else { "audio" },
            "Source": "general",
            "Status": "Normal",
            "CreateTime": time::written(*added),
            "ModifiedTime": time::written(*added),
        },
        "FileInfoList": [{
            "FileBasicInfo": file_info(info, &name, &url, *missing),
            "VideoStreamInfoList": video_streams(info),
            "AudioStreamInfoList": audio_streams(info),
            "SubtitleStreamInfoList": subtitle_streams(info),
        }],
    })
}

/// Figures are texts, as the service writes them.
fn file_info(info: &SourceInfo, name: &str, url: &str, missing: bool) -> Value {
    let mut file = answer([
        ("FileName", name.into()),
        ("FileUrl", url.into()),
        ("FileStatus", if missing { "Missing" } else { "Normal" }.into()),
        ("FileType", "source_file".into()),
        ("FileSize", info.size.to_string().into()),
        ("Duration", info.duration.as_seconds().to_string().into()),
        ("FormatName", info.container.clone().into()),
    ]);
    if let Some(video) = &info.video {
        file.insert("Width".to_owned(), video.width.to_string().into());
        file.insert("Height".to_owned(), video.height.to_string().into());
    }
    file.into()
}

fn video_streams(info: &SourceInfo) -> Vec<Value> {
    let stream = info.video.iter().map(|video| {
        answer([
            ("Index", video.index.to_string().into()),
            ("CodecName", video.codec.clone().into()),
            ("PixFmt", video.pixel_format.clone().into()),
            ("Width", video.width.to_string().into()),
            ("Height", video.height.to_string().into()),
            ("AvgFPS", video.frame_rate.map(|rate| rate.as_hertz().to_string()).into()),
            ("StartTime", video.start.as_seconds().to_string().into()),
        ])
        .into()
    });
    stream.collect()
}

fn audio_streams(info: &SourceInfo) -> Vec<Value> {
    let streams = info.audio.iter().map(|audio| {
        answer([
            ("Index", audio.index.to_string().into()),
            ("CodecName", audio.codec.clone().into()),
            ("SampleRate", audio.sample_rate.to_string().into()),
            ("Channels", audio.channels.to_string().into()),
            ("Lang", audio.language.clone().into()),
            ("StartTime", audio.start.as_seconds().to_string().into()),
        ])
        .into()
    });
    streams.collect()
}

fn subtitle_streams(info: &SourceInfo) -> Vec<Value> {
    let streams = info.text.iter().map(|text| {
        answer([
            ("Index", text.index.to_string().into()),
            ("CodecName", text.codec.clone().into()),
            ("Lang", text.language.clone().into()),
        ])
        .into()
    });
    streams.collect()
}
