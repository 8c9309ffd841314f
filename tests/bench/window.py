#!/usr/bin/env python3
"""Takes the table that the window's benchmark prints into its section of a page."""

import argparse
import pathlib
import sys

import page


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--page", required=True, type=pathlib.Path)
    parser.add_argument("--section", required=True, help="what was measured: window or openings")
    given = parser.parse_args()
    lines = []
    for line in map(str.rstrip, sys.stdin):
        print(line, flush=True)
        if line.startswith("**"):
            lines += ["", line, ""]
        elif line.startswith("|"):
            lines.append(line)
    if len(lines) < 3:
        sys.exit("The window's benchmark printed no table; its own words are above.")
    page.replace(given.page, given.section, [page.machine(), "", *lines])


if __name__ == "__main__":
    main()
