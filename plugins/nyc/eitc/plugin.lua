-- The earned income tax credits: federal, State (30 % of it) and City (10 to 30 % of it).
--
-- Limits are those of the calendar year of the assessment: the return for it is filed in the next year. The credit
-- itself is not computed: how it rises and falls with income was not read. The worksheet shows the largest it can be.
--
-- Earned income is that of the person (and of a husband or wife). It is known where the list of incomes is filled in;
-- else the pay of the whole household stands in for it, and a note says so where that makes the difference.

local LAW = "IRC 32"
local ANR = "ACCESS-NYC-Rules S2R006"

local RELATED =
  "(member.relation == 'child' or member.relation == 'step_child' or member.relation == 'foster_child' or " ..
  "member.relation == 'grandchild' or member.relation == 'sibling' or member.relation == 'step_sibling')"
local QUALIFIES = RELATED .. " and (member.age < age and (member.age < eitc_child_age.other or " ..
  "member.age < eitc_child_age.student and member.student_status == 'full_time') or member.disabled)"
local CHILDREN = "count(household_roster, " .. QUALIFIES .. ")"
local EARNED = "income.type == 'wages' or income.type == 'self_employment'"
local TAXABLE = "income.type == 'unemployment' or income.type == 'pension' or income.type == 'deferred_comp' or " ..
  "income.type == 'alimony' or income.type == 'boarder' or income.type == 'rental' or income.type == 'investment'"
local JOINT = "marital_status == 'married'"

-- A value by number of children, out of a table.
local function by_children(of)
  return "(not one_child and " .. of .. ".none or qualifying_children >= eitc_children.three and " .. of .. ".three or " ..
    "qualifying_children >= eitc_children.two and " .. of .. ".two or " .. of .. ".one)"
end

-- Other money makes the answer `possible` at most: what was not told of it holds nothing up.
local function told(item)
  return "(answered(" .. item .. ") and " .. item .. " or 0)"
end

