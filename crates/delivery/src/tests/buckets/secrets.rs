//! Keys: from the environment, in the keyring, and shown by nothing.

use std::collections::HashMap;

use model::ObjectStore;

use crate::{Credentials, EnvironmentVariables, SecretError, SecretStore};

/// The keys that the given variables lead to.
fn found(
    profile: Option<&str>,
    store: ObjectStore,
    variables: &[(&str, &str)],
) -> Result<Option<Credentials>, SecretError> {
    let variables: HashMap<_, _> = variables.iter().copied().collect();
    Credentials::from_environment(profile, store, |name| variables.get(name).map(|value| (*value).to_owned()))
}

fn keys(id: &str, secret: &str) -> Option<Credentials> {
    Some(Credentials::new(id, secret, None).expect("these look like keys"))
}

#[test]
fn the_nearest_variables_win() {
    let aws = [("AWS_ACCESS_KEY_ID", "aws"), ("AWS_SECRET_ACCESS_KEY", "of-aws")];
    let oss = [("OSS_ACCESS_KEY_ID", "oss"), ("OSS_ACCESS_KEY_SECRET", "of-oss")];
    let own = [
        ("STANDOUT_BUCKET_OUR_ARCHIVE__2_ACCESS_KEY_ID", "own"),
        ("STANDOUT_BUCKET_OUR_ARCHIVE__2_SECRET_ACCESS_KEY", "of-own"),
    ];
    let all = [aws, oss, own].concat();
    let profile = Some("our archive #2");
    for (profile, store, variables, expected) in [
        (None, ObjectStore::S3, &[][..], None),
        (None, ObjectStore::S3, &oss[..], None),
        (None, ObjectStore::S3, &all[..], keys("aws", "of-aws")),
        (None, ObjectStore::Oss, &all[..], keys("oss", "of-oss")),
        (None, ObjectStore::Oss, &aws[..], keys("aws", "of-aws")),
        (profile, ObjectStore::S3, &all[..], keys("own", "of-own")),
        (profile, ObjectStore::Oss, &all[..], keys("own", "of-own")),
        (Some("another"), ObjectStore::S3, &all[..], keys("aws", "of-aws")),
    ] {
        let found = found(profile, store, variables).expect("every pair is whole");
        assert!(found == expected, "{profile:?} of {store:?} with {variables:?}");
    }
}

#[test]
fn half_a_pair_names_the_other_half() {
    for (set, missing) in
        [("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"), ("AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID")]
    {
        let error = found(None, ObjectStore::S3, &[(set, "s3cr3t")]).expect_err("a half is no pair");
        assert_eq!(
            error.to_string(),
            format!("Only one of two keys is in the environment; set {missing} as well")
        );
    }
    let empty = [("AWS_ACCESS_KEY_ID", ""), ("AWS_SECRET_ACCESS_KEY", " ")];
    assert!(found(None, ObjectStore::S3, &empty).expect("an empty variable is none").is_none());
}

#[test]
fn keys_are_taken_as_they_are_pasted() {
    let pasted = Credentials::new(" id\n", "\tsecret\r\n", Some("  ")).expect("spaces around are taken off");
    assert!(pasted == Credentials::new("id", "secret", None).expect("these look like keys"));
    for (id, secret, what) in [
        ("", "secret", "access key id"),
        ("id", " ", "secret access key"),
        ("i d", "s", "access key id"),
        ("id", "é", "secret access key"),
    ] {
        let error = Credentials::new(id, secret, None).expect_err("this is no key");
        assert!(
            matches!(error, SecretError::Malformed { what: named } if named == what),
            "{id:?} {secret:?}: {error}"
        );
    }
}

#[test]
fn keys_are_shown_by_nothing() {
    let keys = Credentials::new("AKIDSHOWN", "s3cr3t", Some("t0ken")).expect("these look like keys");
    assert_eq!(format!("{keys:?}"), "Credentials(hidden)");
    assert_eq!(format!("{keys:#?}"), "Credentials(hidden)");
}

#[test]
fn a_machine_without_a_keyring_names_the_variables() {
    let error =
        SecretError::NoKeyring { variables: EnvironmentVariables::of_profile("Our archive"), source: None };
    assert_eq!(
        error.to_string(),
        "No keyring answers on this machine, so keys cannot be kept; set STANDOUT_BUCKET_OUR_ARCHIVE_ACCESS_KEY_ID and \
         STANDOUT_BUCKET_OUR_ARCHIVE_SECRET_ACCESS_KEY in the environment instead"
    );
}

/// What a keyring answers when it is asked for keys.
enum Answer {
    Keys,
    None,
    NoKeyring,
    Locked,
}

impl SecretStore for Answer {
    fn keep(&self, _: &str, _: &Credentials) -> Result<(), SecretError> {
        panic!("looking for keys keeps none");
    }

    fn recall(&self, profile: &str) -> Result<Option<Credentials>, SecretError> {
        match self {
            Self::Keys => Ok(keys("kept", "of-keyring")),
            Self::None => Ok(None),
            Self::NoKeyring => Err(SecretError::NoKeyring {
                variables: EnvironmentVariables::of_profile(profile),
                source: None,
            }),
            Self::Locked => Err(SecretError::Locked { source: "nobody typed the password".into() }),
        }
    }

    fn forget(&self, _: &str) -> Result<(), SecretError> {
        panic!("looking for keys forgets none");
    }
}

#[test]
fn keys_are_looked_for_from_near_to_far() {
    let own = [
        ("STANDOUT_BUCKET_ARCHIVE_ACCESS_KEY_ID", "own"),
        ("STANDOUT_BUCKET_ARCHIVE_SECRET_ACCESS_KEY", "of-own"),
    ];
    let aws = [("AWS_ACCESS_KEY_ID", "aws"), ("AWS_SECRET_ACCESS_KEY", "of-aws")];
    let both = [own, aws].concat();
    let unknown =
        "No keys are known for this bucket; enter them, or set STANDOUT_BUCKET_ARCHIVE_ACCESS_KEY_ID and";
    for (keyring, variables, expected) in [
        (Answer::Keys, &both[..], Ok(keys("own", "of-own"))),
        (Answer::Locked, &both[..], Ok(keys("own", "of-own"))),
        (Answer::Keys, &aws[..], Ok(keys("kept", "of-keyring"))),
        (Answer::None, &aws[..], Ok(keys("aws", "of-aws"))),
        (Answer::NoKeyring, &aws[..], Ok(keys("aws", "of-aws"))),
        (Answer::Locked, &aws[..], Err("The keyring is locked")),
        (Answer::None, &[][..], Err(unknown)),
        (Answer::NoKeyring, &[][..], Err("No keyring answers on this machine")),
    ] {
        let variables: HashMap<_, _> = variables.iter().copied().collect();
        let lookup = |name: &str| variables.get(name).map(|value| (*value).to_owned());
        match (Credentials::find("Archive", ObjectStore::S3, &keyring, lookup), expected) {
            (Ok(found), Ok(expected)) => assert!(Some(found) == expected, "other keys were found"),
            (Err(error), Err(words)) => assert!(error.to_string().starts_with(words), "{error}"),
            (found, expected) => panic!("{found:?} was found and {expected:?} expected"),
        }
    }
}
