-- Reads a question of its pack, the status of a program whose id has capitals and digits, and a group of its pack.
return program {
  id = "T1R002",
  name = "Wood of the town",
  agency = "Town Hall",
  cite = "Town Act 4",
  version = "1",
  eligible = all {
    rule { "gets bread", "status.T1R001 == 'likely'", cite = "Town Act 4" },
    rule { "belongs to the town", "count(town_papers, paper == 'yes') >= 1 or town_since < as_of", cite = "Town Act 5" } },
}
