"""What the tests of the server share: a server of its own in a temporary folder, requests to it, bytes by hand.

The standard library only. ASKONCE names the command, SOURCE_DIR the tree; both are set by ctest. Not a test itself.
"""
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

SOURCE_DIR = os.environ.get("SOURCE_DIR") or os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
ASKONCE = os.environ.get("ASKONCE") or os.path.join(SOURCE_DIR, "build", "dev", "askonce")
SMALL = os.path.join(SOURCE_DIR, "tests", "cli", "small")
# With a sanitizer everything is slower, and times are no finding.
SLOW = 5 if os.environ.get("SANITIZE") else 1

# A household for the small form of tests/cli/small, and the way to load it.
SMALL_RULES = ["--forms", os.path.join(SMALL, "forms"), "--plugins", os.path.join(SMALL, "plugins")]
HOUSEHOLD = {"as_of": "2026-11-23",
             "answers": {"dob": "1980-01-01", "people": 1, "income": 900, "home": "rented", "rent": 700}}


class Reply:
    """What came back. headers: names in lower case; of a header that came more than once, the last."""

    def __init__(self, status, headers, body):
        self.status = status
        self.headers = {name.lower(): value for name, value in headers}
        self.body = body

    @property
    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"<{self.status} {self.headers} {self.body[:300]!r}>"


class Client:
    """One connection that is kept, as a partner's system would keep it."""

    def __init__(self, server, key=None, timeout=30 * SLOW):
        self.server = server
        self.key = server.key if key is None else key
        self.connection = http.client.HTTPConnection(server.host, server.port, timeout=timeout)

    def request(self, method, path, body=None, headers=None):
        """body: bytes, text, or anything that becomes JSON. key "" sends none."""
        sent = {}
        if self.key:
            sent["Authorization"] = "Bearer " + self.key
        if body is not None and not isinstance(body, (bytes, str)):
            body = json.dumps(body)
        if isinstance(body, str):
            body = body.encode()
        if body is not None:
            sent["Content-Type"] = "application/json"
        sent.update(headers or {})
        sent = {name: value for name, value in sent.items() if value is not None}
        try:
            self.connection.request(method, path, body=body, headers=sent)
            reply = self.connection.getresponse()
            return Reply(reply.status, reply.getheaders(), reply.read())
        except (http.client.HTTPException, OSError):
            self.connection.close()
            raise

    def close(self):
        self.connection.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Server:
    """A running `askonce serve`. url, host, port, key (of partner "tests"), data (its folder), process. The API alone, unless
    app: then with the tree's pages, or with those of the folder that it names."""

    def __init__(self, store=None, extra=(), data=None, rules=SMALL_RULES, config=None, environment=None, key=True,
                 address="127.0.0.1", app=False):
        self.scratch = tempfile.mkdtemp(prefix="askonce-http-")
        self.data = data or os.path.join(self.scratch, "data")
        self.store = store
        self.environment = dict(os.environ, ASKONCE_DATA=SOURCE_DIR, ASKONCE_APP="true" if app else "false",
                                **(environment or {}))
        self.words = ["--host", address, "--port", "0", "--data", self.data, *rules, *extra]
        if store:
            self.words += ["--store", store]
        if isinstance(app, str):
            self.words += ["--web", app]
        if config is not None:
            path = os.path.join(self.scratch, "askonce.yaml")
            with open(path, "w", encoding="utf-8") as file:
                file.write(config)
            self.words += ["--config", path]
        self.log_path = os.path.join(self.scratch, "log")
        self.process = None
        self.key = self.add_key("tests") if key else None
        self.start()

    # ---- its life ----
    def start(self, wait=20 * SLOW):
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen([ASKONCE, "serve", *self.words], stdout=subprocess.PIPE, stderr=log,
                                            env=self.environment)
        line, found = b"", None
        until = time.monotonic() + wait
        reader = threading.Timer(wait, self.process.kill)
        reader.start()
        while time.monotonic() < until:
            line = self.process.stdout.readline()
            found = re.search(rb"https?://(\[[^]]*\]|[^:/\s]+):(\d+)", line)
            if found or not line:
                break
        reader.cancel()
        if not found:
            self.process.kill()
            self.process.wait()
            self.process.stdout.close()
            raise RuntimeError(f"askonce serve did not start: {line!r}\n{self.log()[-4000:]}")
        self.host, self.port = found.group(1).decode().strip("[]"), int(found.group(2))
        self.url = found.group(0).decode()

    def stop(self, number=signal.SIGTERM, wait=60 * SLOW):
        """Asks it to end; returns the exit code. The folder goes with clean()."""
        if self.process is None:
            return None
        process, self.process = self.process, None
        if process.poll() is None:
            process.send_signal(number)
        try:
            code = process.wait(wait)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise
        finally:
            process.stdout.close()
        return code

    def kill(self):
        return self.stop(signal.SIGKILL)

    def clean(self):
        try:
            self.stop()
        finally:
            shutil.rmtree(self.scratch, ignore_errors=True)

    def log(self):
        try:
            with open(self.log_path, encoding="utf-8", errors="replace") as file:
                return file.read()
        except FileNotFoundError:
            return ""

    def log_lines(self):
        return [json.loads(line) for line in self.log().splitlines() if line.startswith("{")]

    # ---- its command ----
    def command(self, *words, check=True):
        where = ["--store", self.store] if self.store else ["--data", self.data]
        done = subprocess.run([ASKONCE, *words, *where], env=self.environment, capture_output=True, text=True)
        if check and done.returncode:
            raise RuntimeError(f"askonce {words}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def add_key(self, name):
        return self.command("key", "add", name).stdout.strip()

    # ---- asking it ----
    def client(self, key=None, **options):
        return Client(self, key, **options)

    def request(self, method, path, body=None, headers=None, key=None):
        with Client(self, key) as client:
            return client.request(method, path, body, headers)

    def socket(self, timeout=30 * SLOW):
        return socket.create_connection((self.host, self.port), timeout)

    def raw(self, text, timeout=30 * SLOW, half_close=False):
        """Sends these very bytes; everything that comes back until the server closes."""
        with self.socket(timeout) as connection:
            try:
                connection.sendall(text if isinstance(text, bytes) else text.encode("latin-1"))
                if half_close:
                    connection.shutdown(socket.SHUT_WR)
            except OSError:
                pass
            return read_all(connection)

    def head(self, method, path, headers=(), key=None):
        """The text of a request's head, for raw()."""
        key = self.key if key is None else key
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.host}:{self.port}"]
        if key:
            lines.append(f"Authorization: Bearer {key}")
        return "\r\n".join([*lines, *headers]) + "\r\n\r\n"

    def metrics(self):
        """{(name, ((label, value), ...)): number} of GET /metrics."""
        return parse_metrics(self.request("GET", "/metrics", key="").body.decode())


