#!/usr/bin/env python3
"""The server's resident memory over many requests: a CSV while it runs, a picture of it afterwards.

    memory.py CSV SVG       draws the picture again

The load is mixed: the shipped programs, 8 of 10 requests are screenings (reasons, one in eight with trees), 1 a read by id,
1 in 50 a durable assessment on SQLite, the rest explanations and bad requests.
"""
import csv
import os
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
BOUND_MB = 40


def mixture(bodies, paths):
    """300 requests in the order in which they are sent over and over."""
    found = []
    for i in range(300):
        body, path = bodies[i % len(bodies)], paths[i % len(paths)]
        if i % 50 == 49:
            found.append(("POST", "/v1/assessments", body))
        elif i % 10 == 8:
            found.append(("GET", path, ""))
        elif i % 30 == 9:
            found.append(("GET", path + ("/next" if i % 60 == 9 else "/revisions"), ""))
        elif i % 30 == 19:
            found.append(("POST", "/v1/screenings", '{"answers":{"nobody":1}}'))
        else:
            found.append(("POST", "/v1/screenings" + ("?detail=tree" if i % 8 == 7 else ""), body))
    return found


def requests_so_far(client):
    """The sum of askonce_http_requests_total, whatever its labels."""
    total = 0
    for line in client.request("GET", "/metrics").body.decode().splitlines():
        if line.startswith("askonce_http_requests_total"):
            total += float(line.rsplit(" ", 1)[1])
    return int(total)


def part(options):
    """For run.py --only memory."""
    import contestants
    import load
    import report
    import run

    bodies = run.example_bodies()
    server = contestants.Askonce("memory", options.askonce, contestants.SHIPPED)
    path = load.in_build("memory.csv")
    try:
        paths = run.make_assessments(server, bodies, 200)
        requests = load.Requests("memory", mixture(bodies, paths), None)
        rows, ended = [], threading.Event()

        def drive():
            while not ended.is_set():
                load.wrk(server, requests, 32, 10)

        driver = threading.Thread(target=drive, daemon=True)
        with load.Client(lambda: ("127.0.0.1", server.port), server.key) as client, open(path, "w", encoding="ascii") as out:
            out.write("requests,resident_kb,seconds\n")
            begin = time.monotonic()
            first = requests_so_far(client)
            rows.append((0, server.server.memory_kb()))
            driver.start()
            while rows[-1][0] < options.requests:
                time.sleep(0.5)
                rows.append((requests_so_far(client) - first, server.server.memory_kb()))
                out.write(f"{rows[-1][0]},{rows[-1][1]},{time.monotonic() - begin:.1f}\n")
            ended.set()
            driver.join()
    finally:
        server.stop()
    draw(path, load.in_build("memory.svg"))
    most = max(kb for _, kb in rows) / 1024
    half = max(kb for count, kb in rows if count <= options.requests / 2) / 1024
    print(f"\n### Resident memory over {rows[-1][0]:,} mixed requests\n")
    print(f"At the start {rows[0][1] / 1024:.1f} MB; most in the first half {half:.1f} MB, altogether {most:.1f} MB; at the end "
          f"{rows[-1][1] / 1024:.1f} MB. The curve: {path} and memory.svg beside it.")
    report.verdict("resident memory, MB", most, BOUND_MB, "most")
    report.verdict("growth in the second half, MB", max(0.0, most - half), 1, "most")
    return {("memory", 32): [{"requests": count, "kb": kb} for count, kb in rows[::10]]}


def draw(source, target):
    """A line over requests, 0 to the bound or more."""
    with open(source, encoding="ascii", newline="") as file:
        points = [(int(row["requests"]), int(row["resident_kb"]) / 1024) for row in csv.DictReader(file)]
    if len(points) > 300:
        points = points[::len(points) // 300] + points[-1:]
    width, height, left, right, top, bottom = 760, 300, 52, 16, 36, 40
    most_x = max(x for x, _ in points)
    most_y = max(BOUND_MB + 10, max(y for _, y in points) * 1.1)

    def place(x, y):
        return (left + (width - left - right) * x / most_x, height - bottom - (height - top - bottom) * y / most_y)

    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in (place(*point) for point in points))
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" '
             f'aria-label="Resident memory of the server over {most_x:,} requests">',
             '<rect width="100%" height="100%" rx="8" fill="#161b22"/>',
             '<g font-family="ui-sans-serif, system-ui, sans-serif" font-size="12" fill="#d0d7de">',
             f'<text x="{left}" y="22" font-size="14" fill="#ffffff">Resident memory, MB, over {most_x:,} mixed requests</text>']
    for y in range(0, int(most_y) + 1, 10):
        at = place(0, y)[1]
        lines.append(f'<line x1="{left}" y1="{at:.1f}" x2="{width - right}" y2="{at:.1f}" stroke="#30363d"/>')
        lines.append(f'<text x="{left - 8}" y="{at + 4:.1f}" text-anchor="end">{y}</text>')
    for share in range(0, 5):
        x, y = place(most_x * share / 4, 0)
        lines.append(f'<text x="{x:.1f}" y="{y + 18:.1f}" text-anchor="middle">{most_x * share // 4:,}</text>')
    bound = place(0, BOUND_MB)[1]
    lines.append(f'<line x1="{left}" y1="{bound:.1f}" x2="{width - right}" y2="{bound:.1f}" stroke="#e3b341" stroke-dasharray="5 4"/>')
    lines.append(f'<polyline points="{line}" fill="none" stroke="#6ee787" stroke-width="2"/>')
    lines.append("</g>\n</svg>")
    with open(target, "w", encoding="utf-8") as out:
        out.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    draw(sys.argv[1], sys.argv[2])
