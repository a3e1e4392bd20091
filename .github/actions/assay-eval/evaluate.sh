# Runs `assay eval` on the files of the action's inputs. The exit code becomes an output and not this step's own, so
# that the comment is written of a failure as well.
set -uo pipefail
shopt -s globstar nullglob

read -ra patterns <<<"$EVAL_FILES"
read -ra args <<<"${EVAL_ARGS:-}"
files=()
for pattern in "${patterns[@]}"; do
  # Unquoted on purpose: here the pattern becomes file names, and nothing but file names.
  matches=($pattern)
  if [ ${#matches[@]} -eq 0 ]; then
    echo "::error::No file matches $pattern"
    echo "exit-code=2" >>"$GITHUB_OUTPUT"
    exit 0
  fi
  files+=("${matches[@]}")
done
[ -n "${ASSAY_URL:-}" ] || args+=(--local)

folder="${RUNNER_TEMP:-/tmp}/assay-eval"
mkdir -p "$folder"
report="$folder/report.md"
rm -f "$report"
node "$ACTION_PATH/../../../apps/cli/bin/assay.js" eval "${files[@]}" "${args[@]}" \
  --reporter "markdown=$report" --reporter "html=$folder/report.html" --reporter "junit=$folder/report.xml"
code=$?
echo "exit-code=$code" >>"$GITHUB_OUTPUT"
if [ -f "$report" ]; then
  echo "report=$report" >>"$GITHUB_OUTPUT"
  [ -z "${GITHUB_STEP_SUMMARY:-}" ] || cat "$report" >>"$GITHUB_STEP_SUMMARY" || true
fi
exit 0
