# Sourced by scripts that run several steps and say at the end how each went.
# shellcheck shell=bash

step_names=()
step_results=()
step_notes=()
failed_steps=0
logs=$target/logs

# step NAME COMMAND...: runs it, keeps its output in a log as well, and goes on whatever happens, so that one run
# shows every fault and not the first alone.
step() {
    local name=$1 log=$logs/${1// /-}.log began=$SECONDS result=passed
    shift
    mkdir -p "$logs"
    say ""
    say "== $name"
    if ! "$@" </dev/null 2>&1 | tee "$log" >&2; then
        result=FAILED
        failed_steps=$((failed_steps + 1))
    fi
    step_names+=("$name")
    step_results+=("$result")
    step_notes+=("$((SECONDS - began)) s$(counted "$log")")
}

# counted LOG: how many tests the log speaks of, in cargo's words and in Vitest's.
counted() {
    awk '
        { gsub(/\033\[[0-9;]*m/, "") }
        /^test result:/ { passed += $4; failed += $6; ignored += $8 }
        /^ *Tests +/ { for (i = 2; i <= NF; i++) { if ($i ~ /^passed/) passed += $(i - 1); if ($i ~ /^failed/) failed += $(i - 1) } }
        END {
            if (passed + failed + ignored == 0) exit
            printf ", %d tests passed", passed
            if (failed) printf ", %d failed", failed
            if (ignored) printf ", %d left out", ignored
        }' "$1"
}

# summary TITLE: one line a step. Ends the script: 0 when every step passed.
summary() {
    local index
    say ""
    say "== $1"
    for index in "${!step_names[@]}"; do
        printf '%-7s %-18s %s\n' "${step_results[index]}" "${step_names[index]}" "${step_notes[index]}" >&2
    done
    if ((failed_steps > 0)); then
        say "$failed_steps of ${#step_names[@]} steps failed. Their output is kept in: $logs"
        exit 1
    fi
    say "All ${#step_names[@]} steps passed."
}
