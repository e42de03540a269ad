# Which tests begin first, and how many run beside each other. Included last, when all tests are known.
# The presets of CMakePresets.json run four at once on the two processors of the smallest machine, and a test counts as two; those
# that spend their time waiting, for a database that is away or a client that is slow, count as one.
set(waiting "^(contract/pg/.*|http/(slow|drain|remote|tls|keys|city)|stress/pg|unit/lua_pages)$")

# Seconds, roughly: what is long begins first, or everybody waits for it at the end. A clone has no times of its own. Those of
# PostgreSQL take turns.
set(seconds
  "contract/pg/.*" 90
  "browser/(axe_intake|intake_plain)" 60
  "http/schemathesis" 60
  "http/slow" 60
  "stress/pg" 50
  "http/(remote|openapi)" 40
  "stress/kill_.*" 40
  "browser/(languages|reach|intake_keyboard|xss|layout|pages)" 40
  "editor/schema" 30
  "structure/(pure|headers)" 30
  "stress/mixed_.*" 25
  "cli/(impact|bulk|commands|csv|kit)" 20
  "browser/.*" 15
  "http/.*" 15
  "stress/disk" 15
  "cli/.*" 5)

get_property(tests DIRECTORY PROPERTY TESTS)
foreach(test IN LISTS tests)
  if(NOT test MATCHES "${waiting}")
    set_property(TEST ${test} PROPERTY PROCESSORS 2)
  endif()
  set(rest ${seconds})
  while(rest)
    list(POP_FRONT rest pattern cost)
    if(test MATCHES "^${pattern}$")
      set_property(TEST ${test} PROPERTY COST ${cost})
      break()
    endif()
  endwhile()
endforeach()
