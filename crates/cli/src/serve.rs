//! `standout serve`: the HTTP door, and the keys its clients sign with.

use std::sync::Arc;

use endpoint::{Server, ServerOptions, StartError};
use engine::{Engine, NewAccessKey, NotifyPolicy};
use serde_json::json;

use crate::arguments::{Keys, Serve, ServeCommand};
use crate::command_line::{Ending, cancelled_by_signal, open_engine, print, print_json};

pub(crate) async fn run(arguments: Serve) -> Result<(), Ending> {
    let engine = open_engine()?;
    match arguments.command {
        Some(ServeCommand::Keys(command)) => keys(&engine, command),
        None => serve(engine, &arguments).await,
    }
}

/// Serves until somebody asks the program to end.
async fn serve(engine: Engine, arguments: &Serve) -> Result<(), Ending> {
    let options = ServerOptions {
        listen: arguments.listen,
        allow_remote: arguments.allow_remote,
        jobs: usize::from(arguments.jobs),
        notify: NotifyPolicy::default(),
    };
    let has_keys = engine.has_access_keys()?;
    let cancel = cancelled_by_signal();
    let server = Server::start(Arc::new(engine), options).await.map_err(ending)?;
    print(&format!("Listening at http://{}\n", server.address()))?;
    if !has_keys {
        print("Nobody can sign a request yet. Make a key with: standout serve keys add\n")?;
    }
    cancel.cancelled().await;
    server.close().await;
    Ok(())
}

fn ending(error: StartError) -> Ending {
    match error {
        StartError::Remote(address) => Ending::Refused(vec![format!(
            "Other machines could reach {address}. Listen at 127.0.0.1, or add --allow-remote if that is wanted."
        )]),
        StartError::Bind(address, error) => Ending::Failed(vec![format!(
            "{address} cannot be listened at ({error}). Choose another port with --listen."
        )]),
        StartError::Engine(failure) => failure.into(),
    }
}

fn keys(engine: &Engine, command: Keys) -> Result<(), Ending> {
    match command {
        Keys::Add => {
            let NewAccessKey { key, secret, file } = engine.add_access_key()?;
            // The one moment when it is told; where it is kept is told for people who look after the machine.
            print_json(&json!({
                "AccessKeyId": key.id,
                "AccessKeySecret": secret.secret_access_key(),
                "KeptIn": file.map_or_else(|| "keyring".to_owned(), |file| file.display().to_string()),
            }))
        }
        Keys::List => {
            let ids = engine.access_keys()?.into_iter().map(|key| key.id + "\n");
            print(&ids.collect::<String>())
        }
        Keys::Remove { id } => {
            if engine.remove_access_key(&id)? {
                return Ok(());
            }
            let message = format!("There is no key {id}. See: standout serve keys list");
            Err(Ending::Refused(vec![message]))
        }
    }
}
