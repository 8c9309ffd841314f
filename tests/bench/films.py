"""The films that the cost of an analysis is measured on: one minute of 1080p30 in every codec of interest, and two hours."""

import pathlib
import subprocess

# What x264 and its like do when nothing is asked of them: that is what most files an editor gets were made with.
CODECS = {
    "H.264": ("h264.mp4", ["-c:v", "libx264", "-c:a", "aac"]),
    "H.264 without B-frames": ("h264-p.mp4", ["-c:v", "libx264", "-bf", "0", "-c:a", "aac"]),
    "HEVC": ("hevc.mp4", ["-c:v", "libx265", "-x265-params", "log-level=error", "-tag:v", "hvc1", "-c:a", "aac"]),
    "VP9": ("vp9.webm", ["-c:v", "libvpx-vp9", "-crf", "32", "-b:v", "0", "-row-mt", "1", "-cpu-used", "5", "-c:a", "libopus"]),
}
SECONDS = 60
HOURS = 2


def ffmpeg(*arguments):
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-y", *map(str, arguments)], check=True)


def make(folder, media):
    """Makes what is missing; returns the path of each codec's film and that of the two hours."""
    folder.mkdir(parents=True, exist_ok=True)
    master = once(folder / "master.mkv", lambda path: write_master(path, media))
    films = {}
    for codec, (name, options) in CODECS.items():
        films[codec] = once(folder / name, lambda path, options=options: ffmpeg("-i", master, *options, path))
    times = HOURS * 3600 // SECONDS
    # A second less than what a job may hold: sound and picture of a copy do not end together.
    loop = ["-stream_loop", times - 1, "-i", films["H.264"], "-c", "copy", "-t", HOURS * 3600 - 1]
    return films, once(folder / "two-hours.mp4", lambda path: ffmpeg(*loop, path))


def once(path, write):
    if not path.exists():
        print(f"Making {path.name}…", flush=True)
        unfinished = path.with_name("unfinished-" + path.name)
        write(unfinished)
        unfinished.rename(path)
    return path


def write_master(path, media):
    """Half a minute each of an animated film and of a trailer with speech, scaled up; patterns where there are no films."""
    films = [media / "film" / name for name in ("big_buck_bunny.mp4", "sintel_trailer.mp4")]
    lossless = ["-c:v", "libx264", "-preset", "ultrafast", "-qp", "8", "-c:a", "flac", path]
    half = SECONDS // 2
    if not all(film.is_file() for film in films):
        picture = f"testsrc2=s=1920x1080:r=30:d={SECONDS},noise=alls=8:allf=t,hue=h='floor(t/4)*97'"
        sound = f"sine=f=220:b=2:d={SECONDS}"
        ffmpeg("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound, *lossless)
        return
    shape = "scale=1920:1080:force_original_aspect_ratio=decrease,pad=1920:1080:-1:-1,setsar=1,fps=30,format=yuv420p"
    graph = "".join(
        f"[{i}:v]{shape}[v{i}];[{i}:a]aresample=48000,aformat=channel_layouts=stereo[a{i}];" for i in (0, 1)
    )
    starts = ("120", "12")
    inputs = [part for start, film in zip(starts, films) for part in ("-ss", start, "-t", half, "-i", film)]
    ffmpeg(*inputs, "-filter_complex", graph + "[v0][a0][v1][a1]concat=n=2:v=1:a=1", *lossless)
