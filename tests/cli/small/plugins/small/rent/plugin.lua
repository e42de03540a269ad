-- Rent help: reads the other program's status, and has a rule that is a Lua function.
return program {
  id = "rent",
  name = "Rent help",
  agency = "Office of Housing",
  helps = "People who rent and have little money.",
  cite = "Rent Act 1",
  version = "1",
  eligible = all {
    rule { "rents a home", "home == 'rented'", cite = "Rent Act 2" },
    rule { "gets food help, or is likely to", "status.food == 'likely'", cite = "Rent Act 3" },
    rule { "the rent is more than a third of the income", reads = { "rent", "income" }, cite = "Rent Act 4",
      function(a) return a.rent + a.rent + a.rent > a.income end } },
  next_step = "Call the Office of Housing.",
}
