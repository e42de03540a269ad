#!/usr/bin/env python3
"""A crowd that does no good: idle connections, slow ones, bodies of 10 MB, half-closed sockets, rubbish. A well-behaved
client goes on meanwhile: it sees no error, and waits no longer than the bounds below.

    crowd.py [--idle N] [--slow N] [--big N] [--seconds N]
"""
import argparse
import json
import os
import random
import selectors
import socket
import subprocess
import sys
import threading
import time

from client import Client, Cut
from server import Server, raise_file_limit, sanitized

P99_MS, MOST_MS = 200, 1500
SCREENING = {"as_of": "2026-11-23", "answers": {"dob": "1980-01-01", "people": 2, "income": 900}}


class Crowd:
    """Everything that runs beside the good client. wrong collects what the server should not have done."""

    def __init__(self, server, key):
        self.server, self.key = server, key
        self.ended = threading.Event()
        self.counts, self.wrong, self.lock = {}, [], threading.Lock()

    def address(self):
        return self.server.host, self.server.port

    def count(self, what):
        with self.lock:
            self.counts[what] = self.counts.get(what, 0) + 1

    def complain(self, text):
        with self.lock:
            if len(self.wrong) < 20:
                self.wrong.append(text)

    def head(self, length, method="POST", path="/v1/screenings"):
        return (f"{method} {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {self.key}\r\n"
                f"Content-Type: application/json\r\nContent-Length: {length}\r\n").encode()

    # ---- kinds ----

    def idle(self, count):
        """Connections on which nothing is ever said. Those that the server closes are opened again."""
        selector = selectors.DefaultSelector()
        open_now = 0
        while not self.ended.is_set():
            for _ in range(min(200, count - open_now)):
                s = socket.socket()
                try:
                    s.settimeout(5)
                    s.connect(self.address())
                except OSError as error:
                    self.count(f"idle connections refused ({error.__class__.__name__})")
                    s.close()
                    time.sleep(0.05)
                    break
                selector.register(s, selectors.EVENT_READ)
                open_now += 1
                self.count("idle connections opened")
            for ready, _ in selector.select(0.02):
                selector.unregister(ready.fileobj)
                ready.fileobj.close()
                open_now -= 1
                self.count("idle connections closed by the server")
        for ready in list(selector.get_map().values()):
            ready.fileobj.close()

    def slow(self):
        """Slowloris: a byte of the head, or of the body, now and then."""
        while not self.ended.is_set():
            text = self.head(64) + b"\r\n" + b" " * 63 if random.random() < 0.5 else self.head(64)
            try:
                with socket.create_connection(self.address(), 10) as s:
                    for i in range(len(text)):
                        s.sendall(text[i:i + 1])
                        if self.ended.wait(0.2):
                            return
            except OSError:
                self.count("slow connections closed by the server")

    def big(self):
        """10 MB where 1 MB is allowed: 413 as soon as it can be known, and the connection closes."""
        block = b" " * (1 << 16)
        while not self.ended.is_set():
            try:
                with Client(self.address, self.key, timeout=20) as client:
                    client.connect()
                    client.socket.sendall(self.head(10 << 20) + b"\r\n")
                    sent = 0
                    try:
                        while sent < 10 << 20:
                            client.socket.sendall(block)
                            sent += len(block)
                    except OSError:
                        pass
                    reply = client.read_reply()
                    self.count(f"bodies of 10 MB answered {reply.status}")
                    if reply.status != 413:
                        self.complain(f"a body of 10 MB: {reply}")
            except (Cut, OSError):
                self.count("bodies of 10 MB cut off")
            time.sleep(0.01)

    def chunked(self):
        """The same without a Content-Length."""
        block = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
        while not self.ended.is_set():
            try:
                with Client(self.address, self.key, timeout=20) as client:
                    client.connect()
                    client.socket.sendall(f"POST /v1/screenings HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {self.key}\r\n"
                                          "Transfer-Encoding: chunked\r\n\r\n".encode())
                    try:
                        for _ in range(160):
                            client.socket.sendall(block)
                    except OSError:
                        pass
                    reply = client.read_reply()
                    self.count(f"chunked bodies of 10 MB answered {reply.status}")
                    if reply.status != 413:
                        self.complain(f"a chunked body of 10 MB: {reply}")
            except (Cut, OSError):
                self.count("chunked bodies of 10 MB cut off")
            time.sleep(0.05)

    def half_closed(self):
        """A whole request, and then no more to send: the answer still has to come."""
        body = b'{"answers":{"people":2}}'
        while not self.ended.is_set():
            try:
                with Client(self.address, self.key, timeout=20) as client:
                    client.connect()
                    client.socket.sendall(self.head(len(body)) + b"Connection: close\r\n\r\n" + body)
                    client.socket.shutdown(socket.SHUT_WR)
                    reply = client.read_reply()
                    self.count(f"half-closed answered {reply.status}")
                    if reply.status != 200:
                        self.complain(f"half-closed: {reply}")
            except (Cut, OSError) as error:
                self.count("half-closed cut off")
                self.complain(f"half-closed: no answer: {error}")
            time.sleep(0.01)

    def pipelined(self):
        """Several requests in one go: as many answers, in order."""
        body = b'{"answers":{"people":%d}}'
        while not self.ended.is_set():
            try:
                with Client(self.address, self.key, timeout=20) as client:
                    client.connect()
                    bodies = [body % people for people in (1, 2, 3, 9)]
                    client.socket.sendall(b"".join(self.head(len(b)) + b"\r\n" + b for b in bodies))
                    replies = [client.read_reply() for _ in bodies]
                    self.count("pipelines of four")
                    if [r.status for r in replies] != [200, 200, 200, 422] or \
                            [r.json()["answers"]["people"] for r in replies[:3]] != [1, 2, 3]:
                        self.complain(f"pipelined: {replies}")
            except (Cut, OSError) as error:
                self.complain(f"pipelined: {error}")
            time.sleep(0.01)

    def rubbish(self):
        """Bytes that are no HTTP; connections that break in the middle."""
        while not self.ended.is_set():
            try:
                with socket.create_connection(self.address(), 10) as s:
                    kind = random.random()
                    if kind < 0.4:
                        s.sendall(os.urandom(random.randrange(1, 5000)))
                    elif kind < 0.7:
                        s.sendall(self.head(1000) + b"\r\n" + b"{" * random.randrange(1000))
                    else:
                        s.sendall(b"GET / HTTP/1.1\r\n" + b"X: " + b"y" * random.randrange(100000))
                    s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # a reset instead of an end
                    self.count("rubbish")
            except OSError:
                pass
            time.sleep(0.01)


