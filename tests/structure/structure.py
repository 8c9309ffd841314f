"""The rules of ARCHITECTURE.md and CONTRIBUTING.md that a machine can check.

Each rule is a function from a Workspace to findings, and is tried on bad fixtures in test_structure.py. It knows the
standard library only, and nothing of what the crates do.
"""

import json
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

# Which crate of the workspace may name which. What is not listed here may be named by nobody.
SIX = {"media", "perception", "highlight", "project", "library", "delivery"}
ARROWS = {
    "model": set(),
    **{crate: {"model"} for crate in SIX},
    "engine": SIX | {"model"},
    "http": {"engine"},
    "cli": {"engine", "http"},
    "app": {"engine"},
    "testkit": {"media", "model"},
    "tests": set(),
}
# What tests may name on top: the end-to-end tests look at the engine's outside, and everybody may use the test kit.
TEST_ARROWS = {"tests": {"engine", "http", "model"}}
DEVELOPMENT_ONLY = {"testkit"}

# Foreign crates with one home. A pattern matches the whole name.
HOMES = [
    (r"ffmpeg.*|ureq.*", "media"),
    (r"whisper-rs.*|earshot|ebur128|realfft|rustfft|ort|rten.*|tract.*", "perception"),
    (r"icu_segmenter.*", "perception"),
    (r"icu_normalizer.*", "highlight"),
    (r"rusqlite|libsqlite3-sys", "library"),
    (r"object_store|keyring.*", "delivery"),
    # Downloads of models, the one thing that is fetched apart from media and buckets.
    (r"reqwest", "engine"),
    (r"tauri.*|specta.*|rfd|wry|tao", "app"),
]

MAP_LINES = 250
RUST_LINES = (500, 800)
INTERFACE_LINES = (300, 800)
UNSAFE_HOMES = ("crates/media/", "crates/perception/")
VAGUE = "Manager|Service|Helper|Util"
SKIPPED_FOLDERS = {".git", ".svelte-kit", "__pycache__", "dist", "exports", "gen", "node_modules", "target"}
TEXT_ENDINGS = {".rs", ".ts", ".svelte", ".css", ".html", ".js", ".py", ".sh", ".md", ".toml", ".tsv", ".json", ""}
WRITTEN_BY_PROGRAM = re.compile("generated|made from the rust side", re.IGNORECASE)
# A language of the window is one file, however much the window has to say.
ONE_LANGUAGE = re.compile(r"ui/src/words/[a-z]+\.ts")
FOREIGN_TEXT = {"Cargo.lock", "package-lock.json"}


@dataclass(frozen=True)
class Finding:
    """One departure from a rule: where, which, and what to do next. A warning does not fail the check."""

    path: str
    rule: str
    what: str
    next_step: str
    warning: bool = False

    def __str__(self):
        kind = "warning" if self.warning else "error"
        return f"{kind}[{self.rule}]: {self.what}\n  in:   {self.path}\n  next: {self.next_step}"


@dataclass
class Workspace:
    """A checkout: its root folder, what `cargo metadata --no-deps` says of it, and its text files, read once."""

    root: Path
    metadata: dict
    texts: dict = field(default_factory=dict)

    def __post_init__(self):
        for folder, folders, names in os.walk(self.root):
            folders[:] = sorted(set(folders) - SKIPPED_FOLDERS)
            for name in sorted(names):
                path = Path(folder, name)
                if path.suffix in TEXT_ENDINGS and name not in FOREIGN_TEXT and path.is_file():
                    self._read(path)

    def _read(self, path):
        try:
            self.texts[path.relative_to(self.root).as_posix()] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            pass  # Pictures and other binary files without an ending.

    def packages(self):
        """Short name ("media"), manifest path and dependencies of every workspace member."""
        for package in self.metadata["packages"]:
            manifest = Path(package["manifest_path"]).relative_to(self.root).as_posix()
            yield short(package["name"]), manifest, package["dependencies"]

    def files(self, *endings):
        """Path and text of every file that ends so."""
        return [(path, text) for path, text in self.texts.items() if path.endswith(endings)]


