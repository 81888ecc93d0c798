-- SPDX-License-Identifier: MIT
-- The xmake package: the headers of a release. tools/release replaces the checksum.
package("restartcaster")
    set_kind("library", {headeronly = true})
    set_homepage("https://restartcaster.example")
    set_description("Signs Alibaba Cloud RPC calls and reads the answers; the transport is yours")
    set_license("MIT")

    add_urls("https://restartcaster.example/releases/restartcaster-0.1.0.tar.gz")
    add_versions("0.1.0", "@SHA256@")

    on_install(function (package)
        os.cp("include", package:installdir())
    end)

    on_test(function (package)
        assert(package:check_cxxsnippets({test = [[
            void test() {
                restartcaster::signing_key<> const key({.access_key_id = "id", .access_key_secret = "secret"});
                (void)key;
            }
        ]]}, {configs = {languages = "c++20"}, includes = "restartcaster.hpp"}))
    end)
