"""Are docs/http-api.md and docs/operator-guide.md true? The story of the first is followed word for word, in the shell,
with curl and jq, as a new user would; its problems, routes and the guide's settings and figures are the server's."""

import json
import os
import re
import subprocess
import tempfile

import support


def read(name):
    with open(os.path.join(support.SOURCE_DIR, name), encoding="utf-8") as file:
        return file.read()


def section(text, title):
    """What stands below a heading of the second level."""
    found = re.search(rf"^## {re.escape(title)}$(.*?)(?=^## |\Z)", text, re.M | re.S)
    assert found, f"there is no section {title}"
    return found.group(1)


def blocks(text):
    """(language, text) of each fenced block."""
    return [(language, body) for language, body in re.findall(r"^```(\w*)\n(.*?)^```$", text, re.M | re.S)]


def without_moments(text):
    """Ids, hashes and times are others each time; where lines were broken to fit does not matter."""
    text = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID", text)
    text = re.sub(r"\b[0-9a-f]{64}\b", "HASH", text)
    text = re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z", "TIME", text)
    return re.sub(r"\s+", "", text)


class Docs(support.ServerTest):
    options = {"rules": []}

    def run_shell(self, command, folder, identifier):
        # What the document sets to something of the reader's own.
        command = re.sub(r"^(export )?(URL|KEY|ID)=.*$", "", command, flags=re.M)
        environment = dict(os.environ, URL=self.server.url, KEY=self.server.key, ID=identifier or "")
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", command], cwd=folder, env=environment, text=True, capture_output=True
        )
        self.assertEqual(done.returncode, 0, f"{command}\n{done.stdout}\n{done.stderr}")
        return done.stdout.replace("\r", "")

    def compare(self, command, shown, got):
        """Each line of a head that is shown is there; a body is the same, or each piece of one that is shown with ..."""
        if shown.startswith("HTTP/"):
            head, _, body = shown.partition("\n\n")
            got_head, _, got_body = got.partition("\n\n")
            got_lines = [without_moments(line) for line in got_head.splitlines()]
            for line in head.splitlines():
                self.assertIn(without_moments(line), got_lines, f"{command}\n{got_head}")
            shown, got = body, got_body
        at, whole = 0, without_moments(got)
        for piece in shown.split("..."):
            piece = without_moments(piece)
            found = whole.find(piece, at)
            self.assertGreaterEqual(found, 0, f"{command}\nnot in the reply: {piece}\n{got[:2000]}")
            at = found + len(piece)
        if "..." not in shown and shown:
            self.assertEqual(whole, without_moments(shown), command)

    def test_story(self):
        text = read("docs/http-api.md")
        command, identifier, ran, compared = None, None, 0, 0
        with tempfile.TemporaryDirectory() as folder:
            for language, block in blocks(section(text, "In five minutes") + section(text, "A whole story")):
                if language == "json":
                    with open(os.path.join(folder, "household.json"), "w", encoding="utf-8") as file:
                        file.write(block)
                elif language == "sh":
                    command, got = block, self.run_shell(block, folder, identifier)
                    ran += 1
                elif command:
                    if got is None:  # a second reply below one command: it is run once more
                        got = self.run_shell(command, folder, identifier)
                    self.compare(command, block, got)
                    compared += 1
                    created = re.search(r"^Location: /v1/assessments/(\S+)$", got, re.M)
                    identifier = created.group(1) if created else identifier
                    got = None
        self.assertGreaterEqual(ran, 10)
        self.assertGreaterEqual(compared, 8)

    def test_problems(self):
        document = json.loads(read("engine/http/openapi.json"))
        described = {
            kind.rsplit("/", 1)[1]
            for kind in document["components"]["schemas"]["Problem"]["properties"]["type"]["enum"]
        }
        rows = re.findall(r'\[ASK_REFUSED_\w+\] = \{"([a-z-]+)"', read("engine/http/problem.c"))
        problems = section(read("docs/http-api.md"), "Problems")
        explained = set(re.findall(r"^### (\S+)$", problems, re.M))
        listed = set(re.findall(r"\(#([a-z-]+)\)", problems))
        self.assertGreaterEqual(len(rows), 15)
        self.assertEqual(set(rows), described, "engine/http/problem.c and openapi.json")
        self.assertEqual(set(rows), explained, "engine/http/problem.c and the headings of docs/http-api.md#problems")
        self.assertEqual(set(rows), listed, "engine/http/problem.c and the table of docs/http-api.md#problems")

    def test_routes(self):
        document = json.loads(read("engine/http/openapi.json"))
        routes = {
            f"{method.upper()} {path}"
            for path, item in document["paths"].items()
            for method in item
            if path.startswith("/v1/")
        }
        headings = set(
            re.findall(r"^### ((?:GET|POST|PATCH) /v1/\S+)$", section(read("docs/http-api.md"), "Routes"), re.M)
        )
        self.assertEqual(routes, headings)

    def test_links(self):
        for name in ("docs/http-api.md", "docs/operator-guide.md"):
            text = read(name)
            anchors = {
                re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
                for heading in re.findall(r"^#+ (.+)$", text, re.M)
            }
            for link in re.findall(r"\]\(#([^)]+)\)", text):
                self.assertIn(link, anchors, name)
            for link in re.findall(r"\]\(([^)#:]+\.md)\)", text):
                self.assertTrue(os.path.exists(os.path.join(support.SOURCE_DIR, "docs", link)), f"{name}: {link}")

    def test_settings(self):
        settings = json.loads(self.server.command("config", "show", "--json", check=True).stdout)["settings"]
        table = re.findall(
            r"^\| `([a-z_.]+)` \| (.+?) \| (.+?) \| ", section(read("docs/operator-guide.md"), "Settings"), re.M
        )
        self.assertEqual([setting["name"] for setting in settings], [row[0] for row in table])
        for setting, (name, default, names) in zip(settings, table):
            if setting["from"] == "default" and setting["value"] and name not in ("limits.burst", "store"):
                self.assertIn(f"`{setting['value']}`", default, name)
            variable = re.findall(
                r'\{"' + re.escape(name) + r'".*?"(ASKONCE_\w+)"', read("engine/service/config.c"), re.S
            )[0]
            self.assertIn(f"`{variable}`", names, name)

    def test_figures(self):
        families = set(re.findall(r"^# TYPE (\S+) ", self.ask("GET", "/metrics", key="").body.decode(), re.M))
        guide = section(read("docs/operator-guide.md"), "Monitoring")
        told = {
            name
            for row in re.findall(r"^\|(.+?)\|", guide, re.M)
            for name in re.findall(r"`((?:askonce|process)_\w+)`", row)
        }
        self.assertEqual(families, told)
        used = set(re.findall(r"\b((?:askonce|process)_[a-z_]+)", guide))
        known = told | {f"{name}{end}" for name in told for end in ("_bucket", "_sum", "_count")}
        self.assertLessEqual(used, known, "in the alerts")


if __name__ == "__main__":
    support.main()
