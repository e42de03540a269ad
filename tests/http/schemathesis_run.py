"""Schemathesis over /openapi.json: requests made from the document, good, bad and in chains, every reply held to it. A
5xx, an undocumented status, type or header, a reply that does not fit its schema, bad data that is taken, a key that is
not asked for and another partner's assessment that is shown are all failures. Afterwards the server must still be well
and stop cleanly.
Run by tests/http/schemathesis.sh, which says how."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import shipped

# What a well-formed request may be answered with besides 2xx, and what a malformed one has to be answered with.
# 304: If-None-Match of a number that happens to be right. 404: an id that nobody made. 412, 422: a stale If-Match, a used
# Idempotency-Key, contradictions between answers are nothing that a schema can say.
GOOD = ["2xx", 304, 404, 412, 422]
BAD = [400, 401, 404, 405, 412, 413, 415, 422, 429, 431]
SETTINGS = """
hooks = "schemathesis_hooks"
workers = 2
continue-on-failure = true
request-timeout = 30
max-failures = 20
warnings = false

[generation]
database = "none"
mode = "all"
# The server refuses U+0000 in texts, and says so; a schema cannot.
allow-x00 = false
# No keys out of the blue: ignored_auth and object_level_authorization try wrong ones, and know that they do.
with-security-parameters = false

[auth.wfc]
path = {keys}
user = "one"
peers = ["one", "two"]

[checks.positive_data_acceptance]
expected-statuses = {good}

[checks.negative_data_rejection]
expected-statuses = {bad}

[phases.stateful]
max-steps = 6
"""


def document(server):
    """/openapi.json, changed only in what requests are made from, so that more of them get behind the first refusal."""
    household = {"as_of": "2026-11-23", "answers": {"dob": "1979-05-17", "living_situation": "doubled_up"}}
    made = server.request("POST", "/v1/assessments", household).json["id"]
    whole = server.request("GET", "/openapi.json").json
    # Examples that name what is there.
    whole = json.loads(json.dumps(whole).replace(whole["components"]["parameters"]["AssessmentId"]["example"], made))
    parameters = whole["components"]["parameters"]
    programs = [program["program"] for program in server.request("GET", "/v1/programs").json["programs"]]
    parameters["ProgramId"]["schema"] = parameters["ProgramIds"]["schema"]["items"] = {"type": "string", "enum": programs}
    for name in ("Packs", "PacksOfRules"):
        parameters[name]["schema"]["items"] = {"type": "string", "enum": ["nyc", "access_nyc"]}
    # The City's API has rules between fields that no schema says: test_city.py and the fuzz target `dialect` are for it.
    for path in ("/authToken", "/eligibilityPrograms", "/bulkSubmission/import"):
        del whole["paths"][path]
    # Schemathesis does not make quotes out of the pattern.
    parameters["IfMatch"].update(example="*", schema={"type": "string", "enum": ["*", '"1"', '"2"']})
    # Every mistake in answers once for each route, not once more for the other spelling of its media type.
    del whole["paths"]["/v1/assessments/{id}"]["patch"]["requestBody"]["content"]["application/merge-patch+json"]
    return whole


def check(seconds, seed, folder, server):
    """Schemathesis's exit code; its words go to standard output."""
    keys = folder / "keys.json"
    partners = {"one": server.key, "two": server.add_key("another partner")}
    bearer = {name: [{"name": "Authorization", "value": f"Bearer {key}"}] for name, key in partners.items()}
    keys.write_text(json.dumps({"auth": [{"name": name, "fixedHeaders": bearer[name]} for name in bearer]}))
    settings = folder / "settings.toml"
    settings.write_text(SETTINGS.format(keys=json.dumps(str(keys)), good=json.dumps(GOOD), bad=json.dumps(BAD)))
    described = folder / "openapi.json"
    described.write_text(json.dumps(document(server)))
    words = ["run", described, "--url", server.url, "--max-time", seconds, "--seed", seed, "--checks", "all"]
    words += ["--suppress-health-check", "all", "--no-color"]
    command = [pathlib.Path(sys.executable).parent / "schemathesis", "--config-file", settings, *words]
    environment = dict(os.environ, PYTHONPATH=str(pathlib.Path(__file__).parent), PYTHONDONTWRITEBYTECODE="1")
    # Some seconds more than --max-time: the request under way, and shrinking of what was found.
    return subprocess.run([str(word) for word in command], cwd=folder, timeout=seconds * 2 + 180, env=environment).returncode


def requests_answered(server):
    """How many requests the server says it has answered, and how many of them with a 5xx."""
    total = bad = 0
    for (name, labels), value in server.metrics().items():
        if name == "askonce_http_requests_total":
            total += int(value)
            bad += int(value) if dict(labels)["status"].startswith("5") else 0
    return total, bad


def main():
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 75
    seed = int(os.environ.get("SCHEMATHESIS_SEED") or (20261123 if seconds <= 300 else time.time_ns() % 2**31))
    print(f"Schemathesis for {seconds} s, SCHEMATHESIS_SEED={seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder, shipped.running() as server:
        code = check(seconds, seed, pathlib.Path(folder), server)
        total, bad = requests_answered(server)
        print(f"{total} requests, {bad} of them answered with a 5xx")
        if code != 0:
            sys.exit(f"Schemathesis found something (its exit code is {code})")
        if bad:
            sys.exit("a 5xx is a defect, whatever Schemathesis says of it")
        # A run that tested nothing must not pass.
        if total < 5 * seconds:  # of hundreds a second, on a machine that does much else
            sys.exit(f"only {total} requests in {seconds} s: something kept it from testing")


if __name__ == "__main__":
    main()
