#!/usr/bin/env bash
# Development in one command: installs what is needed, then serves every service in one process.
# Needs Node 20 or later, npm and git, nothing else; Node 24 itself comes from node_modules.
# What it starts is start.ts; settings are in config/rose-ash.yaml.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
data=${ROSE_ASH_DATA:-.data}
case $data in /*) ;; *) data=$here/$data ;; esac
pid_file=$data/dev.pid
start_log=$data/log/start.log

usage() {
  cat <<'TEXT'
./dev.sh [service…] [--demo]   installs, starts the services (all, unless named) and stays until Ctrl-C
./dev.sh … --background        the same, but returns once they answer
./dev.sh down                  stops what ./dev.sh started
./dev.sh logs SERVICE [-f]     shows a service's log; with -f also what comes
./dev.sh --help                this text

  --demo   fills each service with its demonstration content, once
TEXT
}

fail() {
  echo "$*" >&2
  exit 1
}

# The process that ./dev.sh started on this data folder, if it lives. A number that another program
# has by now is told apart by its command line.
running_pid() {
  local pid
  [ -r "$pid_file" ] || return 1
  pid=$(cat "$pid_file")
  case $pid in '' | *[!0-9]*) return 1 ;; esac
  if [ -r "/proc/$pid/cmdline" ]; then
    tr '\0' ' ' <"/proc/$pid/cmdline" | grep -q 'start\.ts' || return 1
  else
    ps -p "$pid" -o args= 2>/dev/null | grep -q 'start\.ts' || return 1
  fi
  echo "$pid"
}

check_tools() {
  local tool version
  for tool in node npm git; do
    command -v "$tool" >/dev/null || fail "$tool is missing: install Node 20 or later (with npm) and git, then run ./dev.sh again."
  done
  version=$(node -p process.versions.node)
  [ "${version%%.*}" -ge 20 ] || fail "Node $version is too old: install Node 20 or later, then run ./dev.sh again."
}

# npm ci only when the lock file differs from the one that was installed.
install() {
  local stamp=node_modules/.rose-ash-installed wanted
  wanted=$(git hash-object package-lock.json)
  if [ "$(cat "$stamp" 2>/dev/null || true)" = "$wanted" ]; then return; fi
  echo "Installing (npm ci) …"
  npm ci --no-audit --no-fund || fail "npm ci failed: see its message above, then run ./dev.sh again."
  echo "$wanted" >"$stamp"
}

start() {
  local background=no pid arguments=() argument
  for argument in "$@"; do
    if [ "$argument" = --background ]; then background=yes; else arguments+=("$argument"); fi
  done
  if pid=$(running_pid); then fail "It runs already on $data (process $pid): stop it with ./dev.sh down."; fi
  check_tools
  install
  mkdir -p "$data/log"
  set -- node --stack-size=6000 start.ts --dev --pid-file "$pid_file" ${arguments[@]+"${arguments[@]}"}
  export PATH=$here/node_modules/.bin:$PATH
  if [ $background = no ]; then exec "$@"; fi

  : >"$start_log"
  nohup "$@" >"$start_log" 2>&1 </dev/null &
  pid=$!
  until grep -Eq '(^| )Ready\.$' "$start_log"; do
    if ! kill -0 $pid 2>/dev/null; then
      cat "$start_log" >&2
      exit 1
    fi
    sleep 0.1
  done
  cat "$start_log"
  echo "It runs in the background (process $pid): stop it with ./dev.sh down."
}

down() {
  local pid tries=0
  if ! pid=$(running_pid); then
    echo "Nothing that ./dev.sh started is running on $data."
    return
  fi
  kill -TERM "$pid"
  while kill -0 "$pid" 2>/dev/null; do
    tries=$((tries + 1))
    [ $tries -le 200 ] || fail "Process $pid has not stopped after 20 seconds: look at its log, or end it with kill -9 $pid."
    sleep 0.1
  done
  echo "Stopped."
}

logs() {
  local service=${1:-} file
  [ -n "$service" ] || fail "Say which service: ./dev.sh logs SERVICE [-f]."
  case $service in *[!a-z0-9-]*) fail "There is no service named $service." ;; esac
  file=$data/log/$service.log
  [ -r "$file" ] || fail "There is no log of $service yet ($file): start it with ./dev.sh $service."
  if [ "${2:-}" = -f ]; then exec tail -n 100 -f "$file"; fi
  cat "$file"
}

cd "$here"
case ${1:-} in
  -h | --help) usage ;;
  down) down ;;
  logs) shift && logs "$@" ;;
  *) start "$@" ;;
esac
