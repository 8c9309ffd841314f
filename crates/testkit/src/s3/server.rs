//! The server itself: `s3s-fs`, which keeps objects as files, behind what records requests and lets them fail.

use std::fs;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use s3s::Body;
use s3s::host::MultiDomain;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s_fs::FileSystem;
use tokio::sync::oneshot;

use super::auth::{ACCESS_KEY_ID, OnePair, SECRET_ACCESS_KEY};
use super::exchange::S3Request;
use super::fault::{Planned, S3Fault, next, refusal};
use crate::folder::Folder;

/// A running server; it ends when this is dropped. Buckets are folders and objects are files.
pub struct S3Server {
    folder: Folder,
    address: SocketAddr,
    watch: Arc<Watch>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// What the test sees and decides.
#[derive(Default)]
struct Watch {
    requests: Mutex<Vec<S3Request>>,
    plans: Mutex<Vec<Planned>>,
    region: Mutex<Option<String>>,
}

impl S3Server {
    /// Starts a server with the given buckets, all empty.
    ///
    /// # Panics
    /// When the system gives no port or no folder.
    #[must_use]
    pub fn start(buckets: &[&str]) -> Self {
        let folder = Folder::new();
        for bucket in buckets {
            fs::create_dir(folder.file(bucket)).expect("a temporary folder can be written to");
        }
        let listener = TcpListener::bind("127.0.0.1:0").expect("the system gives a port");
        listener.set_nonblocking(true).expect("a listener can be awaited");
        let address = listener.local_addr().expect("a bound listener has an address");
        let watch = Arc::new(Watch::default());
        let server = Server {
            s3: service(folder.path(), address),
            watch: watch.clone(),
            folder: folder.path().into(),
        };
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn(move || serve(listener, server, stopped));
        Self { folder, address, watch, stop: Some(stop), thread: Some(thread) }
    }

    /// `http://127.0.0.1:PORT`, for the bucket in the path.
    #[must_use]
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// `http://localhost:PORT`, for the bucket before the host.
    #[must_use]
    pub fn virtual_hosted_endpoint(&self) -> String {
        format!("http://localhost:{}", self.address.port())
    }

    /// The access key id that the server knows.
    #[must_use]
    pub fn access_key_id(&self) -> &'static str {
        ACCESS_KEY_ID
    }

    /// The secret access key that belongs to it.
    #[must_use]
    pub fn secret_access_key(&self) -> &'static str {
        SECRET_ACCESS_KEY
    }

    /// Where an object is, or would be.
    #[must_use]
    pub fn object(&self, bucket: &str, key: &str) -> PathBuf {
        self.folder.file(bucket).join(key)
    }

    /// The keys of a bucket's objects.
    ///
    /// # Panics
    /// When the bucket is none.
    #[must_use]
    pub fn keys(&self, bucket: &str) -> Vec<String> {
        let root = self.folder.file(bucket);
        let mut keys = Vec::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a bucket is a folder") {
                let path = entry.expect("a folder can be listed").path();
                if path.is_dir() {
                    folders.push(path);
                } else if let Ok(key) = path.strip_prefix(&root) {
                    keys.push(key.to_string_lossy().into_owned());
                }
            }
        }
        keys.sort();
        keys
    }

    /// How many uploads in parts were begun and neither completed nor aborted.
    ///
    /// # Panics
    /// When the server's folder is gone.
    #[must_use]
    pub fn uploads_under_way(&self) -> usize {
        let entries = fs::read_dir(self.folder.path()).expect("the server has a folder");
        let names = entries.map(|entry| entry.expect("a folder can be listed").file_name());
        names.filter(|name| is_upload(&name.to_string_lossy())).count()
    }

    /// Every request so far, in the order of their coming.
    #[must_use]
    pub fn requests(&self) -> Vec<S3Request> {
        locked(&self.watch.requests).clone()
    }

    /// Every request since this was last called, which may be for nothing but to begin to count.
    pub fn new_requests(&self) -> Vec<S3Request> {
        std::mem::take(&mut *locked(&self.watch.requests))
    }

    /// From now on, so many of the requests that `befalls` holds for meet `fault`.
    pub fn fail(&self, times: usize, befalls: impl Fn(&S3Request) -> bool + Send + 'static, fault: S3Fault) {
        locked(&self.watch.plans).push(Planned { befalls: Box::new(befalls), times, fault });
    }

    /// From now on, requests with checksum headers are refused, in the words of a server that does not know them.
    pub fn reject_checksums(&self) {
        let message = "Unsupported header 'x-amz-checksum-sha256' received for this API call.";
        let refuse = S3Fault::Refuse { status: 400, code: "InvalidArgument", message };
        self.fail(usize::MAX, S3Request::has_checksum, refuse);
    }

    /// From now on, requests that are signed for another region are refused, in S3's words.
    pub fn require_region(&self, region: &str) {
        *locked(&self.watch.region) = Some(region.to_owned());
    }

    /// All faults are over.
    pub fn recover(&self) {
        locked(&self.watch.plans).clear();
        *locked(&self.watch.region) = None;
    }
}

