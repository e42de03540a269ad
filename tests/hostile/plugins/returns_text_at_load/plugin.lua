-- expect: load: expected program
do return "program" end
