-- Food help, small enough to follow every number by hand.
return program {
  id = "food",
  name = "Food help",
  agency = "Office of Food",
  helps = "People with little money for food.",
  cite = "Food Act 1",
  version = "1",
  worksheet = {
    line { "left", "income - allowance", text = "Income after the allowance", cite = "Food Act 2" } },
  eligible = all {
    rule { "is an adult", "age >= adult", code = "food.adult", cite = "Food Act 3" },
    rule { "income is within the limit", "left <= limit[people]", code = "food.income", cite = "Food Act 4" } },
  level = first {
    { "no income", when = "income == 0", act_within = hours(24), urgency = 1, cite = "Food Act 5" },
    { "ordinary", otherwise = true, act_within = business_days(3), urgency = 4, cite = "Food Act 5" } },
  amount = amount { "limit[people] - left", per = "month", text = "Food money" },
  documents = { "Photo ID", document { "Pay stubs", when = "income > 0" } },
  next_step = "Go to the Office of Food.",
  cannot = { "pay the rent" },
  review = { months = 6, cite = "Food Act 6" },
}
