# SPDX-License-Identifier: GPL-3.0-or-later
"""measure.py: whole processes side by side, for the programs of this folder.

A benchmark names its contestants, Kith first. Each round runs every one of them once, in
turn, so that a machine whose speed drifts treats them alike; the table holds the median of
the rounds: wall time, processor time and peak memory as the kernel accounts for the ended
process, and the ratio to the fastest peer.
"""
import os
import statistics
import subprocess
import sys
import time


def run(command, directory=None):
    """Wall seconds, processor seconds and peak MiB of one process; ends the program when it fails."""
    started = time.monotonic()
    with subprocess.Popen(command, cwd=directory, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE) as process:
        messages = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit("%s ended with %d:\n%s" % (" ".join(map(str, command)), process.returncode,
                                            messages.decode(errors="replace")))
    return time.monotonic() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def compare(contestants, rounds):
    """contestants: (name, function that gives what run gives); the medians of their rounds."""
    figures = {name: [] for name, _ in contestants}
    for number in range(rounds):
        for name, contest in contestants:
            figures[name].append(contest())
            print("round %d of %d: %s %.2f s" % (number + 1, rounds, name, figures[name][-1][0]),
                  file=sys.stderr)
    return {name: tuple(map(statistics.median, zip(*rows))) for name, rows in figures.items()}


def print_table(title, figures, ours, work=None):
    """ours: how the names of our contestants begin. work: (what is counted, how many), for a column of so many a second."""
    fastest = [min(row[i] for name, row in figures.items() if not name.startswith(ours)) for i in range(2)]
    width = max(map(len, figures))
    print("%s; load of the machine %.1f" % (title, os.getloadavg()[0]))
    print("%-*s  %8s  %8s  %9s  %10s  %10s%s" % (
        width, "", "wall s", "cpu s", "peak MiB", "wall/best", "cpu/best", "  %12s" % (work[0] + "/s") if work else ""))
    for name, (wall, cpu, memory) in figures.items():
        print("%-*s  %8.2f  %8.2f  %9.0f  %10.2f  %10.2f%s" % (
            width, name, wall, cpu, memory, wall / fastest[0], cpu / fastest[1],
            "  %12.0f" % (work[1] / wall) if work else ""))
