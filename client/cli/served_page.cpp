#include "client/cli/served_page.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>

#include "client/cli/visit.h"

namespace meldpunt::client {

namespace {

using nlohmann::json;

constexpr std::size_t hash_digits = 64;
constexpr std::string_view hash_mark = R"(name="page-hash" content=")";
constexpr std::string_view policy_mark = R"(http-equiv="Content-Security-Policy" content=")";

Finding good(std::string what, std::string sentence) {
  return {std::move(what), Verdict::good, std::move(sentence), EX_OK};
}
Finding note(std::string what, std::string sentence) {
  return {std::move(what), Verdict::note, std::move(sentence), EX_OK};
}
Finding wrong(std::string what, std::string sentence, int exit_code) {
  return {std::move(what), Verdict::wrong, std::move(sentence), exit_code};
}

std::string sha256(std::string_view text) {
  std::array<std::uint8_t, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256(hash.data(), reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  std::array<char, 2 * hash.size() + 1> digits{};
  sodium_bin2hex(digits.data(), digits.size(), hash.data(), hash.size());
  return digits.data();
}

// What stands after the mark, up to `end`.
std::optional<std::string_view> between(std::string_view text, std::string_view mark,
                                        std::string_view end) {
  const auto start = text.find(mark);
  if (start == std::string_view::npos) return std::nullopt;
  text.remove_prefix(start + mark.size());
  const auto stop = text.find(end);
  if (stop == std::string_view::npos) return std::nullopt;
  return text.substr(0, stop);
}

std::optional<std::string_view> block(std::string_view page, const std::string& id) {
  return between(page, "id=\"" + id + "\">", "</script>");
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
  return text;
}

// Why the answer cannot be a page of ours.
std::optional<std::string> no_page(const WebAnswer& answer) {
  if (answer.status >= 300 && answer.status < 400) {
    return "the address leads to " + answer.header("location") + ". Check that one.";
  }
  if (answer.status != 200) {
    return "the server answers " + std::to_string(answer.status) + ". Check the address.";
  }
  const std::string coding = answer.header("content-encoding");
  if (!coding.empty() && coding != "identity") {
    return "the server compresses (" + coding +
           ") what was asked for as it is. The operator lets the page through unchanged.";
  }
  const auto shown = between(answer.body, hash_mark, "\"");
  if (!shown || !is_page_hash(*shown)) {
    return "this is no page of Meldpunt: it does not say its hash. Check the address.";
  }
  return std::nullopt;
}

void examine_hash(std::vector<Finding>& findings, const std::string& page,
                  const std::string& published) {
  const std::string shown(*between(page, hash_mark, "\""));
  std::string zeroed = page;
  const auto place = zeroed.find(hash_mark) + hash_mark.size();
  zeroed.replace(place, hash_digits, hash_digits, '0');
  const std::string computed = sha256(zeroed);
  constexpr auto advice = " Type nothing into it; tell the region by another way than this page.";
  if (computed == shown) {
    findings.push_back(good("hash", "the page is what it says it is, " + shown + "."));
  } else {
    findings.push_back(wrong(
        "hash", "the page says " + shown + " but is " + computed + ": it was changed." + advice,
        EX_DATAERR));
  }
  if (published.empty()) {
    findings.push_back(
        note("published", "compare " + computed +
                              " with what the region published elsewhere, or give that as --hash: "
                              "a changed page can say any hash of itself."));
  } else if (computed == published) {
    findings.push_back(good("published", "it is the page that was published."));
  } else {
    findings.push_back(wrong("published",
                             "this is not the page that was published, " + published + ": it is " +
                                 computed + "." + advice,
                             EX_DATAERR));
  }
}

struct WantedHeader {
  std::string_view name;
  std::string_view value;
  std::string_view why;
};
// What client/page/making/headers.mjs writes, but for the policy, which each page has its own.
constexpr std::array wanted_headers{
    WantedHeader{"cache-control", "no-store", "browsers may keep a copy"},
    WantedHeader{"referrer-policy", "no-referrer", "the next site learns where a visitor was"},
    WantedHeader{"x-content-type-options", "nosniff", "answers may be taken for something else"},
    WantedHeader{"x-frame-options", "DENY", "another site can frame the page"},
    WantedHeader{"cross-origin-opener-policy", "same-origin",
                 "a page that opened it can look where it goes"},
    WantedHeader{"cross-origin-resource-policy", "same-origin", "other sites can load it"},
    WantedHeader{"permissions-policy", "camera=()", "camera and microphone are not ruled out"},
};

bool sends(const WebAnswer& answer, const std::string& name, std::string_view value) {
  const auto [first, last] = answer.headers.equal_range(name);
  return std::any_of(first, last, [&](const auto& header) {
    return header.second.find(value) != std::string::npos;
  });
}

// The policy in the document is part of its hash; the header must be that same one.
void examine_policy(std::vector<Finding>& findings, const WebAnswer& answer) {
  const auto own = between(answer.body, policy_mark, "\"");
  const std::string policy = replaced(std::string(own.value_or("")), "&#39;", "'");
  const auto [first, last] = answer.headers.equal_range("content-security-policy");
  const bool same = !policy.empty() && std::any_of(first, last, [&](const auto& header) {
    return header.second == policy + "; frame-ancestors 'none'";
  });
  if (same) {
    findings.push_back(good("headers", "Content-Security-Policy is that of this page."));
  } else {
    findings.push_back(
        wrong("headers",
              std::string("Content-Security-Policy ") +
                  (first == last ? "is missing" : "is not that of this page") +
                  ": other scripts might run. The operator serves page.headers of the same build.",
              EX_CONFIG));
  }
}

void examine_headers(std::vector<Finding>& findings, const WebAnswer& answer) {
  examine_policy(findings, answer);
  bool all = true;
  for (const auto& [name, value, why] : wanted_headers) {
    if (sends(answer, std::string(name), value)) continue;
    all = false;
    findings.push_back(wrong("headers",
                             std::string(name) + ": " + std::string(value) + " is missing: " +
                                 std::string(why) + ". The operator serves page.headers.",
                             EX_CONFIG));
  }
  if (all) findings.push_back(good("headers", "nothing is kept, framed or told to other sites."));
  if (answer.headers.contains("set-cookie")) {
    findings.push_back(wrong("headers",
                             "Set-Cookie: visitors can be known again. The operator has whatever "
                             "stands before the gateway leave cookies out.",
                             EX_CONFIG));
  }
}

struct RegionField {
  std::string_view name;
  std::string_view without;
};
// docs/page.md, "The region file": what is empty there is left out of the page.
constexpr std::array region_fields{
    RegionField{"name", "the page does not say whose it is"},
    RegionField{"exitUrl", "Leave shows an empty page, which looks odd to somebody who watches"},
    RegionField{"publicUrl", "cards and poster have no address and no QR code"},
    RegionField{"onionUrl", "the safety page names no onion address"},
    RegionField{"clientUrl", "nobody is told where the native client is"},
    RegionField{"readers", "reporters are not told who reads"},
    RegionField{"answerTime", "reporters are not told when an answer may come"},
    RegionField{"telephones", "there is no number but 112"},
    RegionField{"addresses", "there is no place to go to"},
};

// Whoever made the page may have put anything anywhere: what is no text is as good as empty.
std::string text_in(const json& object, const std::string& name) {
  const auto found = object.is_object() ? object.find(name) : object.end();
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

std::string label_of_contact(const json& contact) {
  if (const std::string label = text_in(contact, "label"); !label.empty()) return label;
  const json labels = contact.value("label", json());
  const std::string dutch = text_in(labels, "nl");
  return dutch.empty() ? text_in(labels, "en") : dutch;
}

void examine_region(std::vector<Finding>& findings, const std::string& page) {
  const json built = json::parse(block(page, "page-built").value_or(""), nullptr, false);
  if (!built.is_object() || !built.contains("region") || !built["region"].is_object()) {
    findings.push_back(
        wrong("region", "the page holds no region file. Build it anew.", EX_DATAERR));
    return;
  }
  const json& region = built["region"];
  for (const auto& [name, without] : region_fields) {
    if (region.contains(name)) continue;
    findings.push_back(
        note("region", std::string(name) + " is empty: " + std::string(without) + "."));
  }
  for (const char* kind : {"telephones", "addresses"}) {
    const json contacts = region.value(kind, json::array());
    if (!contacts.is_array()) continue;
    for (const json& contact : contacts) {
      if (!contact.is_object() || contact.contains("hours")) continue;
      findings.push_back(note(
          "region", std::string(kind) + ": \"" + label_of_contact(contact) + "\" has no hours."));
    }
  }
  if (region.dump().find("FILL IN") == std::string::npos) return;
  findings.push_back(
      wrong("region", "a [FILL IN] is left in the region file. Fill it in and build the page anew.",
            EX_CONFIG));
}

void examine_pin_of_page(std::vector<Finding>& findings, const std::string& page,
                         const crypto::Pin& pin) {
  const auto text = block(page, "page-pin").value_or("");
  crypto::Buffer bytes(text.size());
  std::size_t size = 0;
  sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &size, nullptr,
                    sodium_base64_VARIANT_ORIGINAL);
  bytes.resize(size);
  const auto own = crypto::trust_pin(bytes);
  if (own && own->region == pin.region && own->number == pin.number) {
    findings.push_back(good("page's pin", "the page reports to the region of your pin."));
  } else if (own && own->region == pin.region) {
    findings.push_back(wrong("page's pin",
                             "the page has pin number " + std::to_string(own->number) +
                                 ", yours is " + std::to_string(pin.number) +
                                 ". The newest belongs in both.",
                             EX_CONFIG));
  } else {
    findings.push_back(wrong("page's pin",
                             "what is typed into this page does not go to the region of your pin.",
                             EX_DATAERR));
  }
}

}  // namespace

