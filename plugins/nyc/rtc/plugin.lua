-- Right to Counsel: a free lawyer for tenants in eviction cases and NYCHA termination cases.
--
-- Income decides how much help there is (a lawyer for the whole case, or brief advice), never whether there is any: it
-- is no criterion, and the notes say which help it is. How near the court date is decides the level.

local LAW = "NYC Administrative Code 26-1301 to 26-1305"
local HERE = "(status.rtc == 'likely' or status.rtc == 'possible')"

return program {
  id      = "rtc",
  name    = "Right to Counsel (a free lawyer)",
  agency  = "HRA Office of Civil Justice, with legal services organizations",
  helps   = "A free lawyer when a landlord or NYCHA wants you out.",
  cite    = LAW,
  version = "2026.1",
  phone   = "311",

  worksheet = {
    line { "income_limit", "poverty_line[household_size] * rtc_income_multiple", text = "200 % of poverty",
      cite = "NYC Administrative Code 26-1301" },
    line { "full_representation",
      "gross_yearly <= income_limit or (age >= rtc_older_age and eviction_stage >= 'petition')",
      text = "A lawyer for the whole case (otherwise brief advice)", cite = "NYC Administrative Code 26-1302" },
    line { "in_court",
      "eviction_stage == 'petition' or eviction_stage == 'judgment' or eviction_stage == 'marshal_72h'",
      text = "An eviction case is in court now", cite = LAW },
    line { "days_to_court", "court_date - as_of", text = "Days to the court date", cite = "NYC Administrative Code 26-1302" },
  },

  eligible = any { "is a tenant in a case that Right to Counsel covers", cite = LAW,
    rule { "an eviction case is in court", "eviction_stage == 'petition'", cite = "NYC Administrative Code 26-1301",
      code = "rtc.petition" },
    rule { "a judge has decided against the tenant", "eviction_stage == 'judgment'",
      cite = "NYC Administrative Code 26-1301", code = "rtc.judgment" },
    rule { "a marshal's notice came", "eviction_stage == 'marshal_72h'", cite = "NYC Administrative Code 26-1301",
      code = "rtc.marshal" },
    rule { "was put out within the past year", "eviction_stage == 'evicted_12mo'", cite = LAW, verified = false,
      code = "rtc.evicted" },
    rule { "NYCHA has begun to end the tenancy", "nycha_termination", cite = "NYC Administrative Code 26-1303",
      code = "rtc.nycha" } },

  possible = any {
    all { "The eviction has happened: a lawyer sees whether the case can be opened again.", cite = LAW, verified = false,
      rule { "was put out within the past year", "eviction_stage == 'evicted_12mo'", code = "rtc.reopen" },
      rule { "no NYCHA case", "not nycha_termination", code = "rtc.no_nycha_case" } },
    rule { "Owns the home: only a tenant's case is covered. Ask about help against foreclosure.",
      "answered(living_situation) and living_situation == 'own'", cite = LAW, verified = false, code = "rtc.owner" },
  },

  level = first {
    { "marshal's notice", when = "eviction_stage == 'marshal_72h'",
      act_within = days(0), urgency = 1, cite = LAW, verified = false },
    { "court today or tomorrow, or missed", when = "in_court and days_to_court <= rtc_court_days.next_day",
      act_within = days(0), urgency = 1, cite = "NYC Administrative Code 26-1302 (no later than the first appearance)",
      verified = false },
    { "judgment", when = "eviction_stage == 'judgment'",
      act_within = days(1), urgency = 2, cite = LAW, verified = false },
    { "court within a week", when = "in_court and days_to_court <= rtc_court_days.week",
      act_within = days(1), urgency = 2, cite = "NYC Administrative Code 26-1302 (no later than the first appearance)",
      verified = false },
    { "court within a month", when = "in_court and days_to_court <= rtc_court_days.month",
      act_within = days(7), urgency = 4, cite = "NYC Administrative Code 26-1302 (no later than the first appearance)",
      verified = false },
    { "case in court", when = "in_court or nycha_termination", act_within = days(30), urgency = 6,
      cite = "NYC Administrative Code 26-1302 (no later than the first appearance)", verified = false },
    { "routine", otherwise = true, urgency = 7, verified = false },
  },

  notes = {
    note { "Income is within 200 % of poverty: a lawyer for the whole case.",
      when = "gross_yearly <= income_limit and " .. HERE, cite = "NYC Administrative Code 26-1302", code = "rtc.full" },
    note { "60 or older and in Housing Court: a lawyer for the whole case, whatever the income.",
      when = "gross_yearly > income_limit and full_representation and " .. HERE,
      cite = "Office of Civil Justice practice", verified = false, code = "rtc.full_older" },
    note { "Income is above 200 % of poverty: brief legal advice.", when = "not full_representation and " .. HERE,
      cite = "NYC Administrative Code 26-1302", code = "rtc.brief" },
    note { "The lawyer should be there at the first court date. Do not miss it, with or without a lawyer.",
      when = "(eviction_stage == 'petition' or eviction_stage == 'judgment') and days_to_court >= rtc_court_days.next_day",
      cite = "NYC Administrative Code 26-1302", code = "rtc.first_date" },
    note { "The court date has passed: go to Housing Court today and ask a judge for an order to show cause.",
      when = "days_to_court < 0 and " .. HERE, cite = "RPAPL 749, 753", verified = false, code = "rtc.missed" },
    note { "The court date is not known: read the court papers, or ask the court, today.",
      when = "in_court and not answered(court_date)",
      cite = LAW, verified = false, code = "rtc.find_date" },
    note { "No case in court yet: 311 (Tenant Helpline) gives advice now. Come back when court papers come.",
      when = "(eviction_stage == 'asked_to_leave' or eviction_stage == 'notice') and not nycha_termination",
      cite = LAW, verified = false, code = "rtc.not_yet" },
    note { "Back rent is owed: Homebase and a One Shot Deal can help to pay it. Tell the lawyer about both.",
      when = "rent_arrears > 0 and " .. HERE, cite = "access.nyc.gov, One Shot Deal", code = "rtc.arrears" },
    note { "NYCHA ends a tenancy in a hearing of its own: the lawyer is for that too.", when = "nycha_termination",
      cite = "NYC Administrative Code 26-1303", code = "rtc.nycha_hearing" },
    note { "A home with regulated rent is worth keeping: show the lawyer the lease and the rent history.",
      when = "(rental_type == 'rent_control' or rental_type == 'stabilized') and " .. HERE, cite = LAW, verified = false,
      code = "rtc.regulated" },
    note { "With Section 8 or in public housing an eviction can cost the voucher too: tell the lawyer.",
      when = "has_section8_or_nycha and " .. HERE, cite = LAW, verified = false, code = "rtc.voucher" },
  },

  documents = {
    document { "All court papers and notices", verified = false },
    document { "Proof of income", verified = false },
    document { "Lease, and receipts for rent", when = "living_situation == 'rent_lease' or living_situation == 'sublet'",
      verified = false },
  },

  next_step = first {
    { "Go to Housing Court today, ask for the Right to Counsel desk, and ask a judge for an order to show cause.",
      when = "eviction_stage == 'marshal_72h' or in_court and days_to_court < 0", verified = false },
    { "Ask at the intake of Housing Court, or call 311 and say \"Right to Counsel\".", otherwise = true, verified = false },
  },
  cannot = { "take cases other than those it covers (not verified)" },
}