def start_server(store=None, extra=(), **options):
    """store: URL of the store, None: SQLite in the server's own folder. extra: more words for `askonce serve`."""
    return Server(store=store, extra=list(extra), **options)


def read_all(connection):
    got = b""
    while True:
        try:
            part = connection.recv(65536)
        except ConnectionError:
            return got
        if not part:
            return got
        got += part


def statuses(bytes_received):
    """The status codes of one or more replies on a connection."""
    return [int(code) for code in re.findall(rb"HTTP/1\.1 (\d\d\d) ", bytes_received)]


def parse_metrics(text):
    """Reads the Prometheus text format and refuses what is not in it."""
    values, types, helps = {}, {}, set()
    for line in text.splitlines():
        if line.startswith("# HELP "):
            name = line.split(" ", 3)[2]
            assert name not in helps, f"two HELP lines: {name}"
            helps.add(name)
            continue
        if line.startswith("# TYPE "):
            _, _, name, kind = line.split(" ")
            assert name not in types and kind in ("counter", "gauge", "histogram"), line
            types[name] = kind
            continue
        found = re.fullmatch(r'([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)', line)
        assert found, f"not a sample: {line!r}"
        family = re.sub(r"_(bucket|sum|count)$", "", found.group(1))
        family = family if types.get(family) == "histogram" else found.group(1)
        assert family in types and family in helps, f"no TYPE or HELP before: {line!r}"
        labels = tuple(re.findall(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"', found.group(2) or ""))
        assert (found.group(1), labels) not in values, f"twice: {line!r}"
        values[found.group(1), labels] = float(found.group(3))
    return values


def findings(log):
    """The part of a server's log that says what went wrong: a sanitizer's report, or the end."""
    at = log.find("Sanitizer")
    return log[max(0, at - 200):at + 12000] if at >= 0 else log[-6000:]


class ServerTest(unittest.TestCase):
    """One server for all tests of a class; at the end it has to stop well, without a sanitizer's report."""
    options = {}

    @classmethod
    def setUpClass(cls):
        cls.server = start_server(**cls.options)

    @classmethod
    def tearDownClass(cls):
        try:
            code = cls.server.stop()
            log = cls.server.log()
        finally:
            cls.server.clean()
        if code != 0 or "Sanitizer" in log or "runtime error" in log:
            raise AssertionError(f"exit code {code}\n{findings(log)}")

    def ask(self, method, path, body=None, headers=None, key=None):
        return self.server.request(method, path, body, headers, key)

    def assert_problem(self, reply, status, code):
        """An RFC 9457 problem of that status and type. Returns it."""
        self.assertEqual(reply.status, status, reply)
        self.assertEqual(reply.headers["content-type"], "application/problem+json", reply)
        problem = reply.json
        self.assertEqual(problem["type"], "/problems/" + code, problem)
        self.assertEqual(problem["status"], status, problem)
        self.assertTrue(problem["title"], problem)
        return problem


def main():
    unittest.main(argv=sys.argv, verbosity=1)
