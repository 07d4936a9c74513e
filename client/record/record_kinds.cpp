#include "client/record/record_kinds.h"

#include <algorithm>

namespace meldpunt::record {

namespace {

constexpr std::array need_states{
    Choice{"WISHED", {"Gewenst", "Wished for"}},
    Choice{"ASKED", {"Aangevraagd", "Asked for"}},
    Choice{"ARRANGED", {"Geregeld", "Arranged"}},
    Choice{"UNAVAILABLE", {"Geen plek of aanbod", "No place or offer"}},
    Choice{"DECLINED", {"Wil de cliënt niet", "Declined by the client"}},
    Choice{"ENDED", {"Beëindigd", "Ended"}},
};
// The four roles of a place are kept apart: the notes attach other duties to each.
constexpr std::array place_roles{
    Choice{"REGISTERED", {"Ingeschreven", "Registered in"}},
    Choice{"FOUND", {"Aangetroffen", "Found in"}},
    Choice{"STAYS", {"Verblijft", "Stays in"}},
    Choice{"EXPLOITED", {"Uitgebuit", "Exploited in"}},
};
constexpr std::array intensities{
    Choice{"LOW", {"Laag", "Low"}},
    Choice{"NORMAL", {"Gewoon", "Normal"}},
    Choice{"HIGH", {"Hoog", "High"}},
};
// What the intensity hangs on (A:App, "Coördinatie en monitoring van het traject").
constexpr std::array intensity_factors{
    Choice{"UNFAMILIAR",
           {"De hulpverlener kent de doelgroep nog niet goed",
            "The provider does not know the target group well yet"}},
    Choice{"NO_CONSULT",
           {"De hulpverlener kan weinig overleggen met de coördinator",
            "The provider can hardly consult the coordinator"}},
    Choice{"NO_CONFERENCE",
           {"Er is geen regelmatige casuïstiekbespreking", "There is no regular case conference"}},
    Choice{"NO_INSIGHT",
           {"Er is weinig inzicht in het dossier van de hulpverlener",
            "There is little insight into the provider's file"}},
};
constexpr std::array bottleneck_sides{
    Choice{"WITHIN", {"Binnen het netwerk", "Within the network"}},
    Choice{"OUTSIDE", {"Buiten het netwerk", "Outside the network"}},
};
constexpr std::array triage_choices{
    Choice{"CASE", {"Een zaak", "A case"}},
    Choice{"ADVICE", {"Een adviesvraag, zonder zaak", "An advice question, without a case"}},
    Choice{"JUNK", {"Onzin of misbruik", "Nonsense or abuse"}},
    Choice{"MUTED",
           {"Gedempt: nieuwe berichten vallen niet op", "Muted: new messages do not stand out"}},
};
constexpr std::array countersigned{
    Choice{"ESCALATION", {"Delen zonder toestemming", "Sharing without consent"}},
    Choice{"ERASURE", {"Wissen of weglaten", "Erasing or striking out"}},
    Choice{"CLOSING", {"De zaak van een minderjarige afsluiten", "Closing the case of a minor"}},
};
// What anybody may ask about what is kept of them (GDPR, articles 15 to 21).
constexpr std::array request_kinds{
    Choice{"ERASE", {"Alles wissen", "Erase everything"}},
    Choice{"ACCESS", {"Inzage", "Access"}},
    Choice{"CORRECT", {"Verbetering", "Correction"}},
    Choice{"OBJECT", {"Bezwaar", "Objection"}},
};
constexpr std::array requesters{
    Choice{"CLIENT", {"De cliënt", "The client"}},
    Choice{"REPORTER", {"De melder", "The reporter"}},
    Choice{"OTHER", {"Iemand namens hen", "Somebody on their behalf"}},
};
constexpr std::array request_outcomes{
    Choice{"GRANTED", {"Ingewilligd", "Granted"}},
    Choice{"REFUSED", {"Geweigerd", "Refused"}},
    Choice{"WITHDRAWN", {"Ingetrokken", "Withdrawn"}},
};
constexpr std::array consent_givers{
    Choice{"SELF", {"De cliënt zelf (16 jaar of ouder)", "The client (16 or older)"}},
    Choice{"GUARDIAN", {"De voogd", "The guardian"}},
    Choice{"COURT", {"De kinderrechter", "The juvenile court"}},
};
constexpr std::array papers{
    Choice{"CLIENT_FILE", {"Het eigen dossier van de cliënt", "The client's own file"}},
    Choice{"REGISTRATION", {"Registratieformulier CoMensha", "Registration form of CoMensha"}},
    Choice{"ZAAK", {"Zaak voor de gemeente", "Zaak for the municipality"}},
    Choice{"AUDIT", {"Logboek", "Journal of what was done"}},
};
constexpr std::array paper_recipients{
    Choice{"CLIENT", {"De cliënt", "The client"}},
    Choice{"BEHALF", {"Wie de cliënt daarvoor vroeg", "Somebody whom the client asked to"}},
    Choice{"COMENSHA", {"CoMensha", "CoMensha"}},
    Choice{"MUNICIPALITY", {"De gemeente", "The municipality"}},
    Choice{"CONTROL", {"Wie toezicht houdt", "Who supervises"}},
};
constexpr std::array pillars{
    Choice{"P1", {"Hulp en opvang", "Help and shelter"}},
    Choice{"P2", {"Verblijfsrecht", "Residence law"}},
    Choice{"P3", {"Strafrecht", "Criminal law"}},
};

constexpr Label remark{"Toelichting", "Remark"};

constexpr std::array phase_fields{
    Field{"open", {"Lopende fasen", "Phases that run"}, FieldType::codes, "phase", {}, true},
    Field{"remark", remark, FieldType::text},
};
constexpr std::array classification_fields{
    Field{"acts", {"Handelingen", "Acts"}, FieldType::codes, "acts"},
    Field{"means", {"Dwangmiddelen", "Means"}, FieldType::codes, "means"},
    Field{"forms",
          {"Vormen van uitbuiting", "Forms of exploitation"},
          FieldType::codes,
          "exploitation_form"},
    Field{"sectors", {"Sectoren", "Sectors"}, FieldType::codes, "sector"},
    Field{"modus", {"Werkwijze", "Modus"}, FieldType::codes, "modus"},
    Field{"demarcation", {"Afbakening", "Demarcation"}, FieldType::codes, "legal_demarcation"},
    Field{"status",
          {"Status als slachtoffer", "Status as a victim"},
          FieldType::code,
          "status_victim"},
    Field{"remark", remark, FieldType::text},
};
constexpr std::array risk_fields{
    Field{"urgency", {"Urgentie", "Urgency"}, FieldType::code, "urgency", {}, true},
    Field{"signals", {"Signalen", "Signals"}, FieldType::codes, "signal_general"},
    Field{"signals_foreign",
          {"Signalen bij buitenlandse slachtoffers", "Signals with foreign victims"},
          FieldType::codes,
          "signal_foreign"},
    Field{"signals_other", {"Andere signalen", "Other signals"}, FieldType::codes, "signal_other"},
    Field{"remark", remark, FieldType::text},
};
constexpr std::array need_fields{
    Field{"need", {"Hulpvraag", "Need"}, FieldType::code, "need", {}, true},
    Field{"state", {"Stand", "State"}, FieldType::code, {}, need_states, true},
    Field{"provider", {"Door wie", "By whom"}, FieldType::code, "partner"},
    Field{"remark", remark, FieldType::text},
};
constexpr std::array place_fields{
    Field{"role", {"Waarvoor", "What for"}, FieldType::code, {}, place_roles, true},
    Field{"municipality", {"Gemeente", "Municipality"}, FieldType::code, "municipality", {}, true},
    Field{"from", {"Vanaf", "From"}, FieldType::date},
    Field{"until", {"Tot", "Until"}, FieldType::date},
    Field{"remark", remark, FieldType::text},
};
constexpr std::array right_fields{
    Field{"pillar", {"Pijler", "Pillar"}, FieldType::code, {}, pillars, true},
    Field{"told", {"Wat is verteld", "What was told"}, FieldType::text, {}, {}, true},
    Field{"on", {"Wanneer", "When"}, FieldType::date, {}, {}, true},
    Field{"language", {"In welke taal", "In which language"}, FieldType::line},
};
constexpr std::array review_fields{
    Field{"on", {"Volgende keer", "Next time"}, FieldType::date, {}, {}, true},
    Field{"intensity", {"Intensiteit", "Intensity"}, FieldType::code, {}, intensities},
    Field{"factors", {"Waarom", "Why"}, FieldType::codes, {}, intensity_factors},
};
constexpr std::array task_fields{
    Field{"text", {"Wat", "What"}, FieldType::line, {}, {}, true},
    Field{"due", {"Uiterlijk", "Due"}, FieldType::date},
    Field{"done", {"Gedaan", "Done"}, FieldType::flag},
};
constexpr std::array request_fields{
    Field{
        "what", {"Wat wordt gevraagd", "What is asked"}, FieldType::code, {}, request_kinds, true},
    Field{"by", {"Door wie", "By whom"}, FieldType::code, {}, requesters, true},
    Field{"on", {"Ontvangen op", "Received on"}, FieldType::date, {}, {}, true},
    Field{"due",
          {"Uiterlijk, als de termijn is verlengd", "Due, where the term was extended"},
          FieldType::date},
    Field{"outcome", {"Uitkomst", "Outcome"}, FieldType::code, {}, request_outcomes},
    Field{"ground", {"Grond van de weigering", "Ground of the refusal"}, FieldType::text},
};
constexpr std::array check_fields{
    Field{"list", {"Lijst", "List"}, FieldType::line, {}, {}, true},
    Field{"text", {"Punt", "Point"}, FieldType::line, {}, {}, true},
    Field{"done", {"Gedaan", "Done"}, FieldType::flag},
};
constexpr std::array shared_note_fields{
    Field{"text", {"Notitie", "Note"}, FieldType::text, {}, {}, true},
};
constexpr std::array bottleneck_fields{
    Field{"side", {"Waar", "Where"}, FieldType::code, {}, bottleneck_sides, true},
    Field{"partner", {"Bij wie", "With whom"}, FieldType::code, "partner"},
    Field{"text", {"Knelpunt", "Bottleneck"}, FieldType::text, {}, {}, true},
    Field{"solved", {"Opgelost", "Solved"}, FieldType::flag},
};
constexpr std::array identity_fields{
    Field{"name", {"Naam", "Name"}, FieldType::line},
    Field{"born", {"Geboren", "Born"}, FieldType::date},
    Field{"contact", {"Te bereiken via", "To be reached by"}, FieldType::text},
    Field{"documents", {"Documenten", "Documents"}, FieldType::text},
    Field{"safety", {"Veilig contact", "Safe contact"}, FieldType::text},
};
constexpr std::array identity_opened_fields{
    Field{"reason", {"Waarom", "Why"}, FieldType::line, {}, {}, true},
};
constexpr std::array paper_taken_fields{
    Field{"paper", {"Welk papier", "Which paper"}, FieldType::code, {}, papers, true},
    Field{"recipient", {"Voor wie", "For whom"}, FieldType::code, {}, paper_recipients, true},
    Field{"reason", {"Waarom", "Why"}, FieldType::line, {}, {}, true},
};
constexpr std::array consent_giver_fields{
    Field{"who",
          {"Wie toestemming geeft", "Who consents"},
          FieldType::code,
          {},
          consent_givers,
          true},
    Field{"remark", remark, FieldType::text},
};
constexpr std::array triage_fields{
    Field{"as", {"Behandeld als", "Treated as"}, FieldType::code, {}, triage_choices, true},
    Field{"answer", {"Kort antwoord", "Short answer"}, FieldType::text},
};
constexpr std::array membership_fields{
    Field{"of", {"Hoort bij zaak", "Belongs to case"}, FieldType::subject},
    Field{"reason", {"Waarom", "Why"}, FieldType::line},
};
constexpr std::array seconded_fields{
    Field{"what", {"Wat", "What"}, FieldType::line, {}, {}, true},
    Field{"position",
          {"Regel van het journaal", "Line of the journal"},
          FieldType::line,
          {},
          {},
          true},
    Field{"by", {"Apparaat van de tweede persoon", "The second person's device"}, FieldType::line},
    Field{"signature", {"Handtekening", "Signature"}, FieldType::line},
};
constexpr std::array second_refused_fields{
    Field{"what", {"Wat", "What"}, FieldType::code, {}, countersigned, true},
    Field{"of", {"Kenmerk", "Number"}, FieldType::line, {}, {}, true},
    Field{"version", {"Versie", "Version"}, FieldType::line, {}, {}, true},
    Field{"by", {"Wie", "Who"}, FieldType::line, {}, {}, true},
    Field{"reason", {"Waarom niet", "Why not"}, FieldType::text, {}, {}, true},
};
constexpr std::array closing_fields{
    Field{"conditions",
          {"Voorwaarden waaraan is voldaan", "Conditions that are met"},
          FieldType::codes,
          "closing_condition"},
    Field{"reason", {"Reden", "Reason"}, FieldType::code, "closing_reason", {}, true},
    Field{"remark", remark, FieldType::text},
};
constexpr std::array counted_fields{
    Field{"series", {"Reeks", "Series"}, FieldType::line, {}, {}, true},
    Field{"period", {"Periode", "Period"}, FieldType::line, {}, {}, true},
    Field{"codes", {"Codes", "Codes"}, FieldType::text},
};
constexpr std::array knowledge_fields{
    Field{"question", {"Vraag", "Question"}, FieldType::line, {}, {}, true},
    Field{"answer", {"Antwoord", "Answer"}, FieldType::text, {}, {}, true},
};

constexpr std::array kinds{
    Kind{"triage", {"Wat het is", "What it is"}, Holds::one, triage_fields},
    Kind{"phase", {"Fase", "Phase"}, Holds::one, phase_fields},
    Kind{"risk", {"Risicoscreening", "Risk screening"}, Holds::one, risk_fields},
    Kind{"classification", {"Duiding", "Classification"}, Holds::one, classification_fields},
    Kind{"need", {"Hulpvraag", "Need"}, Holds::several, need_fields},
    Kind{"place", {"Plaats", "Place"}, Holds::several, place_fields},
    Kind{"right", {"Verteld recht", "Right that was told"}, Holds::several, right_fields},
    Kind{"review", {"Volgend overleg", "Next review"}, Holds::one, review_fields},
    Kind{"task", {"Taak", "Task"}, Holds::several, task_fields},
    Kind{"request",
         {"Verzoek van de betrokkene", "Request of the person concerned"},
         Holds::several,
         request_fields},
    Kind{"check", {"Controlepunt", "Point to check"}, Holds::several, check_fields},
    Kind{"shared_note",
         {"Notitie die de cliënt mag lezen", "Note that the client may read"},
         Holds::several,
         shared_note_fields},
    Kind{"bottleneck", {"Knelpunt", "Bottleneck"}, Holds::several, bottleneck_fields},
    Kind{"consent_giver",
         {"Wie toestemming geeft", "Who consents"},
         Holds::one,
         consent_giver_fields},
    Kind{"identity", {"Identiteit", "Identity"}, Holds::one, identity_fields, Shown::on_request},
    Kind{"identity_opened",
         {"Identiteit geopend", "Identity opened"},
         Holds::several,
         identity_opened_fields,
         Shown::by_deed},
    Kind{"paper_taken",
         {"Papier meegegeven", "Paper taken out"},
         Holds::several,
         paper_taken_fields,
         Shown::by_deed},
    Kind{"membership",
         {"Samengevoegd met", "Merged into"},
         Holds::one,
         membership_fields,
         Shown::by_deed},
    Kind{"closing", {"Afsluiting", "Closing"}, Holds::one, closing_fields},
    Kind{"seconded",
         {"Door een tweede bevestigd", "Confirmed by a second person"},
         Holds::several,
         seconded_fields,
         Shown::by_deed},
    Kind{"second_refused",
         {"Door een tweede niet getekend", "Not signed by a second person"},
         Holds::several,
         second_refused_fields,
         Shown::by_deed},
    Kind{"counted",
         {"Geteld in de cijfers als", "Counted in the figures as"},
         Holds::several,
         counted_fields,
         Shown::by_deed},
    Kind{"knowledge",
         {"Kennisnotitie", "Knowledge note"},
         Holds::several,
         knowledge_fields,
         Shown::by_deed},
};

}  // namespace

std::span<const Kind> all_kinds() { return kinds; }

const Kind* find_kind(std::string_view name) {
  const auto* const found = std::ranges::find(kinds, name, &Kind::name);
  return found == kinds.end() ? nullptr : found;
}

const Field* find_field(const Kind& kind, std::string_view name) {
  const auto found = std::ranges::find(kind.fields, name, &Field::name);
  return found == kind.fields.end() ? nullptr : &*found;
}

std::string_view name_of(FieldType type) {
  switch (type) {
    case FieldType::code:
      return "code";
    case FieldType::codes:
      return "codes";
    case FieldType::text:
      return "text";
    case FieldType::line:
      return "line";
    case FieldType::date:
      return "date";
    case FieldType::flag:
      return "flag";
    case FieldType::subject:
      return "case";
  }
  return {};
}

}  // namespace meldpunt::record
