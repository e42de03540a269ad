"""A PostgreSQL cluster of a test's own: in a temporary folder, on a Unix socket only, gone at the end. It can be restarted and
killed. Needs Debian's postgresql-15; `available()` says whether it is there."""
import glob
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time

USER = "askonce"


def programs():
    """The folder of initdb and postgres; None if PostgreSQL is not installed."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: int(path.split("/")[4]))
    return os.path.dirname(found[-1]) if found else None


def available():
    if not programs():
        return False
    try:
        return os.geteuid() != 0 or bool(pwd.getpwnam("postgres"))
    except KeyError:
        return False


def _become():
    """PostgreSQL refuses to run as root: then it is the user postgres."""
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []


class Cluster:
    """url: for --store."""

    def __init__(self, settings=()):
        self.folder = tempfile.mkdtemp(prefix="askonce-pg-")
        self.data = os.path.join(self.folder, "data")
        self.settings = ["listen_addresses=", f"unix_socket_directories={self.folder}", "max_connections=100",
                         "logging_collector=off", "shared_buffers=64MB", *settings]
        self.url = f"postgresql://{USER}@/postgres?host={self.folder.replace('/', '%2F')}"
        self.conninfo = f"host={self.folder} user={USER} dbname=postgres"
        self.process = None
        if os.geteuid() == 0:
            os.chmod(self.folder, 0o711)
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        self._run(os.path.join(programs(), "initdb"), "-D", self.data, "-U", USER, "--auth=trust", "-E", "UTF8",
                  "--locale=C.UTF-8", "--no-sync")

    def _run(self, *command):
        done = subprocess.run([*_become(), *command], cwd=self.folder, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{command[0]} failed: {done.stdout[-2000:]}")

    def _launch(self):
        words = [word for setting in self.settings for word in ("-c", setting)]
        with open(os.path.join(self.folder, "log"), "ab") as log:
            self.process = subprocess.Popen([*_become(), os.path.join(programs(), "postgres"), "-D", self.data, *words],
                                            cwd=self.folder, stdout=log, stderr=log)

    def ready(self):
        return subprocess.run([os.path.join(programs(), "pg_isready"), "-q", "-h", self.folder, "-U", USER],
                              check=False).returncode == 0

    def start(self, timeout=30):
        """After a kill its children may hold on for a moment: it is tried until they have gone."""
        until = time.monotonic() + timeout
        self._launch()
        while not self.ready():
            if time.monotonic() > until:
                raise RuntimeError(f"PostgreSQL did not start: {self.tail()}")
            if self.process.poll() is not None:
                time.sleep(0.05)
                self._launch()
            time.sleep(0.02)
        return self

    def stop(self, how="fast", timeout=30):
        """fast, immediate (no checkpoint), kill (SIGKILL of every process), orphan (SIGKILL of the postmaster alone: its children
        finish what they are at, and go when they notice)."""
        if not self.process:
            return
        children = self._children()
        self.process.send_signal({"fast": signal.SIGINT, "immediate": signal.SIGQUIT}.get(how, signal.SIGKILL))
        if how == "kill":
            for pid in children:
                try:
                    os.kill(int(pid), signal.SIGKILL)
                except ProcessLookupError:
                    pass
        self.process.wait(timeout)
        self.process = None

    def _children(self):
        try:
            with open(f"/proc/{self.process.pid}/task/{self.process.pid}/children", encoding="ascii") as children:
                return children.read().split()
        except OSError:
            return []

    def sql(self, statement):
        """What psql prints for it, unaligned, columns separated by |."""
        done = subprocess.run(["psql", "-XAtq", "-h", self.folder, "-U", USER, "-d", "postgres", "-v", "ON_ERROR_STOP=1",
                               "-c", statement], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{statement}: {done.stdout}")
        return done.stdout

    def cpu_seconds(self):
        """Of the postmaster and its children that live, and those of its children that it has seen off."""
        total = 0
        for pid in [str(self.process.pid), *self._children()]:
            try:
                with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
                    fields = stat.read().rsplit(")", 1)[1].split()
                total += sum(int(field) for field in fields[11:15 if pid == str(self.process.pid) else 13])
            except OSError:
                pass
        return total / os.sysconf("SC_CLK_TCK")

    def tail(self):
        with open(os.path.join(self.folder, "log"), encoding="utf-8", errors="replace") as log:
            return log.read()[-2000:]

    def remove(self):
        try:
            self.stop("immediate")
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.remove()
