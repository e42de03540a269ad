-- One Shot Deal: one payment in an emergency, for people who can pay from then on.
--
-- Violence as the cause of the emergency counts as itself only when the person lets this program see it; without that
-- consent it counts as any other cause, which HRA judges. Whether an earlier grant is paid back counts only when it is
-- answered.

local ACCESS = "access.nyc.gov/programs/one-shot-deal"
local RULES = "18 NYCRR 352.7, 370.3, 372"
local IN_COURT = "(eviction_stage == 'petition' or eviction_stage == 'judgment')"

return program {
  id      = "osd",
  name    = "One Shot Deal",
  agency  = "HRA",
  helps   = "People in an emergency: one payment for back rent, a utility bill or a move, most of it paid back later.",
  cite    = RULES .. "; " .. ACCESS,
  version = "2026.1",
  url     = "https://access.nyc.gov/programs/one-shot-deal/",

  items = {
    item { "osd_earlier_grant_unpaid", "bool", section = "housing",
      text = "Did you get a One Shot Deal before that is not paid back yet?",
      why = "HRA looks at it. It does not decide alone." },
  },

  worksheet = {
    line { "in_court", IN_COURT, text = "A case in housing court", verified = false },
    line { "danger_told",
      [[emergency_cause == 'illness' or emergency_cause == 'dv' and answered(consent_by_program) and
        has(consent_by_program, 'osd')]],
      text = "A danger to health or safety is the cause", cite = ACCESS },
    line { "utilities_cut", "heat_emergency ~= 'none' or emergency_cause == 'utility_shutoff'",
      text = "Heat or power is cut off, or about to be", cite = ACCESS },
  },

  eligible = all {
    any { "there is an emergency", code = "osd.emergency", cite = ACCESS,
      rule { "homeless", "homeless_now", code = "osd.homeless" },
      rule { "asked to leave, or an eviction", "eviction_stage >= 'asked_to_leave'", code = "osd.eviction" },
      rule { "back rent that may lead to an eviction", "rent_arrears > 0", code = "osd.arrears", verified = false },
      rule { "heat or power is cut off, or about to be", "utilities_cut", code = "osd.utilities" },
      rule { "a fire", "emergency_cause == 'fire'", code = "osd.fire" },
      rule { "another danger to health or safety",
        "danger_told or emergency_cause == 'dv' or emergency_cause == 'other'",
        code = "osd.health_or_safety" } },
    rule { "can pay from now on, alone or with another's help",
      "can_pay_rent_forward == 'yes' or can_pay_rent_forward == 'with_third_party'", code = "osd.can_pay", cite = ACCESS },
    any { "somebody in the home has a status that counts", code = "osd.status", cite = ACCESS,
      rule { "the person's own immigration status counts", "immigration_status ~= 'undocumented'",
        code = "osd.own_status" },
      rule { "a child in the home may count", "children_under_18 >= 1", code = "osd.child_status", cite = "18 NYCRR 372",
        verified = false } },
  },

  possible = any {
    rule { "The adult's status does not count; HRA decides about the children.", "immigration_status == 'undocumented'",
      code = "osd.children_only", cite = "18 NYCRR 372", verified = false },
    rule { "An earlier One Shot Deal is not paid back: that lowers the chance.",
      "answered(osd_earlier_grant_unpaid) and osd_earlier_grant_unpaid", code = "osd.earlier_grant", cite = ACCESS },
    all { "HRA decides whether this is an emergency: no notice, no back rent, nothing cut off.", code = "osd.judgement",
      verified = false,
      rule { "has a place to stay", "not homeless_now", code = "osd.judgement_housed" },
      rule { "no written notice and no court papers", "eviction_stage < 'notice'", code = "osd.judgement_no_notice" },
      rule { "no back rent", "rent_arrears == 0", code = "osd.judgement_no_arrears" },
      rule { "nothing is cut off", "not utilities_cut", code = "osd.judgement_utilities" },
      rule { "no fire, and no danger to health or safety that is told", "emergency_cause ~= 'fire' and not danger_told",
        code = "osd.judgement_cause" } },
  },

  level = first {
    { "marshal's notice", when = "eviction_stage == 'marshal_72h'", act_within = days(0), urgency = 1, verified = false },
    { "cut off", when = "heat_emergency == 'shut_off'", act_within = days(0), urgency = 1, verified = false },
    { "homeless tonight", when = "living_situation == 'street'", act_within = days(0), urgency = 1, verified = false },
    { "before the court date", when = "in_court", urgency = 4, verified = false },
    { "ordinary", otherwise = true, act_within = days(30), urgency = 6, cite = ACCESS } },

  score = [[eviction_stage == 'marshal_72h' and osd_rank.marshal or (in_court and osd_rank.court or
    (rent_arrears > 0 and osd_rank.arrears or osd_rank.other))]],

  notes = {
    note { "HRA decides case by case: income, household, reason, savings, rent, disability and the plan to pay.",
      when = "status.osd ~= 'unlikely'", code = "osd.case_by_case", cite = ACCESS },
    note { "HRA decides in up to 30 days, and sooner when that stops the emergency. Say which day it must be.",
      when = "status.osd ~= 'unlikely'", code = "osd.sooner", cite = ACCESS },
    note { "Most of it must be paid back.", when = "status.osd ~= 'unlikely' and ssi_monthly == 0", code = "osd.repay",
      cite = ACCESS },
    note { "Most of it must be paid back, but people on SSI often need not.",
      when = "status.osd ~= 'unlikely' and ssi_monthly > 0", code = "osd.repay_ssi", cite = ACCESS },
    note { "Nobody to pay from now on yet: a relative, a charity or rent help (cityfheps) can be the one who does.",
      when = "can_pay_rent_forward == 'no'", code = "osd.find_payer", cite = ACCESS },
    note { "An earlier One Shot Deal that is not paid back lowers the chance: say if there is one.",
      when = "status.osd == 'likely' and not answered(osd_earlier_grant_unpaid)", code = "osd.ask_earlier",
      cite = ACCESS },
    note { "The savings would cover the back rent: HRA will ask about it.",
      when = "rent_arrears > 0 and liquid_assets >= rent_arrears", code = "osd.savings", cite = ACCESS },
    note { "The rent is more than the money coming in: HRA will ask how it can be paid from now on.",
      when = "rent_monthly > gross_monthly", code = "osd.affordability", cite = ACCESS },
    note { "Not on the lease: bring a paper that shows that the rent is yours to pay.",
      when = "rent_arrears > 0 and not on_lease and living_situation ~= 'own'", code = "osd.not_on_lease",
      verified = false },
    note { "With Section 8 or public housing only your own part of the rent counts.",
      when = "rent_arrears > 0 and has_section8_or_nycha", code = "osd.own_part", verified = false },
    note { "Court papers: a free lawyer by the first date in court (rtc). Call 311 and say Right to Counsel.",
      when = "in_court or eviction_stage == 'marshal_72h'", code = "osd.rtc", cite = "NYC Admin Code 26-1301 to 26-1305" },
    note { "The court date has come or is past: call the court today, and tell HRA.", when = "in_court and court_date <= as_of",
      code = "osd.court_now", verified = false },
    note { "Homebase (homebase) can help with the request and with a plan to keep the home.",
      when = "not homeless_now and (eviction_stage >= 'asked_to_leave' or rent_arrears > 0)", code = "osd.homebase",
      verified = false },
    note { "Heat or power: ask HEAP (heap) for its emergency benefit first.", when = "utilities_cut", code = "osd.heap",
      verified = false },
  },

  documents = {
    "Photo ID",
    document { "Social Security number", when = "ssn_or_none ~= 'none'" },
    "Proof of income",
    document { "Rent ledger", when = "rent_arrears > 0" },
    document { "Court order or court papers", when = "eviction_stage >= 'petition'" },
    document { "The lease", when = "on_lease" },
    document { "The bill or the shut-off notice", when = "utilities_cut", verified = false },
  },
  next_step = first {
    { "Call 911 first. Go on when everybody is safe.", when = "immediate_danger_now", verified = false },
    { "Apply in ACCESS HRA today, and take the marshal's notice to a Benefits Access Center.",
      when = "eviction_stage == 'marshal_72h'", verified = false },
    { "Apply in ACCESS HRA.", otherwise = true, cite = ACCESS } },

  cannot = {
    "pay when nobody can pay from then on",
    "be a gift: most of it is paid back",
  },
}
