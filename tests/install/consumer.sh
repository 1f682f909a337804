#!/bin/sh
# usage: consumer.sh BUILD_DIR CONSUMER_DIR COMPILER SOURCE_DIR
set -eu
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cmake --install "$1" --prefix "$stage/prefix" >/dev/null
cmake -G Ninja -S "$2" -B "$stage/build" -DCMAKE_PREFIX_PATH="$stage/prefix" -DCMAKE_CXX_COMPILER="$3" >/dev/null
cmake --build "$stage/build" >/dev/null
"$stage/build/consumer"
"$stage/prefix/bin/evenkeel" content check
"$stage/prefix/bin/evenkeel" assess "$4/examples/steady-course.jsonl" --now 2026-09-21T12:00:00Z | grep -q "Level 0 of 4"
# The installed program reads the installed content, not the source tree's.
mv "$stage/prefix/share/evenkeel/content" "$stage/prefix/share/evenkeel/elsewhere"
"$stage/prefix/bin/evenkeel" content check --content "$stage/prefix/share/evenkeel/elsewhere"
