"""What an analysis costs, as ratios to `ffmpeg -i FILE -f null -` and beside other programs, measured in turn in one run.

    python3 cost.py --standout target/release/standout --programs FOLDER_OF_THE_OTHERS --folder WHERE_FILMS_ARE_KEPT
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import films
import page

RUNS = 5
# The most that an analysis may cost: by the clock and of all processors, as shares of plain decoding.
MOST = {"H.264": 0.40, "H.264 without B-frames": 0.95, "HEVC": 0.60, "VP9": 1.0}
MOST_MEMORY = 400


def measured(command, environment=None):
    """Wall seconds, processor seconds, and megabytes of the largest process, of a command and all it started."""
    start = time.monotonic()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            said.seek(0)
            raise RuntimeError(f"{command[0]} ended with {process.returncode}: {said.read()[-500:].decode(errors='replace')}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


class Standout:
    """An analysis from nothing: an empty library, and the models that are installed."""

    def __init__(self, program, models):
        self.program, self.models = program, models

    def analyse(self, film):
        with tempfile.TemporaryDirectory() as home:
            environment = {**os.environ, "STANDOUT_HOME": home, "STANDOUT_MODELS": str(self.models)}
            return measured([self.program, "extract", "--allow-speechless", film], environment)


def peers(programs):
    """The commands of other programs that find cuts or motion, where they can be run."""
    commands = {
        "PySceneDetect detect-content": lambda film: [programs / "scenedetect", "-q", "-i", film, "detect-content"],
        "auto-editor motion": lambda film: [programs / "auto-editor", "levels", film, "--edit", "motion"],
    }
    for name, command in commands.items():
        try:
            subprocess.run([command("")[0], "--help"], check=True, capture_output=True, timeout=60)
            yield name, command
        except (OSError, subprocess.SubprocessError):
            print(f"{name} is left out: it does not start on this machine.", file=sys.stderr)


def compare(film, ours, others):
    """Median ratios of (wall, processors) to plain decoding, by program."""
    ratios = {}
    for _ in range(RUNS):
        plain = measured(["ffmpeg", "-nostdin", "-v", "error", "-i", film, "-f", "null", "-"])
        rows = {name: standout.analyse(film) for name, standout in ours.items()}
        rows |= {name: measured(command(film)) for name, command in others}
        for name, (wall, processors, _) in rows.items():
            ratios.setdefault(name, []).append((wall / plain[0], processors / plain[1]))
    return {name: tuple(map(statistics.median, zip(*pairs))) for name, pairs in ratios.items()}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--standout", required=True, type=pathlib.Path)
    parser.add_argument("--programs", required=True, type=pathlib.Path)
    parser.add_argument("--folder", required=True, type=pathlib.Path)
    parser.add_argument("--shared", default=os.environ.get("STANDOUT_SHARED", "../shared"), type=pathlib.Path)
    parser.add_argument("--page", type=pathlib.Path, help="the page whose section on cost is written anew")
    return parser.parse_args()


def main():
    given = arguments()
    paths, two_hours = films.make(given.folder, given.shared / "media")
    models = (given.shared / "models").resolve()
    standout = Standout(given.standout.resolve(), models)
    ours = {
        "Standout, sound events": Standout(given.standout.resolve(), models / "yamnet"),
        "Standout, sound events, voice and faces": standout,
    }
    others = list(peers(given.programs.resolve()))
    lines = ["| film | program | wall | processors | at most |", "|---|---|---|---|---|"]
    for codec, film in paths.items():
        for name, (wall, processors) in compare(film, ours, others).items():
            most = f"{MOST[codec]:.2f}" if name in ours else ""
            lines.append(f"| {codec} | {name} | {wall:.2f} | {processors:.2f} | {most} |")
            print(lines[-1], flush=True)
    wall, processors, memory = standout.analyse(two_hours)
    lines += [
        "",
        f"Two hours of 1080p H.264: {wall:.0f} s ({processors:.0f} s of processors), "
        f"{memory:.0f} MB in the largest process (at most {MOST_MEMORY}).",
    ]
    print(lines[-1], flush=True)
    if given.page:
        page.replace(given.page, "cost", [page.machine(), "", *lines])


if __name__ == "__main__":
    main()
