use std::path::Path;
use std::sync::mpsc::channel;

use testkit::Folder;
use tokio_util::sync::CancellationToken;

use super::*;
use crate::models::copying::Copying;
use crate::models::{Catalogue, Sha256};

const CONTENT: &str = "the ears' weights";

fn store(folder: &Folder, listed: &[PathBuf]) -> ModelStore {
    let entry = |id: &str, content: &str| {
        let (digest, size) = (Sha256::of_bytes(content.as_bytes()), content.len());
        format!(
            "[[model]]\nid = '{id}'\nkind = 'sound-events'\nname = 'Big {id}'\npurpose = 'P'\nfile = '{id}.bin'\n\
             licence = 'MIT'\nsource = 'https://page/'\nurl = 'https://a/{id}'\nsize = {size}\nsha256 = '{digest}'\n"
        )
    };
    let catalogue = Catalogue::parse(&[entry("ears", CONTENT), entry("eyes", "other weights")].concat());
    let catalogue = catalogue.expect("the test's catalogue is whole");
    ModelStore::new(catalogue, folder.file("models"), listed.to_vec(), None)
}

fn write(file: &Path, content: &str) {
    std::fs::create_dir_all(file.parent().expect("a file lies in a folder")).expect("a folder can be made");
    std::fs::write(file, content).expect("a temporary file can be written");
}

fn place(store: &ModelStore) -> ModelPlace {
    store.views().into_iter().find(|view| view.entry.id == "ears").expect("the catalogue has it").place
}

fn import(store: &ModelStore, file: &Path) -> Result<String, Failure> {
    store.import(file, Copying::new(CancellationToken::new(), |_, _| ())).map_err(failed)
}

fn failed(stopped: Stopped) -> Failure {
    match stopped {
        Stopped::Failed(failure) => failure,
        Stopped::Cancelled => panic!("nobody cancels"),
    }
}

#[test]
fn a_file_is_imported_by_its_content() {
    let folder = Folder::new();
    let (store, file) = (store(&folder, &[]), folder.file("from-a-stick.dat"));
    write(&file, CONTENT);
    write(&folder.file("models/ears.bin.part"), "the ears'");
    let installed = ModelPlace::Installed(folder.file("models/ears.bin"));
    for time in ["first", "second"] {
        assert_eq!(import(&store, &file).as_deref(), Ok("ears"), "the {time} time");
        assert_eq!(place(&store), installed, "the {time} time");
    }
    assert!(file.exists(), "the file itself stays");
    let names = std::fs::read_dir(folder.file("models")).expect("a folder").count();
    assert_eq!(names, 1, "nothing half-fetched is left beside it");
}

#[test]
fn a_file_that_is_no_model_is_refused_with_what_was_expected() {
    let check = |name: &str, content: &str, expected: &str| {
        let folder = Folder::new();
        let (store, file) = (store(&folder, &[]), folder.file(name));
        write(&file, content);
        let failure = import(&store, &file).expect_err("it is no model");
        assert_eq!((failure.code, failure.path.as_ref()), (Code::ModelUnknown, Some(&file)));
        assert!(failure.message.contains(expected), "{name} is told {expected}: {failure}");
        assert_eq!(place(&store), ModelPlace::Missing, "nothing was copied");
    };
    check(
        "video.mp4",
        "a video",
        "none of the models that Standout knows, whatever its name: ears.bin, eyes.bin.",
    );
    check("video.mp4", "THE EARS' WEIGHTS", "none of the models");
    check("ears.bin", "cut", "it holds 3 bytes instead of 17");
    check("ears.bin", "THE EARS' WEIGHTS", &format!("instead of {}", Sha256::of_bytes(CONTENT.as_bytes())));
    let folder = Folder::new();
    let failure = import(&store(&folder, &[]), &folder.file("none")).expect_err("there is no file");
    assert_eq!(failure.code, Code::FileUnreadable);
}

#[test]
fn an_import_tells_how_far_it_is_and_leaves_nothing_when_it_is_cancelled() {
    let folder = Folder::new();
    let (store, file) = (store(&folder, &[]), folder.file("ears.bin"));
    write(&file, CONTENT);
    let (cancel, (telling, told)) = (CancellationToken::new(), channel());
    let copying = Copying::new(cancel.clone(), move |id, FetchProgress { arrived, size, .. }| {
        telling.send((id.to_owned(), arrived, size)).expect("the test listens");
        cancel.cancel();
    });
    let stopped = store.import(&file, copying);
    assert!(matches!(stopped, Err(Stopped::Cancelled)), "{stopped:?}");
    let size = CONTENT.len() as u64;
    assert_eq!(told.iter().collect::<Vec<_>>(), [("ears".to_owned(), size, size)]);
    assert_eq!(place(&store), ModelPlace::Missing);
    let left = std::fs::read_dir(folder.file("models")).map_or(0, Iterator::count);
    assert_eq!(left, 0, "no part of a copy stays");
}

#[test]
fn removing_takes_what_is_standouts_own_and_nothing_else() {
    let (folder, elsewhere) = (Folder::new(), Folder::new());
    let store = store(&folder, &[elsewhere.path().to_owned()]);
    let ears = store.entry("ears").expect("the catalogue has it");
    let failure = store.remove(&ears).expect_err("there is nothing to remove");
    assert!(failure.message.contains("Big ears is not installed"), "{failure}");

    write(&folder.file("models/renamed.bin"), CONTENT);
    write(&folder.file("models/ears.bin"), "damaged");
    write(&folder.file("models/ears.bin.part"), "the");
    write(&folder.file("models/eyes.bin"), "other weights");
    let listed = elsewhere.file("ears.bin");
    write(&listed, CONTENT);
    store.remove(&ears).expect("it can be removed");
    let left = std::fs::read_dir(folder.file("models")).expect("a folder").flatten();
    let left: Vec<_> = left.map(|entry| entry.file_name()).collect();
    assert_eq!(left, ["eyes.bin"], "every trace of it is gone, and the others stay");
    assert_eq!(place(&store), ModelPlace::Listed(listed.clone()), "the listed folder is untouched");
    let failure = store.remove(&ears).expect_err("a listed folder is not ours");
    assert_eq!(failure.path, Some(listed), "{failure}");
    assert!(failure.message.contains("STANDOUT_MODELS"), "{failure}");
}

#[test]
fn what_the_processor_cannot_use_is_refused_before_it_is_fetched() {
    let catalogue = Catalogue::built_in().expect("the catalogue is whole");
    let clip = catalogue.entry("clip-vit-b32").expect("what pictures show has a model");
    assert_eq!(check_usable_where(false, clip), Ok(()), "a processor that adds products of bytes up exactly");
    let failure = check_usable_where(true, clip).expect_err("its figures would be wrong");
    assert_eq!(failure.code, Code::ProcessorUnsuitable);
    assert!(failure.message.contains("32 bits"), "what to get instead is told: {failure}");
    let yamnet = catalogue.entry("yamnet").expect("sound events have a model");
    assert_eq!(
        check_usable_where(true, yamnet),
        Ok(()),
        "networks that do not multiply bytes so are fetched"
    );
}
