#!/usr/bin/env bash
# Sets up what is missing and nothing else: a virtual environment, the Python packages, a Chromium, and with --dev
# the servers that the tests start. Quick when nothing is missing.
set -euo pipefail
cd "$(dirname "$0")/.."
extra=all
[ "${1:-}" = --dev ] && extra=dev
python=${PYTHON:-python3}
venv=.venv

say() { printf '\033[2m%s\033[0m\n' "$*" >&2; }

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "Python 3.11 or newer is needed; $("$python" -V) was found. Say which to use with PYTHON=…" >&2
  exit 1
}
[ -x $venv/bin/python ] || { say "making $venv"; "$python" -m venv $venv; }

stamp=$venv/.installed-$extra
sum=$(cksum pyproject.toml)
if [ "$(cat "$stamp" 2>/dev/null)" != "$sum" ]; then
  say "installing the Python packages (a minute or two)"
  $venv/bin/python -m pip install --quiet --disable-pip-version-check -e ".[$extra]"
  echo "$sum" >"$stamp"
fi

packages=()
have_chromium() {
  [ -n "${PAE_CHROMIUM:-}" ] || command -v chromium-headless-shell chromium chromium-browser google-chrome >/dev/null ||
    ls "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}"/chromium*/ >/dev/null 2>&1
}
# Playwright's own Node.js needs a library that a slim system lacks.
$venv/lib/python3*/site-packages/playwright/driver/node --version >/dev/null 2>&1 || packages+=(libatomic1)
have_chromium || packages+=(chromium-headless-shell chromium fonts-dejavu-core fonts-liberation)
if [ "$extra" = dev ]; then
  command -v redis-server >/dev/null || packages+=(redis-server)
  ls -d /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || packages+=(postgresql)
fi

if [ ${#packages[@]} -gt 0 ]; then
  root=()
  [ "$(id -u)" = 0 ] || root=(sudo)
  if command -v apt-get >/dev/null; then
    say "installing ${packages[*]}"
    "${root[@]}" apt-get update -qq >/dev/null
    # Servers are the tests' to start: nothing may come up by itself because it was installed.
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
      apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
  fi
  if ! have_chromium; then
    say "downloading Chromium"
    $venv/bin/python -m playwright install chromium
  fi
fi
