-- Domestic Violence Services. What a person says about violence is read here and labelled (DVD); no other program's result
-- says anything of it. Nothing here asks for, holds or shows where a shelter is.
--
-- A stay is counted from the day after the first one: 90 days, then at most two extensions of 45, each asked for at least
-- five business days before the end. The questions about the stay decide how urgent it is, never whether the door is open.

local LAW = "SSL 459-a"
local STAY = "18 NYCRR 408.6"
local REPORT = "Case Management Services for DSS/HRA/DHS Clients, 2026"
local DANGER = "has(dv_lethality_flags, 'strangled') or has(dv_lethality_flags, 'weapon') or " ..
  "has(dv_lethality_flags, 'threat_to_kill')"
local IN_SHELTER = "living_situation == 'hra_dv_shelter'"

return program {
  id      = "dvs",
  name    = "Domestic Violence Services",
  agency  = "HRA",
  helps   = "People who are hurt by family or a partner: a safe place, someone to talk to and legal help, at any income.",
  cite    = "SSL 459-a, 459-b, 131-u; 18 NYCRR 408, 452",
  version = "2026.1",
  phone   = "800-621-4673",

  items = {
    item { "dvs_first_day", "date", section = "safety", labels = { "DVD" },
      text = "On which day did you come to the domestic violence shelter?",
      why = "We count the days with you, so that you can ask for more in time.",
      ask_when = IN_SHELTER },
    item { "dvs_extensions", "integer", section = "safety", labels = { "DVD" }, min = 0, max = 2,
      text = "How many times was your stay made longer?",
      why = "A stay can be made longer two times.",
      ask_when = IN_SHELTER, if_not_asked = "0" },
    item { "dvs_requested_on", "date", section = "safety", labels = { "DVD" },
      text = "If you have asked for more days: on which day did you ask?",
      why = "It must be asked early enough.",
      help = "Leave it out if you have not asked yet.",
      ask_when = IN_SHELTER },
  },

  worksheet = {
    line { "abuse", "hits_score > hits_positive_above or dv_fled_or_fleeing or emergency_cause == 'dv' or " .. IN_SHELTER,
      text = "Violence at home is reported", cite = LAW },
    line { "great_danger", "abuse and (" .. DANGER .. ")",
      text = "Signs of great danger: choking, a weapon, a threat to kill", verified = false },
    line { "stay_days", "dvs_stay_days.first + min(dvs_extensions, dvs_extensions_most) * dvs_stay_days.extension",
      text = "Days of the stay, with its extensions", cite = STAY },
    line { "stay_ends", "dvs_first_day + stay_days", text = "Last day of the stay", cite = STAY },
    line { "ask_by", "add_business_days(stay_ends, -dvs_request_before)",
      text = "Last day to ask for more days", cite = STAY },
    line { "can_extend", IN_SHELTER .. " and dvs_extensions < dvs_extensions_most",
      text = "The stay can still be made longer", cite = STAY },
    line { "request_late",
      "can_extend and (answered(dvs_requested_on) and dvs_requested_on > ask_by or " ..
      "not answered(dvs_requested_on) and as_of > ask_by)",
      text = "The request comes fewer than five business days before the end", cite = STAY },
    line { "request_due",
      "can_extend and not answered(dvs_requested_on) and as_of <= ask_by and " ..
      "add_business_days(as_of, dvs_request_before) >= ask_by",
      text = "The last day to ask for more days is near", verified = false },
  },

  eligible = all {
    rule { "is 16 or older", "age >= dvs_minimum_age", code = "dvs.age", verified = false },
    any { "is hurt or threatened, and not safe at home", code = "dvs.abuse", cite = LAW,
      rule { "the four questions about harm say so", "hits_score > hits_positive_above", code = "dvs.hits",
        verified = false },
      rule { "has left, or is leaving, a person who hurts", "dv_fled_or_fleeing", code = "dvs.fleeing" },
      rule { "violence at home is what caused the emergency", "emergency_cause == 'dv'", code = "dvs.cause" },
      rule { "is in a domestic violence shelter", IN_SHELTER, code = "dvs.in_shelter" } },
    any { "by family, a partner or a person of the household", code = "dvs.relation", cite = LAW,
      rule { "a husband, wife or partner, now or before",
        "dv_partner_relation == 'spouse' or dv_partner_relation == 'partner' or dv_partner_relation == 'ex_partner'",
        code = "dvs.partner" },
      rule { "a member of the family",
        "dv_partner_relation == 'parent' or dv_partner_relation == 'child' or dv_partner_relation == 'other_family'",
        code = "dvs.family" },
      rule { "a person who lives in the home", "dv_partner_relation == 'roommate'", code = "dvs.household",
        verified = false } },
  },

  possible = any {
    rule { "The person who hurts lives in the home and is no relative or partner: the hotline says which door is right.",
      "dv_partner_relation == 'roommate'", code = "dvs.roommate", verified = false, cite = "SSL 459-a(2)" },
  },

  level = first {
    { "in danger now", when = "abuse and immediate_danger_now", act_within = days(0), urgency = 0, verified = false,
      cite = "911" },
    { "call the hotline now",
      when = "not (answered(living_situation) and " .. IN_SHELTER .. ") and " ..
        "(great_danger or dv_fled_or_fleeing or hits_score > hits_positive_above)",
      act_within = days(0), urgency = 1, verified = false, cite = "HRA Domestic Violence Services" },
    { "ask for more days now", when = "request_late or request_due", act_within = days(0), urgency = 1, cite = STAY },
    { "routine", otherwise = true, urgency = 7 } },

  notes = {
    note { "Talk alone and in a safe place. Call only the number that is safe.", code = "dvs.safe_contact",
      verified = false },
    note { "The hotline is open day and night, also without a name: 800-621-4673. Any income, any immigration status.",
      when = "status.dvs ~= 'unlikely'", code = "dvs.hotline", verified = false },
    note { "Choking, a weapon or a threat to kill are signs of great danger. Call with the person now.",
      when = "great_danger", code = "dvs.great_danger", verified = false },
    note { "Somebody else asks. Ask the person too, alone: only the person decides.",
      when = "is_referral_by_other ~= 'self'", code = "dvs.referred", verified = false },
    note { "Children can come along.", when = "status.dvs ~= 'unlikely' and children_under_18 >= 1", code = "dvs.children",
      verified = false },
    note { "Under 16: call the hotline with an adult whom you trust, or the State Central Register, 800-342-3720.",
      when = "age < dvs_minimum_age", code = "dvs.under_age", verified = false },
    note { "Harm by somebody who is no family and no partner: Safe Horizon and the police help too.",
      when = "dv_partner_relation == 'other'", code = "dvs.other_person", verified = false },
    note { "A stay is up to 90 days. It can be made longer two times by 45 days, up to 180. Ask at least five business " ..
        "days before it ends.",
      when = IN_SHELTER, code = "dvs.length_of_stay", cite = STAY },
    note { "Late: the request comes fewer than five business days before the stay ends. Ask today, and say why.",
      when = "request_late", code = "dvs.late", cite = STAY },
    note { "The last day to ask for more days is near: ask now.", when = "request_due", code = "dvs.ask_now", cite = STAY },
    note { "No more extensions. When the 180 days end DHS takes the household as eligible for its shelter.",
      when = IN_SHELTER .. " and dvs_extensions >= dvs_extensions_most", code = "dvs.then_dhs",
      cite = "Local law from Int. 361-A" },
    note { "In the shelter: its staff are the ones to ask. What they write down stays with them.", when = IN_SHELTER,
      code = "dvs.shelter_records", cite = REPORT },
    note { "A lawyer may be part of the help: ask.", when = "status.dvs ~= 'unlikely'", code = "dvs.legal", cite = REPORT },
  },

  documents = {},
  next_step = first {
    { "Call 911 first. Then the hotline, 800-621-4673.", when = "immediate_danger_now", verified = false },
    { "Ask the shelter's staff for more days today.", when = "request_late or request_due", cite = STAY },
    { "Talk to the shelter's staff.", when = IN_SHELTER },
    { "Call the hotline from a safe phone: 800-621-4673, day and night.", otherwise = true, verified = false } },

  cannot = {
    "tell anybody where a shelter is",
    "show the records of a shelter to others",
    "give heavy personal care in every shelter",
  },
}
