-- Substance-use services: does a screen (AUDIT-C, DAST-10) or an overdose call for an assessment? It never says which level
-- of care: that is the clinician's. The cut of AUDIT-C is lower for women. Only where the points lie between the two cuts is
-- the person's sex asked; who prefers not to say gets the lower cut.
local OASAS = "MHL 19, 32; OASAS"
local AUDIT = "AUDIT-C (WHO)"
local DAST = "DAST-10"
local function at_the_cut(points)
  return points .. " >= auditc_from.men or " .. points .. " >= auditc_from.women and (declined(sex) or sex ~= 'male')"
end

return program {
  id      = "sud",
  name    = "Drug and alcohol services (OASAS)",
  agency  = "OASAS providers",
  helps   = "People whose drinking or drug use may harm them: an assessment, treatment, and medicine against overdose.",
  cite    = OASAS,
  version = "2026.1",
  phone   = "877-846-7369",

  worksheet = {
    line { "alcohol_points", "auditc_score", text = "AUDIT-C, 0 to 12 points", cite = AUDIT },
    line { "drug_points", "dast_score", text = "DAST-10, 0 to 10 points; \"always able to stop\" counts the other way round",
      cite = DAST },
    line { "withdrawal_risk", "dast_9 or alcohol_withdrawal", text = "Was ill when stopping: a risk of withdrawal",
      cite = OASAS, verified = false },
  },

  eligible = any { "a screen or an overdose calls for an assessment", code = "sud.assess", cite = OASAS,
    rule { "drinking is at or above the cut of AUDIT-C (4 points; for women 3)", at_the_cut("alcohol_points"), code = "sud.alcohol",
      cite = AUDIT, verified = false },
    rule { "drug use is at or above the cut of DAST-10 (3 points)", "drug_points >= sud_dast_from", code = "sud.drugs",
      cite = DAST, verified = false },
    rule { "was sick when stopping drugs in the past year", "dast_9", code = "sud.withdrawal", cite = OASAS,
      verified = false },
    rule { "had an overdose in the past year", "overdose_12mo", code = "sud.overdose", cite = OASAS, verified = false },
  },

  level = first {
    { "danger now", when = "immediate_danger_now and (overdose_12mo or withdrawal_risk)", act_within = hours(0), urgency = 0,
      cite = OASAS, verified = false },
    { "overdose or withdrawal risk", when = "overdose_12mo or withdrawal_risk", act_within = days(0), urgency = 1,
      cite = OASAS, verified = false },
    { "routine", otherwise = true, urgency = 7 } },

  notes = {
    note { "Give naloxone today, and show how to use it. Never use alone: somebody should be there.",
      when = "overdose_12mo or withdrawal_risk", code = "sud.naloxone", verified = false },
    note { "Stopping alcohol at once can be dangerous: a doctor should see the person the same day.",
      when = "alcohol_withdrawal", code = "sud.alcohol_withdrawal", verified = false },
    note { "In treatment already: stay with it. Call its counselor instead of a new place.", when = "sud_treatment_now",
      code = "sud.in_treatment", verified = false },
    note { "The cut of AUDIT-C is 4 points for men and 3 for women. The lower one is used here.",
      when = "declined(sex) or sex == 'other'",
      code = "sud.lower_cut", verified = false },
    note { "A clinician decides after an assessment whether treatment is needed and of which kind (LOCADTR).",
      when = "status.sud == 'likely'", code = "sud.clinician", cite = "LOCADTR 3.0", verified = false },
    note { "Treatment programs may share nothing without the person's written consent.", when = "status.sud == 'likely'",
      code = "sud.consent", cite = "42 CFR 2", verified = false },
    note { "Cash Assistance asks these screening questions too: give it this result, do not ask twice.",
      when = "cash_assistance_monthly > 0 or status.ca == 'likely'", code = "sud.ca", cite = "SSL 132(4)",
      verified = false },
    note { "WeCARE and the treatment program exchange what is needed themselves (STARS, SuCAP).",
      when = "work_barrier == 'substance'", code = "sud.wecare",
      cite = "Case Management Services for DSS/HRA/DHS Clients, 2026" },
    note { "The answers call for no assessment. Whoever wants to talk about drinking or drugs may still call.",
      when = "status.sud == 'unlikely'", code = "sud.may_call", verified = false },
  },

  documents = {},
  next_step = first {
    { "Call 911 first. After an overdose give naloxone and stay.", when = "immediate_danger_now", verified = false },
    { "Today: naloxone, and a visit to a doctor or a treatment program. OASAS HOPEline: 877-846-7369; NYC 988, day and night.",
      when = "overdose_12mo or withdrawal_risk", verified = false },
    { "Call the OASAS HOPEline, 877-846-7369, or NYC 988 for an assessment. You need no papers.", otherwise = true,
      verified = false } },

  cannot = {
    "decide the level of care: the clinician does",
    "force anybody into treatment (not verified)",
  },
  review = { months = 3, cite = "treatment plan of the program", verified = false },

  items = {
    item { "sex", choice { { "female", "Female" }, { "male", "Male" }, { "other", "Another answer" },
        { "decline", "I prefer not to say", declines = true } },
      section = "health", labels = { "ETH" },
      text = "What is your sex?",
      why = "Alcohol harms women sooner. The line is lower for them.",
      ask_when = "auditc_score >= auditc_from.women and auditc_score < auditc_from.men" },
    item { "alcohol_withdrawal", "bool", section = "health", labels = { "ETH" },
      text = "When you do not drink for a day, do you shake, sweat, see things or have a fit?",
      why = "Then it is not safe to stop alone. A doctor can help today.",
      ask_when = at_the_cut("auditc_score"), if_not_asked = false },
  },
}
