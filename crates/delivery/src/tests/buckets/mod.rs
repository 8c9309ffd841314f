//! Buckets on a server of this machine that checks signatures, keeps what it is sent and fails when told to.

mod addresses;
mod keyring;
mod moto;
mod profiles;
mod refusals;
mod resumed;
mod secrets;
mod support;
mod uploads;
