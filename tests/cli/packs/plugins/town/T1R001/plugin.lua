-- Reads what all packs share, what its pack shares, and an item of its pack.
return program {
  id = "T1R001",
  name = "Bread of the town",
  agency = "Town Hall",
  cite = "Town Act 2",
  version = "1",
  eligible = all {
    rule { "half the income is under the line", "town_income <= line", code = "town.income", cite = "Town Act 3" } },
  next_step = "Go to the town hall.",
}
