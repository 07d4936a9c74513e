// The lengths that docs/protocol.md names are those of the code.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "crypto/case_events.h"
#include "crypto/code.h"
#include "crypto/escalation.h"
#include "crypto/puzzle.h"
#include "crypto/vault.h"
#include "crypto/wire/messages.h"
#include "crypto/wire/notice.h"

namespace meldpunt::crypto {
namespace {

// 16384 as "16,384".
std::string with_commas(std::size_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

class ProtocolDocument : public testing::Test {
 protected:
  // As one line, so that a line's end is a space like others.
  ProtocolDocument() {
    std::ifstream in("docs/protocol.md", std::ios::binary);
    for (std::istreambuf_iterator<char> at(in), end; at != end; ++at) {
      const bool space = *at == '\n' || *at == ' ';
      if (!space) text_ += *at;
      if (space && !text_.empty() && text_.back() != ' ') text_ += ' ';
    }
  }

  void expect(const std::string& before, std::size_t number, const std::string& after = "") const {
    const std::string wanted = before + with_commas(number) + after;
    EXPECT_NE(text_.find(wanted), std::string::npos) << wanted;
  }

  std::string text_;
};

TEST_F(ProtocolDocument, NamesTheLengthsOfFrames) {
  expect("is exactly ", frame_size, " bytes");
  expect("enc 1120 | ciphertext ", request_plaintext_size + aead_tag_size);
  expect("(HPKE to the request key; plaintext ", request_plaintext_size, ")");
  expect("nonce 32 | ciphertext ", response_plaintext_size + aead_tag_size);
  expect("the other ", frame_size - key_id_size, " bytes are random");
  expect("one part of 16,384 bytes, on the wire an outer frame of ", zmq_message_size);
}

TEST_F(ProtocolDocument, NamesTheLengthsOfTheNotice) {
  expect("bundle, field | zeros to ", bundle_area_size);
  expect("salt 16 | ", digest_tags, " tags of 4");
}

TEST_F(ProtocolDocument, NamesTheLengthsOfOperations) {
  expect("sealed report ", sealed_report_size);
  expect("bytes (field, at most ", put_bytes_max, ")");
}

TEST_F(ProtocolDocument, NamesTheLengthsOfReports) {
  expect("epoch id 4 | enc 1120 | ciphertext ", report_plaintext_size + aead_tag_size);
  expect("MAC 32 ", report_plaintext_size, " in all");
  expect("A body has at most ", report_body_max, " bytes");
}

TEST_F(ProtocolDocument, NamesTheLengthsOfReplies) {
  expect("enc 1120 | ciphertext ", reply_plaintext_size + aead_tag_size, " ");
  expect("", sealed_reply_size, " in all");
  expect("MAC 32 ", reply_plaintext_size, " in all");
  expect("Index 0 … ", reply_indices - 1);
}

TEST_F(ProtocolDocument, NamesTheLengthsOfVaultAndJournal) {
  expect("case key 32) ", slot_value_size, " bytes");
  expect("512, ", event_middle_size, " or " + with_commas(event_full_size) + " in all");
  expect("the ", Hash::size + CaseId::size + 1 + 4 + DeviceId::size, " bytes before the content");
}

TEST_F(ProtocolDocument, NamesTheLengthsOfEscalations) {
  expect("up to ", escalation_in_one, " bytes as one object of kind 3");
  expect("kind 4) of ", escalation_part_size, " bytes and a rest");
  expect("no code twice; at most ", escalation_max, " bytes in all, sixteen parts");
}

TEST_F(ProtocolDocument, NamesTheOtherNumbers) {
  expect("a word list of ", word_list_size, " distinct words");
  expect("v in decimal, ", code_digits, " digits");
  expect("At most ", roster_max_devices, " devices");
  expect("1 to ", parts_max, " parts");
  expect("e ≤ ", effort_max);
  expect("last day − first day ≤ ", operations_days);
  expect("≤ ", coordinator_days, " for coordinators and approvers");
  expect("≤ ", partner_days, " for the others");
}

}  // namespace
}  // namespace meldpunt::crypto
