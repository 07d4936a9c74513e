// What the program says to a reporter, in English and Dutch. Plain words, no promises that it
// cannot keep; the only telephone number is 112.
#pragma once

#include <cstdint>
#include <string_view>

namespace meldpunt::client {

enum class Tongue : std::uint8_t { english, dutch };

// Dutch for "nl" and "nl-BE", English for everything else.
[[nodiscard]] Tongue tongue_of(std::string_view language);

struct Text {
  std::string_view english;
  std::string_view dutch;

  [[nodiscard]] std::string_view in(Tongue tongue) const {
    return tongue == Tongue::dutch ? dutch : english;
  }
};

namespace text {

inline constexpr Text before_you_begin{
    "In acute danger call 112.\n"
    "What you type stays on this device until you say that it may be sent. Only the coordinators\n"
    "of this region can read it. This program stores nothing, but it cannot hide that it runs, "
    "and\n"
    "your terminal may keep what you type on its screen. Press Ctrl-C at any moment to stop.\n"
    "Every question may be left empty.\n",
    "Bel bij direct gevaar 112.\n"
    "Wat je typt blijft op dit apparaat tot je zegt dat het verstuurd mag worden. Alleen de\n"
    "coördinatoren van deze regio kunnen het lezen. Dit programma bewaart niets, maar het kan "
    "niet\n"
    "verbergen dat het draait, en je terminal kan bewaren wat er op het scherm staat. Stop op elk\n"
    "moment met Ctrl-C. Je mag elke vraag leeg laten.\n"};
inline constexpr Text who{
    "Is this (1) about yourself, (2) about something you saw, or (3) a question for advice? ",
    "Gaat dit (1) over jezelf, (2) over iets wat je zag, of is het (3) een vraag om advies? "};
inline constexpr Text danger{"Is somebody in danger at this moment? (y/n) ",
                             "Is er op dit moment iemand in gevaar? (j/n) "};
inline constexpr Text call_now{
    "Call 112 if you can do so safely. The coordinators may not see this at once.",
    "Bel 112 als dat veilig kan. De coördinatoren zien dit misschien niet meteen."};
inline constexpr Text minor{"Is somebody under 18 involved? (y/n) ",
                            "Is er iemand jonger dan 18 bij betrokken? (j/n) "};
inline constexpr Text tell{
    "Tell it in your own words. End with a line that holds only a dot.",
    "Vertel het in je eigen woorden. Eindig met een regel met alleen een punt."};
inline constexpr Text nothing_written{"Nothing was written, so nothing is sent.",
                                      "Er is niets geschreven, dus er wordt niets verstuurd."};
inline constexpr Text summary{
    "This will be sent. Look once more for names, numbers or addresses that could give you away.",
    "Dit wordt verstuurd. Kijk nog eens of er namen, nummers of adressen in staan die jou kunnen\n"
    "verraden."};
inline constexpr Text your_code{
    "This is your code. With it you come back, read the answer and add to what you wrote. Nobody\n"
    "can give it to you again. Write it on something neutral. Seven words, or 28 digits:",
    "Dit is je code. Daarmee kom je terug, lees je het antwoord en vul je aan wat je schreef.\n"
    "Niemand kan hem je nog eens geven. Schrijf hem op iets onopvallends. Zeven woorden, of\n"
    "28 cijfers:"};
inline constexpr Text code_back{
    "Type your code once, to see that it was written down well (Enter skips this): ",
    "Typ je code één keer, om te zien of hij goed is opgeschreven (Enter slaat dit over): "};
inline constexpr Text code_differs{"That is another code. Look at each word.",
                                   "Dat is een andere code. Kijk elk woord na."};
inline constexpr Text no_way_back{"No code is kept: nothing can be answered.",
                                  "Er wordt geen code bewaard: er kan niets geantwoord worden."};
inline constexpr Text may_send{"Send it? (y/n) ", "Versturen? (j/n) "};
inline constexpr Text not_sent{"Nothing was sent.", "Er is niets verstuurd."};
inline constexpr Text sending{
    "Sending. The line stays open for a fixed time, so that nobody can see what it was used for.",
    "Bezig met versturen. De verbinding blijft een vaste tijd open, zodat niemand kan zien "
    "waarvoor."};
inline constexpr Text photo_made_anew{
    "Removed: place, time, type of phone and all other hidden data. The photo was made anew here:",
    "Weggehaald: plaats, tijd, soort telefoon en alle andere verborgen gegevens. De foto is hier\n"
    "opnieuw gemaakt:"};
inline constexpr Text photo_still_shows{
    "What is in the picture itself stays: look for faces, names and number plates.",
    "Wat op de foto zelf staat blijft: let op gezichten, namen en nummerborden."};
inline constexpr Text a_photo{"a photo", "een foto"};
inline constexpr Text photo_only{
    "This file cannot be sent. Only photos (JPEG, PNG, WebP) can; other files may hold hidden "
    "facts "
    "about\n"
    "you. Make a screenshot of it and enclose that, or tell in your own words what it says.",
    "Dit bestand kan niet verstuurd worden. Alleen foto's (JPEG, PNG, WebP); andere bestanden "
    "kunnen\n"
    "verborgen gegevens over jou bevatten. Maak er een schermafdruk van en stuur die mee, of "
    "vertel "
    "in je\n"
    "eigen woorden wat er staat."};
inline constexpr Text photo_unreadable{
    "This photo cannot be opened: it is damaged or cut off. Nothing of it was kept. If another "
    "program\n"
    "shows it, make a screenshot there and enclose that.",
    "Deze foto kan niet geopend worden: hij is beschadigd of niet compleet. Er is niets van "
    "bewaard. "
    "Toont\n"
    "een ander programma hem wel, maak daar dan een schermafdruk en stuur die mee."};
inline constexpr Text photo_too_large{
    "This photo is too large to be opened here: at most 64 MB and 128 million pixels. Make it "
    "smaller, or\n"
    "make a screenshot of it and enclose that.",
    "Deze foto is te groot om hier te openen: hoogstens 64 MB en 128 miljoen pixels. Maak hem "
    "kleiner, of\n"
    "maak er een schermafdruk van en stuur die mee."};
inline constexpr Text photos_too_many{"At most 4 photos in one message.",
                                      "Hoogstens 4 foto's in één bericht."};
inline constexpr Text photos_not_here{
    "Photos cannot be made safe on this device: meldpunt-image is not beside this program, or the "
    "system\n"
    "cannot shut it in. Send without photos, or use the region's page.",
    "Foto's kunnen op dit apparaat niet veilig gemaakt worden: meldpunt-image staat niet bij dit\n"
    "programma, of het systeem kan het niet afsluiten. Verstuur zonder foto's, of gebruik de "
    "pagina "
    "van\n"
    "de regio."};
inline constexpr Text photos_with_words{
    "Photos go with a report or a message, not with --erase or --consent.",
    "Foto's gaan mee met een melding of bericht, niet met --erase of --consent."};
inline constexpr Text parts_to_send{"parts, one at each beat, which takes about",
                                    "delen, één bij elke slag; dat duurt ongeveer"};
inline constexpr Text minutes{"minutes.", "minuten."};
inline constexpr Text parts_arrived{"parts have arrived.", "delen zijn aangekomen."};
inline constexpr Text arrived_now{"It has arrived.", "Het is aangekomen."};
inline constexpr Text arrived{
    "A coordinator will read it. Come back with your code: meldpunt check.",
    "Een coördinator gaat het lezen. Kom terug met je code: meldpunt check."};
inline constexpr Text try_again{"It has not arrived. Try again? (y/n) ",
                                "Het is niet aangekomen. Nog eens proberen? (j/n) "};
inline constexpr Text type_code{"Your code: ", "Je code: "};
inline constexpr Text looking{
    "Looking. The line stays open for a fixed time, so that nobody can see what it was used for.",
    "Bezig met kijken. De verbinding blijft een vaste tijd open, zodat niemand kan zien waarvoor."};
inline constexpr Text nothing_there{
    "There is nothing under this code. Check each word; if they are right, come back later.",
    "Er is niets onder deze code. Kijk elk woord na; kloppen ze, kom dan later terug."};
inline constexpr Text suggest_burn{
    "When you have read enough: meldpunt burn erases these answers from the server.",
    "Als je genoeg gelezen hebt: meldpunt burn wist deze antwoorden van de server."};
inline constexpr Text burned{"Erased from the server.", "Gewist van de server."};
inline constexpr Text until{"stays until about", "blijft staan tot ongeveer"};
inline constexpr Text consent_asked{
    "You are asked whether this may be passed on. You decide, and no answer is wrong. Nothing is\n"
    "passed on before you say so.",
    "Je wordt gevraagd of dit doorgegeven mag worden. Jij beslist, en geen antwoord is fout. Er\n"
    "wordt niets doorgegeven voordat je dat zegt."};
inline constexpr Text consent_recipient{"to:", "aan:"};
inline constexpr Text consent_purpose{"what for:", "waarvoor:"};
inline constexpr Text consent_how{
    "You may take it back later, in the same way; what was read by then cannot be unread. Answer\n"
    "with: meldpunt message --consent",
    "Je mag het later op dezelfde manier terugnemen; wat dan al gelezen is, blijft gelezen.\n"
    "Antwoord met: meldpunt message --consent"};
inline constexpr Text chain_unknown{"An answer before this one has expired or was erased.",
                                    "Een eerder antwoord is verlopen of gewist."};
inline constexpr Text chain_broken{
    "This answer does not follow the one before it. Do not trust it; ask the coordinators another "
    "way.",
    "Dit antwoord past niet bij het vorige. Vertrouw het niet; vraag het de coördinatoren anders."};
inline constexpr Text unreadable{
    "Something lies under this code that is no answer to it. Tell the coordinators.",
    "Er ligt iets onder deze code wat er geen antwoord op is. Vertel het de coördinatoren."};
inline constexpr Text clock_off{
    "This device's clock and the server's differ much. Nothing is held back for it; see that yours "
    "is right.",
    "De klok van dit apparaat en die van de server verschillen veel. Er wordt niets om "
    "tegengehouden; kijk of die van jou goed staat."};
inline constexpr Text server_busy{"The server is busy; it will be tried again.",
                                  "De server heeft het druk; het wordt nog eens geprobeerd."};

}  // namespace text

}  // namespace meldpunt::client
