#!/bin/bash
# Makes en.txt and nl.txt anew from four word lists of Debian 12, in the directory given.
# The lists in this folder are frozen: a better one gets a new name. This script is the record of how they were made.
# Needs the packages diceware, scowl and wdutch, and perl-base. Usage: make-lists.sh DIRECTORY
set -euo pipefail
export LC_ALL=C

here=$(cd "$(dirname "$0")" && pwd)
into=${1:?usage: make-lists.sh DIRECTORY}
mkdir -p "$into"
into=$(cd "$into" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

diceware=$(dpkg -L diceware | grep '/wordlists/wordlist_en_eff.txt$' | xargs dirname)
scowl=/usr/share/dict/scowl
dutch=/usr/share/dict/dutch

plain_words() { grep -E '^[a-z]{3,9}$' | sort -u; }
short_first() { awk '{ print length, $0 }' | sort -k1,1n -k2,2 | cut -d' ' -f2; }
scowl_level() { cat "$scowl/english-words.$1" "$scowl/american-words.$1" | iconv -f ISO-8859-1 -t UTF-8 | plain_words; }

cd "$scratch"
awk '{ print $2 }' "$diceware/wordlist_en_eff.txt" | plain_words > eff
plain_words < "$diceware/wordlist_en_securedrop.asc" > securedrop
for level in 10 20 35 40; do scowl_level "$level" > "scowl$level"; done
sort -u scowl10 scowl20 scowl35 > common

# Best first: what is on the diceware lists and common, then the merely common, then the rest of the EFF's list.
{
  for level in 10 20 35; do comm -12 eff "scowl$level" | short_first; done
  comm -12 securedrop common | short_first
  for level in 10 20; do short_first < "scowl$level"; done
  grep -E '.{4}' scowl35 | short_first
  short_first < eff
  grep -E '.{4}' scowl40 | short_first
} | awk '!seen[$0]++' > candidates-en
perl "$here/rank-dutch.pl" < "$dutch" > candidates-nl

choose() {
  perl "$here/choose.pl" "$1" "$here/screened-$1.txt" "$here/screened-$2.txt" "$here/dropped-$1.txt" \
    "$here/homophones-en.txt" < "candidates-$1" | sort > "chosen-$1"
}
choose en nl
choose nl en

# What both languages spell alike comes first in both, so that it has the same index; then each one's own, in order.
comm -12 chosen-en chosen-nl > shared
for language in en nl; do
  { cat shared; comm -23 "chosen-$language" shared; } > "$into/$language.txt"
  wc -l "$into/$language.txt"
done
echo "spelled alike: $(wc -l < shared)"
