//! Pictures and captions as vectors.

use model::{MediaTime, PictureEmbeddings};

use super::*;

fn pictures(values: &[f32]) -> PictureEmbeddings {
    PictureEmbeddings { hop: MediaTime::from_whole_seconds(2), dimensions: 2, values: values.to_vec() }
}

#[test]
fn pictures_come_back_by_material_and_encoder() {
    let library = Library::in_memory().expect("a library");
    let seen = pictures(&[0.6, 0.8, 1.0, f32::MIN_POSITIVE]);
    library.set_picture_embeddings(&content("a"), "one", &seen).expect("kept");
    for (material, encoder, expected) in
        [("a", "one", Some(seen.clone())), ("b", "one", None), ("a", "two", None)]
    {
        let found = library.picture_embeddings(&content(material), encoder).expect("readable");
        assert_eq!(found, expected, "of {material} by {encoder}");
    }
    let nothing = PictureEmbeddings { dimensions: 0, values: Vec::new(), ..seen };
    library.set_picture_embeddings(&content("a"), "two", &nothing).expect("kept");
    let found = |encoder| library.picture_embeddings(&content("a"), encoder).expect("readable");
    assert_eq!(found("two"), Some(nothing), "that there was nothing to see is known as well");
    assert_eq!(found("one"), None, "one encoder's vectors take the place of another's");
}

#[test]
fn what_was_cut_short_counts_as_absent() {
    let library = Library::in_memory().expect("a library");
    library.set_picture_embeddings(&content("a"), "one", &pictures(&[1.0, 2.0, 3.0, 4.0])).expect("kept");
    let cut = "UPDATE picture_embedding SET vectors = substr(vectors, 1, 12)";
    library.write("cut", |transaction| transaction.execute(cut, [])).expect("written");
    assert_eq!(library.picture_embeddings(&content("a"), "one").expect("readable"), None);
}

#[test]
fn captions_come_back_by_encoder() {
    let library = Library::in_memory().expect("a library");
    let captions = [("a photo".to_owned(), vec![0.25, -1.0]), ("a dog".to_owned(), vec![1.0, 0.0])];
    library.set_caption_embeddings("one", &captions).expect("kept");
    let found = |encoder, caption| library.caption_embedding(encoder, caption).expect("readable");
    assert_eq!(found("one", "a photo"), Some(vec![0.25, -1.0]));
    assert_eq!((found("one", "a cat"), found("two", "a dog")), (None, None));
    library.set_caption_embeddings("two", &captions[..1]).expect("kept");
    assert_eq!((found("two", "a photo").is_some(), found("one", "a dog")), (true, None));
}
