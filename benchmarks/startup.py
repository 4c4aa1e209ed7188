"""How long a cold `kg ask who-said-what` takes, against importing rdflib in the same environment.

Run with `python -m benchmarks.startup`. Each command is a process of its own, in turn; it prints medians and ratios.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

RUNS = 15
ASK = [sys.executable, "-m", "kg", "ask", "who-said-what"]
PEERS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "import rdflib": [sys.executable, "-c", "import rdflib"],
    "import pyoxigraph": [sys.executable, "-c", "import pyoxigraph"],
}


def seconds(command: list[str]) -> float:
    """Wall time of one process."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    commands = {"kg ask who-said-what": ASK, **PEERS}
    for command in commands.values():
        seconds(command)
    measured: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(RUNS):
        for name, command in commands.items():
            measured[name].append(seconds(command))
    own = statistics.median(measured["kg ask who-said-what"])
    for name, times in measured.items():
        median = statistics.median(times)
        print(f"{name:24} {median * 1000:7.1f} ms   kg takes {own / median:5.2f} times that")


if __name__ == "__main__":
    main()
