"""What is said over all programs, over HTTP: in screenings, in kept assessments as determined then, before the questions."""
from support import ServerTest, main

DANGER = {
    "as_of": "2026-11-23",
    "answers": {"immediate_danger_now": True, "eviction_stage": "marshal_72h", "has_aps_case": True, "other_case_managers": ["hcsp"]},
}


def urgencies(reply):
    return [step["urgency"] for step in reply.json["first_steps"]]


class Overview(ServerTest):
    options = {"rules": []}

    def test_a_screening_says_what_to_do_first(self):
        reply = self.ask("POST", "/v1/screenings", DANGER)
        self.assertEqual(reply.status, 200, reply)
        first = reply.json["first_steps"][0]
        self.assertEqual((first["urgency"], first["code"], first["program"]), (0, "ladder.danger", None))
        self.assertIn("911", first["say"])
        self.assertEqual(urgencies(reply), sorted(urgencies(reply)))
        flags = {flag["code"]: flag for flag in reply.json["flags"]}
        self.assertEqual(flags["duplication"]["seen"], ["APS", "home care"])
        self.assertIn("HIV", flags["duplication"]["labels"])

    def test_it_is_kept_as_determined_then(self):
        made = self.ask("POST", "/v1/assessments", DANGER)
        here = made.headers["location"]
        self.assertEqual(urgencies(made)[0], 0)
        following = self.ask("GET", here + "/next")
        self.assertEqual(following.json["first_steps"], made.json["first_steps"])
        self.assertLess(following.body.index(b'"first_steps"'), following.body.index(b'"next"'))
        corrected = self.ask("PATCH", here, {"answers": {"immediate_danger_now": False}})
        self.assertEqual(corrected.status, 200, corrected)
        self.assertNotIn(0, urgencies(corrected))
        self.assertNotIn(0, urgencies(self.ask("GET", here + "/next")))
        for detail in ("status", "reasons", "tree"):
            then = self.ask("GET", f"{here}/revisions/1?detail={detail}")
            self.assertEqual(then.json["first_steps"], made.json["first_steps"], detail)
            self.assertEqual(then.json["flags"], made.json["flags"], detail)

    def test_the_first_question_is_whether_somebody_is_in_danger(self):
        reply = self.ask("POST", "/v1/screenings", {"answers": {}})
        self.assertEqual(reply.json["first_steps"], [])
        self.assertEqual((reply.json["next"][0]["item"], reply.json["next"][0]["blocks"]), ("immediate_danger_now", []))


if __name__ == "__main__":
    main()
