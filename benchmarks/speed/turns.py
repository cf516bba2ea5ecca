"""Run programs in turns and print what each run took: CPU and wall seconds, peak memory in MiB.

A program of its own, and a small one: a process inherits the peak memory of the
process that started it, so this one has to stay below all that it measures.
"""

import json
import os
import sys
import time

QUIET = [(os.POSIX_SPAWN_OPEN, descriptor, os.devnull, os.O_WRONLY, 0) for descriptor in (1, 2)]


def run(command: list[str], environment: dict[str, str]) -> tuple[float, float, float]:
    """Run a program to its end; the kernel counts it and its children."""
    start = time.perf_counter()
    pid = os.posix_spawn(command[0], command, environment, file_actions=QUIET)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    if status:
        raise SystemExit(f"Ended with {os.waitstatus_to_exitcode(status)}: {' '.join(command)}")
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024


def main() -> None:
    """Read ``{programs, environment, rounds}`` from standard input; the first round only warms up."""
    order = json.load(sys.stdin)
    runs: dict[str, list[tuple[float, float, float]]] = {program["name"]: [] for program in order["programs"]}
    for round_ in range(order["rounds"] + 1):
        for program in order["programs"]:
            if program["leaves"]:
                run(["/bin/rm", "-rf", program["leaves"]], {})
            taken = run(program["command"], order["environment"])
            if round_:
                runs[program["name"]].append(taken)
    json.dump(runs, sys.stdout)


if __name__ == "__main__":
    main()
