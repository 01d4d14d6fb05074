#!/usr/bin/env bash
# Runs a command beside a throw-away PostgreSQL cluster, and takes the cluster away when the command has ended.
#
#   tests/with-postgres.sh cargo test --workspace
#
# The command finds the cluster's address in UPSKILL_TEST_POSTGRES and PostgreSQL's own tools (psql, pgbench) last in
# its PATH. If UPSKILL_TEST_POSTGRES is set already, that server is used and none is started.
#
# The cluster lives in a folder of its own and listens on a socket in that folder only, so it meets no other server
# and no other run. It is fast rather than durable, because nothing in it outlives the command; with
# UPSKILL_TEST_POSTGRES_DURABLE=1 it keeps its promises to the disk too, so that writes cost what they cost elsewhere.
set -euo pipefail

main() {
  [ $# -gt 0 ] || fail "usage: tests/with-postgres.sh COMMAND [ARGUMENT...]"
  [ -z "${UPSKILL_TEST_POSTGRES:-}" ] || exec "$@"

  binaries=$(find_binaries) || { install_postgres; binaries=$(find_binaries) || explain_what_to_install; }
  owner=$(cluster_owner)
  # Not in TMPDIR: a socket's path may not exceed 107 bytes, and the owner must be able to reach it.
  folder=$(mktemp -d /tmp/upskill-postgres.XXXXXX)
  [ -z "$owner" ] || chown "$owner" "$folder"

  # The keeper ends when the last holder of descriptor 9 has gone, and this script is its only holder. So the cluster
  # goes away however the script ends, by kill -9 too.
  exec 9> >(keeper)
  trap dismiss_keeper EXIT

  start_cluster
  export UPSKILL_TEST_POSTGRES="postgres:///postgres?host=$folder&port=5432&user=postgres"
  PATH="$PATH:$binaries" "$@" 9>&-
}

fail() {
  echo "with-postgres: $*" >&2
  exit 1
}

# The folder that holds initdb, postgres and pg_ctl: the one in PATH, or else the newest installed.
find_binaries() {
  local candidate
  if candidate=$(command -v initdb); then
    candidate=$(dirname "$(readlink -f "$candidate")")
    if [ -x "$candidate/postgres" ] && [ -x "$candidate/pg_ctl" ]; then echo "$candidate" && return; fi
  fi
  candidate=$(printf '%s\n' /usr/lib/postgresql/*/bin/initdb /usr/pgsql-*/bin/initdb /opt/homebrew/opt/postgresql*/bin/initdb |
    grep -v '\*' | sort -V | tail -n 1) || return 1
  dirname "$candidate"
}

# On Debian and its relatives root can be helped. Nobody asked for a cluster on port 5432, so none is made.
install_postgres() {
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then explain_what_to_install; fi
  echo "with-postgres: PostgreSQL is not installed; installing Debian's package" >&2
  local log apt=(apt-get -qq -y -o DPkg::Lock::Timeout=120 -o Acquire::Retries=3 --no-install-recommends)
  log=$(mktemp /tmp/upskill-apt.XXXXXX)
  export DEBIAN_FRONTEND=noninteractive
  {
    "${apt[@]}" update &&
      "${apt[@]}" install postgresql-common &&
      sed -ri 's/^#? *create_main_cluster.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf &&
      "${apt[@]}" install postgresql
  } >"$log" 2>&1 </dev/null || { cat "$log" >&2; explain_what_to_install; }
  rm -f "$log"
}

explain_what_to_install() {
  fail "the tests need PostgreSQL's server programs (initdb, postgres, pg_ctl) and found none (version 15 or newer).
  Debian, Ubuntu:  sudo apt-get install postgresql
  Fedora:          sudo dnf install postgresql-server
  macOS:           brew install postgresql
Or name a server where databases may be created: UPSKILL_TEST_POSTGRES=postgres://user:password@host/postgres"
}

# PostgreSQL refuses to run as root, so root lends the cluster to another user. Anybody else runs it himself.
cluster_owner() {
  [ "$(id -u)" = 0 ] || return 0
  if id postgres >/dev/null 2>&1; then echo postgres; else echo nobody; fi
}

as_owner() {
  if [ -n "$owner" ]; then runuser -u "$owner" -- "$@"; else "$@"; fi
}

start_cluster() {
  cd "$folder"
  as_owner "$binaries/initdb" --pgdata="$folder/data" --username=postgres --auth=trust --encoding=UTF8 \
    --locale=C.UTF-8 --no-sync >"$folder/initdb.log" 2>&1 9>&- || { cat "$folder/initdb.log" >&2; fail "initdb failed"; }
  cat >>"$folder/data/postgresql.conf" <<-CONF
	listen_addresses = ''
	unix_socket_directories = '$folder'
	port = 5432
	max_connections = 200
	CONF
  if [ -z "${UPSKILL_TEST_POSTGRES_DURABLE:-}" ]; then
    printf '%s = off\n' fsync synchronous_commit full_page_writes >>"$folder/data/postgresql.conf"
  fi
  as_owner "$binaries/pg_ctl" start --wait --silent --pgdata="$folder/data" --log="$folder/server.log" 9>&- ||
    { cat "$folder/server.log" >&2; fail "PostgreSQL did not start"; }
  cd "$OLDPWD"
}

# Waits until the script has gone, then removes what it left. Signals meant for the script must not end it first.
keeper() {
  trap '' INT TERM HUP
  cat >/dev/null
  cd /
  as_owner "$binaries/pg_ctl" stop --mode=immediate --silent --pgdata="$folder/data" || true
  rm -rf "$folder"
} <&0 >/dev/null 2>&1

dismiss_keeper() {
  exec 9>&-
  while [ -d "$folder" ]; do sleep 0.05; done
}

main "$@"
