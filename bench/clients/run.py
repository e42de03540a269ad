#!/usr/bin/env python3
"""Finding a client among many, in the worker's app: CPU time of the server for one search page, and who is found.

usage: bench/clients/run.py [--clients N] [--sample N] [--json FILE]

A server of its own in a temporary folder, with made-up clients whose names are distributed as in a city: a few names are very common.
Prints a table of searches, and how often a client is in the list (20 rows) when what was typed differs from what is written."""
import argparse
import json
import os
import random
import re
import shutil
import statistics
import sys
import tempfile
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
os.environ.setdefault("ASKONCE", os.path.join(ROOT, "build", "release", "askonce"))
os.environ.setdefault("SOURCE_DIR", ROOT)
sys.path.insert(0, os.path.join(ROOT, "tests", "http"))
from person import Person  # noqa: E402
from support import Server  # noqa: E402

FIRST = """María José Juan Carmen Luis Ana Guadalupe Francisco Rosa Jesús Carlos Elena Miguel Patricia Antonio Lucía Manuel Isabel Pedro
Teresa Jorge Gabriela Rafael Sofía William James Mary John Robert Jennifer Michael Linda David Elizabeth Barbara Susan Joseph Jessica
Thomas Sarah Charles Karen Christopher Nancy Daniel Lisa Matthew Margaret Anthony Betty Mark Sandra Donald Ashley Steven Dorothy Kimberly
Andrew Emily Wei Ming Li Fatima Mohammed Aisha Olga Ivan Svetlana Jean Marie Pierre Fabiola Kwame Ama Abdul Rashida Priya Sanjay Min-ji
Hyun Nadia Yusuf Oksana Dmitri Xiomara Yesenia Wilfredo Milagros Altagracia Ramón""".split()
LAST = """García Rodríguez Martínez Hernández López González Pérez Sánchez Ramírez Torres Flores Rivera Gómez Díaz Reyes Morales Cruz Ortiz
Gutiérrez Chávez Ramos Ruiz Jiménez Mendoza Vásquez Castillo Núñez Peña Smith Johnson Williams Brown Jones Davis Miller Wilson Moore
Taylor Anderson Thomas Jackson White Harris Martin Thompson Robinson Clark Lewis Lee Walker Hall Allen Young King Wright Scott Green Baker
Adams Nelson Carter Mitchell Chen Wang Zhang Liu Huang Singh Khan Ahmed Ali Hussain Rahman Begum Islam Ivanov Petrova Kovalenko
Jean-Baptiste Pierre-Louis Charles O'Brien Murphy Kelly Sullivan Kim Park Choi Patel Shah Cohen Levy Goldberg Rossi Esposito Mensah Okafor
Diallo Traoré Santana Polanco Encarnación Feliz Batista""".split()

SEARCHES = ["name=maria", "name=maria+garcia", "name=Gonz", "name=gonsalez", "name=hrenandes+jose", "name=bill+smyth",
            "name=wojciechowski", "name=lee", "name=pepe+rodriguez+lopez&dob.month=3&dob.day=2&dob.year=1964",
            "name=ana+maria+de+la+cruz+hernandez", "dob.month=3&dob.day=2&dob.year=1964", "phone=2125550142"]


def people(count, chance):
    first, last = [1 / (k + 3) for k in range(len(FIRST))], [1 / (k + 5) for k in range(len(LAST))]
    for _ in range(count):
        name = chance.choices(FIRST, first)[0]
        if chance.random() < .2:
            name += " " + chance.choices(FIRST, first)[0]
        name += " " + chance.choices(LAST, last)[0]
        if chance.random() < .4:
            name += " " + chance.choices(LAST, last)[0]
        body = {"name": name}
        if chance.random() < .9:
            body["dob"] = f"{chance.randint(1930, 2008)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        if chance.random() < .8:
            body["phone"] = f"917-{chance.randint(200, 999)}-{chance.randint(0, 9999):04}"
        yield body


def slip(word, chance):
    """One letter left out, changed, added, or two changed about."""
    at, letter = chance.randrange(len(word)), chance.choice("aeionrstl")
    kind = chance.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1:]
    if kind == 1:
        return word[:at] + letter + word[at + 1:]
    if kind == 2 or at + 1 == len(word):
        return word[:at] + letter + word[at:]
    return word[:at] + word[at + 1] + word[at] + word[at + 2:]


