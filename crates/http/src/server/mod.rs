//! The server: a listener, its limits, and an orderly end.

mod answer;

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use engine::{Engine, Failure, NotifyPolicy, Runner};
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::{JoinHandle, JoinSet};
use tokio_util::sync::CancellationToken;

use crate::request::MOST_HEADERS;

/// The most connections at once; others wait until one ends.
const MOST_CONNECTIONS: usize = 256;
/// How long a connection may take to send a request's head, also between two requests.
const HEAD_PATIENCE: Duration = Duration::from_secs(30);
/// The most bytes of a request's head: its query may hold a whole `OutputConfig`.
const MOST_HEAD_BYTES: usize = 64 * 1024;
/// How long requests under way may take when the server ends.
const END_PATIENCE: Duration = Duration::from_secs(5);
/// The pause after a connection could not be accepted, mostly because too many files are open.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// How a server is set up.
#[derive(Debug, Clone, Copy)]
pub struct ServerOptions {
    /// Where it listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Whether other machines may reach it.
    pub allow_remote: bool,
    /// How many jobs are done at once, at least one.
    pub jobs: usize,
    /// How patiently an address is told that its job has ended.
    pub notify: NotifyPolicy,
}

/// Why no server was started.
#[derive(Debug)]
pub enum StartError {
    /// Other machines could reach the address, and that was not allowed.
    Remote(SocketAddr),
    /// The address cannot be listened at.
    Bind(SocketAddr, io::Error),
    /// The engine does no jobs.
    Engine(Failure),
}

/// A server that runs until it is closed.
pub struct Server {
    address: SocketAddr,
    cancel: CancellationToken,
    accepting: JoinHandle<()>,
    shared: Arc<Shared>,
}

/// What connections share.
struct Shared {
    engine: Arc<Engine>,
    runner: Runner,
}

impl Server {
    /// Listens, and begins to do the jobs of the library. Must be called within a tokio runtime of several threads.
    ///
    /// # Errors
    /// When other machines could reach the address unasked, it is taken, or the library cannot be written.
    pub async fn start(engine: Arc<Engine>, options: ServerOptions) -> Result<Self, StartError> {
        let ServerOptions { listen, allow_remote, jobs, notify } = options;
        if !listen.ip().is_loopback() && !allow_remote {
            return Err(StartError::Remote(listen));
        }
        let bind = |error| StartError::Bind(listen, error);
        let listener = TcpListener::bind(listen).await.map_err(bind)?;
        let address = listener.local_addr().map_err(bind)?;
        let runner = Runner::start(Arc::clone(&engine), jobs, notify).map_err(StartError::Engine)?;
        let (shared, cancel) = (Arc::new(Shared { engine, runner }), CancellationToken::new());
        let accepting = tokio::spawn(accept(listener, Arc::clone(&shared), cancel.clone()));
        Ok(Self { address, cancel, accepting, shared })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Takes no more requests, ends those under way and all jobs; what is not done waits in the library.
    pub async fn close(self) {
        self.cancel.cancel();
        if let Err(error) = self.accepting.await {
            tracing::warn!(%error, "the server ended unexpectedly");
        }
        self.shared.runner.close().await;
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>, cancel: CancellationToken) {
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let mut conversations = JoinSet::new();
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (listener.accept().await, place)
        };
        let (accepted, place) = tokio::select! {
            () = cancel.cancelled() => break,
            next = next => next,
        };
        match accepted {
            Ok((stream, _)) => {
                let conversation = converse(stream, Arc::clone(&shared), cancel.clone());
                conversations.spawn(async move {
                    if let Err(error) = conversation.await {
                        tracing::debug!(%error, "a connection ended early");
                    }
                    drop(place);
                });
                while conversations.try_join_next().is_some() {}
            }
            Err(error) => {
                tracing::warn!(%error, "a connection was not accepted");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
    drop(listener);
    let ended = async { while conversations.join_next().await.is_some() {} };
    if tokio::time::timeout(END_PATIENCE, ended).await.is_err() {
        tracing::warn!("requests were cut off because they did not end in time");
    }
}

/// Answers the requests of one connection; once the server ends, that which is under way and no more.
async fn converse(stream: TcpStream, shared: Arc<Shared>, cancel: CancellationToken) -> hyper::Result<()> {
    let service = service_fn(move |request| {
        let shared = Arc::clone(&shared);
        async move { Ok::<_, Infallible>(shared.answer(request).await) }
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_PATIENCE)
        .max_headers(MOST_HEADERS)
        .max_buf_size(MOST_HEAD_BYTES)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = std::pin::pin!(connection);
    tokio::select! {
        ended = connection.as_mut() => ended,
        () = cancel.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    }
}
