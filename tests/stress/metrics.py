#!/usr/bin/env python3
"""What /metrics says, looked at by Prometheus' own promtool after some requests; with --scrape also by a Prometheus that runs for
a few seconds. Exit code 77 (skipped) where promtool is not installed.

    metrics.py [--scrape]
"""
import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

from client import Client
from server import Server

SCREENING = {"answers": {"dob": "1980-01-01", "people": 2, "income": 900}}


def some_requests(client):
    client.request("POST", "/v1/screenings", SCREENING)
    made = client.request("POST", "/v1/assessments", SCREENING)
    client.request("GET", made.headers["location"])
    client.request("PATCH", made.headers["location"], {"answers": {"income": 1}}, [("If-Match", '"9"')])
    client.request("GET", "/v1/nothing")
    client.request("POST", "/v1/screenings", b"{")


def promtool(text):
    done = subprocess.run(["promtool", "check", "metrics"], input=text, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, check=False)
    print(f"promtool check metrics: exit code {done.returncode}\n{done.stdout}", end="")
    return done.returncode == 0


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def query(port, expression):
    url = f"http://127.0.0.1:{port}/api/v1/query?query=" + urllib.parse.quote(expression)
    with urllib.request.urlopen(url, timeout=5) as reply:
        return json.load(reply)["data"]["result"]


def scrape(server):
    """A Prometheus with a folder and port of its own. True when it has the server as up and its counters."""
    folder, port = tempfile.mkdtemp(prefix="askonce-prometheus-"), free_port()
    config = os.path.join(folder, "prometheus.yml")
    with open(config, "w", encoding="utf-8") as out:
        out.write("global: {scrape_interval: 1s}\nscrape_configs:\n  - job_name: askonce\n    static_configs:\n"
                  f"      - targets: ['127.0.0.1:{server.port}']\n")
    with open(os.path.join(folder, "log"), "wb") as log:
        process = subprocess.Popen(["prometheus", f"--config.file={config}", f"--storage.tsdb.path={folder}/data",
                                    f"--web.listen-address=127.0.0.1:{port}"], stdout=log, stderr=log)
    try:
        for _ in range(100):
            time.sleep(0.2)
            try:
                up = query(port, 'up{job="askonce"}')
            except OSError:
                continue
            if up and up[0]["value"][1] == "1":
                for result in query(port, '{job="askonce",__name__!~".*_bucket"}'):
                    labels = result["metric"]
                    shown = ",".join(f'{k}="{v}"' for k, v in labels.items() if k not in ("__name__", "job", "instance"))
                    print(f"  {labels['__name__']}{{{shown}}} {result['value'][1]}")
                return True
        with open(os.path.join(folder, "log"), encoding="utf-8", errors="replace") as log:
            print(log.read()[-3000:])
        return False
    finally:
        process.terminate()
        process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scrape", action="store_true")
    options = parser.parse_args()
    if not shutil.which("promtool") or (options.scrape and not shutil.which("prometheus")):
        print("skipped: promtool or prometheus is not installed (apt-get install prometheus)")
        return 77
    with Server() as server:
        key = server.key()
        server.start()
        with Client(lambda: (server.host, server.port), key) as client:
            some_requests(client)
            reply = client.request("GET", "/metrics")
        good = reply.status == 200 and reply.headers["content-type"].startswith("text/plain; version=0.0.4")
        if not good:
            print(f"WRONG: /metrics: {reply} {reply.headers}")
        good = promtool(reply.body.decode()) and good
        if options.scrape:
            good = scrape(server) and good
        server.stop()
        return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
