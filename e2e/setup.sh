#!/bin/sh
# Installs what the end-to-end tests need into node_modules/.cache/e2e/: a Node of its own and VS Code (code-server), both from the npm registry.
# Chromium comes from the system: apt-get install -y --no-install-recommends chromium fonts-dejavu-core g++ make python3
set -eu
NODE_VERSION=24.21.0
CODE_SERVER_VERSION=4.139.1
cd "$(dirname "$0")/.."
mkdir -p node_modules/.cache/e2e && cd node_modules/.cache/e2e
wanted="$NODE_VERSION $CODE_SERVER_VERSION"
[ "$(cat installed 2> /dev/null || true)" = "$wanted" ] && exit 0
rm -f installed
echo '{"name":"e2e-tools","private":true}' > package.json
flags='--no-audit --no-fund --ignore-scripts --legacy-peer-deps --loglevel=error'

platform=$(node -p 'process.platform + "-" + process.arch')
npm install $flags --save-exact "node-$platform@$NODE_VERSION"
node="$PWD/node_modules/node-$platform"

# Without its install script, which builds eight native modules in two minutes; the rest of this file does the part that matters.
npm install $flags --save-exact "code-server@$CODE_SERVER_VERSION"
cd node_modules/code-server/lib/vscode
npm install $flags --omit=dev
(cd extensions && npm install $flags --omit=dev && node postinstall.mjs > /dev/null)
ln -sf code-linux.sh bin/remote-cli/code-server

# Without spdlog VS Code writes no output channels; without native-watchdog each extension host logs an error.
export npm_config_nodedir="$node" PATH="$node/bin:$PATH"
npm rebuild --foreground-scripts --loglevel=error @vscode/spdlog @vscode/native-watchdog > /dev/null 2>&1
cd ../../../..
echo "$wanted" > installed
