// A receiver of trends beside an office: its region is added, it has the newest roster, and
// releases are made, sealed and signed by the steward's device without a journal.
#pragma once

#include "client/lib/pieces.h"
#include "client/lib/receiver.h"
#include "client/trends/json_stat.h"
#include "tests/support/fixed_region.h"
#include "tests/support/office.h"
#include "tests/unit/trends/a_seed.h"

namespace meldpunt::client::test {

inline trends::Publication published(const std::string& region, std::uint32_t sequence,
                                     const std::string& period,
                                     const trends::Counted& series = trends::inflow()) {
  const trends::Period when = *trends::read_period(period);
  const auto schedules = trends::schedules_of(series);
  // The coarsest of the schedules that know this cadence has the fewest tables.
  for (const trends::Schedule& schedule : schedules) {
    const auto plan = trends::make_plan(series, schedule, {});
    if (plan.of(*trends::cadence_of(when)) == nullptr) continue;
    trends::test::SeededRandom bytes(sequence);
    trends::UniformFromBytes uniform(bytes);
    return trends::publish(plan, {region, sequence, when}, {}, {}, uniform);
  }
  throw std::runtime_error("no schedule has that cadence");
}

inline crypto::TrendRelease release_of(const trends::Publication& publication) {
  const std::string document = trends::json_stat(publication);
  const crypto::Bytes bytes = crypto::as_bytes(document);
  return {{publication.sequence, publication.series->id, publication.period.first,
           publication.period.last},
          {bytes.begin(), bytes.end()}};
}

class ReceivingEnd {
 public:
  using Region = crypto::test::FixedRegion;

  // It must outlive it, and stand at this_hour.
  explicit ReceivingEnd(const Clock& clock) : clock_(clock) {
    home_.emplace(must(
        Home::make(path(), here.signed_pin(), "comensha", crypto::as_bytes(passphrase), quick)));
    for (Region* each : {&here, &there}) know(*each);
    start();
  }

  [[nodiscard]] Path path() const { return directory_.path() / "comensha"; }

  // A process of it, here or over a copy of its home.
  void start() { start(path()); }
  void start(const Path& path) {
    receiver_.reset();
    home_.emplace(must(Home::open(path, crypto::as_bytes(passphrase))));
    receiver_ = must(Receiver::open(*home_, clock_, "thank you"));
  }

  // Sealed to this receiver by a device of the region.
  crypto::Buffer seal(crypto::ObjectKind kind, crypto::Bytes content,
                      const crypto::test::FixedDevice& giver, const Region& region) const {
    const crypto::Device* self = region.roster.find(home_->keys().id);
    return *crypto::seal_to_device(kind, content, *self, giver.entry.id, giver.signing, region.id);
  }
  crypto::Buffer object(const crypto::TrendRelease& release) const { return object(release, here); }
  crypto::Buffer object(const crypto::TrendRelease& release, const Region& region) const {
    return seal(crypto::ObjectKind::release, *crypto::encode(release), region.steward, region);
  }
  std::vector<crypto::Buffer> pieces(const crypto::TrendRelease& release) const {
    std::vector<crypto::Buffer> sealed;
    const auto all = must(pieces_of(crypto::ObjectKind::release, crypto::PartsKind::release,
                                    *crypto::encode(release), 1));
    for (const Piece& piece : all) {
      sealed.push_back(seal(piece.kind, piece.content.view(), here.steward, here));
    }
    return sealed;
  }

  crypto::DeliveryAnswer bring(const crypto::Buffer& object) { return bring(object, here); }
  crypto::DeliveryAnswer bring(const crypto::Buffer& object, const Region& region) {
    return receiver_->answer(crypto::DeliveryQuestion{crypto::DeliveryVerb::object, region.id,
                                                      region.roster.number, object});
  }
  crypto::ReleaseReceipt receipt(const crypto::Buffer& object) { return receipt(object, here); }
  crypto::ReleaseReceipt receipt(const crypto::Buffer& object, const Region& region) {
    return receipt_in(bring(object, region), region);
  }
  crypto::ReleaseReceipt receipt_in(const crypto::DeliveryAnswer& answer,
                                    const Region& region) const {
    if (answer.status != crypto::DeliveryStatus::receipt) throw std::runtime_error("no receipt");
    const auto said =
        crypto::verify_receipt(answer.body, region.id, home_->keys().signing.public_key());
    if (!said) throw std::runtime_error("a receipt that does not verify");
    return *said;
  }
  crypto::ReleaseReceipt take(const crypto::TrendRelease& release) { return take(release, here); }
  // As it is sent: whole, or in pieces of which the last is answered with the receipt.
  crypto::ReleaseReceipt take(const crypto::TrendRelease& release, const Region& region) {
    const auto all = must(pieces_of(crypto::ObjectKind::release, crypto::PartsKind::release,
                                    crypto::encode(release).value()));
    crypto::DeliveryAnswer answer;
    for (const Piece& piece : all) {
      answer = bring(seal(piece.kind, piece.content.view(), region.steward, region), region);
    }
    return receipt_in(answer, region);
  }

  [[nodiscard]] ReceiverStore store() const { return must(ReceiverStore::open(home_->path())); }
  [[nodiscard]] std::vector<ReceivedEntry> entries() const {
    return must(store().entries(here.id));
  }
  [[nodiscard]] std::vector<KeptRelease> kept() const { return must(store().kept(here.id)); }
  [[nodiscard]] const Home& home() const { return *home_; }
  [[nodiscard]] Receiver& receiver() { return *receiver_; }

  Region here{"IJsselland"};
  Region there{"Twente"};

 private:
  // Its pin was brought, and its newest roster came.
  void know(Region& region) {
    must(Receiver::add_region(*home_, region.signed_pin()));
    crypto::Device self = home_->keys().device("comensha");
    self.role = crypto::DeviceRole::receiver;
    self.from = region.steward.entry.from;
    self.until = region.steward.entry.until;
    region.roster.devices.push_back(self);
    must(write_durably(region_directory(path(), region.id) / "roster", region.signed_roster()));
  }

  TemporaryDirectory directory_;
  const Clock& clock_;
  std::optional<Home> home_;
  std::unique_ptr<Receiver> receiver_;
};

}  // namespace meldpunt::client::test
