-- @NAME@. A program is data: this table says what the regulation says, and the engine evaluates it.
--
-- What follows is a small invented rule that uses most of the language. Read it once, then replace it piece by piece with your
-- regulation. After every change: askonce plugin test @ID@ --watch      All words and functions: docs/rule-author.md
--
-- The invented paragraph. Example Act 12: "(1) Help with the telephone bill is given to a household of the city whose gross monthly
-- income is not above the limit for its size (Table A), if a member is 60 or older or a child under 6, or if it gets SNAP. (2) Nobody
-- is helped twice, nor in an institution. (3) The help is $15 a month, $25 where the rent takes more than half of the income.
-- (4) The agency may ask for proof of self-employment income. (5) Where a court date is near the application is decided in 3
-- business days, else in 30 days. (6) The agency looks at it again after a year."
return program {
  id      = "@ID@",             -- the folder's name; other programs read this one as status.@ID@
  name    = "@NAME@",
  agency  = "Example agency",
  helps   = "Households with little income and a telephone bill.",
  cite    = "Example Act 12",   -- the law as a whole; each criterion has its own paragraph
  version = "2026.1",           -- raise it when the rule changes; numbers that change with the year are in parameters.yaml

  -- The worksheet: named steps of arithmetic, each may use those above it. An explanation shows them line by line.
  worksheet = {
    -- A table is looked up with [ ]. household_size is a question of the form (askonce form show lists them all).
    line { "@ID@_limit", "@ID@_income_limit[household_size]",
      text = "Income limit for the size of the household", cite = "Example Act 12(1), Table A" },
    -- Money times a number is money; it never meets a plain number otherwise.
    line { "@ID@_high_rent", "rent_monthly > gross_monthly * @ID@_rent_share",
      text = "The rent takes more than its share of the income", cite = "Example Act 12(3)" },
    -- `condition and a or b` chooses.
    line { "@ID@_help", "@ID@_high_rent and @ID@_amount.high_rent or @ID@_amount.usual",
      text = "Help with the bill", cite = "Example Act 12(3)" },
  },

  -- Who is eligible: a tree of all, any, none, at_least and rules. A rule is a text for people, an expression, and its paragraph.
  -- Every expression is true, false or unknown: what nobody has answered is never taken for a no.
  eligible = all {
    rule { "lives in the city", "lives_in_nyc", code = "@ID@.city", cite = "Example Act 12(1)" },

    rule { "gross income is within the limit", "gross_monthly <= @ID@_limit",
      code = "@ID@.income", cite = "Example Act 12(1)" },

    -- Under a node with a text the alternatives speak together; `code` is a stable word for golden cases and machines.
    any { "somebody is old or small enough, or the household gets SNAP", code = "@ID@.member", cite = "Example Act 12(1)",
      rule { "the person is 60 or older", "age >= @ID@_age.older", code = "@ID@.older" },
      -- Over a list: any, all, count, sum; one entry has the name that the form gives it. The roster lists the OTHER members.
      rule { "a child is small enough", "any(household_roster, member.age < @ID@_age.small_child)",
        code = "@ID@.small_child" },
      rule { "gets SNAP", "has_snap", code = "@ID@.snap" } },

    none { "is not helped already, and in no institution", code = "@ID@.none", cite = "Example Act 12(2)",
      -- Questions that only this program needs are declared below, under items.
      rule { "gets the help already", "@ID@_has_it", code = "@ID@.twice" },
      -- A choice is compared with one of its own words; any other word is an error when the plugin is loaded.
      rule { "is in an institution", "in_foster_or_institution_now ~= 'none'", code = "@ID@.institution" } },
  },

  -- The criteria hold, but somebody's judgement or a paper decides: then the status is `possible`, not `likely`.
  possible = any {
    rule { "The agency may ask for proof of self-employment income.", "self_employment_monthly > 0",
      code = "@ID@.proof", cite = "Example Act 12(4)" } },

  -- How soon: the first level that holds.
  level = first {
    -- as_of is the day of the assessment; date - date is days. What was not asked (no court date) does not hold.
    { "court date near", when = "answered(court_date) and court_date >= as_of and court_date - as_of <= @ID@_court_days",
      act_within = business_days(3), cite = "Example Act 12(5)" },
    { "ordinary", otherwise = true, act_within = days(30), cite = "Example Act 12(5)" } },

  amount = amount { "@ID@_help", per = "month", text = "Help with the telephone bill" },

  -- Said besides the result when they hold. verified = false: nobody has read the source yet, and the output says so.
  notes = {
    note { "From 65 on the telephone company has a discount of its own.", when = "age >= @ID@_discount_age",
      code = "@ID@.discount", verified = false } },

  documents = {
    "The last telephone bill", -- always
    document { "Proof of the rent", when = "@ID@_high_rent", cite = "Example Act 12(3)" } },

  next_step = first {
    { "Ask the agency to decide before the court date.", when = "answered(court_date) and court_date >= as_of" },
    { "Apply online or at any office of the agency.", otherwise = true } },

  cannot = { "pay bills that are older than a year (not verified)" },
  review = { months = 12, cite = "Example Act 12(6)" },

  items = {
    item { "@ID@_has_it", "bool", section = "programs", text = "Do you get help with your telephone bill now?",
      why = "Nobody is helped twice." } },

  -- Also there: score = points { point { "...", when = "...", points = "table.word" } }; at_least { 2, "text", rule {...}, ... };
  -- another program's result: "status.snap == 'likely'"; and, where an expression is not enough, a Lua function:
  --   rule { "...", reads = { "age", "has_snap" }, function(a) return a.has_snap and a.age >= 60 end }
}
