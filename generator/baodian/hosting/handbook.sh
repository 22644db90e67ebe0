#!/bin/sh
# Checks, builds and publishes the handbook on any machine with Python 3.11 or newer. What the workflows
# for GitHub and GitLab call; any other host, or a line of cron, can call it as well.
#
#   sh hosting/handbook.sh install           Baodian, into .venv
#   sh hosting/handbook.sh check             say what is wrong; a warning counts too
#   sh hosting/handbook.sh diff OLD [NEW]    what two revisions of git differ in by meaning, as Markdown
#   sh hosting/handbook.sh build             write site/, with packed copies for a web server
#   sh hosting/handbook.sh publish TARGET    bring site/ into a folder: /srv/handbook or user@host:/srv/handbook
#   sh hosting/handbook.sh all [TARGET]      install, check, build, and publish where there is a TARGET
#
# What may be set in the environment:
#   BAODIAN             what pip installs, if it is not a baodian-*.whl beside mkdocs.yml
#   HANDBOOK_ZONE       whose day counts: CST-8 (China, the default) or UTC0, as `man tzset` writes it
#   HANDBOOK_AUDIENCE   an audience of playbook.yml: its edition is built and published instead
#   HANDBOOK_KEY        a private key for ssh, where `publish` goes to another machine
#   HANDBOOK_KNOWN      that machine's line of known_hosts (ssh-keyscan prints it)
set -eu
cd "$(dirname "$0")/.."
PY=.venv/bin/python

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 2; }

# A host's clock shows UTC; what is in force turns at midnight where the readers are.
today() { TZ="${HANDBOOK_ZONE:-CST-8}" date +%Y-%m-%d; }

baodian() {
  [ -x "$PY" ] || stop "Baodian is not installed yet. Run: sh hosting/handbook.sh install"
  "$PY" -m baodian "$@"
}

site() { echo "site${HANDBOOK_AUDIENCE:+-$HANDBOOK_AUDIENCE}"; }

install_() {
  if [ -f generator/baodian/__init__.py ]; then # Baodian's own repository
    make .venv/.catalogues
    return
  fi
  what=${BAODIAN:-}
  for wheel in baodian-*.whl; do
    [ -n "$what" ] || [ ! -f "$wheel" ] || what=./$wheel
  done
  [ -n "$what" ] || stop "Put the file baodian-….whl beside mkdocs.yml, or say in BAODIAN what pip installs."
  if [ ! -x "$PY" ]; then
    for python in python3.14 python3.13 python3.12 python3.11 python3 python; do
      if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        "$python" -m venv .venv
        break
      fi
    done
    [ -x "$PY" ] || stop "Python 3.11 or newer is needed (python3, with venv)."
  fi
  "$PY" -m pip install --quiet --disable-pip-version-check "$what" brotli
}

check() {
  how=text
  [ "${GITHUB_ACTIONS:-}" != true ] || how=github
  baodian check --strict --date "$(today)" --format "$how"
}

# Ends with 0 whether they differ or not; with 2 if they cannot be compared.
diff_() {
  [ $# -ge 1 ] || stop "Say since when: sh hosting/handbook.sh diff OLD [NEW]"
  code=0
  baodian diff --date "$(today)" --format markdown "$1" "${2:-HEAD}" || code=$?
  [ "$code" -le 1 ] || exit "$code"
}

build() {
  baodian build --strict --compress --date "$(today)" ${HANDBOOK_AUDIENCE:+--audience "$HANDBOOK_AUDIENCE"}
}

# Files that stay the same are not touched, so readers' browsers need not load them again. What changed is put in
# place at the end, one right after the other. What no build wrote is never deleted.
publish() {
  [ $# -eq 1 ] && [ -n "$1" ] || stop "Say where to: sh hosting/handbook.sh publish /srv/handbook"
  [ -f "$(site)/.baodian" ] || stop "There is no $(site)/ yet. Run: sh hosting/handbook.sh build"
  command -v rsync >/dev/null || stop "rsync is needed. On Debian or Ubuntu: apt-get install rsync openssh-client"
  target=${1%/}
  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"' EXIT
  trap 'exit 130' INT TERM
  if [ -n "${HANDBOOK_KEY:-}" ]; then
    (umask 077 && printf '%s\n' "$HANDBOOK_KEY" >"$scratch/key")
    printf '%s\n' "${HANDBOOK_KNOWN:-}" >"$scratch/known"
    RSYNC_RSH="ssh -i $scratch/key -o UserKnownHostsFile=$scratch/known -o BatchMode=yes"
    export RSYNC_RSH
  fi
  rsync "$target/.baodian" "$scratch/list" 2>/dev/null || echo '{"files": []}' >"$scratch/list"
  rsync -rlcn --delete -8 --out-format='%o %n' "$(site)/" "$target/" >"$scratch/plan"
  "$PY" - "$scratch" <<'END' || exit 2
import json, pathlib, sys

folder = pathlib.Path(sys.argv[1])
ours = {*json.loads((folder / "list").read_text("utf-8"))["files"], ".baodian"}
plan = (folder / "plan").read_text("utf-8", "surrogateescape").splitlines()
gone = [line[5:] for line in plan if line.startswith("del. ") and not line.endswith("/")]
if theirs := sorted(set(gone) - ours):
    print(f"The target holds what no build wrote, such as {theirs[0]!a}; it would be lost.", file=sys.stderr)
    print("Nothing was published. Move it away, or name another folder.", file=sys.stderr)
    sys.exit(2)
END
  rsync -rlc --chmod=D755,F644 --delay-updates --delete-delay "$(site)/" "$target/"
  say "$(site)/ is published to $target/."
}

command=${1:-help}
[ $# -eq 0 ] || shift
case $command in
  install) install_ ;;
  check) check ;;
  diff) diff_ "$@" ;;
  build) build ;;
  publish) publish "$@" ;;
  all)
    install_
    check
    build
    [ -z "${1:-}" ] || publish "$1"
    ;;
  *) sed -n '2,/^set /{/^#/s/^# \{0,1\}//p;}' "hosting/$(basename "$0")" >&2; exit 2 ;;
esac