def good(port, key, seconds):
    """What a process of its own does, so that it waits for the server alone and not for this program's threads: one request after
    another over one connection, screenings, writes and reads in turn. Prints [milliseconds] and [complaints]."""
    times, wrong, until = [], [], time.monotonic() + seconds
    with Client(lambda: ("127.0.0.1", port), key, timeout=20) as client:
        made = client.request("POST", "/v1/assessments", SCREENING)
        path = made.headers.get("location", "/none")
        while time.monotonic() < until:
            method, to, body = (("POST", "/v1/screenings", SCREENING), ("POST", "/v1/assessments", SCREENING),
                                ("GET", path, None))[len(times) % 3]
            begin = time.monotonic()
            try:
                reply = client.request(method, to, body)
                if reply.status not in (200, 201):
                    wrong.append(f"the good client: {method} {to}: {reply}")
            except Cut as error:
                wrong.append(f"the good client was cut off: {error}")
            times.append((time.monotonic() - begin) * 1000)
            time.sleep(0.001)
    print(json.dumps([times, wrong]))


def the_good(crowd, seconds):
    """[milliseconds], sorted."""
    done = subprocess.run([sys.executable, "-B", os.path.abspath(__file__), "--good", str(crowd.server.port), crowd.key,
                           str(seconds)], stdout=subprocess.PIPE, text=True, check=True)
    times, wrong = json.loads(done.stdout)
    for text in wrong:
        crowd.complain(text)
    return sorted(times)


def shown(times):
    return (f"p50 {times[len(times) // 2]:.2f} ms, p99 {times[len(times) * 99 // 100]:.2f} ms, most {times[-1]:.1f} ms "
            f"({len(times)} requests)")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--idle", type=int, default=5000)
    parser.add_argument("--slow", type=int, default=50)
    parser.add_argument("--big", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--good", nargs=3, metavar=("PORT", "KEY", "SECONDS"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.good:
        good(int(options.good[0]), options.good[1], float(options.good[2]))
        return 0
    limit = raise_file_limit()
    idle = min(options.idle, limit - 500)
    if idle < options.idle:
        print(f"only {idle} idle connections: {limit} files may be open (ulimit -n)")
    with Server(settings={"limits.idle_seconds": 4, "limits.request_seconds": 4, "limits.connections": 8192}) as server:
        key = server.key()
        server.start()
        crowd = Crowd(server, key)
        alone = the_good(crowd, 1.5)
        kinds = [crowd.big] * options.big + [crowd.slow] * options.slow + [crowd.chunked, crowd.half_closed, crowd.pipelined,
                                                                            crowd.rubbish]
        threads = [threading.Thread(target=kind, daemon=True) for kind in kinds]
        threads.append(threading.Thread(target=crowd.idle, args=(idle,), daemon=True))
        for thread in threads:
            thread.start()
        until = time.monotonic() + 20
        while crowd.counts.get("idle connections opened", 0) < idle and time.monotonic() < until:
            time.sleep(0.05)
        beside = the_good(crowd, options.seconds)
        memory = server.memory_kb("VmHWM")
        crowd.ended.set()
        for thread in threads:
            thread.join(30)
        after = the_good(crowd, 1)
        if not server.alive():
            crowd.complain(f"the server ended with {server.crashed()}: {server.tail()}")
        server.stop()
        print(f"the good client alone:    {shown(alone)}")
        print(f"beside the crowd:         {shown(beside)}")
        print(f"after it:                 {shown(after)}")
        print(f"most memory of the server: {memory / 1024:.0f} MB")
        print(", ".join(f"{count} {what}" for what, count in sorted(crowd.counts.items())))
        slack = 5 if sanitized() else 1
        if beside[len(beside) * 99 // 100] > P99_MS * slack or beside[-1] > MOST_MS * slack:
            crowd.complain(f"the good client waited too long (bounds: p99 {P99_MS} ms, most {MOST_MS} ms)")
        if not crowd.counts.get("idle connections closed by the server"):
            crowd.complain("no idle connection was ever closed")
        if not crowd.counts.get("slow connections closed by the server"):
            crowd.complain("no slow connection was ever closed")
        for text in crowd.wrong:
            print("WRONG:", text)
        return 1 if crowd.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
