//! A start although the library cannot be opened: a damaged one is moved aside, any other is left where it is, and an editor goes
//! on with another library until that is put right.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use library::{JobState, Library, LibraryError};

use crate::{Code, Directories, Failure};

/// What SQLite keeps beside a database, and belongs to it.
const COMPANIONS: [&str; 2] = ["-wal", "-shm"];

/// A library to work with.
pub(crate) struct Opened {
    pub(crate) directories: Directories,
    pub(crate) library: Library,
    /// Why it is not the one that lay there.
    pub(crate) setback: Option<Failure>,
}

/// Opens the library of these folders, or another one in its place. No file is removed or written over.
///
/// # Errors
/// When another one would not help, or cannot be had: the disk is full, the folder cannot be written to, somebody holds the
/// library for too long.
pub(crate) fn open_library(directories: Directories) -> Result<Opened, Failure> {
    match readable(&directories.library_file()) {
        Ok(library) => Ok(Opened { directories, library, setback: None }),
        Err(error) => open_another(directories, &error),
    }
}

fn open_another(directories: Directories, error: &LibraryError) -> Result<Opened, Failure> {
    let opened = match error {
        LibraryError::Damaged { source, .. } => begin_anew(directories.clone(), source)
            .or_else(|_| stand_in(&directories, Code::LibraryUnreadable, error)),
        LibraryError::Newer { .. } => stand_in(&directories, Code::LibraryNewer, error),
        LibraryError::Foreign { .. } | LibraryError::Database { .. } => {
            stand_in(&directories, Code::LibraryUnreadable, error)
        }
        _ => Err(Failure::of_library(error)),
    };
    opened.inspect(|opened| {
        if let Some(failure) = &opened.setback {
            tracing::error!(%failure, "another library stands in");
        }
    })
}

/// The library, when all that a start needs of it can be read: damage may lie anywhere in the file.
fn readable(file: &Path) -> Result<Library, LibraryError> {
    let library = Library::open(file)?;
    library.projects()?;
    library.uploads()?;
    library.jobs_in(JobState::Executing)?;
    library.settings()?;
    Ok(library)
}

/// Moves a damaged library aside and begins with an empty one in its place.
fn begin_anew(directories: Directories, damage: &dyn std::error::Error) -> Result<Opened, Failure> {
    let place = directories.library_file();
    let aside = move_aside(&directories).map_err(|error| Failure::of_write(&error, &place))?;
    let made = directories
        .create()
        .and_then(|()| Library::open(&place).map_err(|error| Failure::of_library(&error)));
    let library = made.inspect_err(|_| put_back(&aside))?;
    let message = format!(
        "The library is damaged ({damage}). It was moved aside unchanged, with the clips that waited for their bucket. To have its \
         projects again, close Standout and put a backup of it where it was: {}. The folder outbox belongs beside it.",
        place.display()
    );
    let setback = aside.first().map(|(_, kept)| Failure::new(Code::LibraryDamaged, message).at(kept));
    Ok(Opened { directories, library, setback })
}

/// Leaves the library as it is and works with one of its own beside it, the same at each start.
fn stand_in(directories: &Directories, code: Code, error: &LibraryError) -> Result<Opened, Failure> {
    let beside = directories.beside_library();
    let library = beside.create().ok().and_then(|()| readable(&beside.library_file()).ok());
    let library = library.ok_or_else(|| Failure::of_library(error))?;
    let setback = Failure::of_words(code, &error.to_string(), &directories.library_file());
    Ok(Opened { directories: beside, library, setback: Some(setback) })
}

/// From where a file was moved, and where it lies then.
type Moved = (PathBuf, PathBuf);

/// Moves the library, what belongs to it and the clips that it knows of into a new folder. The library comes first.
fn move_aside(directories: &Directories) -> io::Result<Vec<Moved>> {
    let library = directories.library_file();
    let files = COMPANIONS.iter().map(|end| followed_by(&library, end)).chain([directories.outbox()]);
    let folder = new_folder(&library.with_file_name("damaged"))?;
    let kept = folder.join(library.file_name().unwrap_or_default());
    let mut moved = vec![(library.clone(), kept)];
    moved.extend(files.filter_map(|file| Some((file.clone(), folder.join(file.file_name()?)))));
    for (number, (from, to)) in moved.iter().enumerate() {
        let is_needed = number == 0 || from.exists();
        if is_needed && let Err(error) = fs::rename(from, to) {
            // All of it or nothing: a log without its database would be lost.
            put_back(&moved[..number]);
            return Err(error);
        }
    }
    Ok(moved)
}

/// Moves everything back where it was, as far as nothing has taken its place.
fn put_back(moved: &[Moved]) {
    for (from, to) in moved {
        if !from.exists() {
            let _ = fs::rename(to, from);
        }
        let _ = to.parent().map(fs::remove_dir);
    }
}

fn followed_by(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

/// Makes the first folder of that name and a number that is not there yet.
fn new_folder(name: &Path) -> io::Result<PathBuf> {
    let mut number = 1_u32;
    loop {
        let folder = followed_by(name, &format!("-{number}"));
        match fs::create_dir(&folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number = number.saturating_add(1),
            made => return made.map(|()| folder),
        }
    }
}

#[cfg(test)]
mod tests;
