# Two commands for a fresh Debian 12 machine with Node.js; engineers use the CMake presets behind them.
#   make run     installs what is missing, builds, serves a demo clinic and says where and how to sign in
#   make test    installs what is missing, builds with warnings as errors, runs every test
#   make report  assesses an example record and writes its report, without a server
RECORD ?= examples/warning-course.jsonl
NOW ?= 2026-06-16T12:00:00Z
REPORT ?= build/report/$(basename $(notdir $(RECORD))).html
LISTEN ?= 127.0.0.1:8080
EVENKEEL = build/release/src/apps/evenkeel/evenkeel

.PHONY: run report built test check bench help
run: built
	@$(EVENKEEL) serve --demo --listen $(LISTEN) --pages build/release/pages

report: built
	@mkdir -p $(dir $(REPORT))
	@$(EVENKEEL) assess $(RECORD) --now $(NOW)
	@$(EVENKEEL) assess $(RECORD) --now $(NOW) --format html -o $(REPORT)
	@echo
	@echo "The same with plots, to open in a browser or print: $(abspath $(REPORT))"

built:
	@tools/install-packages tools/packages-run.txt
	@cmake --preset release --log-level=WARNING
	@cmake --build --preset release

test:
	@tools/install-packages tools/packages-run.txt tools/packages-test.txt
	@cmake --workflow --preset test

# What a reviewer runs before a merge: the fuzzers, everything above under the sanitizers, and the style checks.
check: test
	@tools/install-packages tools/packages-check.txt
	@ctest --preset slow
	@cmake --workflow --preset fuzz
	@cmake --workflow --preset asan
	@cmake --workflow --preset tsan
	@cmake --preset dev --log-level=WARNING
	@tools/tidy build/dev

# How fast, on this machine: docs/performance.md says what is measured. BENCH takes Google Benchmark's options.
BENCH ?= --benchmark_repetitions=5 --benchmark_report_aggregates_only=true
bench:
	@tools/install-packages tools/packages-run.txt tools/packages-bench.txt
	@cmake --preset bench --log-level=WARNING
	@cmake --build --preset bench
	@build/bench/bench/evenkeel_bench $(BENCH)
	@build/bench/bench/evenkeel_individual_bench $(BENCH)
	@build/bench/bench/evenkeel_plan_bench $(BENCH)
	@build/bench/bench/evenkeel_target_bench $(BENCH)
	@build/bench/bench/evenkeel_store_bench

help:
	@sed -n '2,4p' Makefile
