#!/bin/sh
# Runs while the image is built: makes sure that the database module loads in the base image's Node.
# The one that came with the package is kept when it does; otherwise it is fetched or compiled for this base.
set -eu

app=/opt/nvflare-dashboard
binary="$app/node_modules/better-sqlite3/build/Release/better_sqlite3.node"

loads() {
  (cd "$app" && node -e "new (require('better-sqlite3'))(':memory:').close()") 2>/tmp/native-module.log
}

node -e "
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error('The base image has Node ' + process.versions.node + '; 20.19 or later is needed.');
  process.exit(1);
}"

if loads; then
  echo "better-sqlite3 loads in Node $(node -p process.versions.node)"
  exit 0
fi

echo "better-sqlite3 was made for another Node or system; getting one for Node $(node -p process.versions.node):"
tail -n 1 /tmp/native-module.log
if ! command -v npm >/dev/null; then
  echo "The base image has no npm to get it with. Use a base image with the Node of the host, or one with npm." >&2
  exit 1
fi

version=$(node -p "require('$app/node_modules/better-sqlite3/package.json').version")
mkdir -p /tmp/native
cd /tmp/native
echo '{"private":true}' >package.json
npm install --ignore-scripts --no-audit --no-fund --loglevel=error "better-sqlite3@$version"
cd node_modules/better-sqlite3

toolchain() {
  if command -v apt-get >/dev/null; then
    apt-get update -qq && apt-get install -y -qq --no-install-recommends python3 make g++ >/dev/null
  elif command -v apk >/dev/null; then
    apk add --no-cache --quiet python3 make g++
  fi
}

compile() {
  command -v g++ >/dev/null && command -v make >/dev/null && command -v python3 >/dev/null || toolchain
  set -- rebuild --release
  # The official images bring the headers of their Node.
  prefix=$(dirname "$(dirname "$(command -v node)")")
  if [ -f "$prefix/include/node/node.h" ]; then set -- "$@" "--nodedir=$prefix"; fi
  node "$(npm root -g)/npm/node_modules/node-gyp/bin/node-gyp.js" "$@"
}

../.bin/prebuild-install || compile
mkdir -p "$(dirname "$binary")"
cp build/Release/better_sqlite3.node "$binary"
loads || {
  cat /tmp/native-module.log >&2
  exit 1
}
