"""How well moments are chosen in programmes whose highlights are known, beside the same without each part of the evidence and
beside simple methods.

    python3 choosing.py --benchmark ../shared/bench --programmes WHERE_THEY_ARE_KEPT [--page docs/benchmarks.md]

The answers are those that `cargo bench -p standout-engine --bench choosing` wrote into `answers` of the same folder.
"""

import argparse
import json
import pathlib
import sys

import page

# Variants whose file has a subtitle: what only words tell is asked for there alone.
WITH_SUBTITLES = ("sidecar", "embedded")
EVERYTHING = "all"
COLUMNS = {
    "found": lambda scores: mean(scores, "recall"),
    "of the ranges right": lambda scores: mean(scores, "precision"),
    "on decoys": lambda scores: total(scores, "decoys") / max(1, total(scores, "ranges")),
    "edges inside an utterance": lambda scores: mean(scores, "in_utterance"),
    "edges near a cut or pause": lambda scores: mean(scores, "near_cut_or_pause"),
    "tags right": lambda scores: mean(scores, "tag_precision"),
    "tags found": lambda scores: mean(scores, "tag_recall"),
    "rules broken": lambda scores: total(scores, "violations"),
}


def mean(scores, figure):
    """The mean over the programmes in which the figure can be told."""
    known = [score[figure] for score in scores if score[figure] is not None]
    return sum(known) / len(known) if known else None


def total(scores, figure):
    """The sum over all programmes; of lists, of their lengths."""
    return sum(len(score[figure]) if isinstance(score[figure], list) else score[figure] for score in scores)


def cell(name, value):
    if value is None:
        return "–"
    return f"{value:.0f}" if name == "rules broken" else f"{100 * value:.1f} %"


def title(method):
    return "**Standout**" if method == EVERYTHING else method.replace("-", " ").replace("events", "sound events")


def scored(folder, judge, subtitles):
    """The scores of every method: of Standout's answers, whole first, and of the simple methods beside each programme."""
    methods = sorted((folder / "answers").iterdir(), key=lambda method: (method.name != EVERYTHING, method.name))
    found = {method.name: [] for method in methods}
    for file in sorted(folder.glob("*/truth.json")):
        truth, name = json.loads(file.read_text()), file.parent.name
        variants = [variant for variant in truth["files"] if (variant in WITH_SUBTITLES) == subtitles]
        if truth["speechless"] or not variants:
            continue
        for method in methods:
            for variant in variants:
                answer = method / f"{name}-{variant}.json"
                if answer.is_file():
                    found[method.name].append(judge(truth, json.loads(answer.read_text()), subtitles))
        simple = file.parent / "baselines.json"
        for method, answers in json.loads(simple.read_text()).items() if simple.is_file() else ():
            found.setdefault(method, []).extend(judge(truth, answer, subtitles) for answer in answers)
    return {method: scores for method, scores in found.items() if scores}


def table(found):
    yield "| | " + " | ".join(COLUMNS) + " |"
    yield "|---|" + "---|" * len(COLUMNS)
    for method, scores in found.items():
        cells = [cell(name, figure(scores)) for name, figure in COLUMNS.items()]
        yield f"| {title(method)} | " + " | ".join(cells) + " |"


def likeness(file):
    """What came of asking for more like each highlight, in words."""
    counted = json.loads(file.read_text())
    share = lambda part, whole: f"{100 * counted[part] / max(1, counted[whole]):.0f} %"
    return (
        f"More like this, asked of the {counted['asked']} highlights whose kind is planted again: {share('answered', 'asked')} got one "
        f"of their kind, which {share('same_kind', 'offered')} of all that was offered are; {share('other_kind', 'offered')} are "
        f"planted moments of another kind."
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--benchmark", type=pathlib.Path, required=True, help="the folder of score.py")
    parser.add_argument("--programmes", type=pathlib.Path, required=True, help="the folder of the programmes and answers")
    parser.add_argument("--page", type=pathlib.Path, help="the page whose section on choosing is written anew")
    given = parser.parse_args()
    sys.path.insert(0, str(given.benchmark.resolve()))
    from score import score

    lines = []
    for heading, subtitles in (("With subtitles", True), ("Without subtitles", False)):
        found = scored(given.programmes, score, subtitles)
        programmes = len(found[EVERYTHING])
        lines += [f"{heading}, {programmes} files:", "", *table(found), ""]
    lines += [likeness(given.programmes / "likeness.json"), ""]
    print("\n".join(lines))
    if given.page:
        page.replace(given.page, "choosing", lines[:-1])


if __name__ == "__main__":
    main()
