"""Each rule finds what it is there for, on small bad workspaces made in a temporary folder."""

import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

import structure  # noqa: E402  (its folder had to be added first)

TAKES_LINTS = "[lints]\nworkspace = true\n"


def dependency(name, kind=None):
    """A dependency as cargo describes it; our own crates have a path."""
    own = {"path": f"/{name}"} if name.startswith("standout-") else {}
    return {"name": name, "kind": kind, **own}


class Structure(unittest.TestCase):
    """check(rule, crates, files) gives what the rule says of a workspace of these crates and files."""

    def check(self, rule, crates=(), files=()):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            packages = []
            for name, dependencies in dict(crates).items():
                manifest = root / "crates" / name / "Cargo.toml"
                manifest.parent.mkdir(parents=True)
                manifest.write_text(TAKES_LINTS)
                packages.append({"name": f"standout-{name}", "manifest_path": str(manifest), "dependencies": dependencies})
            for path, text in dict(files).items():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(text)
            return list(rule(structure.Workspace(root, {"packages": packages})))

    def assert_finds(self, found, *parts):
        self.assertEqual(len(found), 1, f"exactly one finding is expected, these came: {[str(item) for item in found]}")
        for part in parts:
            self.assertIn(part, str(found[0]))

    def assert_clean(self, found):
        self.assertEqual([str(item) for item in found], [], "this workspace keeps the rule")

    def test_neighbours_do_not_know_each_other(self):
        found = self.check(structure.crate_arrows, {"library": [dependency("standout-project")], "project": []})
        self.assert_finds(found, "`library` names `project`", "crates/library/Cargo.toml", "goes down into `model`")

    def test_arrows_down_are_allowed(self):
        crates = {"model": [], "media": [dependency("standout-model")], "engine": [dependency("standout-media")],
                  "cli": [dependency("standout-engine")]}
        self.assert_clean(self.check(structure.crate_arrows, crates))

    def test_the_vocabulary_names_nobody(self):
        self.assert_finds(self.check(structure.crate_arrows, {"model": [dependency("standout-engine")], "engine": []}),
                          "`model` names `engine`")

    def test_the_test_kit_is_for_tests(self):
        crates = {"testkit": [], "media": [dependency("standout-testkit")]}
        self.assert_finds(self.check(structure.crate_arrows, crates), "[dev-dependencies]")
        crates["media"] = [dependency("standout-testkit", "dev")]
        self.assert_clean(self.check(structure.crate_arrows, crates))

    def test_tests_do_not_excuse_a_wrong_arrow(self):
        crates = {"highlight": [dependency("standout-media", "dev")], "media": []}
        self.assert_finds(self.check(structure.crate_arrows, crates), "`highlight` names `media`")

    def test_a_new_crate_needs_a_place(self):
        self.assert_finds(self.check(structure.crate_arrows, {"extras": []}), "has no place in the arrows")

    def test_foreign_crates_stay_at_home(self):
        for foreign, home in [("ffmpeg-next", "media"), ("earshot", "perception"), ("tauri-plugin-opener", "app"),
                              ("rusqlite", "library")]:
            with self.subTest(foreign):
                self.assert_finds(self.check(structure.foreign_crates, {"engine": [dependency(foreign)]}), foreign, home)
                self.assert_clean(self.check(structure.foreign_crates, {home: [dependency(foreign)]}))

    def test_a_crate_that_skips_the_lints_is_found(self):
        found = self.check(structure.lints_taken, {"media": []}, {"crates/media/Cargo.toml": "[package]\n"})
        self.assert_finds(found, "lints are not taken")

    def test_the_map_lists_every_crate_and_no_other(self):
        crates = {"media": []}
        self.assert_finds(self.check(structure.architecture_map, crates), "the map is missing")
        self.assert_finds(self.check(structure.architecture_map, crates, {"ARCHITECTURE.md": "nothing"}), "`crates/media` is not on the map")
        self.assert_finds(self.check(structure.architecture_map, crates, {"ARCHITECTURE.md": "crates/media crates/gone"}), "`crates/gone`")
        self.assert_finds(self.check(structure.architecture_map, crates, {"ARCHITECTURE.md": "crates/media\n" * 251}), "251 lines")
        self.assert_clean(self.check(structure.architecture_map, crates, {"ARCHITECTURE.md": "- `crates/media` decodes"}))

    def test_long_files_warn_first_and_fail_later(self):
        for name, lines, warning in [("a.rs", 501, True), ("a.rs", 801, False), ("a.svelte", 301, True), ("a.ts", 801, False)]:
            with self.subTest(name=name, lines=lines):
                found = self.check(structure.file_sizes, files={f"crates/{name}": "code\n" * lines})
                self.assert_finds(found, f"{lines} lines")
                self.assertEqual(found[0].warning, warning)

    def test_comments_blank_lines_and_generated_files_do_not_count(self):
        self.assert_clean(self.check(structure.file_sizes, files={"a.rs": "code\n" * 500 + "// why\n\n" * 200}))
        self.assert_clean(self.check(structure.file_sizes, files={"a.ts": "// This file is generated.\n" + "code\n" * 900}))

    def test_a_language_of_the_window_may_be_long(self):
        self.assert_clean(self.check(structure.file_sizes, files={"ui/src/words/zh.ts": "code\n" * 900}))
        self.assert_finds(self.check(structure.file_sizes, files={"ui/src/words/en/desk.ts": "code\n" * 900}), "900 lines")

    def test_vague_names_are_found_in_files_folders_and_types(self):
        for path, text in [("a/job_manager.rs", ""), ("a/utils.ts", ""), ("helpers/a.rs", ""), ("a/JobService.svelte", ""),
                           ("a/jobs.rs", "pub struct JobManager {"), ("a/jobs.ts", "export class ExportService {"),
                           ("a/lib.rs", "mod util;")]:
            with self.subTest(path=path, text=text):
                self.assert_finds(self.check(structure.vague_names, files={path: text}), "says nothing about what it is")

    def test_words_that_only_look_vague_are_left_alone(self):
        self.assert_clean(self.check(structure.vague_names, files={"a/utility_curve.rs": "struct Utilisation; // no Manager struct Manager"}))

    def test_unsafe_code_stays_with_foreign_code_and_is_explained(self):
        self.assert_finds(self.check(structure.unsafe_code, files={"crates/engine/src/a.rs": "unsafe { call() }"}), "a.rs:1", "outside")
        self.assert_finds(self.check(structure.unsafe_code, files={"crates/media/src/a.rs": "unsafe { call() }"}), "SAFETY")
        self.assert_clean(self.check(structure.unsafe_code, files={"crates/media/src/a.rs": "// SAFETY: alive.\nunsafe { call() }"}))
        self.assert_clean(self.check(structure.unsafe_code, files={"crates/engine/src/a.rs": '#![deny(unsafe_code)] // unsafe\nlet a = "unsafe";'}))

    def test_answers_for_tests_stay_out_of_release_builds(self):
        seam = {"src-tauri/src/picker/scripted.rs": 'var_os("STANDOUT_TEST_OPEN")'}
        guarded = {"src-tauri/src/picker/mod.rs": "#[cfg(debug_assertions)]\nmod scripted;"}
        self.assert_finds(self.check(structure.test_seams, files=seam), "release builds")
        self.assert_finds(self.check(structure.test_seams, files=seam | {"src-tauri/src/picker/mod.rs": "mod scripted;"}), "release")
        self.assert_clean(self.check(structure.test_seams, files=seam | guarded))

    def test_folders_of_one_machine_are_found(self):
        for line in ['let a = "/home/anna/talk.mp4";', "cd /tmp/build", "see /Users/anna/x"]:
            with self.subTest(line):
                self.assert_finds(self.check(structure.machine_paths, files={"a.rs": line}), "folder of one machine")
        self.assert_clean(self.check(structure.machine_paths, files={"a.rs": "/videos/talk.mp4 and {base}/home/x and a/tmp/b"}))


if __name__ == "__main__":
    unittest.main()