impl Drop for S3Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A server that panicked has failed the test by what it did not answer.
            let _ = thread.join();
        }
    }
}

fn is_upload(name: &str) -> bool {
    name.starts_with(".upload-") && name.ends_with(".json")
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn service(folder: &Path, address: SocketAddr) -> S3Service {
    let objects = FileSystem::new(folder).expect("a temporary folder can be served");
    let mut builder = S3ServiceBuilder::new(objects);
    builder.set_auth(OnePair);
    let hosts = [format!("localhost:{}", address.port()), address.to_string()];
    builder.set_host(MultiDomain::new(hosts).expect("both are domains"));
    builder.build()
}

/// Runs until `stopped`; connections end with the runtime.
fn serve(listener: TcpListener, server: Server, mut stopped: oneshot::Receiver<()>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.expect("the system gives threads");
    runtime.block_on(async {
        let listener =
            tokio::net::TcpListener::from_std(listener).expect("the listener is ready to be awaited");
        loop {
            let accepted = tokio::select! {
                accepted = listener.accept() => accepted,
                _ = &mut stopped => return,
            };
            let Ok((connection, _)) = accepted else { continue };
            let server = server.clone();
            tokio::spawn(async move {
                let answer = service_fn(move |request| {
                    let server = server.clone();
                    async move { server.answer(request).await }
                });
                let mut http = http1::Builder::new();
                // A fault ends the connection with an error, which is meant.
                let _ =
                    http.timer(TokioTimer::new()).serve_connection(TokioIo::new(connection), answer).await;
            });
        }
    });
    runtime.shutdown_background();
}

#[derive(Clone)]
struct Server {
    s3: S3Service,
    watch: Arc<Watch>,
    folder: PathBuf,
}

impl Server {
    async fn answer(&self, request: Request<Incoming>) -> io::Result<Response<Body>> {
        let asked = S3Request::of(&request);
        locked(&self.watch.requests).push(asked.clone());
        if let Some(refused) = self.refuse(&asked) {
            take_whole(request).await;
            return Ok(refused);
        }
        let fault = next(&mut locked(&self.watch.plans), &asked);
        match fault {
            None => self.serve(request).await,
            Some(S3Fault::CutInBody) => Err(cut_in_body(request, asked.length / 2).await),
            Some(S3Fault::CutAnswer) => {
                self.serve(request).await?;
                Err(io::ErrorKind::ConnectionAborted.into())
            }
            Some(S3Fault::Stall) => std::future::pending().await,
            Some(S3Fault::Refuse { status, code, message }) => {
                take_whole(request).await;
                Ok(refusal(&asked, status, code, message, None))
            }
            Some(S3Fault::LoseHalf) => {
                let answer = self.serve(request).await?;
                halve(&self.folder.join(asked.path.trim_start_matches('/')))?;
                Ok(answer)
            }
        }
    }

    async fn serve(&self, request: Request<Incoming>) -> io::Result<Response<Body>> {
        self.s3.call(request.map(Body::from)).await.map_err(|error| io::Error::other(format!("{error:?}")))
    }

    /// What S3 refuses and `s3s-fs` does not, or not in S3's words.
    fn refuse(&self, asked: &S3Request) -> Option<Response<Body>> {
        let wanted = locked(&self.watch.region).clone();
        if let (Some(wanted), Some(region)) = (wanted, asked.region())
            && wanted != region
        {
            let code = "AuthorizationHeaderMalformed";
            let message = format!("The authorization header is malformed; the region '{region}' is wrong");
            return Some(refusal(asked, 400, code, &message, Some(&wanted)));
        }
        if !self.folder.join(asked.bucket()).is_dir() {
            return Some(refusal(asked, 404, "NoSuchBucket", "The specified bucket does not exist", None));
        }
        let upload = asked.query.get("uploadId")?;
        let known = self.folder.join(format!(".upload-{upload}.json")).exists();
        let message = "The specified upload does not exist.";
        (!known).then(|| refusal(asked, 404, "NoSuchUpload", message, None))
    }
}

/// Takes the whole request in before it is refused, so that the answer is not lost with the rest of it.
async fn take_whole(request: Request<Incoming>) {
    // A client that went away in the middle waits for no answer.
    let _ = request.into_body().collect().await;
}

/// Takes so many bytes of the body in; the error ends the connection.
async fn cut_in_body(request: Request<Incoming>, bytes: u64) -> io::Error {
    let mut body = request.into_body();
    let mut taken = 0;
    while taken < bytes
        && let Some(Ok(frame)) = body.frame().await
    {
        taken += frame.data_ref().map_or(0, |data| data.len() as u64);
    }
    io::ErrorKind::ConnectionAborted.into()
}

fn halve(object: &Path) -> io::Result<()> {
    let file = fs::OpenOptions::new().write(true).open(object)?;
    file.set_len(file.metadata()?.len() / 2)
}
