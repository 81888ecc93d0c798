-- SPDX-License-Identifier: MIT
-- The functions of xmake that the package description calls. usage: lua5.4 xmake.lua DESCRIPTION SOURCE TARGET
-- Source: the documentation of xmake, "package description".
-- Data flow: the description and an unpacked archive in; the installation in TARGET and the lines of facts out.
local description, source, target = table.unpack(arg)
local install, test, facts = nil, nil, {}
local function keep(name) return function (...) facts[name] = {...} end end
package, set_kind, set_homepage = keep("package"), keep("kind"), keep("homepage")
set_description, set_license = keep("description"), keep("license")
add_urls, add_versions = keep("urls"), keep("versions")
function on_install(action) install = action end
function on_test(action) test = action end
function os.cp(from, to) assert(os.execute(("cp -r '%s/%s' '%s'"):format(source, from, to))) end
dofile(description)
assert(facts.kind[1] == "library" and facts.kind[2].headeronly)
local built = {}
function built:installdir() return target end
function built:check_cxxsnippets(snippets, options)
    assert(options.configs.languages == "c++20")
    local program = io.open(target .. "/snippet.cpp", "w")
    program:write("#include <", options.includes, ">\n", snippets.test)
    return program:close()
end
install(built)
test(built)
print(facts.package[1])
print(facts.urls[1])
print(facts.versions[1])
print(facts.versions[2])
print(facts.license[1])
