#include "crypto/handover_events.h"
#include "tests/support/fixed_thread.h"
#include "tests/vectors/vector_file.h"

namespace meldpunt::crypto::vectors {

namespace {

using namespace test;
using std::filesystem::path;

const RegionId region = id_of<RegionId>(0x21);

Escalation an_escalation(const FixedDevice& sender, Basis basis) {
  Escalation made;
  made.id = id_of<EscalationId>(0xa1);
  made.region = region;
  made.recipient = "KADERA";
  made.reference = case_reference(secret_of(0x83), made.recipient, region);
  made.hour = this_hour;
  made.valid_until = this_hour + 30 * 24;
  made.answer_by = this_hour + 72;
  made.journal_head = id_of<Hash>(0xa2);
  made.purpose = "REFER";
  made.basis = std::move(basis);
  made.fields = {{"age_class", "ADULT"}, {"summary", "Zoekt een veilige plek."}};
  made.sender = sign_escalation(body_of(made)->view(), sender.entry.id, sender.signing, region);
  return made;
}

ConsentQuestion a_question() {
  return {id_of<ConsentId>(0xa3), "KADERA", "REFER", {"age_class", "summary"}};
}

// Valid, cut short, and one byte too many; `kind` names the folder.
void save(VectorFile file, const char* name, const char* about, const Result<SecretBuffer>& bytes) {
  file.with("bytes", bytes->view()).opened(name, about);
  file.with("bytes", bytes->view().first(bytes->size() - 1))
      .refused(std::string(name) + "_cut_short", "the last byte is missing", Error::malformed);
  Buffer longer(bytes->view().begin(), bytes->view().end());
  longer.push_back(0);
  file.with("bytes", longer)
      .refused(std::string(name) + "_trailing_byte", "one byte too many", Error::malformed);
}

void make_escalation(const path& root) {
  const FixedDevice sender(0x11, DeviceRole::coordinator, "desk");
  const FixedDevice second(0x12, DeviceRole::approver, "deputy");
  VectorFile file(root, "escalation");
  file.bytes("region", region.view())
      .bytes("case key", secret_of(0x83).view())
      .bytes("sender key", sender.entry.signing.view())
      .bytes("second key", second.entry.signing.view());
  const auto consent =
      an_escalation(sender, ByConsent{id_of<ConsentId>(0xa3), ConsentHow::thread, this_hour - 24});
  save(file, "consent", "with consent given in the thread", encode(consent));
  auto without = an_escalation(sender, Override{"VITAL", "In gevaar, vannacht.", {}});
  save(file, "proposed", "an override that waits for its second person", encode(without));
  without.second =
      countersign_escalation(body_of(without)->view(), second.entry.id, second.signing, region);
  save(file, "override", "an override with two signatures", encode(without));
  save(file, "in_haste", "an override that is reviewed later",
       encode(an_escalation(sender, Override{"VITAL", "In gevaar, vannacht.", this_hour + 72})));

  const auto whole = encode(consent);
  const auto refused = [&](const char* name, const char* about, Bytes bytes, Error error) {
    file.with("bytes", bytes).refused(name, about, error);
  };
  const std::size_t signature_at = whole->size() - 1 - signature_size;
  refused("wrong_signature", "a bit of the sender's signature is turned",
          flipped(whole->view(), signature_at), Error::bad_signature);
  refused("changed_value", "a letter of a value is another",
          flipped(whole->view(), signature_at - DeviceId::size - 2), Error::bad_signature);
  refused("consent_with_second", "a second signature where none belongs",
          flipped(whole->view(), whole->size() - 1), Error::malformed);
  const auto two = encode(without);
  refused("wrong_second", "a bit of the second signature is turned",
          flipped(two->view(), two->size() - 1), Error::bad_signature);
  const std::size_t recipient_at = EscalationId::size + RegionId::size + 2;
  refused("recipient_not_a_code", "the recipient has a blank in its name",
          flipped(whole->view(), recipient_at, 'K' ^ ' '), Error::malformed);
}

void make_handover_event(const path& root) {
  const FixedDevice sender(0x11, DeviceRole::coordinator, "desk");
  const FixedDevice partner(0x13, DeviceRole::partner, "KADERA");
  const auto file = [&](std::uint8_t kind) {
    VectorFile made(root, "handover");
    made.number("format", kind, 1);
    return made;
  };
  const auto escalation = an_escalation(sender, Override{"VITAL", "In gevaar, vannacht.", {}});
  const auto answer = sign_answer({escalation.id,
                                   id_of<AnswerId>(0xa4),
                                   Said::accepted,
                                   this_hour,
                                   "Er is plaats.",
                                   {partner.entry.id, {}}},
                                  partner.signing, region);
  const auto printed = sign_answer(
      {escalation.id, id_of<AnswerId>(0xa8), Said::printed, this_hour, "", {partner.entry.id, {}}},
      partner.signing, region);
  const auto withdrawal = sign_withdrawal(
      {escalation.id, "KADERA", this_hour, "", {sender.entry.id, {}}}, sender.signing, region);
  const DeviceSignature signature{sender.entry.id, id_of<Signature>(0xa5)};
  save(file(1), "consent", "consent that was given elsewhere",
       encode(ConsentRecorded{a_question(), ConsentChoice::given, ConsentHow::written, this_hour,
                              "getekend"}));
  save(file(2), "proposed", "step 1", encode(EscalationStep(Proposed{escalation})));
  save(file(2), "sent", "step 2", encode(EscalationStep(Sent{escalation})));
  save(file(2), "carried", "step 3",
       encode(EscalationStep(CarriedStep{escalation.id, Carried::escalation})));
  save(file(2), "withdrawn", "step 4",
       encode(EscalationStep(Withdrawn{SecretBuffer::of(withdrawal->view())})));
  save(file(2), "reviewed", "step 5", encode(EscalationStep(Reviewed{escalation.id, signature})));
  Buffer large(escalation_in_one + 1, 'x');
  const auto manifest = make_manifest(PartsKind::escalation, large, escalation_part_size);
  save(file(2), "part", "step 6, of an escalation in parts",
       encode(EscalationStep(make_part(*manifest, large, 64, 1))));
  save(file(2), "in_parts", "step 7, the manifest that comes last",
       encode(EscalationStep(InParts{Stage::sent, *manifest})));
  save(file(3), "answer_received", "an answer in the journal",
       encode(AnswerReceived{id_of<Hash>(0xa6), SecretBuffer::of(answer->view())}));
  save(file(4), "erasure_proposed", "a proposal to erase a case",
       encode(ErasureProposed{3, signature, "daarom gevraagd"}));
  save(file(4), "redaction_proposed", "a proposal to strike two events from a case",
       encode(ErasureProposed{
           3, signature, "noemt een ander", {{5, ""}, {8, "Zij woonde bij [weggelaten]."}}}));
  save(file(5), "escalation_to_sign", "for an approver", encode(ToCountersign(escalation)));
  save(
      file(5), "erasure_to_sign", "for an approver",
      encode(ToCountersign(ErasureToSign{id_of<CaseId>(0x85), {3, signature, "daarom gevraagd"}})));
  save(file(5), "closing_to_sign", "the closing of a minor's case",
       encode(ToCountersign(
           ClosingToSign{id_of<CaseId>(0x85), 118, sender.entry.id, "{\"reason\":\"LEFT\"}"})));
  const ReleaseProposal proposal{Series::inflow,  20727,     20818,
                                 sender.entry.id, this_hour, "{\"schedule\":\"quarter\"}"};
  save(file(5), "release_to_sign", "a quarter's figures", encode(ToCountersign(proposal)));
  save(file(6), "second_signature", "what an approver answers",
       encode(SecondSignature{Countersigned::erasure, id_of<CaseId>(0x85).bytes, 3,
                              id_of<Signature>(0xa7)}));
  save(file(6), "closing_signature", "the same, to the closing of a minor's case",
       encode(SecondSignature{Countersigned::closing, id_of<CaseId>(0x85).bytes, 118,
                              id_of<Signature>(0xa7)}));
  Block<16> proposal_id{};
  copy_bytes(hash_of_proposal(*proposal_statement(proposal)).view().first(16), proposal_id);
  const SecondSignature to_release{Countersigned::release, proposal_id, 0, id_of<Signature>(0xa7)};
  save(file(6), "release_signature", "the same, to a release", encode(to_release));
  file(6)
      .with("bytes", flipped(encode(to_release)->view(), 1 + 16 + 7))
      .refused("release_signature_with_a_version", "a version where there is none",
               Error::malformed);
  save(file(7), "answer", "what a partner answers", answer);
  save(file(7), "answer_printed", "a partner says that it was printed", printed);
  save(file(9), "second_refusal", "what an approver answers who does not sign",
       encode(SecondRefusal{Countersigned::escalation, escalation.id.bytes, 0, "eerst bellen"}));
  save(file(8), "withdrawal", "what a partner is told", withdrawal);
  Buffer unknown(1 + EscalationId::size + 1, 1);
  unknown[0] = 8;
  file(2).with("bytes", unknown).refused("unknown_step", "step 8", Error::malformed);
  const auto step = encode(EscalationStep(InParts{Stage::sent, *manifest}));
  const auto in_parts = [&](const char* name, const char* about, std::size_t at,
                            std::uint8_t mask) {
    file(2).with("bytes", flipped(step->view(), at, mask)).refused(name, about, Error::malformed);
  };
  in_parts("in_parts_stage_unknown", "neither proposed nor sent", 1, 1);
  in_parts("in_parts_of_a_release", "the manifest is a release's", 2, 4 ^ 5);
  in_parts("in_parts_that_fits_one_event", "so small that it must be one event", 6, 0xff);
  in_parts("in_parts_too_large", "more than an escalation may be", 4, 0xff);
  const auto part = encode(EscalationStep(make_part(*manifest, large, 64, 1)));
  file(2)
      .with("bytes", flipped(part->view(), 1 + Hash::size + 1, 1 ^ 16))
      .refused("part_beyond_the_last", "part 16, of at most 16", Error::malformed);
  const auto written = encode(
      ConsentRecorded{a_question(), ConsentChoice::given, ConsentHow::written, this_hour, ""});
  Buffer in_thread(written->view().begin(), written->view().end());
  in_thread[in_thread.size() - 7] = 1;
  file(1)
      .with("bytes", in_thread)
      .refused("consent_of_the_thread", "recorded as if it came in the thread", Error::malformed);
}

}  // namespace

void make_handover_vectors(const path& root) {
  make_escalation(root);
  make_handover_event(root);
}

}  // namespace meldpunt::crypto::vectors
