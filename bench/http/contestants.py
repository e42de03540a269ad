"""The servers that are measured, each started on a free port and stopped again: askonce with one set of rules or another, the
peers in Node, a static reply. Each has name, port, key, cpu_seconds(), memory_kb(), stop()."""
import os
import socket
import subprocess
import tempfile
import time

import load
from load import HERE, ROOT, in_build

import server as askonce  # tests/stress/server.py; load.py made it findable

W1_RULES = os.path.join(ROOT, "bench", "w1", "askonce")
SHIPPED = ("--forms", os.path.join(ROOT, "forms"), "--plugins", os.path.join(ROOT, "plugins"))


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Askonce:
    """rules: arguments for serve. log: off unless the cost of the log is the question."""

    def __init__(self, name, command, rules, store=None, database=None, log="errors"):
        self.name, self.database = name, database
        self.folder = tempfile.mkdtemp(prefix="serve-", dir=in_build())
        self.server = askonce.Server(folder=self.folder, store=store, arguments=rules, command=command,
                                     settings={"log.level": log, "limits.queued_writes": 4096})
        self.server.own_folder = True  # removed with everything in it
        self.key = self.server.key("bench")
        self.server.start()
        self.port = self.server.port

    def cpu_seconds(self):
        return self.server.cpu_seconds()

    def also_cpu(self):
        return self.database.cpu_seconds() if self.database else 0

    def memory_kb(self):
        return self.server.memory_kb("VmHWM")

    def stop(self):
        try:
            self.server.stop()
        finally:
            self.server.remove()


class Other:
    """A program that listens on the port it is told."""
    key = None

    def __init__(self, name, command):
        self.name, self.port = name, free_port()
        environment = dict(os.environ, NODE_ENV="production", BENCH_BUILD=os.path.dirname(load.BUILD))
        self.process = subprocess.Popen([word.replace("PORT", str(self.port)) for word in command], env=environment)
        until = time.monotonic() + 20
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                if time.monotonic() > until or self.process.poll() is not None:
                    raise SystemExit(f"run.py: {' '.join(command)} does not listen") from None
                time.sleep(0.02)

    def cpu_seconds(self):
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory_kb(self):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


def node(name, kind):
    return Other(name, ["node", os.path.join(HERE, "peer.mjs"), kind, "PORT"])


def static(name, size):
    return Other(name, [in_build("static_mhd"), "PORT", str(size)])


def node_is_there():
    return os.path.exists(in_build("npm", "installed.json"))
