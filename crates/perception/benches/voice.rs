//! What the voice detectors find of labelled speech, and what they cost: `cargo bench -p standout-perception --bench voice`.
//! Recordings and Silero's weights lie in the folder that `STANDOUT_SHARED` names (by default `shared` beside the
//! workspace).

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![allow(clippy::panic, clippy::expect_used, reason = "without its recordings it has nothing to say")]

#[path = "../tests/labelled/mod.rs"]
mod labelled;

use std::time::Instant;

use labelled::{RATE, Score, listen, score, shared, tracks};

fn main() {
    let (Some(media), Some(models)) = (shared::folder("media"), shared::folder("models/whisper")) else {
        return;
    };
    let silero =
        std::fs::read(models.join("for-tests-silero-v6.2.0-ggml.bin")).expect("the weights are readable");
    let tracks = tracks(&media);
    println!("| speech | built-in: precision | recall | Silero: precision | recall |");
    println!("|---|---|---|---|---|");
    let mut totals = [Score::default(); 2];
    for (name, track) in &tracks {
        let scores =
            [None, Some(&silero[..])].map(|weights| score(track, &listen(&track.samples, weights, 4_096)));
        print_row(name, scores);
        totals.iter_mut().zip(scores).for_each(|(total, score)| total.add(score));
    }
    print_row("all of it", totals);
    let seconds: usize = tracks.iter().map(|(_, track)| track.samples.len() / RATE).sum();
    println!();
    for (name, weights) in [("built-in", None), ("Silero", Some(&silero[..]))] {
        let started = Instant::now();
        tracks.iter().for_each(|(_, track)| drop(listen(&track.samples, weights, 4_096)));
        let each = started.elapsed().as_secs_f64() * 60.0 / seconds as f64;
        println!("all evidence of sound with the {name} detector: {each:.2} s for a minute of sound");
    }
    println!();
    for file in ["film/sintel_trailer.mp4", "film/big_buck_bunny.mp4", "film/chaplin.mp4", "talk/example.mp4"]
    {
        let samples = shared::samples(&media.join(file));
        for (name, weights) in [("built-in", None), ("Silero", Some(&silero[..]))] {
            let evidence = listen(&samples, weights, 4_096);
            let lengths = evidence.utterances.iter().map(|it| it.range.duration().as_seconds());
            let total = lengths.fold(0.0, |sum, length| sum + length);
            let ranges: Vec<String> = evidence.utterances.iter().map(|it| it.range.to_string()).collect();
            println!("{file}, {name}: {total:.1} s of speech: {}", ranges.join(" "));
        }
    }
}

fn print_row(name: &str, [built_in, silero]: [Score; 2]) {
    println!(
        "| {name} | {:.3} | {:.3} | {:.3} | {:.3} |",
        built_in.precision(),
        built_in.recall(),
        silero.precision(),
        silero.recall()
    );
}
