// SPDX-License-Identifier: MIT
// Typed replies: what they hold of any JSON or XML body, beside models that stand on nlohmann::json and on expat.
// Source: docs/design.md, "Typed replies"; tests/read/typed_reply.hpp has the description and the models.
// Data flow: a body; the same outcome as without described fields, and the fields that the model expects.
#include "fuzz.hpp"

#include "../read/typed_reply.hpp"

#include <expat.h>

#include <string>
#include <vector>

namespace rc = restartcaster;
using fuzz::require;

namespace {

template <class Operation>
rc::result<typename Operation::reply, rc::error> read(fuzz::exact const& body, std::uint16_t status) {
    return rc::read_reply<Operation>({.status = status, .body = body.span()});
}

bool ends_with(std::string_view text, std::string_view end) { return text.size() >= end.size() && text.substr(text.size() - end.size()) == end; }

// ---- JSON

/// The object that has the fields; see docs/design.md, "Reply".
typed::value const& fields_of(typed::value const& root) {
    if (root.is != typed::kind::object || root.members.size() != 1) return root;
    auto const& [name, inner] = root.members.front();
    bool const wraps = inner.is == typed::kind::object && (ends_with(name, "Response") || ends_with(name, "Error"));
    return wraps ? inner : root;
}

/// What nlohmann's reader does not tell: how a whole number was written. And what the packer may leave out.
bool model_knows(std::string_view body) {
    std::size_t digits = 0;
    for (char const c : body) {
        digits = c >= '0' && c <= '9' ? digits + 1 : 0;
        if (digits > 100) return false;
    }
    return body.find("-0") == body.npos;
}

void check_json(std::string_view body, std::string const& seen) {
    typed::value document;
    if (!model_knows(body) || !typed::read_json(body, document)) return; // nlohmann refuses numbers that no double holds
    require(seen == typed::expected_of_json(fields_of(document)), "the fields of a JSON body are those of the model");
    // The same answer as a service would send it in XML.
    typed::value element;
    if (!typed::as_element(fields_of(document), element)) return;
    element.members.insert(element.members.begin(), {"RequestId", {typed::kind::object, "r", {}, {}}});
    fuzz::exact const xml(typed::xml_of("AnyResponse", element, static_cast<unsigned>(body.size())));
    auto const reply = read<typed::operation>(xml, 200);
    if (!reply) return; // other members say that it is an error, or have the place of the request id
    if (element.members.size() > 1)
        for (std::size_t i = 1; i != element.members.size(); ++i)
            for (char const* const taken : {"requestid", "code", "message", "hostid", "recommend", "errorcode", "errormessage", "errorhostid"})
                if (rc::detail::equal_ignoring_case(element.members[i].first, taken)) return;
    require(typed::shown(*reply) == typed::expected_of_xml(element), "the fields of its XML are those of the model");
}

// ---- XML

struct elements {
    std::vector<std::pair<std::string, typed::value>> open = {{"", {}}};
    static void XMLCALL begin(void* self, char const* name, char const**) {
        static_cast<elements*>(self)->open.push_back({name, {.is = typed::kind::object}});
    }
    static void XMLCALL end(void* self, char const*) {
        auto& open = static_cast<elements*>(self)->open;
        auto done = std::move(open.back());
        open.pop_back();
        open.back().second.members.push_back(std::move(done));
    }
    static void XMLCALL text(void* self, char const* bytes, int size) {
        static_cast<elements*>(self)->open.back().second.text.append(bytes, static_cast<std::size_t>(size));
    }
};

void check_xml(std::string_view body, std::string const& seen) {
    elements read;
    XML_Parser const parser = XML_ParserCreate("UTF-8");
    XML_SetUserData(parser, &read);
    XML_SetElementHandler(parser, elements::begin, elements::end);
    XML_SetCharacterDataHandler(parser, elements::text);
    bool const accepted = XML_Parse(parser, body.data(), static_cast<int>(body.size()), 1) == XML_STATUS_OK;
    XML_ParserFree(parser);
    if (!accepted) return; // names of the fifth edition
    typed::value const& root = read.open.front().second.members.front().second;
    // One of the five fields between elements of a list directly in the root ends the list, in any spelling.
    for (std::size_t i = 0, lists = 0; i != root.members.size(); ++i)
        if (root.members[i].first == "Names" && ++lists > 1 && root.members[i - 1].first != "Names") return;
    require(seen == typed::expected_of_xml(root), "the fields of an XML body are those of the model");
}

void check(std::string_view body) {
    fuzz::exact const copy(body);
    auto const reply = read<typed::operation>(copy, 200);
    fuzz::exact const plain_copy(body);
    auto const plain = read<typed::plain_operation>(plain_copy, 200);
    require(reply.has_value() == plain.has_value(), "fields do not decide whether an answer is a success");
    if (!reply) {
        rc::error const &one = reply.error(), &other = plain.error();
        require(one.kind == other.kind && one.ran == other.ran && one.what_to_do == other.what_to_do, "fields do not change an error");
        require(one.cause.code == other.cause.code && one.cause.detail == other.cause.detail, "nor its cause");
        require(one.code_text == other.code_text && one.message == other.message && one.request_id == other.request_id &&
                    one.host_id == other.host_id && one.recommend == other.recommend,
                "nor its texts");
        require(fuzz::within(one.body, copy.view()), "an error shows bytes of the body");
        return;
    }
    require(reply->request_id == plain->request_id, "the request id is the same");
    require(fuzz::within(reply->request_id, copy.view()), "texts lie in the body");
    std::string const seen = typed::shown(*reply);
    require(seen == typed::shown(*reply), "a list is the same at every iteration");
    std::size_t const first = body.find_first_of("{[<");
    if (body[first] == '<')
        check_xml(body, seen);
    else
        check_json(body, seen);
}

} // namespace

void fuzz::one_input(std::string_view input) {
    check(input);
    // Most inputs have no request id, and are wrapped into an answer that has one.
    std::string_view inner = input;
    if (!inner.empty() && inner.front() == '{')
        check(R"({"RequestId":"r",)" + std::string(inner.substr(1)));
    else if (!inner.empty() && inner.front() == '<')
        check("<AnyResponse><RequestId>r</RequestId>" + std::string(inner) + "</AnyResponse>");
    fuzz::exact const copy(input);
    (void)read<typed::operation>(copy, 400);
}
