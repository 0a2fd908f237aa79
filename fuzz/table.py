#!/usr/bin/env python3
"""Writes what the logs of a campaign say, as a table: fuzz/table.py LOGS

The logs are libFuzzer's own, named TARGET.N.log. Executions and seconds are added up over the logs of
a target. The coverage before is that of the seeds in the first log, and the one after is the highest
that a log reached.
"""

import pathlib
import re
import sys

INITED = re.compile(r"#\d+\s+INITED cov: (\d+) ft: (\d+)")
ANY = re.compile(r"#(\d+)\s+\w+\s*cov: (\d+) ft: (\d+)")
RATE = re.compile(r"stat::average_exec_per_sec:\s*(\d+)")
UNITS = re.compile(r"stat::number_of_executed_units:\s*(\d+)")
DONE = re.compile(r"Done \d+ runs in (\d+) second")
FAILED = re.compile(r"ERROR: libFuzzer: (deadly signal|timeout|out-of-memory)")


def numbered(path):
    return int(path.name.split(".")[1])


def seconds(log):
    """A run that was asked to end early tells only how many executions there were in a second."""
    done = DONE.search(log)
    return int(done[1]) if done else units(log) // max(int(RATE.search(log)[1]), 1)


def units(log):
    return int(UNITS.search(log)[1])


class Target:
    def __init__(self, paths):
        logs = [path.read_text(errors="replace") for path in sorted(paths, key=numbered)]
        self.units = sum(map(units, logs))
        self.seconds = sum(map(seconds, logs))
        self.before = INITED.search(logs[0]).groups()
        reached = [ANY.findall(log)[-1][1:] for log in logs]
        self.after = [max(map(int, numbers)) for numbers in zip(*reached)]
        self.findings = sum(len(FAILED.findall(log)) for log in logs)


def main(folder):
    paths = {}
    for path in pathlib.Path(folder).glob("*.*.log"):
        paths.setdefault(path.name.split(".")[0], []).append(path)
    print("| target | executions | seconds | a second | edges before, after | features before, after | failures |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    targets = {name: Target(logs) for name, logs in sorted(paths.items())}
    for name, one in targets.items():
        rate = one.units // max(one.seconds, 1)
        print(
            f"| `{name}` | {one.units:,} | {one.seconds:,} | {rate:,} "
            f"| {one.before[0]}, {one.after[0]} | {one.before[1]}, {one.after[1]} | {one.findings} |"
        )
    units = sum(one.units for one in targets.values())
    seconds = sum(one.seconds for one in targets.values())
    findings = sum(one.findings for one in targets.values())
    print(f"| together | {units:,} | {seconds:,} | | | | {findings} |")


if __name__ == "__main__":
    main(sys.argv[1])
