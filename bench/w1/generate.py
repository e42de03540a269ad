#!/usr/bin/env python3
"""Writes synthetic households for the workload W1, one JSON object a line (see workload.md).

    generate.py COUNT [FILE]        (standard output without FILE)

The seed is fixed, so the same COUNT gives the same bytes everywhere, and a longer file begins with a shorter one.
The people are invented: no name, date or number comes from a real case.
"""
import json
import random
import sys

SEED = 20240601
FIRST = "Ana Bo Chen Dina Eli Fay Gus Hana Ivan Joy Kofi Lena Miguel Nora Omar Pia".split()
LAST = "Abbot Brown Cruz Diaz Evans Flores Gupta Haas Ito Jones Khan Lopez Mba Ng Ortiz".split()
COUNTY = "Alameda Butte Colusa Fresno Kern Lake Marin Napa Orange Placer Sutter Yolo".split()
RISKS = "abuse neglect exploitation self_neglect hazard".split()
ADL = "bathing dressing eating toileting mobility transfer grooming continence".split()
IADL = "meals housework laundry shopping phone transport medication money".split()


class Generator:
    """Draws households; the order of the draws is part of the format, because it decides the bytes."""

    def __init__(self):
        self.random = random.Random(SEED)

    def chance(self, probability):
        return self.random.random() < probability

    def choose(self, *weighted):
        x = self.random.random()
        for word, weight in weighted:
            x -= weight
            if x < 0:
                return word
        return weighted[-1][0]

    def dollars(self, share_of_zero, mean):
        return 0 if self.chance(share_of_zero) else int(self.random.expovariate(1 / mean))

    def household(self, number):
        draw = self.random
        age = draw.randrange(10, 100)
        old = age >= 60
        frail = draw.random() if old else draw.random() * 0.6
        size = self.choose((1, .35), (2, .25), (3, .15), (4, .12), (5, .06), (6, .04), (7, .02), (8, .01))
        answers = {
            "case_id": f"W1-{number:07d}",
            "first_name": draw.choice(FIRST),
            "last_name": draw.choice(LAST),
            "dob": f"{2024 - age}-{draw.randrange(1, 13):02d}-{draw.randrange(1, 29):02d}",
            "age": age,
            "county": draw.choice(COUNTY),
            "zip": f"9{draw.randrange(0, 10000):04d}",
            "language": self.choose(("en", .7), ("es", .2), ("zh", .1)),
            "phone": f"555-{draw.randrange(0, 10000):04d}",
            "living": self.choose(("alone", .4), ("spouse", .25), ("family", .25), ("facility", .1)),
            "household_size": size,
            "earned_income": self.dollars(.35, 900 + 500 * size),
            "unearned_income": self.dollars(.4, 900),
            "elderly_disabled": old or self.chance(.2),
            "rent": self.dollars(.1, 1100),
            "utilities": self.choose(("heating", .5), ("basic", .2), ("phone", .2), ("none", .1)),
            "medical_expenses": self.dollars(.5, 150),
            "dependent_care": self.dollars(.7, 300),
            "child_support": self.dollars(.9, 250),
            "liquid_assets": self.dollars(.2, 3500),
            "citizen": self.choose(("citizen", .75), ("lpr5", .12), ("lpr", .07), ("other", .06)),
            "physical_impairment": self.chance(.3 + .5 * frail),
            "mental_impairment": self.chance(.2 + .3 * frail),
        }
        for risk in RISKS:
            answers["risk_" + risk] = self.chance(.25)
        able_helper = self.chance(.3)
        if not self.chance(.02):
            answers["able_helper"] = able_helper
        answers["danger"] = self.choose(("none", .5), ("low", .3), ("high", .2))
        medicaid = self.choose(("active", .55), ("pending", .1), ("none", .25), ("denied", .1))
        if not self.chance(.02):
            answers["medicaid"] = medicaid
        answers["dementia"] = self.chance(.2 * frail + .05)
        for activity in ADL:
            answers["adl_" + activity] = min(4, int(draw.random() * 5 * (.3 + frail)))
        for activity in IADL:
            answers["iadl_" + activity] = min(3, int(draw.random() * 4 * (.4 + frail)))
        return answers


def main(arguments):
    if len(arguments) not in (1, 2) or not arguments[0].isdigit():
        print(__doc__.split("\n\n")[1], file=sys.stderr)
        return 2
    generator = Generator()
    out = open(arguments[1], "w", encoding="ascii") if len(arguments) == 2 else sys.stdout
    with out:
        for number in range(int(arguments[0])):
            out.write(json.dumps(generator.household(number), separators=(",", ":")) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
