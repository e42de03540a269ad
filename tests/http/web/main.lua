-- Pages for the tests of the server: what came is said again, and a reply is what the query asks for.

local function values(raw)
  local query = {}
  for _, pair in ipairs(raw.query_pairs) do query[pair[1]] = pair[2] end
  return query
end

return function(raw)
  local query, first = values(raw), raw.segments[1]
  if first == "fails" then error("as asked") end
  if first == "puts" then
    local _, why = pcall(host.documents.put, { kind = "note", id = host.id(), expected = math.tointeger(query.expected), body = {} })
    return { status = 200, body = tostring(why) }
  end
  if first == "keeps" then
    local kept, why = host.keep { answers = { people = 1 }, as_of = "2026-11-23" }
    return { status = kept and 200 or 503, body = why or kept.id }
  end
  if first == "sign-in" and raw.method == "POST" then
    local good = raw.form_pairs[1] and raw.form_pairs[1][2] == "right"
    return { status = good and 303 or 401, location = good and "/" or nil, body = "" }
  end
  if first == "reply" then
    return { status = tonumber(query.status) or 200, content_type = query.type, location = query.location, body = query.body or "",
      cookies = host.json.array { query.cookie }, retry_after = tonumber(query.retry) }
  end
  return { status = 200, content_type = "application/json", body = host.json.encode(raw) }
end
