#!/bin/bash
# demo.sh [--check | --region]: the whole line on the sample reports, with real parts.
#
# Installs what is missing, builds, makes a region whose keys say that they are a demonstration, and
# runs it, its page for browsers included: reporters' clients -> meldpunt-gateway -> meldpuntd -> a coordinator who is on duty, takes
# a report, reads it and answers -> the reporter who comes back with the seven words and gives consent ->
# a partner, who gets exactly one field of the case, accepts it and answers.
# Then it stays up and prints what to type in which terminal; with --check it ends instead.
#
# With --region it opens the coordinators' desk instead: a practice region with a year of cases, made once.
set -euo pipefail
cd "$(dirname "$0")"

check=false
region=false
case ${1:-} in
  --check) check=true ;;
  --region) region=true ;;
  "") ;;
  *) sed -n '2,11s/^# \{0,1\}//p' "$0"; exit 64 ;;
esac

say() { printf '\n== %s\n' "$*"; }

say "building"
if $region; then config/packages.sh region; else config/packages.sh build; fi
build=build/release
mkdir -p build
{ cmake --preset release && cmake --build --preset release --target meldpuntd meldpunt-gateway meldpunt page_core_wasm console_document &&
  config/npm_packages.sh client/page build/page/packages; } \
  >build/demo.log 2>&1 ||
  { tail -n 40 build/demo.log; exit 1; }
bin=$PWD/$build/bin

if $region; then exec node tests/practice/open_region.mjs --bin "$bin" --cache build/practice; fi

