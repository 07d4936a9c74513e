#!/bin/bash
# exact.sh ROOT: no floating point where noise is drawn. What rounds could favour some outcomes, and the proof of privacy
# would be of another program. Planning, intervals and what is computed from published figures may use it.
set -euo pipefail
cd "${1:?root of the tree}/client/trends"

# What a variance is worth, for whoever plans or estimates; nothing here calls it.
allowed='\[\[nodiscard\]\] double value\(\) const \{|return static_cast<double>\(numerator\) / static_cast<double>\(denominator\);'
floating='\b(float|double)\b|std::(exp|expm1|log|log1p|sqrt|pow|round|llround|floor|ceil)\b|[0-9]\.[0-9]'

found=0
for name in uniform bernoulli_exp discrete_laplace discrete_gaussian; do
  for file in "$name.h" "$name.cpp"; do
    [ -e "$file" ] || continue
    if grep -nE "$floating" "$file" | grep -vE '^[0-9]+: *//' | grep -vE "$allowed" | sed "s|^|client/trends/$file:|" | grep .; then
      found=1
    fi
  done
done
# Of what calls them, the functions that draw: from their names to the next line that closes a function.
for place in 'effects.cpp|measure(' 'publication.cpp|noisy_cells('; do
  file=${place%%|*}
  [ -e "$file" ] || continue
  body=$(awk -v name="${place##*|}" 'index($0, name) && /^[a-z]/ { inside = 1 } inside { print FNR ":" $0 } /^}/ { inside = 0 }' "$file")
  if [ -z "$body" ]; then
    echo "client/trends/$file has no ${place##*|}: where is the noise drawn now?"
    found=1
  fi
  # A count and its noise are added before they become a figure.
  if grep -E "$floating" <<<"$body" | grep -vE 'static_cast<double>\(count \+ noise\)' | sed "s|^|client/trends/$file:|" | grep .; then
    found=1
  fi
done
exit $found
