-- W1's APS-like program: see ../../../../workload.md. Only for measuring.
return program {
  id = "aps", name = "W1 APS", agency = "W1", helps = "Measuring.", cite = "W1 2", version = "1",

  eligible = all {
    rule { "is 18 or older", "age >= adult", code = "aps.under_18" },
    rule { "has an impairment", "physical_impairment or mental_impairment", code = "aps.no_impairment" },
    rule { "is at risk", "risk_abuse or risk_neglect or risk_exploitation or risk_self_neglect or risk_hazard", code = "aps.no_risk" },
    rule { "has no one able to help", "not able_helper", code = "aps.able_helper" },
  },

  worksheet = {
    line { "urgency", "(risk_abuse and points.abuse or 0) + (risk_neglect and points.neglect or 0) + (risk_exploitation and points.exploitation or 0)"
      .. " + (risk_self_neglect and points.self_neglect or 0) + (risk_hazard and points.hazard or 0)"
      .. " + (mental_impairment and points.mental or 0) + (physical_impairment and points.physical or 0) + danger_points[danger]"
      .. " + (living == 'alone' and points.alone or 0) + (age >= very_old and points.very_old or 0)" },
  },

  score = "urgency",

  notes = {
    note { "An answer is missing.", when = "not answered(able_helper)", code = "aps.missing.able_helper" },
    note { "Risk: abuse.", when = "risk_abuse and status.aps ~= 'unlikely'", code = "aps.risk.abuse" },
    note { "Risk: neglect.", when = "risk_neglect and status.aps ~= 'unlikely'", code = "aps.risk.neglect" },
    note { "Risk: exploitation.", when = "risk_exploitation and status.aps ~= 'unlikely'", code = "aps.risk.exploitation" },
    note { "Risk: self neglect.", when = "risk_self_neglect and status.aps ~= 'unlikely'", code = "aps.risk.self_neglect" },
    note { "Risk: hazard.", when = "risk_hazard and status.aps ~= 'unlikely'", code = "aps.risk.hazard" },
    note { "First priority.", when = "status.aps == 'likely' and urgency >= priority.first", code = "aps.priority.1" },
    note { "Second priority.", when = "status.aps == 'likely' and urgency < priority.first and urgency >= priority.second", code = "aps.priority.2" },
    note { "Third priority.", when = "status.aps == 'likely' and urgency < priority.second", code = "aps.priority.3" },
  },
}
