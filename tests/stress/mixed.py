#!/usr/bin/env python3
"""Everything at once against one server: writes, corrections, reads, explanations, bad requests, cut connections, keys made and
revoked, backups, and a reload of changed rules again and again. For the builds with a sanitizer: no report, no 5xx, every promise
kept, and SIGTERM in the middle of it loses no accepted request.

    mixed.py [--seconds N] [--clients N] [--store sqlite|pg] [--binary COMMAND]
"""
import argparse
import os
import random
import shutil
import signal
import sys
import threading
import time

import cluster
import kill
import ledger as ledgers
from client import Client, Cut
from server import ROOT, Failed, Server

READS = ("?detail=status", "?detail=reasons", "?detail=tree", "?revision=1", "/revisions?limit=2", "/next",
         "/determinations/food", "/determinations/food/what-if", "/revisions/1")
OPEN = ("/healthz", "/readyz", "/metrics", "/openapi.json")
# Path, body and the status that is right.
BAD = (("/v1/screenings", b"", 400), ("/v1/screenings", b"{", 400), ("/v1/screenings", b"[" * 5000, 400),
       ("/v1/screenings", b'{"answers":{"people":1,"people":2}}', 400), ("/v1/screenings", b'{"answers":{"zip":"\xff"}}', 400),
       ("/v1/screenings", b'{"answers":{"people":1e999}}', 422), ("/v1/screenings", b'{"answers":{"income":-1}}', 422),
       ("/v1/screenings", b'{"answers":{"nobody":1}}', 422), ("/v1/screenings?detial=tree", b'{"answers":{}}', 400),
       ("/v1/nothing", b"{}", 404), ("/v1/assessments/1", None, 404))


class Disturber(threading.Thread):
    """Calls one thing after another until the end; what it says of the server goes to the ledger."""

    def __init__(self, ledger, action, pause):
        super().__init__(daemon=True)
        self.ledger, self.action, self.pause = ledger, action, pause

    def run(self):
        chance = random.Random(id(self))
        server = None  # the last one that answered; a connection to one that has gone may break
        with self.ledger.client() as client:
            while not self.ledger.ended.wait(self.pause):
                now = self.ledger.address()
                try:
                    self.action(client, chance)
                    server = now
                except Cut:
                    if self.ledger.up.is_set() and server == self.ledger.address() and not self.ledger.ended.is_set():
                        self.ledger.complain(f"{self.action.__name__}: cut off")
                except Exception as error:
                    self.ledger.complain(f"{self.action.__name__}: {type(error).__name__}: {error}")


class Mixture:
    def __init__(self, server, ledger):
        self.server, self.ledger = server, ledger
        self.turn = 0

    def request(self, client, method, path, body=None, right=(200,), headers=()):
        reply = client.request(method, path, body, headers)
        self.ledger.count(f"{method} {path.split('?')[0].split('/')[-1] if '/v1/assess' not in path else 'assessment views'} "
                          f"{reply.status}")
        draining = reply.status == 503 and b"draining" in reply.body and not self.ledger.up.is_set()
        if reply.status not in right and not draining:
            self.ledger.complain(f"{method} {path}: {reply}, not {right}")
        return reply

    def read(self, client, chance):
        with self.ledger.lock:
            made = chance.choice(self.ledger.assessments) if self.ledger.assessments else None
        if made:
            # A tree of before a reload may not be computable again; that is said with 409.
            self.request(client, "GET", f"/v1/assessments/{made.id}{chance.choice(READS)}", right=(200, 409))

    def screen(self, client, chance):
        self.request(client, "POST", f"/v1/screenings?detail={chance.choice(('status', 'reasons', 'tree'))}",
                     {"answers": {"dob": "1990-05-05", "people": chance.randrange(1, 9), "income": chance.randrange(9000)}})

    def look(self, client, chance):
        self.request(client, "GET", chance.choice(OPEN + ("/v1/form", "/v1/programs", "/v1/programs/food")))

    def misbehave(self, client, chance):
        path, body, status = chance.choice(BAD)
        self.request(client, "GET" if body is None else "POST", path, body, right=(status,))

    def break_off(self, client, chance):
        client.connect()
        client.socket.sendall(b"POST /v1/assessments HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + client.key.encode()
                              + b"\r\nContent-Length: 500\r\n\r\n{"[:chance.randrange(40, 160)])
        client.close()

    def reload(self, client, chance):
        """Other rules each time: the source's words change, so every golden case still passes. Now and then broken ones: refused."""
        if not self.ledger.up.is_set():
            return
        self.turn += 1
        path = os.path.join(self.server.rules, "plugins", "small", "food", "plugin.lua")
        with open(os.path.join(ROOT, "tests", "cli", "small", "plugins", "small", "food", "plugin.lua"), encoding="utf-8") as f:
            text = f.read()
        broken = self.turn % 4 == 0
        text = text.replace("income == 0", "income ==") if broken else text.replace(
            "Go to the Office of Food.", f"Go to the Office of Food, window {self.turn}.")
        with open(path + ".new", "w", encoding="utf-8") as out:
            out.write(text)
        os.replace(path + ".new", path)
        self.server.signal(signal.SIGHUP)
        self.ledger.count("reloads asked for")

    def mend(self):
        """A start takes broken rules as they are, so sound ones have to lie there; the next broken ones are four turns away."""
        self.turn = 0
        shutil.copy(os.path.join(ROOT, "tests", "cli", "small", "plugins", "small", "food", "plugin.lua"),
                    os.path.join(self.server.rules, "plugins", "small", "food", "plugin.lua"))

    def keys(self, client, chance):
        """A key works as soon as it is made, whatever happens to others."""
        key = self.server.key(f"partner {chance.randrange(3)}")
        with Client(self.ledger.address, key) as other:
            self.request(other, "GET", "/v1/programs")
        self.server.run("key", "list", "--json")
        # A name without a key in force is refused, which is right too.
        self.server.run("key", "revoke", f"partner {chance.randrange(3)}", expect=None)

    def backup(self, client, chance):
        target = os.path.join(self.server.folder, "copy.db")
        if os.path.exists(target):
            os.remove(target)
        self.server.run("backup", target)
        self.ledger.count("backups")


