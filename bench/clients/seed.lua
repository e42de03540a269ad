-- luacheck: globals host
-- For bench/clients/run.py alone, never installed: many clients in one request.

local clients = require "model.clients"

return {
  { "POST", "/seed", roles = "signed in", function(request)
    local made = host.json.array {}
    for index, body in ipairs(host.json.decode(request.form.clients)) do
      made[index] = assert(clients.create(request, body)).id
    end
    return { json = made }
  end },
}