place=$(mktemp -d "${TMPDIR:-/tmp}/meldpunt-demo-XXXXXX")
running=()
finish() {
  # The last started first: who is on duty gives the lease back while the daemon still answers.
  for ((i = ${#running[@]} - 1; i >= 0; i--)); do
    kill "${running[i]}" 2>/dev/null || :
    wait "${running[i]}" 2>/dev/null || :
  done
  rm -rf "$place"
}
trap finish EXIT
trap 'exit 130' INT TERM

start() {  # log, command...
  local log=$place/$1.log
  shift
  "$@" >"$log" 2>&1 &
  running+=($!)
}
until_true() {  # what, seconds, command...
  local what=$1 seconds=$2
  shift 2
  for ((i = 0; i < seconds * 5; i++)); do
    if "$@" >/dev/null 2>&1; then return; fi
    sleep 0.2
  done
  echo "$what did not happen within $seconds s" >&2
  tail -n 5 "$place"/*.log >&2
  exit 1
}
# A port of 127.0.0.1 that nobody listens on.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 20000))
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then echo "$port"; return; fi
  done
}
listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
# The value of a text field in a line of JSON that holds no escaped quotes in it.
field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }

say "founding a region whose keys say that they are a demonstration"
umask 077
reporters=$(free_port) staff=$(free_port) web=$(free_port)
head -c 24 /dev/urandom | base64 >"$place/passphrase"
"$bin/meldpuntd" --make-keys "$place/server"
"$bin/meldpunt" steward init --demonstration --home "$place/coordinator" --name "Demonstration" \
  --daemon-public "$place/server/daemon.public" \
  --reporters "tcp://127.0.0.1:$reporters" --staff "tcp://127.0.0.1:$staff" \
  --out "$place/region" --passphrase-file "$place/passphrase"

say "building the region's page"
cat >"$place/region.json" <<EOF
{"name": "Demonstration", "readers": {"nl": "Niemand: dit is een demonstratie", "en": "Nobody: this is a demonstration"}}
EOF
node client/page/build.mjs --pin "$place/region/pin" --region "$place/region.json" --core "$bin/page_core.wasm" \
  --packages build/page/packages/node_modules --out "$place/page" | tee "$place/page.built"

say "starting the daemon and its two gateways"
start daemon "$bin/meldpuntd" --pin "$place/region/pin" --keys "$place/server/daemon.keys" \
  --founding "$place/region/founding" --data "$place/data" --run "$place/run" --metrics 0 --tick-seconds 2
until_true "the daemon" 10 test -S "$place/run/staff.sock"
start reporters "$bin/meldpunt-gateway" --listen "tcp://127.0.0.1:$reporters" \
  --daemon "ipc://$place/run/reporters.sock" --metrics-port 0 \
  --http-listen "tcp://127.0.0.1:$web" --page "$place/page" --pin "$place/region/pin"
start staff "$bin/meldpunt-gateway" --instance staff --listen "tcp://127.0.0.1:$staff" \
  --daemon "ipc://$place/run/staff.sock" --metrics-port 0
until_true "the reporters' gateway" 10 listens "$reporters"
until_true "the staff gateway" 10 listens "$staff"
until_true "the page" 10 node -e "fetch('http://127.0.0.1:$web/').then((answer) => answer.text())
  .then((page) => process.exit(page === fs.readFileSync('$place/page/page.html', 'utf8') ? 0 : 1))"

say "the page that is served is the page that was built"
"$bin/meldpunt" doctor --page "http://127.0.0.1:$web/" --pin "$place/region/pin" --beats 1 \
  --hash "$(field page_hash <"$place/page.built")"

coordinator() {
  local command=$1
  shift
  "$bin/meldpunt" "$command" --home "$place/coordinator" --passphrase-file "$place/passphrase" "$@"
}
say "the coordinator's device is on duty"
start duty "$bin/meldpunt" duty --home "$place/coordinator" --passphrase-file "$place/passphrase"

say "reporters send the sample reports"
mkdir "$place/reports"
count=0
while IFS= read -r line; do
  count=$((count + 1))
  printf '%s\n' "$line" >"$place/reports/$count.json"
  "$bin/meldpunt" report --pin "$place/region/pin" --answers "$place/reports/$count.json" \
    --beat 300 --beats 4 --json >"$place/reports/$count.sent" 2>"$place/reports/$count.err" &
  sending[count]=$!
done <tests/samples/reports.jsonl
for ((i = 1; i <= count; i++)); do
  wait "${sending[i]}" || { cat "$place/reports/$i.err" "$place/reports/$i.sent" >&2; exit 1; }
  grep '"event":"code"' "$place/reports/$i.sent" | field words >"$place/reports/$i.words"
done
echo "$count reports acknowledged; the first reporter keeps: $(cat "$place/reports/1.words")"

queued() { [ "$(coordinator queue --json | grep -o '"case":' | wc -l)" -eq "$1" ]; }
until_true "taking in $count reports" 60 queued "$count"

say "the coordinator takes the first of the queue, reads it and answers"
coordinator queue >"$place/queue"
head -n 6 "$place/queue"
coordinator next --json >"$place/next"
case_id=$(field case <"$place/next")
coordinator case "$case_id" | tee "$place/case"
printf 'Thank you for telling us. A person has read your report. What happens next is yours to decide.\n' \
  >"$place/answer"
coordinator reply "$case_id" --text-file "$place/answer"
# Whose report it is, only the text tells: the longest beginning that stands in the case.
reporter=0 longest=0
for ((i = 1; i <= count; i++)); do
  text=$(grep -o '"text":"[^"\\]*' "$place/reports/$i.json" | LC_ALL=C cut -c9-88)
  if [ ${#text} -gt $longest ] && LC_ALL=C grep -qF -- "$text" "$place/case"; then
    reporter=$i longest=${#text}
  fi
done
if [ "$reporter" -eq 0 ]; then echo "the report in the case is none of those sent" >&2; exit 1; fi

say "its reporter comes back with the seven words"
answered() {
  "$bin/meldpunt" check --pin "$place/region/pin" --code-file "$place/reports/$reporter.words" \
    --beat 300 --beats 6 >"$place/checked" && grep -q "Thank you for telling us" "$place/checked"
}
until_true "the answer" 60 answered
cat "$place/checked"

say "a partner's device is enrolled"
"$bin/meldpunt" device init --home "$place/partner" --pin "$place/region/pin" --name "KADERA desk" \
  --passphrase-file "$place/passphrase" --json >"$place/partner.made"
coordinator "steward enrol" --enrolment "$place/partner/enrolment" --role partner \
  --five-words "$(field five_words <"$place/partner.made")"
partner() {
  local command=$1
  shift
  "$bin/meldpunt" "$command" --home "$place/partner" --passphrase-file "$place/passphrase" "$@"
}

say "the reporter is asked for consent in the thread, and gives it"
coordinator consent "$case_id" --ask --urgent --recipient KADERA --purpose REFER --field summary
asked() {
  "$bin/meldpunt" check --pin "$place/region/pin" --code-file "$place/reports/$reporter.words" \
    --beat 300 --beats 6 >"$place/asked" && grep -q -- "--consent" "$place/asked"
}
until_true "the question" 60 asked
grep -A 8 "asked whether" "$place/asked"
number=$(sed -n 's/.*--consent \([0-9a-f]*\).*/\1/p' "$place/asked" | head -n 1)
"$bin/meldpunt" message --pin "$place/region/pin" --code-file "$place/reports/$reporter.words" \
  --consent "$number" given --beat 300 --beats 4
consented() { coordinator consent "$case_id" --json | grep -q '"stands":"given"'; }
until_true "the consent" 30 consented
coordinator consent "$case_id"

say "exactly one field goes to the partner, who accepts and answers"
printf '{"summary": "Looks for a safe place this week."}\n' >"$place/values"
escalation=(--to KADERA --purpose REFER --field summary --values "$place/values")
coordinator escalate "$case_id" "${escalation[@]}" --preview
coordinator escalate "$case_id" "${escalation[@]}" --yes --json >"$place/escalated"
number=$(field escalation <"$place/escalated" | tail -n 1)
partner inbox
partner accept "$number"
printf 'There is a place from Thursday on.\n' >"$place/answer"
partner answer "$number" --done --text-file "$place/answer"
finished() { coordinator case "$case_id" >"$place/case" && grep -q "place from Thursday" "$place/case"; }
until_true "the partner's answer" 30 finished
grep -A 20 "^escalation to" "$place/case"

say "figures that point at nobody go to the receiver of trends"
device() {  # home, role: makes it, and has the steward enrol it
  "$bin/meldpunt" device init --home "$place/$1" --pin "$place/region/pin" --name "$1" \
    --passphrase-file "$place/passphrase" --json >"$place/$1.made"
  coordinator "steward enrol" --enrolment "$place/$1/enrolment" --role "$2" \
    --five-words "$(field five_words <"$place/$1.made")" 2>/dev/null
}
device forwarder forwarder
device comensha receiver
"$bin/meldpunt" receiver region --home "$place/comensha" --pin "$place/region/pin" \
  --passphrase-file "$place/passphrase"
trends=$(free_port)
start receive "$bin/meldpunt" receive --home "$place/comensha" --passphrase-file "$place/passphrase" \
  --remark "received in good order"
until_true "the receiver" 10 test -S "$place/comensha/run/receive.sock"
start trends "$bin/meldpunt-gateway" --instance staff --listen "tcp://127.0.0.1:$trends" \
  --daemon "ipc://$place/comensha/run/receive.sock" --metrics-port 0
until_true "the receiver's gateway" 10 listens "$trends"
coordinator code "$case_id" status=POSSIBLE subregion=ZWOLLE
device approver approver
# This quarter is not over, so what was reported just now is released with it later.
quarter=$(date -u -d "$(date -u +%Y-%m-15) -3 month" "+%Y %m" | awk '{ printf "%s-Q%d", $1, ($2 + 2) / 3 }')
coordinator release --period "$quarter" --dry-run
coordinator release --period "$quarter" --propose
"$bin/meldpunt" countersign --home "$place/approver" --passphrase-file "$place/passphrase" --yes
released() { coordinator release --period "$quarter" >"$place/released" 2>&1; }
until_true "the second signature, and the draw" 60 released
tail -n 8 "$place/released"
"$bin/meldpunt" forward --once --home "$place/forwarder" --passphrase-file "$place/passphrase" \
  --to "tcp://127.0.0.1:$trends"
"$bin/meldpunt" received --home "$place/comensha"
receipt_seen() { coordinator release --list | grep -q "received in good order"; }
until_true "the receipt" 60 receipt_seen
coordinator release --list

say "the line holds: $count reports in, one answered and read, one escalated with consent, one release received"
if $check; then exit 0; fi

cat <<EOF

It stays up until you press Ctrl-C.

  as a reporter, in a browser on this machine
    http://127.0.0.1:$web/

In another terminal, in $PWD:

  as a reporter
    $build/bin/meldpunt report --pin $place/region/pin
    $build/bin/meldpunt check  --pin $place/region/pin
  as the coordinator, in a browser on this machine: the link that this prints (the passphrase is in $place/passphrase)
    $build/bin/meldpunt console --home $place/coordinator --passphrase-file $place/passphrase
  as the coordinator, by commands
    $build/bin/meldpunt queue --home $place/coordinator --passphrase-file $place/passphrase
    $build/bin/meldpunt next  --home $place/coordinator --passphrase-file $place/passphrase
    $build/bin/meldpunt tasks --home $place/coordinator --passphrase-file $place/passphrase
    $build/bin/meldpunt doctor --home $place/coordinator --pin $place/region/pin

Ticks last 2 seconds here and 10 minutes in earnest. Everything is in $place and goes when this ends.
EOF
wait
