#!/usr/bin/env bash
# The work of the GitHub Action: from its inputs to the command line, and back to its outputs.
set -euo pipefail

arguments=(check --format github)
read -r -a paths <<< "${INPUT_PATH:-.}"
arguments+=("${paths[@]}")

# The commit from which a pull request started has to be there; a shallow checkout lacks it.
since="${INPUT_SINCE:-}"
if [ -z "$since" ] && [ "${INPUT_CHANGED_ONLY:-true}" = true ] && [ -n "${BASE_REF:-}" ]; then
  since="origin/$BASE_REF"
  if ! git merge-base "$since" HEAD > /dev/null 2>&1; then
    if [ "$(git rev-parse --is-shallow-repository)" = true ]; then unshallow=(--unshallow); else unshallow=(); fi
    git fetch --quiet --no-tags ${unshallow[@]+"${unshallow[@]}"} origin "+refs/heads/$BASE_REF:refs/remotes/origin/$BASE_REF"
  fi
fi

[ -z "$since" ] || arguments+=(--since "$since")
[ -z "${INPUT_BASELINE:-}" ] || arguments+=(--baseline "$INPUT_BASELINE")
[ -z "${INPUT_PRESET:-}" ] || arguments+=(--preset "$INPUT_PRESET")
[ -z "${INPUT_MIN_CONFIDENCE:-}" ] || arguments+=(--min-confidence "$INPUT_MIN_CONFIDENCE")
[ -z "${INPUT_MAX_WARNINGS:-}" ] || arguments+=(--max-warnings "$INPUT_MAX_WARNINGS")
[ "${INPUT_REQUIRE_APP:-false}" != true ] || arguments+=(--require-app)
[ -z "${INPUT_SARIF_FILE:-}" ] || arguments+=(--format "sarif=$INPUT_SARIF_FILE")
while IFS= read -r report; do
  [ -z "$report" ] || arguments+=(--format "$report")
done <<< "${INPUT_REPORTS:-}"

code=0
npx --yes "parapet@${INPUT_VERSION:-latest}" "${arguments[@]}" || code=$?

{
  echo "exit-code=$code"
  if [ -n "${INPUT_SARIF_FILE:-}" ] && [ -f "$INPUT_SARIF_FILE" ]; then echo "sarif-file=$INPUT_SARIF_FILE"; else echo "sarif-file="; fi
} >> "${GITHUB_OUTPUT:-/dev/null}"
exit "$code"
