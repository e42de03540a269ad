"""Loading one server with wrk while a witness looks at its replies, and what came of it. Not which servers there are: see
contestants.py."""
import os
import statistics
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BUILD = os.path.join(os.path.abspath(os.environ.get("BENCH_BUILD", os.path.join(ROOT, "build", "bench"))), "http")
sys.path.insert(0, os.path.join(ROOT, "tests", "stress"))

from client import Client, Cut  # noqa: E402  (of tests/stress)

WITNESS_PAUSE = 0.02  # seconds between two looks
patience = 20         # set by run.py --patience


def in_build(*path):
    return os.path.join(BUILD, *path)


class Requests:
    """A file of requests for wrk: [(method, path, body)]. right(reply, number) says whether the reply to that one is right."""

    def __init__(self, name, requests, right):
        self.path, self.list, self.right = in_build(name + ".requests"), requests, right
        with open(self.path, "w", encoding="utf-8") as out:
            for method, path, body in requests:
                out.write(f"{method}\t{path}\t{body}\n")

    def ask(self, client, number):
        method, path, body = self.list[number]
        return client.request(method, path, body or None)


def same_bytes(expected):
    """A `right` for replies that are known beforehand."""
    return lambda reply, number: reply.status == 200 and reply.body == expected[number]


class Witness(threading.Thread):
    """Asks one request after another during the load, and compares."""

    def __init__(self, server, requests):
        super().__init__(daemon=True)
        self.server, self.requests = server, requests
        self.ended, self.looked, self.wrong = threading.Event(), 0, []

    def run(self):
        with Client(lambda: ("127.0.0.1", self.server.port), self.server.key, timeout=20) as client:
            number = 0
            while not self.ended.wait(WITNESS_PAUSE):
                number = (number + 37) % len(self.requests.list)
                try:
                    reply = self.requests.ask(client, number)
                except Cut as error:
                    self.wrong.append(f"cut off: {error}")
                    continue
                self.looked += 1
                if not self.requests.right(reply, number):
                    self.wrong.append(f"request {number}: {reply}")


def busy_seconds():
    """CPU seconds of the whole machine outside idle and waiting, since it started."""
    with open("/proc/stat", encoding="ascii") as stat:
        ticks = [int(field) for field in stat.readline().split()[1:9]]
    return (sum(ticks) - ticks[3] - ticks[4]) / os.sysconf("SC_CLK_TCK")


def wait_for_quiet():
    """Other work may share the machine: wait for a moment when all processors are idle, at most `patience` seconds."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        begin = busy_seconds()
        time.sleep(0.2)
        if busy_seconds() - begin <= 0.03:
            return


def wrk(server, requests, connections, seconds):
    command = ["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s",
               os.path.join(HERE, "load.lua"), f"http://127.0.0.1:{server.port}/", "--", requests.path, server.key or "-"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    for line in done.stdout.splitlines():
        if line.startswith("RESULT "):
            count, micros, p50, p99, most, status, broken = (int(float(x)) for x in line.split()[1:])
            return {"requests": count, "seconds": micros / 1e6, "rps": count / (micros / 1e6), "p50_ms": p50 / 1e3,
                    "p99_ms": p99 / 1e3, "most_ms": most / 1e3, "errors": status + broken}
    raise SystemExit(f"run.py: {' '.join(command)} said:\n{done.stdout[-2000:]}")


def measure(server, requests, connections, seconds):
    """One figure of one round. server has port, key and cpu_seconds(), and optionally also_cpu() of what works for it."""
    also = getattr(server, "also_cpu", lambda: 0)
    wait_for_quiet()
    witness = Witness(server, requests)
    begin, busy, own, others = time.monotonic(), busy_seconds(), server.cpu_seconds(), also()
    me = os.times()
    witness.start()
    found = wrk(server, requests, connections, seconds)
    used, used_others = server.cpu_seconds() - own, also() - others
    witness.ended.set()
    witness.join()
    took, now = time.monotonic() - begin, os.times()
    mine = sum(now[:4]) - sum(me[:4])
    found["cpu_us"] = 1e6 * used / max(1, found["requests"])
    found["others_cpu_us"] = 1e6 * used_others / max(1, found["requests"])
    found["foreign"] = max(0.0, (busy_seconds() - busy - used - used_others - mine) / took)
    found["witness"], found["wrong"] = witness.looked, len(witness.wrong)
    found["memory_mb"] = server.memory_kb() / 1024
    for text in witness.wrong[:3]:
        print(f"WRONG: {server.name}: {text[:400]}", file=sys.stderr)
    return found


def warm_up(server, requests, seconds=1):
    wrk(server, requests, 32, seconds)


def median(found, field):
    return statistics.median(one[field] for one in found)


def ratio(found, base, field="rps"):
    """Median of each round's own ratio, so that a slow spell of the machine falls on both."""
    return statistics.median(one[field] / other[field] for one, other in zip(found, base))


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as info:
        model = next((line.split(":")[1].strip() for line in info if line.startswith("model name")), "?")
    with open("/proc/meminfo", encoding="ascii") as info:
        memory = int(info.readline().split()[1]) // (1 << 20)
    return f"{os.cpu_count()} processors ({model}), {memory} GB, Linux {os.uname().release}"


def said(*command):
    """First line of what a command says of its version."""
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        return done.stdout.splitlines()[0].strip()
    except (OSError, IndexError):
        return "?"
