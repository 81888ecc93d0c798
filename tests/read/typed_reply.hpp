// SPDX-License-Identifier: MIT
// A reply with every kind of field, and two models that say what it must hold: one reads JSON, one a tree of XML elements.
// Source: docs/design.md, "Typed replies"; nlohmann::json reads the JSON.
// Data flow: a body in; the text of what a typed reply holds, and the text of what the model expects, out.
#ifndef RESTARTCASTER_TESTS_READ_TYPED_REPLY_HPP
#define RESTARTCASTER_TESTS_READ_TYPED_REPLY_HPP

#include <restartcaster/read/reply.hpp>

#include <nlohmann/json.hpp>

#include <charconv>
#include <string>
#include <utility>
#include <vector>

namespace typed {

namespace rc = restartcaster;

// ---- the description

struct label {
    std::string_view key, value;
    static constexpr auto fields =
        rc::fields(rc::field<"TagKey", &label::key>, rc::field<"TagValue", &label::value>);
};
struct settings {
    rc::number width;
    rc::boolean on;
    std::string_view note;
    rc::list<label> labels;
    static constexpr auto fields =
        rc::fields(rc::field<"Width", &settings::width>, rc::field<"On", &settings::on>,
                   rc::field<"Note", &settings::note>, rc::field<"Labels", &settings::labels>);
};
struct item {
    std::string_view id, url;
    rc::number status;
    std::uint8_t level = 9;
    bool live = true;
    settings config;
    rc::list<std::string_view> components;
    rc::list<rc::number> marks;
    rc::list<label> tags;
    static constexpr auto fields = rc::fields(
        rc::field<"Id", &item::id>, rc::secret_field<"Url", &item::url>, rc::field<"Status", &item::status>,
        rc::field<"Level", &item::level>, rc::field<"Live", &item::live>, rc::field<"Config", &item::config>,
        rc::field<"ComponentIds.componentId", &item::components>, rc::field<"Marks", &item::marks>,
        rc::field<"Tags.tag", &item::tags>);
};
struct operation {
    struct reply {
        std::string_view request_id;
        rc::number total;
        std::int64_t offset = -1;
        std::uint32_t page_size = 100;
        rc::list<item> items;
        rc::list<rc::boolean> switches;
        rc::list<std::string_view> names;
        settings config;
        std::string_view message;
        static constexpr auto fields = rc::fields(
            rc::field<"RequestId", &reply::request_id>, rc::field<"Total", &reply::total>,
            rc::field<"Page.Offset", &reply::offset>, rc::field<"Page.Size.Value", &reply::page_size>,
            rc::field<"ItemList.Item", &reply::items>, rc::field<"ItemList.Switch", &reply::switches>,
            rc::field<"Names", &reply::names>, rc::field<"Config", &reply::config>, rc::field<"Message", &reply::message>);
    };
};
// The same answer, as an operation without described fields reads it.
struct plain_operation {
    using reply = rc::request_id_reply;
};

// ---- what a reply holds, as text: "-" is absent

inline std::string shown(std::string_view text) {
    return text.data() == nullptr ? "-" : "'" + std::string(text) + "'";
}
inline std::string shown(rc::number value) { return value.has_value() ? std::to_string(value.value()) : "-"; }
inline std::string shown(rc::boolean value) { return !value.has_value() ? "-" : value.value() ? "yes" : "no"; }
inline std::string shown(label const& one) { return "{" + shown(one.key) + " " + shown(one.value) + "}"; }
std::string shown(settings const& one);
std::string shown(item const& one);
template <class T>
std::string shown(rc::list<T> const& list) {
    std::string out = "[";
    std::size_t count = 0;
    for (auto const& each : list) {
        out += shown(each) + ",";
        ++count;
    }
    return out + (count == list.size() && (count == 0) == list.empty() ? "]" : "?");
}
inline std::string shown(settings const& one) {
    return "{" + shown(one.width) + " " + shown(one.on) + " " + shown(one.note) + " " + shown(one.labels) + "}";
}
inline std::string shown(item const& one) {
    return "{" + shown(one.id) + " " + shown(one.url) + " " + shown(one.status) + " " + std::to_string(one.level) +
           (one.live ? " yes " : " no ") + shown(one.config) + " " + shown(one.components) + " " + shown(one.marks) +
           " " + shown(one.tags) + "}";
}
/// Without request id and message, which a model does not know: they are fields of every answer.
inline std::string shown(operation::reply const& one) {
    return shown(one.total) + " " + std::to_string(one.offset) + " " + std::to_string(one.page_size) + " " +
           shown(one.items) + " " + shown(one.switches) + " " + shown(one.names) + " " + shown(one.config);
}

// ---- a document: JSON values, or XML elements (an array for every name, of texts or of objects)

struct value {
    enum class kind { absent, null, yes, no, number, text, object, array } is = kind::absent;
    std::string text = {};
    std::vector<std::pair<std::string, value>> members = {};
    std::vector<value> elements = {};
};
using kind = value::kind;

/// Builds the document from the events of nlohmann's reader, with every member in its place, duplicates too.
class json_events : public nlohmann::json_sax<nlohmann::json> {
public:
    value root;
    bool null() override { return put({kind::null}); }
    bool boolean(bool on) override { return put({on ? kind::yes : kind::no, on ? "true" : "false"}); }
    bool number_integer(number_integer_t number) override { return put({kind::number, std::to_string(number)}); }
    bool number_unsigned(number_unsigned_t number) override { return put({kind::number, std::to_string(number)}); }
    bool number_float(number_float_t, string_t const& text) override { return put({kind::number, text}); }
    bool string(string_t& text) override { return put({kind::text, text}); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(kind::object); }
    bool start_array(std::size_t) override { return open(kind::array); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool key(string_t& name) override {
        names_.back() = name;
        return true;
    }
    bool parse_error(std::size_t, std::string const&, nlohmann::json::exception const&) override { return false; }

private:
    bool put(value one) {
        if (open_.empty())
            root = std::move(one);
        else if (open_.back().is == kind::object)
            open_.back().members.emplace_back(names_.back(), std::move(one));
        else
            open_.back().elements.push_back(std::move(one));
        return true;
    }
    bool open(kind is) {
        open_.push_back({is});
        names_.emplace_back();
        return true;
    }
    bool close() {
        value done = std::move(open_.back());
        open_.pop_back();
        names_.pop_back();
        return put(std::move(done));
    }
    std::vector<value> open_;
    std::vector<std::string> names_;
};

inline bool read_json(std::string_view body, value& to) {
    if (body.starts_with("\xEF\xBB\xBF")) body.remove_prefix(3);
    json_events events;
    if (!nlohmann::json::sax_parse(body.begin(), body.end(), &events)) return false;
    to = std::move(events.root);
    return true;
}

// ---- the model of JSON

inline std::string trimmed(std::string text) {
    while (!text.empty() && std::string_view(" \t\r\n").find(text.back()) != std::string_view::npos) text.pop_back();
    while (!text.empty() && std::string_view(" \t\r\n").find(text.front()) != std::string_view::npos) text.erase(0, 1);
    return text;
}

/// The model itself, for documents of both formats. `Document` finds members and lists.
template <class Document>
class model {
public:
    explicit model(Document document) : in_(document) {}

