-- For tests alone, never installed: a case with its answers in one request, and what a case's document says.

local cases = require "model.cases"
local changes = require "model.changes"

return {
  { "POST", "/seed", roles = "signed in", function(request)
    local client = host.id()
    assert(host.documents.put { kind = "client", id = client, expected = 0, body = { name = request.form.name, dob = request.form.dob,
      created_by = request.user.id, created_at = host.now() } })
    local case = assert(cases.create(request, client, { answers = host.json.decode(request.form.answers) }))
    return { json = { id = case.id } }
  end },
  { "POST", "/seed/change", roles = "signed in", function(request)
    assert(changes.apply(request, request.form.id, { answers = host.json.decode(request.form.answers), version = 1000 }))
    return { json = {} }
  end },
  { "POST", "/seed/set", roles = "signed in", function(request) -- members of the case's body, such as a deadline of another day
    local case = assert(cases.get(request.form.id))
    assert(cases.update(case, function(body)
      for name, value in pairs(host.json.decode(request.form.body)) do body[name] = value end
      return body
    end))
    return { json = {} }
  end },
  { "GET", "/seed/of/{client}", roles = "signed in", function(request) -- what lists have of a client's cases, and whether one is written
    local list = assert(cases.of_client(request.params.client))
    local written = pcall(cases.update, list[1], function(body) return body end)
    return { json = { list = list, written = written } }
  end },
  { "GET", "/seed/due/{month}", roles = "signed in", function(request)
    local ids = host.json.array {}
    for index, case in ipairs(cases.due({ request.params.month })) do ids[index] = case.id end
    return { json = ids }
  end },
  { "GET", "/seed/{id}", roles = "signed in", function(request)
    return { json = assert(cases.get(request.params.id)).body }
  end },
}