def short(package):
    """The room a package is: `standout-media` is `media`."""
    return package.removeprefix("standout-")


def crate_arrows(workspace):
    """Dependencies between our own crates go one way."""
    own = {name for name, _, _ in workspace.packages()}
    for name, manifest, dependencies in workspace.packages():
        if name not in ARROWS:
            yield Finding(manifest, "arrows", f"the crate `{name}` has no place in the arrows.",
                          "Say in ARROWS (tests/structure/structure.py) and ARCHITECTURE.md which crates it may name.")
            continue
        for dependency in dependencies:
            target = short(dependency["name"])
            if target not in own or (dependency["name"] == target and not dependency.get("path")):
                continue
            testing = dependency["kind"] == "dev"
            allowed = ARROWS[name] | (TEST_ARROWS.get(name, set()) | DEVELOPMENT_ONLY if testing else set())
            if target in allowed:
                continue
            if target in DEVELOPMENT_ONLY:
                step = "Move it to [dev-dependencies]."
            else:
                step = "What both share is vocabulary and goes down into `model`; what joins them is a job and goes up into `engine`."
            yield Finding(manifest, "arrows", f"`{name}` names `{target}`, against the arrows.", step)


def foreign_crates(workspace):
    """FFmpeg, inference, SQLite, buckets and Tauri have one home each."""
    for name, manifest, dependencies in workspace.packages():
        for dependency in dependencies:
            for pattern, home in HOMES:
                if re.fullmatch(pattern, dependency["name"]) and name != home:
                    yield Finding(manifest, "homes", f"`{name}` names `{dependency['name']}`, which only `{home}` may.",
                                  f"Offer what is needed from `{home}` in terms of `model`, and use that.")


def lints_taken(workspace):
    """Every crate takes the workspace's lints: cargo does not do so by itself."""
    for _, manifest, _ in workspace.packages():
        if not re.search(r"^\[lints\]\s*\nworkspace = true", workspace.texts.get(manifest, ""), re.MULTILINE):
            yield Finding(manifest, "lints", "the workspace's lints are not taken.", "Add [lints] with workspace = true.")


def architecture_map(workspace):
    """ARCHITECTURE.md is short, lists every crate, and no crate that is gone."""
    path = "ARCHITECTURE.md"
    text = workspace.texts.get(path)
    if text is None:
        yield Finding(path, "map", "the map is missing.", "Write it: bird's eye, a line per crate, invariants, data flow.")
        return
    count = len(text.splitlines())
    if count > MAP_LINES:
        yield Finding(path, "map", f"{count} lines; a map has at most {MAP_LINES}.", "Move detail to the crate's own lib.rs.")
    folders = [manifest.rpartition("/")[0] for _, manifest, _ in workspace.packages()]
    for folder in folders:
        if not re.search(rf"{re.escape(folder)}(?![\w-])", text):
            yield Finding(path, "map", f"`{folder}` is not on the map.", "Add a line: what it does and what it must not know.")
    for folder in sorted(set(re.findall(r"crates/[a-z][a-z_-]*", text)) - set(folders)):
        yield Finding(path, "map", f"`{folder}` is on the map but not in the workspace.", "Remove its line.")


def lines_of_code(text, comment="//"):
    """Lines that hold more than space or a line comment."""
    return sum(1 for line in text.splitlines() if line.strip() and not line.strip().startswith(comment))


def file_sizes(workspace):
    """A file is one thing that can be read in one sitting."""
    kinds = [((".rs",), RUST_LINES), ((".ts", ".svelte"), INTERFACE_LINES)]
    for endings, (wanted, most) in kinds:
        for path, text in workspace.files(*endings):
            if WRITTEN_BY_PROGRAM.search("\n".join(text.splitlines()[:5])) or ONE_LANGUAGE.fullmatch(path):
                continue
            count = lines_of_code(text)
            if count > wanted:
                limit = most if count > most else wanted
                yield Finding(path, "size", f"{count} lines of code; at most {limit} are {'allowed' if count > most else 'wanted'}.",
                              "Give one of the things it does a file of its own.", warning=count <= most)


