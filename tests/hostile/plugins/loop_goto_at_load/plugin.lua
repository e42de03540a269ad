-- expect: load: more than 2000000 instructions
::again::
goto again
return program { id = "loop_goto_at_load", name = "Hostile", cite = "none", eligible = rule { "x", "y" } }
