"""What a process takes of memory, and what a folder takes of the disk."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Memory:
    """In bytes. resident: all pages in memory. own: those not of files, which nobody shares.
    peak: the most that was resident."""

    resident: int
    own: int
    peak: int

    def __str__(self) -> str:
        return f"{self.resident / MB:,.0f} MB ({self.own / MB:,.0f} its own)"


def memory(pid: int | str = "self") -> Memory:
    """Of a process on Linux."""
    said = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    sizes = [1024 * int(said[name].split()[0]) for name in ("VmRSS", "RssAnon", "VmHWM")]
    return Memory(*sizes)


def cpu_seconds(pid: int) -> float:
    """What a process has used of the processors since it began."""
    said = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(said[11]) + int(said[12])) / os.sysconf("SC_CLK_TCK")


def cpu_seconds_of_all(pid: int) -> float:
    """What a process and all below it have used, those included that have ended."""
    ended = 0
    for one in _family(pid):
        said = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ended += int(said[13]) + int(said[14])
    return sum(map(cpu_seconds, _family(pid))) + ended / os.sysconf("SC_CLK_TCK")


def size(folder: Path) -> int:
    """Bytes of the files of a folder and all below it."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def touch(folder: Path) -> None:
    """Reads the files of a folder, so that the machine has them in memory."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                while file.read(16 * MB):
                    pass


def machine() -> str:
    """The processor, how many there are, and the memory."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        "unknown processor",
    )
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{model}, {os.cpu_count()} cores, {total / 2**30:.0f} GiB"


def shared_out(pid: int) -> int:
    """Bytes of a process and all below it, pages that several use counted once in parts."""
    total = 0
    for one in _family(pid):
        try:
            said = Path(f"/proc/{one}/smaps_rollup").read_text()
        except OSError:  # it ended in between
            continue
        total += sum(
            1024 * int(line.split()[1]) for line in said.splitlines() if line.startswith("Pss:")
        )
    return total


def _family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(one for child in children for one in _family(int(child)))]
