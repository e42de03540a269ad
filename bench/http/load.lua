-- wrk's script: sends the requests of a file in turn, each thread from another place in it.
--   wrk ... -s load.lua URL -- FILE KEY
-- A line of FILE: method, path, body (may be empty), separated by tabs. KEY: the bearer key, or - for none.
-- Not here: whether the replies are right; a witness in load.py looks at that beside the load.
local requests, count, at = {}, 0, 0
local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init(arguments)
  local headers = { ["Content-Type"] = "application/json" }
  if arguments[2] ~= "-" then headers["Authorization"] = "Bearer " .. arguments[2] end
  for line in io.lines(arguments[1]) do
    local method, path, body = line:match("^(%S+)\t(%S+)\t(.*)$")
    count = count + 1
    requests[count] = wrk.format(method, path, headers, body)
  end
  at = number * 499 % count
end

function request()
  at = at % count + 1
  return requests[at]
end

-- One line for machines at the end: microseconds, requests, errors.
function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), latency.max, errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
