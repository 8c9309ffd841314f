"""Writes measured figures into their section of a page."""

import os
import pathlib
import platform


def machine():
    """The machine in words: processor, number of them, memory, system."""
    model = "an unknown processor"
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"Machine: {os.cpu_count()} processors ({model}), {memory:.0f} GB, {platform.system()} {platform.machine()}."


def replace(path, section, lines):
    """Puts lines between `<!-- SECTION -->` and `<!-- end of SECTION -->`."""
    begin, end = f"<!-- {section} -->", f"<!-- end of {section} -->"
    text = path.read_text()
    before, rest = text.split(begin, 1)
    _, after = rest.split(end, 1)
    path.write_text(before + begin + "\n" + "\n".join(lines) + "\n" + end + after)
