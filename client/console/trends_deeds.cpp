#include "client/console/trends_deeds.h"

#include <algorithm>

#include "client/console/trends_answer.h"
#include "client/console/trends_plan_answer.h"
#include "client/trends/file_forms.h"

namespace meldpunt::console {

namespace {

using client::Outcome;
using client::pass_on;
using client::problem;
using nlohmann::json;

Outcome<client::JournaledRelease> release_of(const client::ReleaseLedger& ledger,
                                             const Wish& wish) {
  const auto hash = wish.id<crypto::Hash>("release");
  if (!hash) return pass_on(hash.error());
  const auto found = std::ranges::find(ledger.all(), *hash, &client::JournaledRelease::hash);
  if (found == ledger.all().end()) {
    return problem(EX_NOINPUT, "There is no such release. Load the page anew.");
  }
  return *found;
}

json json_of_file(const std::string& name, std::string_view type, std::string_view content) {
  return {{"name", name}, {"type", type}, {"content", content}};
}

}  // namespace

Outcome<json> propose_figures(Workplace& place, const Wish& wish) {
  const auto wanted = wish_of(AskedRelease{wish.text("series"), wish.text("period"),
                                           wish.text("schedule"), wish.text("life")});
  if (!wanted) return pass_on(wanted.error());
  const auto asked = releases_of(place).propose(*wanted);
  if (!asked) return pass_on(asked.error());
  return json{{"approvers_asked", *asked}};
}

Outcome<json> draw_figures(Workplace& place, const Wish& wish) {
  const trends::Counted* series = trends::find_series(wish.text("series"));
  const auto period = trends::read_period(wish.text("period"));
  if (series == nullptr || !period) {
    return problem(EX_USAGE, "There is no such period, schedule or budget. Load the page anew.");
  }
  trends::SystemRandom bytes;
  trends::UniformFromBytes uniform(bytes);
  const auto drawn = releases_of(place).release(series->id, *period, uniform);
  if (!drawn) return pass_on(drawn.error());
  return json{{"release", client::hexadecimal(drawn->hash.view())},
              {"sequence", drawn->head.sequence}};
}

Outcome<json> send_figures(Workplace& place, const Wish& wish) {
  client::Releases releases = releases_of(place);
  const auto release = release_of(releases.ledger(), wish);
  if (!release) return pass_on(release.error());
  const auto sent = releases.send(*release);
  if (!sent) return pass_on(sent.error());
  return json{{"receiver", sent->receiver}};
}

Outcome<json> take_figures(Workplace& place, const Wish& wish) {
  const auto release = release_of(releases_of(place).ledger(), wish);
  if (!release) return pass_on(release.error());
  const auto travels = crypto::decode_release(release->bytes);
  const auto publication = publication_of(*release);
  if (!travels || !publication) {
    return problem(EX_PROTOCOL, "These figures cannot be read: a newer version wrote them.");
  }
  const std::string name = "meldpunt-" + std::string(publication->series->name) + "-" +
                           trends::name_of(publication->period);
  json files = json::array();
  for (const trends::FileForm& form : trends::file_forms) {
    // The document as it was signed, byte by byte.
    const bool is_document = form.written == trends::json_stat;
    const std::string content =
        is_document ? std::string(crypto::as_text(travels->document)) : form.written(*publication);
    files.push_back(json_of_file(name + std::string(form.ending), form.type, content));
  }
  return json{{"files", std::move(files)}};
}

}  // namespace meldpunt::console
