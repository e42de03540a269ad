#!/usr/bin/env python3
"""Measures askonce's server, and beside it what else could do the work, in one run, round by round in turn.

    run.py [--seconds N] [--rounds N] [--only PART,...] [--answers 78|48] [--askonce COMMAND]

Parts: screening (W1's rules: Node, ZEN, Express + json-rules-engine, a static reply), programs (the shipped programs, reads by
id), sqlite and postgresql (durable assessments beside the stateless rate and a bare insert), log (what the request log costs),
start, memory (a million requests: not in a run without --only). Prints Markdown; everything goes to build/bench/http/http.json.

Prepare with setup.sh. wrk, two threads, 32 and 256 connections over loopback, 1,000 bodies in turn; a witness compares replies
during the load. Medians of the rounds; a ratio is the median of each round's own.
"""
import argparse
import glob
import json
import os
import statistics
import subprocess
import sys
import time

import contestants
import load
import memory
import report
import w1
from contestants import Askonce, SHIPPED
from load import ROOT, Client, Requests, in_build, measure, same_bytes

sys.path.insert(0, os.path.join(ROOT, "tests", "stress"))
import cluster  # noqa: E402  (of tests/stress)

CONNECTIONS = (32, 256)


def record(server, requests):
    """[body] of the reply to each request once, before any load; all have to be 200."""
    found = []
    with Client(lambda: ("127.0.0.1", server.port), server.key) as client:
        for number in range(len(requests.list)):
            reply = requests.ask(client, number)
            if reply.status != 200:
                raise SystemExit(f"run.py: {server.name}: request {number}: {reply}")
            found.append(reply.body)
    return found


def rounds_of(entries, options, connections=CONNECTIONS, prepare=None):
    """{(name, connections): [measurement a round]}. entries: (name, start, requests); start() gives a running server; prepare(server,
    requests) is called once after each start."""
    found = {}
    for number in range(options.rounds):
        for name, start, requests in entries:
            report.progress(f"round {number + 1} of {options.rounds}: {name}")
            server = start()
            try:
                if prepare:
                    prepare(server, requests)
                load.warm_up(server, requests, options.warm)
                for count in connections:
                    found.setdefault((name, count), []).append(measure(server, requests, count, options.seconds))
            finally:
                server.stop()
    report.progress("")
    return found


def once(start, requests):
    server = start()
    try:
        return record(server, requests)
    finally:
        server.stop()


# ---- parts ----

def screening(options):
    bodies = w1.bodies(options.answers)
    rules = w1.rules(options.answers)

    def posts(name, path):
        return Requests(name, [("POST", path, body) for body in bodies], None)

    def ours(name):
        return lambda: Askonce(name, options.askonce, rules)

    entries = [("askonce, reasons", ours("reasons"), posts("reasons", "/v1/screenings")),
               ("askonce, status", ours("status"), posts("status", "/v1/screenings?detail=status"))]
    replies = {name: once(start, requests) for name, start, requests in entries}
    if not w1.identity(replies["askonce, reasons"]):
        raise SystemExit("run.py: askonce's replies are not W1's: " + w1.canonical(replies["askonce, reasons"][0]))
    sizes = {}
    for detail in ("reasons", "status"):
        size = sizes[detail] = round(statistics.mean(len(reply) for reply in replies[f"askonce, {detail}"]))
        name = f"libmicrohttpd, static {size:,} bytes ({detail})"
        entries.append((name, lambda size=size: contestants.static("static", size), posts("static", "/v1/screenings")))
        replies[name] = once(*entries[-1][1:])
    for kind, label in (("js", "Node, plain JavaScript"), ("zen", "Node + ZEN"),
                        ("express-jre", "Express + json-rules-engine")):
        if kind != "js" and not contestants.node_is_there():
            print(f"skipped: {label}: run bench/http/setup.sh")
            continue
        entries.append((label, lambda kind=kind: contestants.node(kind, kind), posts(kind, "/v1/screenings")))
        replies[label] = once(*entries[-1][1:])
        if not w1.identity(replies[label]):
            raise SystemExit(f"run.py: {label} answers differently")
        if w1.same_statuses(replies["askonce, status"]) != w1.statuses_of(replies[label]):
            raise SystemExit("run.py: the statuses of detail=status are not W1's")
    for name, _, requests in entries:
        requests.right = same_bytes(replies[name])
    found = rounds_of(entries, options)
    report.table(f"Screening with W1's rules, {options.answers} answers, bodies of "
                 f"{statistics.mean(map(len, bodies)):,.0f} bytes", found, "askonce, reasons")
    report.aims(found, [(f"{times} x {label}", f"askonce, {detail}", label, times) for detail in ("reasons", "status")
                        for times, label in ((10, "Node + ZEN"), (40, "Express + json-rules-engine"),
                                             (1.5, "Node, plain JavaScript"))]
                + [("0.3 of a static reply of the same size", f"askonce, {detail}",
                    f"libmicrohttpd, static {sizes[detail]:,} bytes ({detail})", 0.3) for detail in sizes])
    return found