    std::string reply(value const& root) const {
        value const page = object(root, "Page"), size = object(page, "Size"), list = object(root, "ItemList");
        return whole(member(root, "Total")) + " " + whole(member(page, "Offset"), INT64_MIN, INT64_MAX, "-1") + " " +
               whole(member(size, "Value"), 0, UINT32_MAX, "100") + " " +
               each(list, "Item", &model::item_of, {"Switch"}) + " " + each(list, "Switch", &model::boolean_of, {"Item"}) + " " +
               each(root, "Names", &model::text_of, {"Total", "Page", "ItemList", "Config"}) + " " +
               settings_of(object(root, "Config"));
    }

private:
    using shower = std::string (model::*)(value const&) const;

    value member(value const& of, char const* name) const { return in_.member(of, name); }
    value object(value const& of, char const* name) const {
        value const found = member(of, name);
        return found.is == kind::object ? found : value{};
    }
    std::string each(value const& of, char const* name, shower show, std::vector<std::string> const& siblings) const {
        std::string out = "[";
        for (value const& one : in_.list(of, name, siblings)) out += (this->*show)(one) + ",";
        return out + "]";
    }
    std::string text_of(value const& one) const {
        bool const scalar = one.is == kind::text || one.is == kind::number || one.is == kind::yes || one.is == kind::no;
        return scalar ? "'" + one.text + "'" : "-";
    }
    std::string whole(value const& one, std::int64_t least = -INT64_MAX, std::int64_t most = INT64_MAX,
                      std::string const& otherwise = "-") const {
        if (one.is != kind::text && one.is != kind::number) return otherwise;
        std::string const text = trimmed(one.text);
        std::int64_t number = 0;
        auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
        bool const all = fault == std::errc() && end == text.data() + text.size() && number != INT64_MIN;
        return all && number >= least && number <= most ? std::to_string(number) : otherwise;
    }
    std::string number_of(value const& one) const { return whole(one); }
    std::string boolean_of(value const& one) const {
        std::string const text = one.is == kind::text ? trimmed(one.text) : one.text;
        if (one.is == kind::object || one.is == kind::array) return "-";
        return text == "true" ? "yes" : text == "false" ? "no" : "-";
    }
    std::string label_of(value const& one) const {
        return "{" + text_of(member(one, "TagKey")) + " " + text_of(member(one, "TagValue")) + "}";
    }
    std::string settings_of(value const& one) const {
        return "{" + whole(member(one, "Width")) + " " + boolean_of(member(one, "On")) + " " + text_of(member(one, "Note")) +
               " " + each(one, "Labels", &model::label_of, {"Width", "On", "Note"}) + "}";
    }
    std::string item_of(value const& one) const {
        std::vector<std::string> const others{"Id", "Url", "Status", "Level", "Live", "Config", "ComponentIds", "Tags"};
        std::string const live = boolean_of(member(one, "Live"));
        return "{" + text_of(member(one, "Id")) + " " + text_of(member(one, "Url")) + " " + whole(member(one, "Status")) + " " +
               whole(member(one, "Level"), 0, 255, "9") + (live == "no" ? " no " : " yes ") +
               settings_of(object(one, "Config")) + " " +
               each(object(one, "ComponentIds"), "componentId", &model::text_of, {}) + " " +
               each(one, "Marks", &model::number_of, others) + " " + each(object(one, "Tags"), "tag", &model::label_of, {}) + "}";
    }