bool is_page_hash(std::string_view text) {
  return text.size() == hash_digits &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::vector<Finding> examine_page(const WebAnswer& answer, const std::string& published_hash,
                                  const crypto::Pin* pin) {
  if (auto why = no_page(answer)) return {wrong("page", std::move(*why), EX_DATAERR)};
  std::vector<Finding> findings{
      good("page", std::to_string(answer.body.size() / 1024) + " KiB, uncompressed.")};
  examine_hash(findings, answer.body, published_hash);
  if (pin != nullptr) examine_pin_of_page(findings, answer.body, *pin);
  examine_headers(findings, answer);
  examine_region(findings, answer.body);
  return findings;
}

Finding examine_security_text(const WebAnswer& answer, std::chrono::seconds now) {
  const std::string what = "security.txt";
  if (answer.status != 200 || answer.body.find("Contact:") == std::string::npos) {
    return note(what,
                "there is none: who finds a fault does not know whom to write to. "
                "config/page/security.txt is a draft.");
  }
  if (answer.body.find("[FILL IN") != std::string::npos) {
    return wrong(what, "a [FILL IN] is left in it. Fill it in, or do not serve it.", EX_CONFIG);
  }
  const auto expires = between(answer.body, "\nExpires:", "\n").value_or("");
  const auto first = expires.find_first_not_of(' ');
  if (first == std::string_view::npos ||
      expires.substr(first, 10) < format_time(now).substr(0, 10)) {
    return wrong(what, "it has expired or does not say when it does. Renew it.", EX_CONFIG);
  }
  return good(what, "it is served, and good until " + std::string(expires.substr(first, 10)) + ".");
}

}  // namespace meldpunt::client