def example_bodies():
    found = []
    for path in sorted(glob.glob(os.path.join(ROOT, "examples", "*.json"))):
        with open(path, encoding="utf-8") as file:
            found.append(json.dumps(json.load(file), separators=(",", ":")))
    return found


def make_assessments(server, bodies, count):
    """Their paths."""
    paths = []
    with Client(lambda: ("127.0.0.1", server.port), server.key) as client:
        for number in range(count):
            reply = client.request("POST", "/v1/assessments", bodies[number % len(bodies)])
            if reply.status != 201:
                raise SystemExit(f"run.py: {server.name}: {reply}")
            paths.append(reply.headers["location"])
    return paths


class Reads(Requests):
    """Reads by id: the ids are known when the server has made the assessments."""

    def __init__(self, name, query, bodies):
        super().__init__(name, [], None)
        self.name, self.query, self.bodies = name, query, bodies

    def prepare(self, server):
        paths = make_assessments(server, self.bodies, 1000)
        super().__init__(self.name, [("GET", path + self.query, "") for path in paths], None)
        self.right = same_bytes(record(server, self))


def prepare_reads(server, requests):
    if isinstance(requests, Reads):
        requests.prepare(server)


EIGHT = "programs=hcsp,aps,hasa,snap,ca,med,homebase,cityfheps"


def programs(options):
    bodies = example_bodies()
    entries = []
    for detail, query in (("eight programs, reasons", "?" + EIGHT), ("eight programs, trees", "?detail=tree&" + EIGHT),
                          ("nyc, reasons", ""), ("nyc, reasons, without next", "?next=false"), ("nyc, status", "?detail=status"),
                          ("all packs, reasons", "?packs=all&next=false"), ("all packs, status", "?packs=all&detail=status&next=false")):
        name = "programs-" + "".join(letter if letter.isalnum() else "-" for letter in detail)
        requests = Requests(name, [("POST", "/v1/screenings" + query, body) for body in bodies], None)
        start = lambda: Askonce("programs", options.askonce, SHIPPED)  # noqa: E731
        requests.right = same_bytes(once(start, requests))
        entries.append((f"screening, {detail}", start, requests))
    for detail in ("reasons", "status"):
        entries.append((f"read by id, {detail}, SQLite", lambda: Askonce("reads", options.askonce, SHIPPED),
                        Reads(f"reads-{detail}", f"?detail={detail}", bodies)))
    entries.append(("read by id, reasons, SQLite, W1's rules", lambda: Askonce("reads", options.askonce, w1.rules(48)),
                    Reads("reads-w1", "", w1.bodies(48))))
    if not cluster.available():
        found = rounds_of(entries, options, (32,), prepare_reads)
    else:
        with cluster.Cluster() as database:
            entries.append(("read by id, reasons, PostgreSQL", lambda: Askonce(
                "reads", options.askonce, SHIPPED, store=fresh(database), database=database), Reads("reads-pg", "", bodies)))
            found = rounds_of(entries, options, (32,), prepare_reads)
    report.table(f"The shipped programs, {len(bodies)} households", found, None)
    report.figures(found, [("screenings/s of eight programs with explanations", ("screening, eight programs, reasons", 32), "rps", 8000,
                            "least"),
                           ("screenings/s of all packs with explanations", ("screening, all packs, reasons", 32), "rps", 5000, "least"),
                           ("reads by id/s", ("read by id, reasons, SQLite", 32), "rps", 20000, "least")])
    return found