def vague_names(workspace):
    """A name says what a thing is; Manager, Service, Helper and Util say that nobody knew."""
    file_name = re.compile(rf"(?:^|[-_.])(?:{VAGUE.lower()})s?$|(?:{VAGUE})s?$")
    type_name = re.compile(rf"\b(?:struct|enum|trait|type|class|interface|mod)\s+(\w*(?:{VAGUE})s?|(?:\w+_)?(?:{VAGUE.lower()})s?)\b")
    step = "Name it after what it holds or does: a registry, a queue, a cache, a parser…"
    for path, text in workspace.files(".rs", ".ts", ".svelte", ".py"):
        for part in path.split("/"):
            if file_name.search(part.split(".")[0]):
                yield Finding(path, "names", f"`{part}` says nothing about what it is.", step)
        for name in type_name.findall(without_comments(text)):
            yield Finding(path, "names", f"`{name}` says nothing about what it is.", step)


def without_comments(text):
    """The text without line comments and without what stands in one-line string literals."""
    return "\n".join(re.sub(r'"(?:[^"\\]|\\.)*"', '""', line).split("//")[0] for line in text.splitlines())


def unsafe_code(workspace):
    """Unsafe code lives where foreign code lives, and each piece says why it is sound."""
    for path, text in workspace.files(".rs"):
        lines = text.splitlines()
        for number, line in enumerate(without_comments(text).splitlines()):
            if not re.search(r"\bunsafe\b", line):
                continue
            place = f"{path}:{number + 1}"
            if not path.startswith(UNSAFE_HOMES):
                yield Finding(place, "unsafe", "unsafe code outside of `media` and `perception`.",
                              "Find a safe way, or move the call into the crate that owns the foreign code.")
            elif not any("SAFETY:" in near for near in lines[max(0, number - 6):number + 1]):
                yield Finding(place, "unsafe", "an unsafe block does not say why it is sound.", "Write a // SAFETY: comment above it.")


def machine_paths(workspace):
    """Nothing names a folder that exists on one machine only."""
    own = {str(workspace.root), os.path.expanduser("~")} - {"/", ""}
    pattern = re.compile("|".join([re.escape(path) + r"(?![\w-])" for path in sorted(own)] + [r"(?<![\w.~}])/(?:home|Users|root|tmp)/\w"]))
    for path, text in workspace.texts.items():
        if path.startswith("tests/structure/"):
            continue  # The rule and its bad fixtures have to spell them out.
        for number, line in enumerate(text.splitlines(), start=1):
            found = pattern.search(line)
            if found:
                yield Finding(f"{path}:{number}", "paths", f"`{found.group()}…` is a folder of one machine.",
                              "Take it from a parameter, a temporary folder or `directories`; in an example write /videos/talk.mp4.")


def test_seams(workspace):
    """Answers for tests live in modules that only development builds compile."""
    for path, text in workspace.files(".rs"):
        if not path.startswith(("crates/", "src-tauri/src/")) or "STANDOUT_TEST_" not in text:
            continue
        module = Path(path)
        parent = str(module.parent / "mod.rs")
        guarded = f"#[cfg(debug_assertions)]\nmod {module.stem};" in workspace.texts.get(parent, "")
        if not guarded:
            yield Finding(path, "seams", "a variable for tests is read in code that release builds may contain.",
                          f"Move it into a module of its own, declared in {parent} under #[cfg(debug_assertions)].")


RULES = [test_seams, crate_arrows, foreign_crates, lints_taken, architecture_map, file_sizes, vague_names, unsafe_code, machine_paths]


def findings(workspace):
    """Every finding of every rule, errors first."""
    found = [finding for rule in RULES for finding in rule(workspace)]
    return sorted(found, key=lambda finding: finding.warning)


def load(root, metadata_json):
    """The workspace at `root`, with cargo's description of it as JSON text."""
    return Workspace(Path(root), json.loads(metadata_json))
