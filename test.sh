#!/usr/bin/env bash
# Tests everything, in one command: installs, finds or starts PostgreSQL and a browser, checks the rules, runs all tests.
# What is not to be had is skipped aloud, never silently. The last line counts: "N passed, N failed".
# The rules are in scripts/check/, the runner is scripts/run-tests.ts.
set -uo pipefail
cd "$(dirname "$0")"

usage() {
  cat <<'TEXT'
./test.sh                  checks the rules and runs all tests
./test.sh --quick          without PostgreSQL and browser
./test.sh --only PATTERN   only the test files whose path matches PATTERN, without the rules
./test.sh --help           this text

  ROSE_ASH_TEST_POSTGRES   a PostgreSQL to test on (any database of it, as a user who may create more)
  ROSE_ASH_TEST_BROWSER    the Chromium to test with
TEXT
}

fail() {
  echo "$*" >&2
  exit 1
}

skip() {
  echo "SKIPPED: $*" >&2
}

# npm ci only when the lock file differs from the one that was installed (dev.sh leaves the same mark).
install() {
  local stamp=node_modules/.rose-ash-installed wanted version
  for tool in node npm git; do
    command -v "$tool" >/dev/null || fail "$tool is missing: install Node 20 or later (with npm) and git, then run ./test.sh again."
  done
  version=$(node -p process.versions.node)
  [ "${version%%.*}" -ge 20 ] || fail "Node $version is too old: install Node 20 or later, then run ./test.sh again."
  wanted=$(git hash-object package-lock.json)
  if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then return; fi
  echo "Installing (npm ci) …"
  npm ci --no-audit --no-fund || fail "npm ci failed: see its message above, then run ./test.sh again."
  echo "$wanted" >"$stamp"
}

# Only where nobody's own machine is changed: on a build machine, as root.
install_packages() {
  [ "${CI:-}" = true ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
  echo "Installing $* (apt-get) …"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@"; } >/dev/null
}

answers() {
  node --input-type=module -e '
    import pg from "pg";
    const client = new pg.Client({ connectionString: process.argv[1], connectionTimeoutMillis: 3000 });
    await client.connect();
    await client.end();' "$1" 2>/dev/null
}

# Debian keeps the server's programs out of PATH; the newest is taken.
postgres_bin() {
  local dirs=(/usr/lib/postgresql/*/bin)
  local dir=${dirs[${#dirs[@]} - 1]}
  if [ -x "$dir/initdb" ]; then
    echo "$dir"
  elif dir=$(command -v initdb); then
    dirname "$dir"
  fi
}

scratch=
server_bin=

# The server refuses to run as root, so root hands it to the user that the package made.
as_server() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

start_postgres() {
  local port
  server_bin=$(postgres_bin)
  [ -n "$server_bin" ] || { install_packages postgresql && server_bin=$(postgres_bin); }
  [ -n "$server_bin" ] || return 1
  scratch=$(mktemp -d) || return 1
  if [ "$(id -u)" = 0 ]; then chown postgres "$scratch" || return 1; fi
  port=$(node -p 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); }); ""' | head -n 1)
  as_server "$server_bin/initdb" -D "$scratch/data" -U postgres -A trust -N >"$scratch/initdb.log" 2>&1 || { cat "$scratch/initdb.log" >&2; return 1; }
  as_server "$server_bin/pg_ctl" -D "$scratch/data" -l "$scratch/data/server.log" -w -t 30 \
    -o "-p $port -k $scratch -c listen_addresses=127.0.0.1 -c fsync=off" start >/dev/null || { cat "$scratch/data/server.log" >&2; return 1; }
  export ROSE_ASH_TEST_POSTGRES=postgres://postgres@127.0.0.1:$port/postgres
  echo "PostgreSQL was started for the tests on port $port."
}

stop_postgres() {
  [ -n "$scratch" ] || return 0
  [ ! -f "$scratch/data/postmaster.pid" ] || as_server "$server_bin/pg_ctl" -D "$scratch/data" -m immediate -w stop >/dev/null
  rm -rf "$scratch"
}
trap stop_postgres EXIT
trap 'exit 130' INT TERM

# A server that is named must answer; otherwise one that runs here is taken, otherwise one is started.
find_postgres() {
  if [ -n "${ROSE_ASH_TEST_POSTGRES:-}" ]; then
    answers "$ROSE_ASH_TEST_POSTGRES" || fail "The PostgreSQL of ROSE_ASH_TEST_POSTGRES does not answer: start it, or unset the variable."
    return
  fi
  local usual=postgres://postgres@127.0.0.1:5432/postgres
  if answers "$usual"; then export ROSE_ASH_TEST_POSTGRES=$usual; return; fi
  start_postgres || no_postgres "no PostgreSQL runs here and none is installed (Debian: apt-get install postgresql)"
}

no_postgres() {
  skip "tests on PostgreSQL: $1."
  export ROSE_ASH_TEST_POSTGRES=postgres://postgres@127.0.0.1:1/none # where nothing listens
}

find_browser() {
  local name
  if [ -n "${ROSE_ASH_TEST_BROWSER:-}" ]; then
    [ -x "$ROSE_ASH_TEST_BROWSER" ] || fail "The browser of ROSE_ASH_TEST_BROWSER cannot be run: name its program, or unset the variable."
    return
  fi
  for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null; then break; fi
  done
  command -v "$name" >/dev/null || { install_packages chromium && name=chromium; }
  if command -v "$name" >/dev/null; then
    ROSE_ASH_TEST_BROWSER=$(command -v "$name")
    export ROSE_ASH_TEST_BROWSER
  else
    no_browser "there is no Chromium (Debian: apt-get install chromium)"
  fi
}

no_browser() {
  skip "tests in a browser: $1."
  export ROSE_ASH_TEST_BROWSER=none
}

quick=no
only=
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) usage; exit ;;
    --quick) quick=yes ;;
    --only) only=${2:-}; [ -n "$only" ] || fail "Say which files: ./test.sh --only PATTERN."; shift ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done

install
export PATH=$PWD/node_modules/.bin:$PATH
if [ $quick = yes ]; then
  no_postgres "--quick"
  no_browser "--quick"
else
  find_postgres
  find_browser
fi

status=0
if [ -z "$only" ]; then
  echo "Checking the rules …"
  node scripts/check.ts || status=1
  echo "Running the tests …"
fi
node scripts/run-tests.ts ${only:+--only "$only"} || status=1
exit $status
