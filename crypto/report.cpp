#include "crypto/report.h"

#include <algorithm>

#include "crypto/hpke.h"
#include "crypto/kdf.h"
#include "crypto/label.h"
#include "crypto/text.h"

namespace meldpunt::crypto {

namespace {

constexpr std::string_view mac_label = "meldpunt/1 report mac";
constexpr std::size_t mac_offset = report_plaintext_size - mac_size;

Buffer info(const RegionId& region, const EpochId& epoch) {
  return bind("report", {region.view(), epoch.view()});
}

void write_name(Writer& writer, const std::string& name) { writer.field(as_bytes(name)); }

struct BodyWriter {
  Writer& writer;

  void operator()(const Statement& statement) const {
    write_name(writer, statement.language);
    writer.u8(static_cast<std::uint8_t>(statement.answers.size()));
    for (const Answer& answer : statement.answers) {
      write_name(writer, answer.question);
      writer.u8(static_cast<std::uint8_t>(answer.codes.size()));
      for (const std::string& code : answer.codes) write_name(writer, code);
    }
    writer.field(as_bytes(statement.text));
    writer.u8(static_cast<std::uint8_t>(statement.enclosed.size()));
    for (const Manifest& manifest : statement.enclosed) write_manifest(writer, manifest);
  }
  void operator()(const ConsentAnswer& answer) const {
    writer.bytes(answer.question.view())
        .u8(static_cast<std::uint8_t>(answer.choice))
        .field(as_bytes(answer.text));
  }
  void operator()(const EraseRequest& request) const { writer.field(as_bytes(request.text)); }
  void operator()(const Part& part) const { write_part(writer, part); }
};

std::string read_name(Reader& reader) {
  const Bytes name = reader.field();
  if (!is_code_name(name)) reader.reject();
  return std::string(as_text(name));
}

std::string read_text(Reader& reader) {
  const Bytes text = reader.field();
  if (!is_text(text)) reader.reject();
  return std::string(as_text(text));
}

Statement read_statement(Reader& reader) {
  Statement statement;
  statement.language = read_name(reader);
  const std::size_t answers = reader.u8();
  for (std::size_t i = 0; i < answers && !reader.failed(); ++i) {
    Answer answer{read_name(reader), {}};
    const std::size_t codes = reader.u8();
    for (std::size_t j = 0; j < codes && !reader.failed(); ++j) {
      answer.codes.push_back(read_name(reader));
    }
    statement.answers.push_back(std::move(answer));
  }
  statement.text = read_text(reader);
  const std::size_t manifests = reader.u8();
  for (std::size_t i = 0; i < manifests && !reader.failed(); ++i) {
    statement.enclosed.push_back(read_manifest(reader));
  }
  return statement;
}

ConsentAnswer read_consent_answer(Reader& reader) {
  ConsentAnswer answer;
  answer.question = reader.id<ConsentId>();
  const std::uint8_t choice = reader.u8();
  if (choice < 1 || choice > 4) reader.reject();
  answer.choice = static_cast<ConsentChoice>(choice);
  answer.text = read_text(reader);
  return answer;
}

ReportBody read_body(Reader& reader, ReportKind kind) {
  switch (kind) {
    case ReportKind::report:
    case ReportKind::message:
    case ReportKind::advice:
      return read_statement(reader);
    case ReportKind::consent_answer:
      return read_consent_answer(reader);
    case ReportKind::erase:
      return EraseRequest{read_text(reader)};
    case ReportKind::part:
      return read_part(reader);
  }
  reader.reject();
  return EraseRequest{};
}

// A count of 256 or more would be written as its low byte.
bool countable(const ReportBody& body) {
  const auto* statement = std::get_if<Statement>(&body);
  if (statement == nullptr) return true;
  return statement->answers.size() <= 0xff && statement->enclosed.size() <= 0xff &&
         std::all_of(statement->answers.begin(), statement->answers.end(),
                     [](const Answer& answer) { return answer.codes.size() <= 0xff; });
}

bool fits_kind(const Report& report) {
  switch (report.kind) {
    case ReportKind::report:
    case ReportKind::message:
    case ReportKind::advice:
      return std::holds_alternative<Statement>(report.body);
    case ReportKind::consent_answer:
      return std::holds_alternative<ConsentAnswer>(report.body);
    case ReportKind::erase:
      return std::holds_alternative<EraseRequest>(report.body);
    case ReportKind::part:
      return std::holds_alternative<Part>(report.body);
  }
  return false;
}

Result<void> write_plaintext(MutableBytes plaintext, const Report& report) {
  if (!fits_kind(report)) return fail(Error::malformed);
  if (!countable(report.body)) return fail(Error::too_many);
  const auto place = plaintext.subspan(report_head_size + 2, report_body_max);
  Writer fields(place);
  std::visit(BodyWriter{fields}, report.body);
  if (!fields.fits()) return fail(Error::too_long);
  Reader check(fields.written());
  read_body(check, report.kind);
  if (!check.finished()) return fail(Error::malformed);

  Writer(plaintext.first(report_head_size + 2))
      .bytes(report.id.view())
      .bytes(report.thread.id.view())
      .bytes(report.thread.address_key.view())
      .bytes(report.thread.up_key.view())
      .bytes(report.thread.down_key.view())
      .bytes(report.thread.reply_key.view())
      .bytes(report.visit.view())
      .u8(report.part)
      .u16(report.last_reply_read)
      .u32(report.hour)
      .u8(static_cast<std::uint8_t>(report.kind))
      .u16(static_cast<std::uint16_t>(fields.size()));
  fields.pad();
  return {};
}

void compute_mac(std::span<std::uint8_t, mac_size> out, Bytes up_key, const ReportExport& exported,
                 Bytes plaintext) {
  hmac(out, up_key, {as_bytes(mac_label), exported, plaintext.first(mac_offset)});
}

}  // namespace

Result<SealedReport> seal_report(const Report& report, const SealingKey<role::Epoch>& team,
                                 const RegionId& region, const EncapsulationSeed* seed) {
  // Gone before this returns: guarded pages would cost half of what sealing does.
  Transient<report_plaintext_size> plaintext;
  if (const auto written = write_plaintext(plaintext.fill(), report); !written) {
    return fail(written.error());
  }
  const EpochId epoch = epoch_of(team);
  SealedReport sealed{};
  copy_bytes(epoch.view(), sealed);
  const auto done = hpke_seal(
      team, info(region, epoch), MutableBytes(sealed).subspan(epoch_id_size),
      [&](HpkeContext& context, MutableBytes ciphertext) {
        ReportExport exported{};
        context.export_secret(exported, as_bytes(mac_label));
        compute_mac(plaintext.fill().last<mac_size>(), report.thread.up_key.view(), exported,
                    plaintext.view());
        context.seal(ciphertext, plaintext.view());
      },
      seed);
  if (!done) return fail(done.error());
  return sealed;
}

EpochId epoch_of(std::span<const std::uint8_t, sealed_report_size> sealed) {
  EpochId epoch;
  copy_bytes(sealed.first<epoch_id_size>(), epoch.fill());
  return epoch;
}

Result<OpenedReport> open_report(std::span<const std::uint8_t, sealed_report_size> sealed,
                                 const OpeningKey<role::Epoch>& epoch, const RegionId& region) {
  OpenedReport report;
  const auto opened =
      hpke_open(epoch, info(region, epoch_of(sealed)), sealed.subspan<epoch_id_size>(),
                [&](HpkeContext& context, Bytes ciphertext) {
                  context.export_secret(report.exported, as_bytes(mac_label));
                  return context.open(report.plaintext.fill(), ciphertext);
                });
  if (!opened) return fail(opened.error());
  return report;
}

Result<SecretBytes<report_plaintext_size>> plaintext_of(const Report& report) {
  SecretBytes<report_plaintext_size> plaintext;
  const auto written = write_plaintext(plaintext.fill(), report);
  if (!written) return fail(written.error());
  return plaintext;
}

Result<Report> decode_report(std::span<const std::uint8_t, report_plaintext_size> plaintext) {
  Reader reader(plaintext.first<mac_offset>());
  Report report;
  report.id = reader.id<ReportId>();
  report.thread.id = reader.id<ThreadId>();
  reader.copy(report.thread.address_key.fill());
  reader.copy(report.thread.up_key.fill());
  reader.copy(report.thread.down_key.fill());
  reader.copy(report.thread.reply_key.fill());
  report.visit = reader.id<VisitId>();
  report.part = reader.u8();
  report.last_reply_read = reader.u16();
  report.hour = reader.u32();
  const std::uint8_t kind = reader.u8();
  Reader body(reader.field());
  if (kind < 1 || kind > 6 || !reader.finished_with_padding()) return fail(Error::malformed);
  report.kind = static_cast<ReportKind>(kind);
  report.body = read_body(body, report.kind);
  if (!body.finished()) return fail(Error::malformed);
  return report;
}

bool continues_thread(const OpenedReport& report, const SecretBytes<32>& up_key) {
  Transient<mac_size> expected;
  compute_mac(expected.fill(), up_key.view(), report.exported, report.plaintext.view());
  return same_secret(expected.view(), report.plaintext.view().last<mac_size>());
}

}  // namespace meldpunt::crypto