return program {
  id      = "eitc",
  name    = "Earned Income Tax Credit",
  agency  = "IRS and NYS Tax Department; NYC Free Tax Prep helps",
  helps   = "Money back at tax time for people who work.",
  cite    = "IRC 32; NY Tax Law 606(d); NYC Administrative Code 11-1706(d)",
  version = "2026.1",

  worksheet = {
    line { "tax_year", "year_of(as_of)", text = "Tax year: the return is filed in the year after it", cite = LAW },
    line { "earned_yearly",
      "answered(incomes) and sum(incomes, income.yearly, " .. EARNED .. ") + " ..
      "sum(household_roster, sum(member.incomes, income.yearly, " .. EARNED .. "), member.relation == 'spouse') or " ..
      "earned_monthly * months_per_year",
      text = "Earned income of a year, of the person and a husband or wife", cite = "IRC 32(c)(2)" },
    line { "taxable_yearly",
      "earned_yearly + (answered(incomes) and sum(incomes, income.yearly, " .. TAXABLE .. ") + " ..
      "sum(household_roster, sum(member.incomes, income.yearly, " .. TAXABLE .. "), member.relation == 'spouse') or " ..
      "(" .. told "unemployment_monthly" .. " + " .. told "pension_monthly" .. " + " .. told "other_income_monthly" ..
      ") * months_per_year)",
      text = "With other money that may be taxable", cite = "IRC 32(a)(2)", verified = false },
    line { "qualifying_children", CHILDREN, text = "Qualifying children", cite = "IRC 32(c)(3)" },
    line { "one_child", CHILDREN .. " >= eitc_children.one", text = "There is a qualifying child", cite = "IRC 32(c)(3)" },
    line { "lowest_limit", JOINT .. " and eitc_limit_joint.none or eitc_limit_single.none",
      text = "Income limit without children: within it their number does not matter", cite = ANR },
    line { "income_limit",
      JOINT .. " and " .. by_children("eitc_limit_joint") .. " or " .. by_children("eitc_limit_single"),
      text = "Income limit", cite = ANR },
    line { "largest_federal", by_children("eitc_maximum"), text = "The federal credit is at most", cite = LAW },
    line { "largest_state", "largest_federal * eitc_state_share", text = "The State's credit is at most",
      cite = "NY Tax Law 606(d)" },
    line { "largest_city", "largest_federal * eitc_city_share.highest", text = "The City's credit is at most",
      cite = "NYC Administrative Code 11-1706(d)", verified = false },
  },

  eligible = all {
    rule { "somebody earns money by work", "earned_yearly > 0", cite = "IRC 32(a)(1)", code = "eitc.earned" },
    rule { "earned income is within the limit", "earned_yearly <= lowest_limit or earned_yearly <= income_limit",
      cite = ANR, code = "eitc.income" },
    rule { "investment income is within the limit", "investment_income_yearly <= eitc_investment_limit", cite = ANR,
      code = "eitc.investment" },
    any { "has a qualifying child, or is 25 to 64 years old", cite = LAW,
      rule { "has a qualifying child", "one_child", cite = "IRC 32(c)(3)", code = "eitc.child" },
      rule { "is 25 to 64 years old", "age >= eitc_age.from and age < eitc_age.until", cite = ANR, code = "eitc.age" },
      all { "files together with a husband or wife of 25 to 64",
        rule { "is married", JOINT, cite = ANR, code = "eitc.married" },
        rule { "the husband or wife is 25 to 64 years old",
          "any(household_roster, member.relation == 'spouse' and member.age >= eitc_age.from and " ..
          "member.age < eitc_age.until)", cite = ANR, code = "eitc.spouse_age" } } },
  },

  possible = any {
    rule { "With other taxable money the income is above the limit: the tax return decides what counts.",
      "taxable_yearly > lowest_limit and taxable_yearly > income_limit",
      cite = "IRC 32(a)(2)", verified = false, code = "eitc.other_income" },
    rule { "The federal credit wants a Social Security number that is valid for work; an ITIN is none. Ask a tax preparer.",
      "answered(ssn_or_none) and ssn_or_none == 'none'", cite = "IRC 32(m)", verified = false, code = "eitc.no_number" },
    all { "Married but living apart: a tax preparer sees whether and how the credit can be claimed.",
      cite = "IRC 32(d)", verified = false,
      rule { "is married", JOINT },
      rule { "no husband or wife lives in the home", "not has_spouse_at_home", code = "eitc.apart" } },
  },

  level = first {
    { "routine", otherwise = true, urgency = 7, verified = false },
  },

  notes = {
    note { "The federal credit is at most the amount in the worksheet; the State adds 30 % of it, the City 10 to 30 %. " ..
           "How much it is depends on the exact income.",
      when = "status.eitc == 'likely' or status.eitc == 'possible'", cite = "IRC 32; NY Tax Law 606(d)",
      code = "eitc.at_most" },
    note { "File a return to get it, also when no tax is owed. Returns can be filed for three years back.",
      when = "status.eitc == 'likely' or status.eitc == 'possible'", cite = "IRC 6511", verified = false,
      code = "eitc.file" },
    note { "Earned income is above the limit. Each adult files alone unless married: count only the pay of the person " ..
           "who files, and look again.",
      when = "not answered(incomes) and earned_yearly > income_limit and " ..
             "any(household_roster, member.age >= adult_age and member.relation ~= 'spouse')", cite = ANR,
      code = "eitc.each_files" },
    note { "Another adult in the home earns money too: that person may get the credit with a tax return of their own.",
      when = "any(household_roster, member.relation ~= 'spouse' and member.age >= adult_age and " ..
             "sum(member.incomes, income.yearly, " .. EARNED .. ") > 0)", cite = ANR, code = "eitc.other_earner" },
    note { "A couple that is not married files two returns. Only one of them can claim the same child.",
      when = "any(household_roster, member.relation == 'domestic_partner' or member.relation == 'boyfriend_girlfriend')",
      cite = "IRC 152(c)(4)", verified = false, code = "eitc.not_married" },
    note { "The credit is no income for SNAP, Cash Assistance or Medicaid.",
      when = "status.eitc == 'likely' or status.eitc == 'possible'", cite = "IRC 6409", verified = false,
      code = "eitc.not_counted" },
  },

  documents = {
    document { "W-2 and 1099 forms", verified = false },
    document { "Social Security cards, or letters with the tax number (ITIN), of everybody on the return",
      verified = false },
    document { "Bills for child care, with the name and number of who gives it",
      when = "dependent_care_cost_monthly > 0", verified = false },
  },

  next_step = first {
    { "File with NYC Free Tax Prep: free, and it claims all three credits.", otherwise = true, verified = false },
  },
  cannot = { "be paid without a tax return (not verified)" },
  review = { months = 12, cite = "IRC 32 (each tax year)", verified = false },
}
