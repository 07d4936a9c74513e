#include "crypto/coding.h"
#include "crypto/label.h"
#include "crypto/release.h"
#include "crypto/wire/delivery.h"
#include "crypto/wire/writer.h"
#include "crypto/xaead.h"
#include "tests/support/fixed_region.h"
#include "tests/vectors/vector_file.h"

namespace meldpunt::crypto::vectors {

namespace {

using namespace test;
using std::filesystem::path;

RegionId region() { return id_of<RegionId>(0x21); }

TrendRelease a_release() {
  const Bytes document = as_bytes(R"({"version":"2.0","class":"collection"})");
  return {{7, Series::inflow, 20758, 20787}, {document.begin(), document.end()}};
}

Buffer cut(Bytes bytes) { return {bytes.begin(), bytes.end() - 1}; }

Buffer longer(Bytes bytes) {
  Buffer more(bytes.begin(), bytes.end());
  more.push_back(0);
  return more;
}

void make_coding(const path& root) {
  const auto content = *encode(Coding{"0.2.0", true, {{"age", "ADULT"}, {"form", "LAB"}}});
  VectorFile file(root, "coding");
  file.bytes("content", content.view());
  VectorFile good = file;
  good.text("vocabulary", "0.2.0").number("refused", 1, 1);
  good.opened("opened", "two codes, of a client who refused statistics");
  file.with("content", cut(content.view()))
      .refused("cut_short", "the last byte is missing", Error::malformed);
  file.with("content", longer(content.view()))
      .refused("trailing_byte", "one byte too many", Error::malformed);
  file.with("content", flipped(content.view(), 7, 2))
      .refused("flag_of_three", "a flag that is neither 0 nor 1", Error::malformed);
  Buffer unordered(64);
  Writer writer(unordered);
  writer.field(as_bytes("0.2.0")).u8(0).u8(2);
  for (const char* dimension : {"form", "age"}) {
    writer.field(as_bytes(dimension)).field(as_bytes("UNK"));
  }
  unordered.resize(writer.size());
  file.with("content", unordered)
      .refused("not_rising", "the dimensions do not rise", Error::malformed);
}

void make_release(const path& root) {
  const auto release = a_release();
  const auto bytes = *encode(release);
  VectorFile file(root, "release");
  file.bytes("region", region().view()).bytes("release", bytes);
  VectorFile good = file;
  good.number("sequence", release.head.sequence, 4)
      .number("first day", release.head.first, 4)
      .number("last day", release.head.last, 4)
      .bytes("document", release.document)
      .bytes("hash", hash_of_release(bytes, region()).view());
  good.opened("opened", "as it travels to the receiver");
  file.with("release", Bytes(bytes).first(13))
      .refused("without_document", "no document", Error::malformed);
  file.with("release", flipped(bytes, 4, 4))
      .refused("unknown_series", "a series that there is not", Error::malformed);
  file.with("release", flipped(bytes, 3, 7))
      .refused("number_zero", "numbers begin at 1", Error::malformed);
  file.with("release", flipped(bytes, 5, 0x80))
      .refused("days_turned_round", "its last day is before its first", Error::malformed);
  file.with("release", flipped(bytes, 13, 0x7b))
      .refused("control_character", "the document is no text", Error::malformed);
}

void make_record(const path& root) {
  const ReleaseRecord record{
      *encode(a_release()), this_hour, 0, 992'000'000, {id_of<CaseId>(0x31), id_of<CaseId>(0x32)}};
  const auto bytes = *encode(record);
  SecretBytes<32> key;
  copy_bytes(filled<32>(0x41), key.fill());
  const auto sealed = [&](Bytes plain) {
    Buffer whole(plain.size() + xaead_overhead);
    xaead_seal(whole, plain, bind("release record", {region().view()}), key);
    return whole;
  };
  VectorFile file(root, "release_record");
  file.bytes("region", region().view()).bytes("record key", key.view());
  const Buffer whole = sealed(bytes);
  VectorFile good = file.with("whole", whole);
  good.bytes("record", bytes)
      .number("rho", 0, 8)
      .number("pure epsilon", 992'000'000, 8)
      .number("counted", 2, 4);
  good.opened("opened", "a release with what it cost whom, under its key");
  file.with("whole", flipped(whole, whole.size() - 1))
      .refused("wrong_tag", "the last bit is turned", Error::cannot_open);
  file.with("whole", whole)
      .with("record key", filled<32>(0x42))
      .refused("wrong_key", "another key", Error::cannot_open);
  file.with("whole", sealed(cut(bytes)))
      .refused("cut_short", "the last byte is missing", Error::malformed);
  Buffer twice = bytes;
  copy_bytes(id_of<CaseId>(0x31).view(), MutableBytes(twice).last(16));
  file.with("whole", sealed(twice))
      .refused("counted_twice", "one case is there twice", Error::malformed);
  // The last of rho's eight bytes: before it stand the release with its length, and the hour.
  file.with("whole", sealed(flipped(bytes, 4 + record.release.size() + 4 + 7)))
      .refused("charged_both_ways", "rho and pure epsilon, where one of them is charged",
               Error::malformed);

  const auto manifest = *make_manifest(PartsKind::release, whole, 128);
  const auto first = *encode_release_part(make_part(manifest, whole, 128, 0));
  const auto last = *encode(ReleaseManifest{key.clone(), manifest});
  VectorFile event(root, "release_event");
  event.with("content", first.view()).opened("part", "the first part of a record");
  event.with("content", last.view()).opened("manifest", "the manifest, which comes last");
  event.with("content", flipped(last.view(), 0, 4))
      .refused("unknown_form", "a form that there is not", Error::malformed);
  event.with("content", flipped(last.view(), 33, 6))
      .refused("of_another_kind", "a manifest of a roster", Error::malformed);
  event.with("content", cut(first.view()))
      .refused("cut_short", "the last byte is missing", Error::malformed);
  event.with("content", longer(last.view()))
      .refused("trailing_byte", "one byte too many", Error::malformed);
}

ReleaseProposal a_proposal() {
  return {Series::closures,      20727,     20818,
          id_of<DeviceId>(0x33), this_hour, R"({"schedule":"quarter","life":"0.088"})"};
}

void make_proposal(const path& root) {
  const FixedDevice second(0x12, DeviceRole::approver, "deputy");
  const auto statement = *proposal_statement(a_proposal());
  const Hash hash = hash_of_proposal(statement);
  VectorFile event(root, "release_event");
  const auto save = [&](const char* name, const char* about, Bytes content) {
    event.with("content", content).opened(name, about);
    event.with("content", cut(content))
        .refused(std::string(name) + "_cut_short", "the last byte is missing", Error::malformed);
    event.with("content", longer(content))
        .refused(std::string(name) + "_trailing_byte", "one byte too many", Error::malformed);
  };
  const auto proposal = *encode(a_proposal());
  save("proposal", "the first person's half", proposal.view());
  event.with("content", flipped(proposal.view(), 1, 4))
      .refused("proposal_of_an_unknown_series", "a series that there is not", Error::malformed);
  event.with("content", flipped(proposal.view(), 2, 0x80))
      .refused("proposal_with_days_turned_round", "its last day is before its first",
               Error::malformed);
  const Signature signature = second.signing.sign(release_label, region(), statement);
  save("second", "the second person's half",
       encode(ReleaseSecond{hash, second.entry.id, signature})->view());
  save("refusal", "the second person says no",
       encode(ReleaseRefusal{hash, second.entry.id, "eerst de codes nalopen"})->view());

  VectorFile file(root, "release_proposal");
  file.bytes("region", region().view())
      .bytes("second", second.entry.signing.view())
      .bytes("statement", statement)
      .bytes("signature", signature.view());
  VectorFile good = file;
  good.number("first day", a_proposal().first, 4)
      .number("last day", a_proposal().last, 4)
      .bytes("terms", as_bytes(a_proposal().terms))
      .bytes("hash", hash.view());
  good.opened("signed", "what the second person signs");
  file.with("signature", flipped(signature.view(), signature_size - 1))
      .refused("wrong_signature", "the last bit is turned", Error::bad_signature);
  file.with("statement", flipped(statement, statement.size() - 2))
      .refused("other_terms", "another letter in the terms", Error::bad_signature);
  file.with("region", id_of<RegionId>(1).view())
      .refused("wrong_region", "of another region", Error::bad_signature);
  file.with("statement", cut(statement))
      .refused("cut_short", "the last byte is missing", Error::malformed);
}

void make_receipt(const path& root) {
  const FixedDevice receiver(0x61, DeviceRole::receiver, "comensha");
  const ReleaseReceipt receipt{id_of<Hash>(0x51),
                               {7, Series::inflow, 20758, 20787},
                               ReceiptOutcome::kept,
                               this_hour,
                               "dank u"};
  const auto bytes = *sign_receipt(receipt, region(), receiver.signing);
  VectorFile file(root, "receipt");
  file.bytes("region", region().view())
      .bytes("receiver", receiver.entry.signing.view())
      .bytes("receipt", bytes);
  VectorFile good = file;
  good.bytes("hash", receipt.release.view())
      .number("sequence", 7, 4)
      .number("outcome", 1, 1)
      .text("remark", "dank u");
  good.opened("kept", "a release was kept, with a remark");
  const auto nothing =
      *sign_receipt({id_of<Hash>(0x52), {}, ReceiptOutcome::unreadable, this_hour, {}}, region(),
                    receiver.signing);
  VectorFile unreadable = file.with("receipt", nothing);
  unreadable.bytes("hash", id_of<Hash>(0x52).view())
      .number("sequence", 0, 4)
      .number("outcome", 4, 1)
      .text("remark", "");
  unreadable.opened("unreadable", "what came could not be read");
  file.with("receipt", flipped(bytes, bytes.size() - 1))
      .refused("wrong_signature", "the last bit is turned", Error::bad_signature);
  file.with("receipt", flipped(bytes, 0))
      .refused("other_release", "of another release than was signed", Error::bad_signature);
  file.with("region", id_of<RegionId>(1).view())
      .refused("wrong_region", "of another region", Error::bad_signature);
  file.with("receiver", signing_key<role::Device>(0x77).public_key().view())
      .refused("wrong_signer", "signed by another device", Error::bad_signature);
  file.with("receipt", flipped(bytes, 45, 8))
      .refused("unknown_outcome", "an outcome that there is not", Error::malformed);
  file.with("receipt", cut(bytes))
      .refused("cut_short", "the last byte is missing", Error::malformed);
}

void make_delivery(const path& root) {
  const auto encoded = [](DeliveryVerb verb) {
    Frame frame{};
    const Bytes body = as_bytes("sealed to the receiver");
    (void)encode(frame, DeliveryQuestion{verb, region(), 3, {body.begin(), body.end()}});
    return frame;
  };
  const auto frame = encoded(DeliveryVerb::object);
  VectorFile file(root, "delivery");
  file.bytes("frame", frame);
  VectorFile good = file;
  good.number("verb", 2, 1)
      .bytes("region", region().view())
      .number("roster", 3, 4)
      .text("body", "sealed to the receiver");
  good.opened("object", "an object out of the forwarder's box");
  VectorFile roster = good.with("frame", encoded(DeliveryVerb::roster));
  roster.number("verb", 1, 1).opened("roster", "a piece of a roster");
  file.with("frame", flipped(frame, 0, 1))
      .refused("unknown_verb", "a verb that there is not", Error::malformed);
  file.with("frame", flipped(frame, frame_size - 1))
      .refused("padding", "the padding is not zero", Error::malformed);
  file.with("frame", flipped(frame, 37, 0x80))
      .refused("body_too_long", "the body is longer than the frame", Error::malformed);
}

}  // namespace

void make_release_vectors(const path& root) {
  make_coding(root);
  make_release(root);
  make_record(root);
  make_proposal(root);
  make_receipt(root);
  make_delivery(root);
}

}  // namespace meldpunt::crypto::vectors
