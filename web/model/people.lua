-- The people who sign in, by id, as pages name them. Asked once for each request.

local people = {}

local function all(request)
  if not request.people then
    local list = host.accounts.list() or {}
    request.people = { list = list, by_id = {} }
    for _, user in ipairs(list) do request.people.by_id[user.id] = user end
  end
  return request.people
end

--- A user, or nil: nobody of that id, or the records cannot be reached.
function people.of(request, id)
  if request.user and request.user.id == id then return request.user end
  return all(request).by_id[id]
end

--- The name that is shown; nil for nobody.
function people.name(request, id)
  local user = people.of(request, id)
  return user and (user.full_name or user.name)
end

--- Those who can take cases: workers and supervisors who may sign in, by name.
function people.who_take_cases(request)
  local list = {}
  for _, user in ipairs(all(request).list) do
    if not user.disabled and (user.roles.worker or user.roles.supervisor) then list[#list + 1] = user end
  end
  table.sort(list, function(a, b)
    local one, other = host.fold(a.full_name or a.name), host.fold(b.full_name or b.name)
    if one ~= other then return one < other end
    return a.id < b.id
  end)
  return list
end

return people
