-- W1's HCSP-like program: see ../../../../workload.md. Only for measuring.
return program {
  id = "hcsp", name = "W1 HCSP", agency = "W1", helps = "Measuring.", cite = "W1 3", version = "1",

  worksheet = {
    line { "needed", "dementia and adls_needed.dementia or adls_needed.usual" },
    line { "enough", "count(adls, adl >= limited) >= needed" },
    line { "need", "weight.adl * sum(adls, adl) + weight.iadl * sum(iadls, iadl)" },
  },

  eligible = all {
    rule { "is 18 or older", "age >= adult", code = "hcsp.under_18" },
    rule { "lives at home", "living ~= 'facility'", code = "hcsp.in_facility" },
    rule { "has Medicaid or has applied", "medicaid == 'active' or medicaid == 'pending'", code = "hcsp.no_medicaid" },
    rule { "needs help with enough daily activities", "enough", code = "hcsp.adl_below_threshold" },
  },

  score = "need",

  notes = {
    note { "An answer is missing.", when = "not answered(medicaid)", code = "hcsp.missing.medicaid" },
    note { "Medicaid is pending.", when = "medicaid == 'pending'", code = "hcsp.medicaid_pending" },
    note { "The dementia rule applies.", when = "enough and dementia", code = "hcsp.dementia_rule" },
    note { "Much help with bathing.", when = "status.hcsp == 'likely' and adl_bathing >= extensive", code = "hcsp.adl.bathing" },
    note { "Much help with dressing.", when = "status.hcsp == 'likely' and adl_dressing >= extensive", code = "hcsp.adl.dressing" },
    note { "Much help with eating.", when = "status.hcsp == 'likely' and adl_eating >= extensive", code = "hcsp.adl.eating" },
    note { "Much help with toileting.", when = "status.hcsp == 'likely' and adl_toileting >= extensive", code = "hcsp.adl.toileting" },
    note { "Much help with mobility.", when = "status.hcsp == 'likely' and adl_mobility >= extensive", code = "hcsp.adl.mobility" },
    note { "Much help with transfer.", when = "status.hcsp == 'likely' and adl_transfer >= extensive", code = "hcsp.adl.transfer" },
    note { "Much help with grooming.", when = "status.hcsp == 'likely' and adl_grooming >= extensive", code = "hcsp.adl.grooming" },
    note { "Much help with continence.", when = "status.hcsp == 'likely' and adl_continence >= extensive", code = "hcsp.adl.continence" },
    note { "Up to 10 hours.", when = "status.hcsp == 'likely' and need < hours_limit.ten", code = "hcsp.hours.0-10" },
    note { "11 to 20 hours.", when = "status.hcsp == 'likely' and need >= hours_limit.ten and need < hours_limit.twenty", code = "hcsp.hours.11-20" },
    note { "21 to 35 hours.", when = "status.hcsp == 'likely' and need >= hours_limit.twenty and need < hours_limit.thirtyfive", code = "hcsp.hours.21-35" },
    note { "36 hours or more.", when = "status.hcsp == 'likely' and need >= hours_limit.thirtyfive", code = "hcsp.hours.36+" },
  },
}
