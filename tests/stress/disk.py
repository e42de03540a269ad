#!/usr/bin/env python3
"""A disk that is full, and one that fails, under the whole server: writes are answered 507 or 503, reads and screenings go on, and
when the disk is well again writes succeed by themselves. Nothing promised is lost, nothing is there that was refused with 507.

    disk.py --library LIBFAULT_DISK [--seconds N]

The library is tests/fault/disk.c, loaded into the server with LD_PRELOAD; the store is SQLite.
"""
import argparse
import os
import sys
import time

import kill
import ledger as ledgers
from server import Failed, Server

RECOVERY_SECONDS = 5
# What the control file says (tests/fault/disk.c), and how a write is answered then.
FAULTS = (("ENOSPC write", 507), ("ENOSPC", 507), ("EDQUOT write", 507), ("ENOSPC write 5", 507), ("EIO write", 503),
          ("EIO sync", 503), ("EIO write 7", 503))
SCREENING = {"as_of": ledgers.AS_OF, "answers": {"dob": "1980-01-01", "people": 2, "income": 900}}


class Control:
    """The file that says which calls fail. The library looks at it before each."""

    def __init__(self, path):
        self.path = path

    def set(self, line):
        with open(self.path + ".new", "w", encoding="ascii") as out:
            out.write(line)
        os.rename(self.path + ".new", self.path)


def expect(ledger, client, fault, method, path, status, body=None):
    reply = client.request(method, path, body)
    if reply.status != status:
        ledger.complain(f"{fault}: {method} {path}: {reply}, not {status}")
    return reply


def while_faulty(ledger, path, fault, status, seconds):
    """One client's look at a disk that is no good. Returns how many writes were refused."""
    refused, until = 0, time.monotonic() + seconds
    with ledger.client() as client:
        # With calls that pass first, or between two looks of the writer, a write may still be carried out: it counts.
        reply = client.request("POST", "/v1/assessments", SCREENING)
        while reply.status == 201 and time.monotonic() < until:
            ledger.count("writes that still passed")
            ledger.others += 1
            reply = client.request("POST", "/v1/assessments", SCREENING)
        while time.monotonic() < until:
            reply = expect(ledger, client, fault, "POST", "/v1/assessments", status, SCREENING)
            if status == 503 and not reply.headers.get("retry-after", "").isdigit():
                ledger.complain(f"{fault}: 503 without Retry-After: {reply}")
            refused += reply.status == status
            expect(ledger, client, fault, "POST", "/v1/screenings", 200, SCREENING)
            expect(ledger, client, fault, "GET", path, 200)
            expect(ledger, client, fault, "GET", path + "/revisions", 200)
            expect(ledger, client, fault, "GET", "/healthz", 200)
            expect(ledger, client, fault, "GET", "/readyz", 503)
            time.sleep(0.02)
    return refused


def recover(ledger, fault, since):
    while ledger.last_success < since:
        if time.monotonic() - since > RECOVERY_SECONDS:
            raise Failed(f"{fault}: no write has succeeded {RECOVERY_SECONDS} s after the disk was well again")
        time.sleep(0.005)
    return ledger.last_success - since


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--library", required=True)
    parser.add_argument("--seconds", type=float, default=0.7, help="of each fault")
    options = parser.parse_args()
    with Server() as server:
        control = Control(os.path.join(server.folder, "fault"))
        key = server.key()
        plain = dict(server.environment)
        server.environment.update(LD_PRELOAD=os.path.abspath(options.library), ASK_FAULT_PREFIX=server.data + "/",
                                  ASK_FAULT_FILE=control.path)
        server.start()
        ledger = ledgers.Ledger(lambda: (server.host, server.port), key)
        ledger.others = 0
        ledgers.make_shared(ledger)
        path = f"/v1/assessments/{ledger.shared}"
        workers = [ledgers.Worker(ledger, number, writes_only=True) for number in range(4)]
        for worker in workers:
            worker.start()
        begin = time.monotonic()
        for fault, status in FAULTS:
            time.sleep(0.4)
            control.set(fault)
            refused = while_faulty(ledger, path, fault, status, options.seconds)
            control.set("")
            recovery = recover(ledger, fault, time.monotonic())
            print(f"{fault}: {refused} times {status}; first write {recovery * 1000:.0f} ms after the disk was well", flush=True)
            if not refused:
                ledger.complain(f"{fault}: no write was refused")
            if not server.alive():
                raise Failed(f"the server ended with code {server.crashed()}\n{server.tail()}")
        ledger.ended.set()
        for worker in workers:
            worker.join(30)
        ledgers.verify(ledger)
        server.stop()
        server.environment = plain
        # And once more from the files alone.
        server.start()
        ledgers.verify(ledger)
        server.stop()
        assessments, said = kill.store_counts(server)
        ledgers.check_count(ledger, assessments - ledger.others)
        kill.report(ledger, server, 0, time.monotonic() - begin)
        print(f"store check: {said.splitlines()[-1]}")
        for text in ledger.wrong:
            print("WRONG:", text)
        return 1 if ledger.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
