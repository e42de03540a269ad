"""A server of askonce that a test or a measurement starts, kills, starts again and stops. Not the load: see client.py.

Every server has a data folder of its own under a temporary directory, listens on a free port, and is gone when the
program that started it is gone.
"""
import ctypes
import os
import re
import resource
import select
import shutil
import signal
import subprocess
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
READY = re.compile(r"askonce is serving on (https?)://(\S+):(\d+)")
SANITIZER = re.compile(r"(Sanitizer|runtime error):? ")


def binary():
    """The command: $ASKONCE, else the release build."""
    return os.path.abspath(os.environ.get("ASKONCE", os.path.join(ROOT, "build", "release", "askonce")))


def sanitized():
    """Whether the command is built with a sanitizer: then it is slower, and takes more memory."""
    return bool(os.environ.get("SANITIZE"))


def raise_file_limit(wanted=16384):
    """As many open files as the system lets us have; the servers started from here inherit it."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    limit = hard if hard != resource.RLIM_INFINITY and hard < wanted else wanted
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))
    return limit


def _die_with_parent():
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


class Failed(Exception):
    """The server did what it must not: did not start, crashed, did not stop."""


class Server:
    """One data folder and, from start() to stop() or kill(), one process on it."""

    # The small rules of tests/cli: a form of six questions and two programs, one of them with a Lua function.
    SMALL = ("--forms", os.path.join(ROOT, "tests", "cli", "small", "forms"),
             "--plugins", os.path.join(ROOT, "tests", "cli", "small", "plugins"), "--pack", "small")

    def __init__(self, folder=None, store=None, arguments=SMALL, environment=None, command=None, settings=None):
        """store: a URL, None for SQLite in the folder. settings: {"limits.idle_seconds": 5}, written as the
        configuration file. environment: variables to add."""
        self.command = command or binary()
        self.own_folder = folder is None
        self.folder = folder or tempfile.mkdtemp(prefix="askonce-stress-")
        self.data = os.path.join(self.folder, "data")
        self.store = store
        self.arguments = list(arguments)
        self.environment = dict(os.environ, ASKONCE_DATA=ROOT, **(environment or {}))
        self.log = os.path.join(self.folder, "server.log")
        self.process = None
        self.host, self.port = "127.0.0.1", 0
        self.starts = []  # seconds from start to ready
        if settings:
            self._write_settings(settings)

    def _write_settings(self, settings):
        path = os.path.join(self.folder, "askonce.yaml")
        groups = {}
        for name, value in settings.items():
            group, key = name.split(".")
            groups.setdefault(group, []).append(f"  {key}: {value}\n")
        with open(path, "w", encoding="utf-8") as out:
            for group, lines in groups.items():
                out.write(f"{group}:\n" + "".join(lines))
        self.arguments += ["--config", path]

    def place(self):
        """The words that tell a command which store is meant."""
        return ["--data", self.data] + (["--store", self.store] if self.store else [])

    def run(self, *words, expect=0):
        """Another command on the same store; what it prints."""
        done = subprocess.run([self.command, *words, *self.place()], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=True, env=self.environment, check=False)
        if expect is not None and done.returncode != expect:
            raise Failed(f"askonce {' '.join(words)}: exit code {done.returncode}, not {expect}\n"
                         f"{done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done.stdout

    def key(self, name="stress"):
        return self.run("key", "add", name).strip()

    def _launch(self, port=0):
        if self.process:
            raise Failed("it runs already")
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [self.command, "serve", "--port", str(port), *self.place(), *self.arguments],
                stdout=subprocess.PIPE, stderr=log, env=self.environment, preexec_fn=_die_with_parent)

    def start_and_kill(self, seconds):
        """SIGKILL before it may have become ready."""
        self._launch()
        time.sleep(seconds)
        self.kill()

    def start(self, timeout=30, port=0):
        begin = time.monotonic()
        self._launch(port)
        line = self._ready_line(begin + timeout * (5 if sanitized() else 1))
        found = READY.search(line)
        if not found:
            code = self.kill() if self.process.poll() is None else self.process.wait()
            self.process = None
            raise Failed(f"it did not start (exit code {code}): {line!r}\n{self.tail()}")
        self.host, self.port = found.group(2), int(found.group(3))
        self.starts.append(time.monotonic() - begin)
        return self

    def _ready_line(self, until):
        stream, line = self.process.stdout, b""
        while time.monotonic() < until:
            if not select.select([stream], [], [], max(0, until - time.monotonic()))[0]:
                break
            block = os.read(stream.fileno(), 4096)
            line += block
            if not block or b"\n" in line:
                break
        return line.decode("utf-8", "replace")

    def signal(self, number):
        """Nothing happens while it is between an end and a start."""
        process = self.process
        if process:
            process.send_signal(number)

    def alive(self):
        return self.process is not None and self.process.poll() is None

    def kill(self):
        """SIGKILL, and waits until it is gone."""
        code = None
        if self.process:
            self.process.kill()
            code = self.process.wait()
            self.process.stdout.close()
            self.process = None
        return code

    def stop(self, timeout=40, expect=0):
        """SIGTERM; it has to answer what is under way and leave with exit code 0."""
        if not self.process:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            self.kill()
            raise Failed(f"it did not stop within {timeout} s of SIGTERM\n{self.tail()}") from None
        self.process.stdout.close()
        self.process = None
        if code != expect:
            raise Failed(f"it ended with exit code {code}, not {expect}\n{self.tail()}")
        self.look_for_reports()

    def look_for_reports(self):
        """A sanitizer's report anywhere in the log is a failure."""
        with open(self.log, encoding="utf-8", errors="replace") as log:
            for line in log:
                if SANITIZER.search(line):
                    raise Failed("a sanitizer reports:\n" + line + log.read(6000))

    def crashed(self):
        """Its exit code if it went by itself."""
        return self.process.poll() if self.process else None

    def tail(self, most=3000):
        try:
            with open(self.log, "rb") as log:
                log.seek(0, os.SEEK_END)
                log.seek(max(0, log.tell() - most))
                return log.read().decode("utf-8", "replace")
        except OSError:
            return ""

    def memory_kb(self, field="VmRSS"):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            for line in status:
                if line.startswith(field + ":"):
                    return int(line.split()[1])
        return 0

    def cpu_seconds(self):
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def remove(self):
        self.kill()
        if self.own_folder:
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind and os.environ.get("KEEP"):  # to look at afterwards
            self.own_folder = False
            print(f"kept: {self.folder}")
        self.remove()