def fresh(database):
    """The cluster with nothing of ours in it; its url."""
    database.sql("DROP SCHEMA IF EXISTS askonce CASCADE")
    database.sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    database.sql("CHECKPOINT")
    return database.url


def durable_entries(options, store, rules, bodies, database=None):
    posts = Requests("durable", [("POST", "/v1/assessments", body) for body in bodies],
                     lambda reply, number: reply.status == 201 and reply.json()["revision"] == 1)
    return ("durable, " + store, lambda: Askonce(store, options.askonce, rules, database=database,
                                                 store=fresh(database) if database else None), posts)


def stateless_entry(options, rules, bodies):
    requests = Requests("stateless", [("POST", "/v1/screenings", body) for body in bodies], None)
    start = lambda: Askonce("stateless", options.askonce, rules)  # noqa: E731
    requests.right = same_bytes(once(start, requests))
    return ("stateless, the same view", start, requests)


def sqlite(options):
    bodies, rules = w1.bodies(options.answers), w1.rules(options.answers)
    found = rounds_of([stateless_entry(options, rules, bodies), durable_entries(options, "SQLite", rules, bodies)], options)
    report.table("Durable assessments on SQLite (WAL, synchronous=FULL), W1's rules", found, "stateless, the same view")
    report.aims(found, [("0.4 of the stateless rate", "durable, SQLite", "stateless, the same view", 0.4)])
    report.figures(found, [("p99 at 32 connections, ms", ("durable, SQLite", 32), "p99_ms", 25, "most"),
                           ("errors at 256 connections", ("durable, SQLite", 256), "errors", 0, "most")])
    return found


# Where the store keeps revisions, and the column that has to be new for each row (engine/store/pg/schema.c).
PG_TABLE, PG_ID = "revision", "id"


def bare_inserts(database, group, seconds):
    """One round of pg_insert, on rows that the server has just written."""
    schema = database.sql("SELECT table_schema FROM information_schema.tables WHERE table_name = '" + PG_TABLE + "'").strip()
    cpu = database.cpu_seconds()
    done = subprocess.run([in_build("pg_insert"), database.conninfo, f"{schema}.{PG_TABLE}", PG_ID, str(group), str(seconds)],
                          stdout=subprocess.PIPE, text=True, check=True)
    found = json.loads(done.stdout)
    return {"rps": found["writes_per_second"], "p50_ms": found["p50_ms"], "p99_ms": found["p99_ms"],
            "most_ms": found["max_ms"], "errors": 0, "wrong": 0, "witness": 0, "foreign": 0, "memory_mb": 0, "cpu_us": 0,
            "others_cpu_us": 1e6 * (database.cpu_seconds() - cpu) / max(1, found["writes_per_second"] * seconds),
            "bytes": found["bytes_per_row"]}


def postgresql(options):
    if not cluster.available():
        print("skipped: PostgreSQL is not installed")
        return {}
    bodies, rules = w1.bodies(options.answers), w1.rules(options.answers)
    with cluster.Cluster() as database:
        name, start, requests = durable_entries(options, "PostgreSQL", rules, bodies, database)
        stateless = stateless_entry(options, rules, bodies)
        found = {}
        for number in range(options.rounds):
            report.progress(f"round {number + 1} of {options.rounds}: PostgreSQL")
            for key, list_of_one in rounds_of([stateless], argparse.Namespace(**{**vars(options), "rounds": 1})).items():
                found.setdefault(key, []).extend(list_of_one)
            server = start()
            try:
                load.warm_up(server, requests, options.warm)
                for count in CONNECTIONS:
                    found.setdefault((name, count), []).append(measure(server, requests, count, options.seconds))
            finally:
                server.stop()
            for count in CONNECTIONS:
                found.setdefault(("bare pipelined insert, libpq", count), []).append(
                    bare_inserts(database, count, options.seconds))
    report.table("Durable assessments on PostgreSQL 15 on the same machine, W1's rules", found, "bare pipelined insert, libpq")
    report.aims(found, [("0.6 of a bare pipelined insert", name, "bare pipelined insert, libpq", 0.6)])
    report.figures(found, [("p99 at 32 connections, ms", (name, 32), "p99_ms", 50, "most"),
                           ("errors at 256 connections", (name, 256), "errors", 0, "most")])
    return found


