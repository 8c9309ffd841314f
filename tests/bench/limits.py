"""Writes what the benchmarks with a limit say into their section of a page.

    cargo bench --workspace | python3 limits.py --page docs/benchmarks.md
"""

import argparse
import pathlib
import sys

import page

# How the lines begin that are kept.
KEPT = ("choosing ", "keeping two hours", "finding it again", "sound events:")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--page", required=True, type=pathlib.Path)
    given = parser.parse_args()
    found = []
    for line in sys.stdin:
        print(line, end="", flush=True)
        found += [f"- {line.strip()}"] if line.startswith(KEPT) else []
    if not found:
        sys.exit("No benchmark said anything that is kept in the page: their words and KEPT in limits.py differ.")
    page.replace(given.page, "limits", found)


if __name__ == "__main__":
    main()
