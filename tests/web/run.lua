-- lua5.4 run.lua TEST.lua: runs one file of tests over the pages' models, without a server. The file gives a table of functions, name to
-- test; a test that raises an error fails. WEB names the folder web/.

local web = os.getenv("WEB") or "web"
package.path = web .. "/?.lua;" .. (arg[0]:match("^(.*)/") or ".") .. "/?.lua"
host = require "fake_host"

local tests = dofile(arg[1])
local names, failed = {}, 0
for name in pairs(tests) do names[#names + 1] = name end
table.sort(names)
assert(#names > 0, "no tests")
for _, name in ipairs(names) do
  host.clear()
  local fine, message = xpcall(tests[name], debug.traceback)
  print((fine and "ok    " or "FAILED ") .. name)
  if not fine then
    print(message)
    failed = failed + 1
  end
end
print(#names - failed .. " passed, " .. failed .. " failed")
os.exit(failed == 0)
