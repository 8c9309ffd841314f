//! `standout bucket`: the buckets that clips go to, and what waits for them.

use std::io::{IsTerminal, Read};

use engine::{BucketProfile, BucketView, Credentials, SecretsPlace};

use crate::arguments::{Bucket, BucketSettings, Uploads};
use crate::command_line::{Ending, cancelled_by_signal, open_engine, print, print_json};

pub(crate) async fn run(command: Bucket) -> Result<(), Ending> {
    let engine = open_engine()?;
    match command {
        Bucket::List => {
            let lines: Vec<String> = engine.buckets()?.iter().map(line).collect();
            print(&lines.concat())
        }
        Bucket::Set(settings) => {
            let credentials = credentials(&settings)?;
            let known = engine.buckets()?.into_iter().map(|view| view.profile);
            let known = known.into_iter().find(|profile| profile.name == settings.name);
            let profile = profile(settings, known.as_ref())?;
            let replaces = known.map(|profile| profile.name);
            Ok(engine.save_bucket(replaces.as_deref(), &profile, credentials.as_ref())?)
        }
        Bucket::Test { name } => {
            let found = engine.buckets()?.into_iter().find(|view| view.profile.name == name);
            let view = found.ok_or_else(|| {
                Ending::Refused(vec![format!("No bucket named {name} is set up. See: standout bucket list")])
            })?;
            engine.test_bucket(&view.profile, None).await?;
            print("The bucket takes, shows and deletes objects.\n")
        }
        Bucket::Remove { name } => Ok(engine.remove_bucket(&name)?),
    }
}

pub(crate) async fn uploads(command: Uploads) -> Result<(), Ending> {
    let engine = open_engine()?;
    let waiting = engine.waiting_clips()?;
    match command {
        Uploads::List => {
            let lines = waiting
                .iter()
                .map(|clip| format!("{}  {:>12} bytes  {}/{}\n", clip.id, clip.size, clip.bucket, clip.key));
            print(&lines.collect::<String>())
        }
        Uploads::Resume => {
            let cancel = cancelled_by_signal();
            let (mut sent, mut failed) = (Vec::new(), Vec::new());
            for clip in waiting {
                match engine.send(&clip.id, &cancel, |_| {}).await {
                    Ok(clip) => sent.push(clip.address),
                    Err(engine::Stopped::Failed(failure)) => failed.push(failure.to_string()),
                    Err(engine::Stopped::Cancelled) => {
                        failed.push("Cancelled; what was sent of the others is kept.".to_owned());
                        break;
                    }
                }
            }
            print_json(&sent)?;
            if failed.is_empty() { Ok(()) } else { Err(Ending::Failed(failed)) }
        }
        Uploads::Discard => {
            for clip in waiting {
                engine.discard_upload(&clip.id).await?;
            }
            Ok(())
        }
    }
}

/// What is not given stays as it was, or is as servers of that kind want it.
fn profile(settings: BucketSettings, known: Option<&BucketProfile>) -> Result<BucketProfile, Ending> {
    let BucketSettings { name, bucket, endpoint, region, path_style, checksums, access_key_id: _ } = settings;
    let mut profile = match (known, bucket) {
        (Some(known), None) => known.clone(),
        (Some(known), Some(bucket)) => BucketProfile { bucket, ..known.clone() },
        (None, Some(bucket)) => BucketProfile::at(name, endpoint.as_deref(), bucket),
        (None, None) => {
            let message = format!("No bucket named {name} is set up yet: say which with --bucket.");
            return Err(Ending::Refused(vec![message]));
        }
    };
    profile.endpoint = endpoint.or(profile.endpoint);
    profile.region = region.unwrap_or(profile.region);
    profile.path_style = path_style.unwrap_or(profile.path_style);
    profile.checksums = checksums.unwrap_or(profile.checksums);
    Ok(profile)
}

/// The keys to keep: the id from the arguments, the secret from standard input, where no list of processes and no history
/// of commands shows it.
fn credentials(settings: &BucketSettings) -> Result<Option<Credentials>, Ending> {
    let Some(id) = &settings.access_key_id else { return Ok(None) };
    let mut input = std::io::stdin().lock();
    if input.is_terminal() {
        let message =
            "Give the secret access key on standard input, as in: standout bucket set … < secret.txt";
        return Err(Ending::Refused(vec![message.to_owned()]));
    }
    let mut secret = String::new();
    input.read_to_string(&mut secret).map_err(|error| {
        Ending::Refused(vec![format!("The secret access key cannot be read from standard input ({error}).")])
    })?;
    Ok(Some(engine::read_credentials(id, &secret, None)?))
}

fn line(view: &BucketView) -> String {
    let BucketProfile { name, endpoint, region, bucket, .. } = &view.profile;
    let secrets = match view.secrets {
        SecretsPlace::Keyring => "keys in the keyring",
        SecretsPlace::Environment => "keys from the environment",
        SecretsPlace::Missing => "no keys",
    };
    let server = endpoint.as_deref().unwrap_or("AWS");
    format!("{name}  {bucket} at {server} ({region})  {secrets}\n")
}