    Document in_;
};

struct json_document {
    static value member(value const& of, std::string_view name) {
        value found;
        if (of.is == kind::object)
            for (auto const& [each, one] : of.members)
                if (each == name) found = one;
        return found;
    }
    static std::vector<value> list(value const& of, std::string_view name, std::vector<std::string> const&) {
        value const found = member(of, name);
        if (found.is == kind::array) return found.elements;
        if (found.is == kind::absent || found.is == kind::null || (found.is == kind::text && found.text.empty())) return {};
        return {found};
    }
};

/// Elements: `members` are the inner elements in their order, `text` is the text directly in the element.
struct xml_document {
    static value seen(value const& element) {
        value out = element;
        out.is = element.members.empty() ? kind::text : kind::object;
        return out;
    }
    static value member(value const& of, std::string_view name) {
        value found;
        for (auto const& [each, one] : of.members)
            if (each == name) found = one;
        if (found.is == kind::absent) return found;
        return seen(found);
    }
    // The last elements of this name that stand together: between them are no described fields of another name.
    static std::vector<value> list(value const& of, std::string_view name, std::vector<std::string> const& siblings) {
        std::vector<value> run;
        bool ended = false;
        for (auto const& [each, one] : of.members) {
            if (each == name) {
                if (ended) run.clear();
                ended = false;
                run.push_back(seen(one));
            } else {
                for (std::string const& other : siblings) ended = ended || each == other;
            }
        }
        return run;
    }
};

inline std::string expected_of_json(value const& root) {
    return model(json_document()).reply(root);
}
inline std::string expected_of_xml(value const& root) {
    return model(xml_document()).reply(root);
}

// ---- JSON values rendered as XML elements, as services that convert their answers do

/// False if XML cannot hold the document: a name that is no name of XML, a character that XML excludes, an array in an array.
inline bool as_element(value const& json, value& element) {
    element.is = kind::object;
    element.text = json.is == kind::null ? "" : json.text;
    for (char const c : json.text)
        if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') return false;
    if (json.text.find("\xEF\xBF\xBE") != std::string::npos || json.text.find("\xEF\xBF\xBF") != std::string::npos) return false;
    for (auto const& [name, one] : json.members) {
        if (name.empty() || name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") != std::string::npos)
            return false;
        std::vector<value> const single{one};
        for (value const& each : one.is == kind::array ? one.elements : single) {
            value inner;
            if (each.is == kind::array || !as_element(each, inner)) return false;
            element.members.emplace_back(name, std::move(inner));
        }
    }
    return true;
}
/// `style` chooses between references, CDATA and empty-element tags.
inline std::string xml_of(std::string const& name, value const& element, unsigned style) {
    std::string content;
    for (std::size_t i = 0; i != element.text.size(); ++i) {
        char const c = element.text[i];
        if (style % 3 == 1 && c != ']')
            content += "<![CDATA[" + std::string(1, c) + "]]>";
        else if (c == '<' || c == '&' || c == '>' || (style % 3 == 2 && c > ' ' && c < 0x7F))
            content += "&#" + std::to_string(static_cast<int>(c)) + ";";
        else
            content += c;
    }
    if (style % 3 == 1)
        for (char const c : element.text)
            if (static_cast<unsigned char>(c) >= 0x80) return xml_of(name, element, style + 1);
    for (auto const& [inner, one] : element.members) content += xml_of(inner, one, style);
    if (content.empty() && style % 2 == 0) return "<" + name + "/>";
    return "<" + name + (style % 5 == 0 ? " a='b'>" : ">") + content + "</" + name + ">";
}

} // namespace typed

#endif
