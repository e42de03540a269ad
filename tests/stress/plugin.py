#!/usr/bin/env python3
"""A plugin that loops or hoards costs its own determination: the other programs say byte for byte what they say without it, and
other clients wait no longer than its limits allow.

    plugin.py [--seconds N]

Adds plugins of tests/hostile to the small rules. One client screens with all programs, over and over; another asks for food
alone, and its latency is measured with and without the first.
"""
import argparse
import json
import os
import shutil
import sys
import threading
import time

from client import Client
from server import ROOT, Server, sanitized

# A pack with one that loops, and one that is full of hostile ones.
PACKS = (("loop_at_call",), ("loop_at_call", "loop_for_floats", "rep_in_a_loop", "string_growing", "table_growing", "recursion"))
SCREENING = {"as_of": "2026-11-23", "answers": {"dob": "1980-01-01", "people": 2, "income": 900, "home": "rented", "rent": 500}}
BOUND_MS = 250  # what one hostile call may take at most (tests/unit/test_hostile.c), and so the most another may wait


def rules(folder, hostile):
    shutil.copytree(os.path.join(ROOT, "tests", "cli", "small"), folder)
    for name in hostile:
        shutil.copytree(os.path.join(ROOT, "tests", "hostile", "plugins", name),
                        os.path.join(folder, "plugins", "small", name))
    return ["--forms", os.path.join(folder, "forms"), "--plugins", os.path.join(folder, "plugins"), "--pack", "small"]


def determinations(reply):
    """Each program's own bytes, as they stand in the reply."""
    return {d["program"]: json.dumps(d) for d in reply.json()["determinations"]}


class Attacker(threading.Thread):
    def __init__(self, server, key):
        super().__init__(daemon=True)
        self.client = Client(lambda: (server.host, server.port), key)
        self.ended, self.times, self.replies = threading.Event(), [], set()

    def run(self):
        while not self.ended.is_set():
            begin = time.monotonic()
            reply = self.client.request("POST", "/v1/screenings?next=false", SCREENING)
            self.times.append(time.monotonic() - begin)
            self.replies.add((reply.status, reply.body))
        self.client.close()


def latencies(client, seconds):
    """[milliseconds] of screenings with food alone, and their replies' bytes."""
    times, replies, until = [], set(), time.monotonic() + seconds
    while time.monotonic() < until:
        begin = time.monotonic()
        reply = client.request("POST", "/v1/screenings?next=false&programs=food", SCREENING)
        times.append((time.monotonic() - begin) * 1000)
        replies.add((reply.status, reply.body))
        time.sleep(0.001)
    return sorted(times), replies


def shown(times):
    return (f"p50 {times[len(times) // 2]:.2f} ms, p99 {times[len(times) * 99 // 100]:.2f} ms, most {times[-1]:.1f} ms "
            f"({len(times)} requests)")


def what_they_say_alone():
    """The programs' own bytes where there is no hostile plugin."""
    with Server(arguments=()) as calm:
        calm.arguments = rules(os.path.join(calm.folder, "rules"), ())
        key = calm.key()
        calm.start()
        with Client(lambda: (calm.host, calm.port), key) as client:
            found = determinations(client.request("POST", "/v1/screenings?next=false", SCREENING))
        calm.stop()
        return found


def run(hostile, expected, seconds):
    """One pack. Returns what is wrong."""
    wrong = []
    with Server(arguments=()) as server:
        server.arguments = rules(os.path.join(server.folder, "rules"), hostile)
        key = server.key()
        server.start()
        with Client(lambda: (server.host, server.port), key) as client:
            alone, replies_alone = latencies(client, seconds)
            attackers = [Attacker(server, key) for _ in range(2)]
            for attacker in attackers:
                attacker.start()
            beside, replies_beside = latencies(client, seconds)
            for attacker in attackers:
                attacker.ended.set()
                attacker.join(60)
            whole = client.request("POST", "/v1/screenings?next=false", SCREENING)
        server.stop()
    found = determinations(whole)
    for program, text in expected.items():
        if found.get(program) != text:
            wrong.append(f"{program} says something else beside hostile plugins:\n  {found.get(program)}\n  {text}")
    for name in hostile:
        if json.loads(found.get(name, "{}")).get("status") != "error":
            wrong.append(f"{name}: a plugin that failed must not decide: {found.get(name)}")
    if len(replies_alone | replies_beside) != 1 or {status for status, _ in replies_alone} != {200}:
        wrong.append("food alone was answered differently beside hostile plugins")
    # Statuses only: which limit strikes first, instructions, memory or time, may differ between two calls.
    if {status for attacker in attackers for status, _ in attacker.replies} != {200}:
        wrong.append("a hostile screening was not answered 200")
    attacks = sorted(t * 1000 for attacker in attackers for t in attacker.times)
    print(f"{len(hostile)} hostile: a client asking for food, alone:   {shown(alone)}")
    print(f"           ... beside two clients asking for all: {shown(beside)}")
    print(f"           what those two wait:                   {shown(attacks)}")
    bound = BOUND_MS * len(hostile) * (4 if sanitized() else 1)
    if beside[len(beside) * 99 // 100] > bound:
        wrong.append(f"others waited more than {bound} ms (p99)")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=3)
    seconds = parser.parse_args().seconds
    expected = what_they_say_alone()
    wrong = [text for hostile in PACKS for text in run(hostile, expected, seconds)]
    for text in wrong:
        print("WRONG:", text)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