def slip_in_longest(name, chance):
    words = name.split()
    longest = max(range(len(words)), key=lambda index: len(words[index]))
    words[longest] = slip(words[longest], chance)
    return " ".join(words)


CHANGES = {
    "as it is written": lambda name, chance: name,
    "the words turned about": lambda name, chance: " ".join(reversed(name.split())),
    "the first and the last word alone": lambda name, chance: " ".join([name.split()[0], name.split()[-1]]),
    "one slip in the longest word": slip_in_longest,
    "two slips in the longest word": lambda name, chance: slip_in_longest(slip_in_longest(name, chance), chance),
    "one slip in each word": lambda name, chance: " ".join(slip(word, chance) for word in name.split()),
}


def cpu(process):
    total, folder = 0, f"/proc/{process.pid}/task"
    for task in os.listdir(folder):
        with open(f"{folder}/{task}/schedstat", encoding="ascii") as file:
            total += int(file.read().split()[0])
    return total / 1e6


def main():
    words = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    words.add_argument("--clients", type=int, default=10000)
    words.add_argument("--sample", type=int, default=300)
    words.add_argument("--rounds", type=int, default=15)
    words.add_argument("--json")
    options = words.parse_args()
    chance, figures = random.Random(5), {"clients": options.clients, "searches": {}, "found": {}}
    folder = tempfile.mkdtemp(prefix="askonce-clients-")
    web = os.path.join(folder, "web")
    shutil.copytree(os.path.join(ROOT, "web"), web, ignore=shutil.ignore_patterns("node_modules"))
    shutil.copy(os.path.join(HERE, "seed.lua"), os.path.join(web, "pages"))
    server = Server(app=web, rules=[])
    try:
        worker = Person(server, "worker", "worker")
        worker.sign_in()
        token, known, group = worker.csrf(), [], []
        for body in people(options.clients, chance):
            group.append(body)
            if len(group) == 50 or len(known) + len(group) == options.clients:
                made = worker.post("/seed", {"clients": json.dumps(group)}, token=token)
                assert made.status == 200, made.body[:300]
                known += zip(json.loads(made.body), group)
                group = []

        print(f"{options.clients} clients. CPU milliseconds of one search page, median of {options.rounds}:\n")
        for query in SEARCHES:
            taken = []
            for _ in range(options.rounds):
                before = cpu(server.process)
                reply = worker.get("/clients?" + query)
                taken.append(cpu(server.process) - before)
            heading = re.search(r'id="found-title">([^<]*)', reply.body.decode())
            figures["searches"][query] = statistics.median(taken)
            print(f"{statistics.median(taken):8.1f}  {query}  ({heading.group(1) if heading else reply.status})")

        sample = [one for one in chance.sample(known, min(options.sample, len(known))) if one[1].get("dob")]
        print(f"\nIn the list, of {len(sample)} clients: by the name alone (somebody of that very name), by name and date of birth "
              "(this client), and as the first:\n")
        for change, make in CHANGES.items():
            by_name = by_both = first = 0
            for client, body in sample:
                typed = urllib.parse.quote(make(body["name"], chance))
                page = worker.get("/clients?name=" + typed).body.decode()
                by_name += "<bdi>" + body["name"].replace("'", "&#39;") + "</bdi>" in page
                year, month, day = body["dob"].split("-")
                page = worker.get(f"/clients?name={typed}&dob.year={year}&dob.month={month}&dob.day={day}").body.decode()
                listed = re.findall(r'href="/clients/([0-9a-f-]{36})"', page)
                by_both += client in listed
                first += listed[:1] == [client]
            figures["found"][change] = [by_name / len(sample), by_both / len(sample), first / len(sample)]
            print(f"{by_name / len(sample):8.1%} {by_both / len(sample):8.1%} {first / len(sample):8.1%}  {change}")
        if options.json:
            with open(options.json, "w", encoding="utf-8") as file:
                json.dump(figures, file, indent=2)
    finally:
        server.clean()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