def run(store, seconds, clients, command):
    with Server(store=store, arguments=(), command=command) as server:
        server.rules = os.path.join(server.folder, "rules")
        shutil.copytree(os.path.join(ROOT, "tests", "cli", "small"), server.rules)
        server.arguments = ["--forms", os.path.join(server.rules, "forms"), "--plugins",
                            os.path.join(server.rules, "plugins"), "--pack", "small"]
        key = server.key()
        server.start(timeout=60)
        ledger = ledgers.Ledger(lambda: (server.host, server.port), key)
        ledgers.make_shared(ledger)
        mixture = Mixture(server, ledger)
        threads = [ledgers.Worker(ledger, number) for number in range(clients)]
        threads += [Disturber(ledger, action, pause) for action, pause in (
            (mixture.read, 0.001), (mixture.read, 0.001), (mixture.screen, 0.001), (mixture.screen, 0.001),
            (mixture.look, 0.005), (mixture.misbehave, 0.002), (mixture.break_off, 0.01), (mixture.reload, 0.5),
            (mixture.keys, 0.3), (mixture.backup, 2.0))]
        for thread in threads:
            thread.start()
        begin = time.monotonic()
        while time.monotonic() - begin < seconds:
            time.sleep(0.1)
            if not server.alive():
                raise Failed(f"the server ended with {server.crashed()}\n{server.tail(8000)}")
        # SIGTERM in the middle: what was accepted is answered, and then it goes. The workers repeat the rest.
        ledger.up.clear()
        server.stop(timeout=90)
        mixture.mend()
        server.start(timeout=60)
        ledger.up.set()
        time.sleep(0.3)
        ledger.ended.set()
        for thread in threads:
            thread.join(90)
        ledgers.verify(ledger)
        server.stop(timeout=90)
        assessments, said = kill.store_counts(server)
        ledgers.check_count(ledger, assessments)
        kill.report(ledger, server, 0, time.monotonic() - begin)
        print(f"store check: {said.splitlines()[-1]}")
        for text in ledger.wrong:
            print("WRONG:", text)
        return 1 if ledger.wrong else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--store", choices=("sqlite", "pg"), default="sqlite")
    parser.add_argument("--binary", help="the command ($ASKONCE, else build/release/askonce)")
    options = parser.parse_args()
    if options.store == "sqlite":
        return run(None, options.seconds, options.clients, options.binary)
    if not cluster.available():
        print("skipped: PostgreSQL is not installed")
        return 77
    with cluster.Cluster() as database:
        return run(database.url, options.seconds, options.clients, options.binary)


if __name__ == "__main__":
    sys.exit(main())
