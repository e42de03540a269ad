#!/usr/bin/env python3
"""PostgreSQL restarted, stopped at once and killed under load: nothing promised is lost, and the server needs no hands.

    pg.py [--rounds N] [--clients N] [--away SECONDS]

While the database is away: writes are answered 503 with Retry-After and in good time, /readyz says 503, /healthz 200, screenings
go on. When it is back, writes succeed again by themselves. At the end everything is read back and `askonce store check` has
to be clean. Exit code 77 (skipped) without PostgreSQL.
"""
import argparse
import sys
import threading
import time

import cluster
import kill
import ledger as ledgers
from server import Failed, Server, sanitized

WAYS = ("fast", "immediate", "kill", "orphan")
RECOVERY_SECONDS = 10   # from the database's return to the first write that succeeds
ANSWER_SECONDS = 6      # the longest that a write may wait for its 503
SCREENING = {"as_of": ledgers.AS_OF, "answers": {"dob": "1980-01-01", "people": 2, "income": 900}}


class Screener(threading.Thread):
    """Screens all the time; a store that is away is nothing to it."""

    def __init__(self, ledger):
        super().__init__(daemon=True)
        self.ledger, self.times = ledger, []

    def run(self):
        with self.ledger.client() as client:
            first = None
            while not self.ledger.ended.is_set():
                begin = time.monotonic()
                reply = client.request("POST", "/v1/screenings", SCREENING)
                self.times.append(time.monotonic() - begin)
                first = first or reply.body
                if reply.status != 200 or reply.body != first:
                    self.ledger.complain(f"a screening while the database came and went: {reply}")
                time.sleep(0.005)


def expect(ledger, client, method, path, status, what, body=None):
    begin = time.monotonic()
    reply = client.request(method, path, body)
    took = time.monotonic() - begin
    if reply.status != status:
        ledger.complain(f"{what}: {method} {path}: {reply}, not {status}")
    if took > ANSWER_SECONDS * (3 if sanitized() else 1):
        ledger.complain(f"{what}: {method} {path} took {took:.1f} s")
    return reply, took


def while_away(ledger, how, seconds):
    """What a client sees in the meantime. Returns the longest time to a 503."""
    slowest, until = 0, time.monotonic() + seconds
    with ledger.client() as client:
        if how == "orphan":  # a child that is left may still write, and that counts
            time.sleep(0.5)
        while time.monotonic() < until:
            reply, took = expect(ledger, client, "POST", "/v1/assessments", 503, f"after {how}", SCREENING)
            if not reply.headers.get("retry-after", "").isdigit():
                ledger.complain(f"after {how}: 503 without Retry-After: {reply}")
            slowest = max(slowest, took)
            expect(ledger, client, "GET", "/healthz", 200, f"after {how}")
            expect(ledger, client, "GET", "/readyz", 503, f"after {how}")
            time.sleep(0.1)
    return slowest


def round_of(ledger, database, how, away):
    time.sleep(1)
    database.stop(how)
    slowest = while_away(ledger, how, away)
    database.start()
    back = time.monotonic()
    while ledger.last_success < back:
        if time.monotonic() - back > RECOVERY_SECONDS * (3 if sanitized() else 1):
            raise Failed(f"after {how}: no write has succeeded {RECOVERY_SECONDS} s after the database came back")
        time.sleep(0.01)
    return slowest, ledger.last_success - back


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=2, help="each: " + ", ".join(WAYS))
    parser.add_argument("--clients", type=int, default=6)
    parser.add_argument("--away", type=float, default=1.5)
    options = parser.parse_args()
    if not cluster.available():
        print("skipped: PostgreSQL is not installed")
        return 77
    with cluster.Cluster() as database, Server(store=database.url) as server:
        key = server.key()
        server.start()
        ledger = ledgers.Ledger(lambda: (server.host, server.port), key)
        ledgers.make_shared(ledger)
        workers = [ledgers.Worker(ledger, number, writes_only=True) for number in range(options.clients)]
        screener = Screener(ledger)
        for thread in [*workers, screener]:
            thread.start()
        begin = time.monotonic()
        for how in WAYS * options.rounds:
            slowest, recovery = round_of(ledger, database, how, options.away)
            print(f"{how}: slowest 503 after {slowest * 1000:.0f} ms; first write {recovery * 1000:.0f} ms after the return",
                  flush=True)
            if not server.alive():
                raise Failed(f"the server ended with code {server.crashed()}\n{server.tail()}")
        time.sleep(0.5)
        ledger.ended.set()
        for thread in [*workers, screener]:
            thread.join(60)
        ledgers.verify(ledger)
        server.stop()
        assessments, said = kill.store_counts(server)
        ledgers.check_count(ledger, assessments)
        times = sorted(screener.times)
        kill.report(ledger, server, 0, time.monotonic() - begin)
        print(f"screenings meanwhile: {len(times)}, p50 {times[len(times) // 2] * 1000:.1f} ms, "
              f"p99 {times[len(times) * 99 // 100] * 1000:.1f} ms, most {times[-1] * 1000:.0f} ms")
        print(f"store check: {said.splitlines()[-1]}")
        for text in ledger.wrong:
            print("WRONG:", text)
        return 1 if ledger.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
