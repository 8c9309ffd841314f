# Sourced by every script here: where things are, how they speak, and what is new enough to be left alone.
# shellcheck shell=bash

set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

# Where cargo builds; stamps, tools and logs of these scripts live beside it.
target=${CARGO_TARGET_DIR:-$root/target}
stamps=$target/stamps
tools=$target/tools

# rustup puts cargo here, and a shell opened before the installation does not know it yet.
[[ -d $HOME/.cargo/bin ]] && PATH=$PATH:$HOME/.cargo/bin
# A Node of our own (scripts/setup-node) is put there only when the system has none that is new enough.
[[ -x $tools/node/bin/node ]] && PATH=$tools/node/bin:$PATH
export PATH

say() { printf '%s\n' "$*" >&2; }

# fail MESSAGE NEXT_STEP: what happened, then what to do about it.
fail() {
    say ""
    say "$1"
    say "${2:-}"
    exit 1
}

# fresh STAMP PATH...: true when nothing under the paths is newer than the stamp. Folders count too, so that a
# removed or renamed file is noticed; what tools write there by themselves does not.
fresh() {
    local stamp=$1
    shift
    [[ -e $stamp ]] || return 1
    [[ -z $(find "$@" \( -name node_modules -o -name dist -o -name .svelte-kit \) -prune -o -newer "$stamp" -print -quit) ]]
}

# stamp STAMP: remembers that the work named by STAMP is done.
stamp() {
    mkdir -p "$(dirname "$1")"
    touch "$1"
}

has_display() { [[ -n ${DISPLAY:-} || -n ${WAYLAND_DISPLAY:-} ]]; }
