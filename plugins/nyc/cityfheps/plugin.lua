-- CityFHEPS, the City's rental supplement: in the community (form DSS-7r) and from shelter or the street (DSS-7n).
--
-- The community has four routes, (a) to (d), each a criterion of its own, so that the reasons of an `unlikely` list the
-- links that are missing. An APS case is read as an answer (has_aps_case), never from the APS determination: nobody
-- should look like an APS client for the sake of a voucher.
--
-- What agencies know and no other program asks (cityfheps_link, unit_size) never holds up the answer: cityfheps_link
-- counts only when it is answered, and a note says that it could change the result; unit_size serves the rent ceiling
-- alone.

local RULES = "68 RCNY ch. 10"
local COMMUNITY = "68 RCNY ch. 10; DSS-7r (4 Jan 2024)"
local SHELTER = "68 RCNY ch. 10; DSS-7n (2021, amended 16 Nov 2023)"

local function link(word)
  return "answered(cityfheps_link) and cityfheps_link == '" .. word .. "'"
end

-- Whoever is being put out of a home has one, also when the question of the place is open.
local FACES_EVICTION =
  "(not answered(living_situation) and eviction_stage ~= 'none' and eviction_stage ~= 'evicted_12mo')"

return program {
  id      = "cityfheps",
  name    = "CityFHEPS",
  agency  = "HRA and DHS",
  helps   = "Help with the rent each month, to leave shelter or to keep a home.",
  cite    = "68 RCNY ch. 10 (10-01 ff.)",
  version = "2026.1",

  items = {
    item { "cityfheps_link",
      choice {
        { "none", "None of these" },
        { "pathway_home", "I am in the Pathway Home program" },
        { "qualifying_program", "A program that works with CityFHEPS sent me" },
        { "community_guardian", "I have a community guardian" },
        { "shelter_closing", "My shelter is closing" },
        { "wecare", "I am in WeCARE" } },
      text = "Is one of these true for you?",
      why = "Each of them opens a way into CityFHEPS.",
      section = "housing" },
    item { "unit_size",
      choice {
        { "sro", "A single room" },
        { "studio", "A studio" },
        { "one_bedroom", "1 bedroom" },
        { "two_bedroom", "2 bedrooms" },
        { "three_bedroom", "3 bedrooms" },
        { "four_bedroom", "4 bedrooms" },
        { "five_bedroom", "5 bedrooms" },
        { "six_bedroom", "6 bedrooms" } },
      text = "How big is the home that you rent or want to rent?",
      why = "The highest rent depends on it.",
      section = "housing" },
  },

  worksheet = {
    line { "income_limit", "poverty_line[household_size] * cityfheps_income_multiple",
      text = "200 % of poverty", cite = RULES },
    line { "in_community",
      "living_situation == 'own' or living_situation == 'rent_lease' or living_situation == 'sublet' or " ..
      "living_situation == 'doubled_up' or living_situation == 'hotel' or " .. FACES_EVICTION,
      text = "Lives in the community", cite = COMMUNITY },
    line { "in_shelter",
      "not " .. FACES_EVICTION .. " and (living_situation == 'dhs_shelter' or " ..
      "living_situation == 'hra_dv_shelter' or living_situation == 'safe_haven' or living_situation == 'street')",
      text = "In shelter or on the street", cite = SHELTER },
    line { "rent_ceiling",
      "answered(unit_size) and " ..
      "min(cityfheps_max_rent[unit_size], cityfheps_max_rent_by_household[household_size]) or " ..
      "cityfheps_max_rent_by_household[household_size]",
      text = "Highest rent, utilities included: of the unit, and of what this household can have",
      cite = "CityFHEPS payment standards", verified = false },
    line { "renewal_limit", "area_median_income_80[household_size]",
      text = "Income up to which it is renewed each year: 80 % of the area median", cite = "68 RCNY ch. 10 (2022)",
      verified = false },
    line { "rent_counted", "min(rent_monthly, rent_ceiling)", text = "Rent up to the ceiling", cite = RULES },
    line { "tenant_share", "gross_monthly * cityfheps_tenant_share",
      text = "The household's part: about 30 % of income", cite = RULES, verified = false },
    line { "supplement", "max(0, rent_counted - tenant_share)", text = "Estimated supplement", cite = RULES,
      verified = false },
  },

  eligible = all {
    rule { "gross income is at most 200 % of poverty", "gross_yearly <= income_limit",
      cite = RULES, code = "cityfheps.income" },
    rule { "has no Section 8 and does not live in public housing", "not has_section8_or_nycha",
      cite = RULES, code = "cityfheps.no_other_subsidy" },
    rule { "stays in a home, with others, in shelter or on the street", "in_community or in_shelter",
      cite = RULES, code = "cityfheps.place" },

    -- No text of its own: the reasons of an `unlikely` are then all the links that are missing.
    any { cite = COMMUNITY,
      all { "(a) a veteran who is at risk",
        rule { "(a) there is a veteran in the household", "veteran_any", cite = COMMUNITY, code = "cityfheps.veteran" },
        rule { "(a) is at risk of losing the home", "eviction_stage ~= 'none' or rent_arrears > 0",
          cite = COMMUNITY, verified = false, code = "cityfheps.at_risk" } },
      rule { "(b) is in Pathway Home and would qualify in shelter", link "pathway_home",
        cite = COMMUNITY, code = "cityfheps.pathway_home" },
      rule { "(c) was referred by a qualifying program", link "qualifying_program",
        cite = COMMUNITY, code = "cityfheps.referred" },
      all { "(d) eviction, and a link",
        rule { "(d) is in eviction court, or was evicted in the past year", "eviction_stage >= 'petition'",
          cite = COMMUNITY, code = "cityfheps.eviction" },
        any {
          rule { "(d) somebody lived in a DHS shelter before", "prior_shelter_as_adult",
            cite = COMMUNITY, code = "cityfheps.prior_shelter" },
          rule { "(d) has an active APS case", "has_aps_case", cite = COMMUNITY, code = "cityfheps.aps_case" },
          rule { "(d) has a community guardian", link "community_guardian",
            cite = COMMUNITY, code = "cityfheps.guardian" },
          rule { "(d) keeps a rent-controlled home", "rental_type == 'rent_control'",
            cite = COMMUNITY, code = "cityfheps.rent_control" } } },
      rule { "or: comes from shelter or the street", "not in_community",
        cite = SHELTER, code = "cityfheps.from_shelter" } },

    any { "from shelter or the street: 10 hours of work a week, an exemption, or Group B", cite = SHELTER,
      rule { "comes from the community", "not in_shelter", cite = COMMUNITY, code = "cityfheps.from_community" },
      rule { "works 10 hours a week or more", "hours_week_each_adult >= cityfheps_work_hours",
        cite = SHELTER, code = "cityfheps.work" },
      any { "need not work",
        rule { "is 60 or older", "age >= cityfheps_exempt_age",
          cite = SHELTER, verified = false, code = "cityfheps.exempt_age" },
        rule { "gets SSI or SSDI", "ssi_monthly > 0 or ssdi_monthly > 0",
          cite = SHELTER, verified = false, code = "cityfheps.exempt_disability" },
        rule { "is in WeCARE", link "wecare", cite = SHELTER, verified = false, code = "cityfheps.exempt_wecare" } },
      any { "Group B",
        rule { "there is a veteran in the household", "veteran_any",
          cite = SHELTER, code = "cityfheps.group_b_veteran" },
        rule { "the shelter is closing", link "shelter_closing", cite = SHELTER, code = "cityfheps.group_b_closing" },
        rule { "was referred by a qualifying program", link "qualifying_program",
          cite = SHELTER, code = "cityfheps.group_b_referred" } } },
  },

  possible = any {
    all { "DSS decides whether the supplement is needed to avoid shelter.", cite = COMMUNITY,
      rule { "lives in the community", "in_community", cite = COMMUNITY },
      rule { "was referred by a qualifying program", link "qualifying_program", cite = COMMUNITY } },
    all { "HRA decides whether the household would qualify in shelter (Pathway Home).", cite = COMMUNITY,
      rule { "lives in the community", "in_community", cite = COMMUNITY },
      rule { "is in Pathway Home", link "pathway_home", cite = COMMUNITY } },
    all { "A family on Cash Assistance in eviction court may get FHEPS, and FHEPS comes first.",
      cite = RULES, verified = false,
      rule { "a child lives in the home", "answered(children_under_18) and children_under_18 >= 1", cite = RULES },
      rule { "gets Cash Assistance", "answered(cash_assistance_monthly) and cash_assistance_monthly > 0", cite = RULES },
      rule { "lives in the community", "in_community", cite = RULES },
      rule { "is in eviction court, or was evicted in the past year", "eviction_stage >= 'petition'", cite = RULES } },
  },

  level = first {
    { "marshal's notice", when = "eviction_stage == 'marshal_72h'",
      act_within = days(0), urgency = 1, verified = false },
    { "routine", otherwise = true, urgency = 7, verified = false },
  },

  notes = {
    note { "Looks eligible for Cash Assistance: CityFHEPS asks those who are eligible to get it. Apply for it too.",
      when = "(status.ca == 'likely' or status.ca == 'possible') and cash_assistance_monthly == 0",
      cite = RULES, code = "cityfheps.ca_first" },
    note { "The rent is within the CityFHEPS ceiling.", when = "rent_monthly > 0 and rent_monthly <= rent_ceiling",
      cite = "CityFHEPS payment standards", verified = false, code = "cityfheps.rent_ok" },
    note { "The rent is over the CityFHEPS ceiling.", when = "rent_monthly > rent_ceiling",
      cite = "CityFHEPS payment standards", verified = false, code = "cityfheps.rent_over" },
    note { "The ceiling includes utilities: what is paid apart from the rent counts too.",
      when = "not utilities_in_rent", cite = "CityFHEPS payment standards", verified = false,
      code = "cityfheps.utilities" },
    note { "Ask about Pathway Home, a qualifying program, a community guardian, a closing shelter and WeCARE: a yes " ..
           "could change this.",
      when = "not answered(cityfheps_link) and status.cityfheps == 'unlikely' and " ..
             "gross_yearly <= income_limit and not has_section8_or_nycha",
      cite = RULES, code = "cityfheps.ask_link" },
    note { "Income is above 200 % of poverty but within 50 % of the area median. City laws of 2023 would admit it; " ..
           "that is in court.",
      when = "gross_yearly > income_limit and gross_yearly <= area_median_income_50[household_size]",
      cite = "Local laws of 2023", verified = false, code = "cityfheps.half_median" },
    note { "The new home must not be one where the household lived in the past year.", when = "homeless_now",
      cite = SHELTER, code = "cityfheps.new_unit" },
    note { "At the yearly renewal the income may be up to 80 % of the area median.",
      when = "status.cityfheps == 'likely'",
      cite = "68 RCNY ch. 10 (2022)", verified = false, code = "cityfheps.renewal" },
  },

  documents = {
    document { "Proof of income", verified = false },
    document { "Photo ID", verified = false },
    document { "Lease", when = "living_situation == 'rent_lease' or living_situation == 'sublet'", verified = false },
    document { "Court papers", when = "eviction_stage >= 'petition'", verified = false },
    document { "Letter from the shelter", when = "homeless_now or prior_shelter_as_adult", verified = false },
    document { "Cash Assistance case number", when = "cash_assistance_monthly > 0", verified = false },
  },

  next_step = first {
    { "Ask the shelter's housing specialist.",
      when = "living_situation == 'dhs_shelter' or living_situation == 'hra_dv_shelter' or " ..
             "living_situation == 'safe_haven'",
      verified = false },
    { "Ask the street outreach team, or a shelter's housing specialist.", when = "living_situation == 'street'",
      verified = false },
    { "Go to Homebase, or ask the Public Engagement Unit.", otherwise = true, verified = false },
  },
  cannot = { "be used where another voucher is used" },
  review = { months = 12, cite = "68 RCNY ch. 10 (2022)", verified = false },
}
