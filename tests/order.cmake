# Which tests begin first, and how many run beside each other. Included last, when all tests are known.
# The presets of CMakePresets.json have five places, for the two processors of the smallest machine: a test that works takes two of
# them, one that spends its time waiting, for a database that is away or a client that is slow, takes one. So two work and one waits.
set(waiting "^(contract/pg[/_].*|http/(slow|drain|remote|tls|keys|city)|stress/pg|unit/lua_pages)$")

# What is long begins first, or everybody waits for it at the end; a clone has no times of its own yet. Roughly seconds, but that those
# of PostgreSQL, which take turns, begin at once, and the others that wait come in when there is one place and no more.
set(order
  "browser/axe_intake" 100
  "contract/pg[/_].*" 90
  "http/(schemathesis|openapi)" 60
  "browser/intake_plain" 60
  "browser/.*" 40
  "stress/(kill_.*|mixed_.*|disk)" 30
  "editor/schema" 30
  "cli/(impact|bulk|commands|csv|store_tools)" 20
  "http/slow" 19
  "stress/pg" 18
  "http/(remote|tls|drain|keys|city)|unit/lua_pages" 17
  "http/.*|contract/sqlite/tools_.*|fault/.*" 10
  "cli/.*" 5)

get_property(tests DIRECTORY PROPERTY TESTS)
foreach(test IN LISTS tests)
  if(NOT test MATCHES "${waiting}")
    set_property(TEST ${test} PROPERTY PROCESSORS 2)
  endif()
  set(rest ${order})
  while(rest)
    list(POP_FRONT rest pattern cost)
    if(test MATCHES "^(${pattern})$")
      set_property(TEST ${test} PROPERTY COST ${cost})
      break()
    endif()
  endwhile()
endforeach()
