# SPDX-License-Identifier: MIT
"""The charts of docs/performance.md as SVG, written by hand: no tool is needed to draw them, none to look at them.
Their colours stand out on a light page and on a dark one."""
from xml.sax.saxutils import escape

OURS, PEER, FLOOR, TEXT = "#2f81f7", "#8b949e", "#3fb950", "#7d8590"
ROW, BAR, LABEL, WIDTH, VALUE = 24, 14, 250, 380, 110


def bars(title, groups, unit):
    """groups: heading and rows of (label, value, colour); each group has its own scale."""
    y, body = 28, []
    text = lambda x, at, content, extra="": body.append(
        f'<text x="{x}" y="{at}" fill="{TEXT}" {extra}>{escape(content)}</text>')
    text(0, 16, title, 'font-weight="bold" font-size="14"')
    for heading, rows in groups:
        if heading:
            y += 6
            text(0, y + 14, heading, 'font-weight="bold"')
            y += ROW
        most = max(value for _, value, _ in rows)
        for label, value, colour in rows:
            text(LABEL - 8, y + 15, label, 'text-anchor="end"')
            width = max(1.0, value / most * WIDTH)
            body.append(f'<rect x="{LABEL}" y="{y + 4}" width="{width:.1f}" height="{BAR}" rx="2" fill="{colour}"/>')
            shown = f"{value:,.0f}".replace(",", " ")
            text(f"{LABEL + width + 6:.1f}", y + 15, f"{shown} {unit}")
            y += ROW
    width, height = LABEL + WIDTH + VALUE, y + 8
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
            f'role="img" aria-label="{escape(title)}" font-family="system-ui, sans-serif" font-size="12">\n'
            + "\n".join(body) + "\n</svg>\n")


def draw(measured):
    ns = measured.ns
    signing = [("", [
        ("7 SHA-1 compressions: the floor", ns("floor/form"), FLOOR),
        ("restartcaster, whole signed request", ns("sign/form"), OURS),
        ("... with own nonce and clock", ns("sign/own_nonce"), OURS),
        ("OpenSSL EVP_MAC reused, HMAC alone", ns("openssl/evp_mac_reused"), PEER),
        ("OpenSSL HMAC(), HMAC alone", ns("openssl/hmac_oneshot"), PEER),
    ]), ("ACS3-HMAC-SHA256", [
        (f"{measured.times['acs3_floor/form'].compressions} SHA-256 compressions: the floor", ns("acs3_floor/form"), FLOOR),
        ("restartcaster, whole signed request", ns("acs3/form"), OURS),
    ])]
    if "official_sdk/sign" in measured.times:
        signing.append(("The vendor's C++ SDK", [
            ("restartcaster", ns("official_sdk/ours"), OURS), ("signed CommonRequest", ns("official_sdk/sign"), PEER)]))
    json = lambda body: [("restartcaster", ns(f"{body}/ours"), OURS),
                         ("simdjson on demand, padded copy", ns(f"{body}/simdjson_padded_string"), PEER),
                         ("rapidjson", ns(f"{body}/rapidjson"), PEER), ("nlohmann/json", ns(f"{body}/nlohmann"), PEER)]
    xml = lambda body: [("restartcaster", ns(f"{body}/ours"), OURS), ("pugixml", ns(f"{body}/pugixml"), PEER),
                        ("tinyxml2", ns(f"{body}/tinyxml2"), PEER)]
    size = lambda image: measured.images["cortex-m4", image]["flash"]
    peers = [(title, measured.peers[image]["flash"], PEER) for image, title in
             (("peer_rapidjson", "rapidjson, one JSON field"), ("peer_nlohmann", "nlohmann/json, one JSON field"))
             if measured.peers[image]]
    return {
        "signing": bars("Signing one RestartCaster", signing, "ns"),
        "reading": bars("Reading an answer", [("JSON, success, 52 bytes", json("json_ok")),
                                              ("JSON, error of five fields, 305 bytes", json("json_error")),
                                              ("XML, success, 106 bytes", xml("xml_ok")),
                                              ("XML, error of five fields, 399 bytes", xml("xml_error"))], "ns"),
        "code_size": bars("Flash on a Cortex-M4, over an empty main", [("", [
            ("sign, version 1.0", size("sign_rpc_v1"), OURS), ("sign, ACS3", size("sign_acs3"), OURS),
            ("read JSON and XML", size("read_json_xml"), OURS), ("a whole call", size("everything"), OURS), *peers])], "bytes"),
    }