def log(options):
    bodies, rules = w1.bodies(options.answers), w1.rules(options.answers)
    requests = Requests("log", [("POST", "/v1/screenings", body) for body in bodies], None)
    requests.right = same_bytes(once(lambda: Askonce("log", options.askonce, rules), requests))
    found = rounds_of([(f"log.level: {level}", lambda level=level: Askonce(level, options.askonce, rules, log=level), requests)
                       for level in ("off", "errors", "info")], options)
    report.table("What a line for each request costs", found, "log.level: off")
    return found


def start(options):
    """Milliseconds from the start of the process to the first 200, on a data folder that is there."""
    server = Askonce("start", options.askonce, SHIPPED)
    body, found = example_bodies()[0], {"its own word that it serves": [], "GET /healthz": [], "POST /v1/screenings": []}
    try:
        for _ in range(20):
            server.server.stop()
            load.wait_for_quiet()
            begin = time.monotonic()
            server.server.start()
            found["its own word that it serves"].append((time.monotonic() - begin) * 1000)
            with Client(lambda: ("127.0.0.1", server.server.port), server.key) as client:
                for name, request in (("GET /healthz", ("GET", "/healthz")),
                                      ("POST /v1/screenings", ("POST", "/v1/screenings", body))):
                    if client.request(*request).status != 200:
                        raise SystemExit("run.py: the first answer is not 200")
                    found[name].append((time.monotonic() - begin) * 1000)
    finally:
        server.stop()
    print("\n### From start to the first 200: all packs, SQLite, 20 starts\n")
    print("| | median, ms | most, ms |\n|---|--:|--:|")
    for name, times in found.items():
        print(f"| {name} | {statistics.median(times):.0f} | {max(times):.0f} |")
    report.verdict("start to first 200, ms", statistics.median(found["POST /v1/screenings"]), 150, "most")
    return {(name, 0): [{"ms": t} for t in times] for name, times in found.items()}


PARTS = {"screening": screening, "programs": programs, "sqlite": sqlite, "postgresql": postgresql, "log": log, "start": start,
         "memory": memory.part}
LONG = ("memory",)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=3, help="of each measurement")
    parser.add_argument("--warm", type=int, default=1, help="seconds of load before")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", help="names of parts, separated by commas")
    parser.add_argument("--answers", type=int, choices=(78, 48), default=78, help="how many answers a W1 body has")
    parser.add_argument("--patience", type=float, default=20, help="most seconds to wait for an idle machine each time")
    parser.add_argument("--requests", type=int, default=1_000_000, help="of the part memory")
    parser.add_argument("--askonce", default=os.path.join(ROOT, "build", "release", "askonce"))
    options = parser.parse_args()
    load.patience = options.patience
    names = options.only.split(",") if options.only else [name for name in PARTS if name not in LONG]
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        parser.error(f"no part is called {', '.join(unknown)}; there are {', '.join(PARTS)}")
    for needed in (options.askonce, in_build("static_mhd"), in_build("w1.jsonl")):
        if not os.path.exists(needed):
            raise SystemExit(f"run.py: {needed} is missing: build the release, run bench/http/setup.sh")
    print(f"{load.machine()}; {load.said(options.askonce, '--version')}, node {load.said('node', '--version')}, "
          f"{load.said('wrk', '--version').split(' Copyright')[0]}; {options.rounds} rounds of {options.seconds:g} s.")
    everything = {}
    for name in names:
        everything[name] = {f"{key[0]}, {key[1]} connections": value for key, value in PARTS[name](options).items()}
    with open(in_build("http.json"), "w", encoding="utf-8") as out:
        json.dump({"machine": load.machine(), "rounds": options.rounds, "seconds": options.seconds, "parts": everything,
                   "aims": report.ALL_AIMS}, out, indent=1)
        out.write("\n")
    report.summary()
    return 1 if report.WRONG else 0


if __name__ == "__main__":
    sys.exit(main())
