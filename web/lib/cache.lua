-- What depends on the rules in force alone is asked of the engine once, and again after a reload.

local cache = {}

--- The same function, asked once for each argument (a text or nil) and set of rules. What it gives is shared: it must not be
--- changed.
function cache.by_rules(make)
  local known, hash = {}, nil
  return function(argument)
    local now = host.rules().hash
    if now ~= hash then known, hash = {}, now end
    local key = argument or false
    local found = known[key]
    if found == nil then
      local problem
      found, problem = make(argument)
      if found == nil then return nil, problem end -- it may work the next time
      known[key] = found
    end
    return found
  end
end

for _, name in ipairs { "form", "programs", "program", "languages", "texts" } do
  host[name] = cache.by_rules(host[name])
end

return cache
