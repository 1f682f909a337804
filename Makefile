# Two commands for a fresh Debian 12 machine; engineers use the CMake presets behind them.
#   make run     installs what is missing, builds, assesses an example and writes its report
#   make test    installs what is missing, builds with warnings as errors, runs every test
RECORD ?= examples/warning-course.jsonl
NOW ?= 2026-06-16T12:00:00Z
REPORT ?= build/report/$(basename $(notdir $(RECORD))).html

.PHONY: run test check bench help
run:
	@tools/install-packages tools/packages-run.txt
	@cmake --preset release --log-level=WARNING
	@cmake --build --preset release
	@mkdir -p $(dir $(REPORT))
	@build/release/src/apps/evenkeel/evenkeel assess $(RECORD) --now $(NOW)
	@build/release/src/apps/evenkeel/evenkeel assess $(RECORD) --now $(NOW) --format html -o $(REPORT)
	@echo
	@echo "The same with plots, to open in a browser or print: $(abspath $(REPORT))"

test:
	@tools/install-packages tools/packages-run.txt tools/packages-test.txt
	@cmake --workflow --preset fuzz
	@cmake --workflow --preset test

# What a reviewer runs before a merge: everything above under the sanitizers, and the style checks.
check: test
	@tools/install-packages tools/packages-check.txt
	@ctest --preset slow
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
	@sed -n '2,3p' Makefile
