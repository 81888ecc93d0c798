// SPDX-License-Identifier: MIT
// A reader looks at its document until it is read to the end.
// expect: the bytes of a temporary string would be gone before they are read
#include <restartcaster.hpp>

#include <string>

namespace rc = restartcaster;

std::string received();

bool use() {
#ifdef GOOD
    std::string const document = received();
    rc::json_reader json(document);
    rc::xml_reader xml{std::string_view(document)};
    return json.next() && xml.next();
#else
    rc::json_reader json(received());
    return json.next().has_value();
#endif
}
