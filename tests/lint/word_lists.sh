#!/bin/bash
# word_lists.sh ROOT: the published word lists are what config/words/README.md says they are. They are frozen: a code
# that somebody wrote on paper is read back through them, so a change of one word loses threads for ever.
set -euo pipefail
export LC_ALL=C
cd "${1:?root of the tree}/config/words"

bad=0
complain() {
  echo "config/words: $*"
  bad=1
}

# The patterns of a screen (word, stem*, *end, *part*) as regular expressions.
expressions() { grep -v '^#' "$1" | sed -E '/^$/d; s/^([^*])/^\1/; s/([^*])$/\1$/; s/\*//g'; }

for language in en nl; do
  list=$language.txt
  [ "$(wc -l <"$list")" -eq 7776 ] || complain "$list has $(wc -l <"$list") words, not 7776"
  [ -z "$(sort "$list" | uniq -d)" ] || complain "$list says twice: $(sort "$list" | uniq -d | tr '\n' ' ')"
  others=$(grep -vE '^[a-z]{3,9}$' "$list" || true)
  [ -z "$others" ] || complain "$list has what is not three to nine plain letters: $(head -3 <<<"$others")"

  screen=$(expressions "screened-$language.txt")
  [ -n "$screen" ] || complain "screened-$language.txt is empty"
  hurting=$(grep -E -f <(echo "$screen") "$list" || true)
  [ -z "$hurting" ] || complain "$list has words of screened-$language.txt: $(tr '\n' ' ' <<<"$hurting")"

  sum=$(sha256sum "$list" | cut -d' ' -f1)
  grep -q "$sum" README.md || complain "$list is not the frozen one: README.md does not know $sum"
done

# A spelling of both languages has one index, whichever list reads it.
moved=$(awk 'NR == FNR { at[$0] = FNR; next } ($0 in at) && at[$0] != FNR' en.txt nl.txt)
[ -z "$moved" ] || complain "another index in en.txt than in nl.txt: $(tr '\n' ' ' <<<"$moved")"

# No slip of the pen makes one word of a list into another: a letter left out, added, changed, or two changed about.
for list in en.txt nl.txt; do
  near=$(perl -lne '
    push @words, $_; $known{$_} = 1;
    END {
      for my $word (@words) {
        for my $at (0 .. length($word) - 1) {
          my ($head, $tail) = (substr($word, 0, $at), substr($word, $at + 1));
          my $turned = $head . substr($tail, 0, 1) . substr($word, $at, 1) . substr($tail, $tail eq "" ? 0 : 1);
          my @slips = ("$head$tail", $turned, map { "$head$_$tail" } "a" .. "z");
          print "$word $_" for grep { $_ ne $word && $known{$_} } @slips;
        }
      }
    }' "$list" | head -3)
  [ -z "$near" ] || complain "$list has words one slip apart: $near"
done

exit "$bad"
