#!/bin/sh
# Installs what is missing into the checkout, and nothing that is there already.
#   setup.sh node     npm packages (node_modules)
#   setup.sh run      IREE and numpy (.venv)
#   setup.sh export   torch and torch-mlir (.venv)
#   setup.sh ray      Ray, for `pcp-train launch ray` (.venv)
#   setup.sh test     an S3 server for tests (.venv)
# Every problem is one line that says what to install; exit 1.
set -eu
cd "$(dirname "$0")/.."

fail() {
  echo "setup: $*" >&2
  exit 1
}

# Package managers keep their downloads in our cache folder: nothing is written anywhere else.
cache=${PCP_CACHE_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/pcp}
npm_config_cache=$cache/npm
PIP_CACHE_DIR=$cache/pip
export npm_config_cache PIP_CACHE_DIR

digest() {
  cat "$@" | cksum | tr ' ' '-'
}

setup_node() {
  command -v node >/dev/null 2>&1 || fail "Node.js is missing: install Node.js 20.11 or newer"
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 11) ? 0 : 1)' ||
    fail "Node.js $(node --version) is too old: install Node.js 20.11 or newer"
  command -v npm >/dev/null 2>&1 || fail "npm is missing: install it with Node.js 20.11 or newer"
  stamp=$(digest package-lock.json)-$(node -p 'process.platform + process.arch')
  [ "$(cat node_modules/.setup 2>/dev/null || true)" = "$stamp" ] && return 0
  echo "setup: installing npm packages"
  log=$(npm ci --no-audit --no-fund --loglevel=error 2>&1) || {
    echo "$log" | tail -n 5 >&2
    fail "npm ci failed: check that the package registry is reached, then try again"
  }
  echo "$stamp" >node_modules/.setup
}

find_python() {
  for name in ${PCP_PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python3.10 python; do
    command -v "$name" >/dev/null 2>&1 || continue
    found=$name
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
      echo "$name"
      return 0
    fi
  done
  if [ -n "${found:-}" ]; then
    fail "Python $("$found" -c 'import platform; print(platform.python_version())' 2>/dev/null) is too old: install Python 3.10 or newer"
  fi
  fail "Python is missing: install Python 3.10 or newer"
}

setup_python() {
  requirements=requirements/$1.txt
  stamp=$(digest "$requirements")
  if [ -x .venv/bin/python ] && [ "$(cat ".venv/.setup-$1" 2>/dev/null || true)" = "$stamp" ]; then
    return 0
  fi
  python=$(find_python) || exit 1
  if [ ! -x .venv/bin/python ]; then
    "$python" -c 'import venv, ensurepip' 2>/dev/null ||
      fail "Python's venv module is missing: install it (Debian and Ubuntu: apt-get install python3-venv)"
    rm -rf .venv
    "$python" -m venv .venv || fail "creating .venv failed: is the disk full?"
  fi
  case $1 in
    run) echo "setup: installing IREE into .venv" ;;
    test) echo "setup: installing an S3 server for tests into .venv" ;;
    export) echo "setup: installing torch and torch-mlir into .venv (5 GB, a few minutes)" ;;
    ray) echo "setup: installing Ray into .venv (300 MB)" ;;
  esac
  log=$(.venv/bin/python -m pip install --disable-pip-version-check --no-input --quiet --retries 1 --timeout 20 -r "$requirements" 2>&1) || {
    case $log in
      *"from versions: none"* | *"Failed to establish"* | *"ConnectionError"* | *"NewConnectionError"* | *"Connection refused"* | *"ProxyError"* | *"Temporary failure"*)
        fail "no Python package index is reached: $requirements is not installed" ;;
      *"No matching distribution"*)
        fail "no compiler wheel for this Python ($(.venv/bin/python -c 'import platform; print(platform.python_version(), platform.machine())')): install CPython 3.10 to 3.13 for x86_64 or arm64" ;;
      *)
        echo "$log" | tail -n 3 >&2
        fail "pip could not install $requirements" ;;
    esac
  }
  echo "$stamp" >".venv/.setup-$1"
}

case ${1:-} in
  node) setup_node ;;
  run | export | ray | test) setup_python "$1" ;;
  *) fail "usage: setup.sh node|run|export|ray|test" ;;
esac
