-- web/lib/html.lua: nothing that a person typed becomes markup.
local helper = dofile(os.getenv("SOURCE_DIR") .. "/tests/web/helper.lua")
local h = require "lib.html"
local equal, fails = helper.equal, helper.fails
local tests = {}

function tests.texts_are_escaped()
  equal(h.render(h.p{ "<b>&\"'" }), "<p>&lt;b&gt;&amp;&quot;&#39;</p>")
  equal(h.render(h.p{ title = "<b>&\"'" }), '<p title="&lt;b&gt;&amp;&quot;&#39;"></p>')
  equal(h.render{ "a", 1, { "b", false, nil, { "c" } } }, "a1bc")
  equal(h.render(h.p "short"), "<p>short</p>")
end

function tests.gaps_do_not_end_a_list()
  equal(h.render(h.p{ "a", nil, "b", false, "c" }), "<p>abc</p>")
end

function tests.attributes()
  equal(h.render(h.input{ checked = true, disabled = false, value = "", b = 1 }), '<input b="1" checked value="">')
  for _, name in ipairs{ "onclick", "ONLOAD", "style", "a b", "a=b", "a>", '"', "", "1a", "\0" } do
    fails("not an attribute", h.render, h.p{ [name] = "x" })
  end
end

function tests.addresses_run_nothing()
  local function href(value) return helper.read(h.render(h.a{ href = value })).elements[1].attributes.href end
  for _, bad in ipairs{
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "java\nscript:x", "\1javascript:x",
    "data:text/html,x", "vbscript:x", "blob:x", "file:///etc/passwd", "x-y:z", "javascript&colon;:x",
  } do equal(href(bad), "#", bad) end
  for _, good in ipairs{
    "/clients/1", "#main", "?q=a:b", "/a?x=javascript:b", "https://a.example/", "tel:311", "mailto:a@b.example", "a/b:c",
  } do equal(href(good), good) end
  for _, name in ipairs{ "action", "src", "formaction" } do
    equal(helper.read(h.render(h.p{ [name] = "javascript:x" })).elements[1].attributes[name], "#", name)
  end
end

function tests.no_script_and_no_style()
  fails("not an element", h.element, "script", {})
  fails("not an element", h.element, "style", {})
  fails("not an element", h.element, "a b", {})
  fails("not an element", h.element, "p>", {})
  fails("not a file", h.script_file, "/other.js")
  fails("not a file", h.script_file, '/assets/a.js"></script><script>')
  equal(h.render(h.script_file("/assets/app-1.js")), '<script src="/assets/app-1.js" defer></script>')
end

function tests.only_trusted_markup_passes()
  equal(h.render(h.p{ h.trusted("<b>x</b>") }), "<p><b>x</b></p>")
  -- A table of somebody's JSON is not markup, whatever its keys are.
  equal(h.render(h.p{ { text = "<b>" } }), "<p></p>")
  fails("cannot be shown", h.render, h.p{ true })
  fails("cannot be shown", h.render, h.p{ print })
end

function tests.voids_and_doctype()
  equal(h.render(h.br{}), "<br>")
  equal(h.render(h.html{ h.body{} }, true), "<!doctype html>\n<html><body></body></html>")
end

helper.run(tests)
