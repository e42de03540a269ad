#!/usr/bin/env python3
"""SIGKILL at random moments under load: every 2xx is present exactly once afterwards.

    kill.py [--kills N] [--store sqlite|pg] [--clients N] [--seed N]

Clients create assessments with and without Idempotency-Key, correct them with If-Match, and repeat what was cut off; the
server is killed and started again on the same data, sometimes while it starts. At the end everything is read back and
`askonce store check` has to be clean. Exit code 77 (skipped) when --store pg and there is no PostgreSQL.
"""
import argparse
import random
import re
import sys
import time

import cluster
import ledger as ledgers
from server import Failed, Server


def report(ledger, server, kills, seconds):
    starts = sorted(server.starts)
    if kills:
        print(f"{kills} kills in {seconds:.0f} s; starts: median {starts[len(starts) // 2] * 1000:.0f} ms, "
              f"most {starts[-1] * 1000:.0f} ms")
    print(", ".join(f"{count:,} {what}" for what, count in sorted(ledger.counts.items()) if count))


def store_counts(server):
    """What `store check` says of a sound store: the number of assessments."""
    text = server.run("store", "check")
    found = re.search(r"([\d,]+) assessments?", text)
    if not found:
        raise Failed(f"store check does not say how many assessments there are: {text}")
    return int(found.group(1).replace(",", "")), text.strip()


def load_and_kill(server, ledger, kills, clients, chance):
    workers = [ledgers.Worker(ledger, number) for number in range(clients)]
    for worker in workers:
        worker.start()
    for _ in range(kills):
        time.sleep(chance.uniform(0.005, 0.15))
        if not server.alive():
            raise Failed(f"it ended by itself with code {server.crashed()}\n{server.tail()}")
        ledger.up.clear()
        server.kill()
        if chance.random() < 0.1:  # also while it starts
            server.start_and_kill(chance.uniform(0, 0.06))
        server.start()
        ledger.up.set()
    time.sleep(0.1)
    ledger.ended.set()
    for worker in workers:
        worker.join(60)
        if worker.is_alive():
            ledger.complain(f"worker {worker.number} waits for ever")


def run(store, kills, clients, seed):
    chance = random.Random(seed)
    begin = time.monotonic()
    with Server(store=store) as server:
        key = server.key()
        server.start()
        ledger = ledgers.Ledger(lambda: (server.host, server.port), key, seed)
        ledgers.make_shared(ledger)
        load_and_kill(server, ledger, kills, clients, chance)
        loaded = time.monotonic()
        ledgers.verify(ledger)
        server.stop()
        assessments, said = store_counts(server)
        ledgers.check_count(ledger, assessments)
        report(ledger, server, kills, loaded - begin)
        print(f"read back in {time.monotonic() - loaded:.0f} s; store check: {said.splitlines()[-1]}")
        for text in ledger.wrong:
            print("WRONG:", text)
        return 1 if ledger.wrong else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--store", choices=("sqlite", "pg"), default="sqlite")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    print(f"seed {options.seed}", flush=True)
    if options.store == "sqlite":
        return run(None, options.kills, options.clients, options.seed)
    if not cluster.available():
        print("skipped: PostgreSQL is not installed")
        return 77
    with cluster.Cluster() as database:
        return run(database.url, options.kills, options.clients, options.seed)


if __name__ == "__main__":
    sys.exit(main())
