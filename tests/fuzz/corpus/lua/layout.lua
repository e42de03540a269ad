return program { --[==[ } ]==] id = [[demo]], name = "De\"mo }", cite = 'c', -- {
 eligible = rule({ "x", reads = {}, function(a) if a then return true end repeat local t = { 1; 2 } until t end, }) }
