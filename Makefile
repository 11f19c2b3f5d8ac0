# `make` lists what there is.

TESTS ?= ./...
TESTFLAGS ?= -timeout 20m -p 2
WALKS ?=
SIZES ?= 10000,100000,1000000

.PHONY: help run install lint check check-postgres e2e check-static lighthouse shots help-pictures bench bench-sizes soak package image check-package check-image test generate fmt cover

help: ## this list
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 17

run: ## the demo, kept in ./var/demo
	go run ./cmd/sojourn demo --data ./var/demo

install: ## what the tests need and this machine lacks (Debian, as root)
	tools/install.sh

lint: ## format, vet, build, freshness of generated files
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo "these files are not formatted: make fmt"; exit 1; }
	go build -mod=readonly ./...
	go vet ./...
	tools/generated.sh

check: lint ## lint, and the tests on SQLite
	go test $(TESTFLAGS) $(TESTS)

check-postgres: ## the same tests on PostgreSQL too
	SOJOURN_TEST_REQUIRE_POSTGRES=1 tools/postgres.sh go test $(TESTFLAGS) $(TESTS)

e2e: e2e/node_modules ## walks in a browser; WALKS="leaving Dutch" takes some
	node e2e/run.mjs $(WALKS)

check-static: e2e/node_modules ## the script is ES5, the style sheet has its baseline, the HTML is valid
	node e2e/check.mjs

lighthouse: e2e/node_modules e2e/lighthouse/node_modules ## what Lighthouse says of the main pages
	node e2e/lighthouse/run.mjs

e2e/lighthouse/node_modules: e2e/lighthouse/package-lock.json
	cd e2e/lighthouse && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

shots: e2e/node_modules ## pictures of the main pages
	node e2e/shots.mjs

help-pictures: e2e/node_modules ## the pictures of the Help pages, made anew
	node e2e/shots.mjs --help-pages

e2e/node_modules: e2e/package-lock.json
	cd e2e && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

bench: ## what a page costs, on both databases
	tools/postgres.sh go run ./bench

bench-sizes: ## the same pages and acts at SIZES users, and purging (SQLite; a million take 3 GB and some minutes)
	go run ./bench -sizes $(SIZES)

soak: ## ten minutes of people on each database: does it stay as it is?
	tools/postgres.sh go run ./bench -soak 10m

test: install lint check-postgres check-package check-image check-static e2e ## everything, on both databases and in a browser

package: ## the Debian package, in ./var/package
	tools/package.sh

image: ## the OCI image, in ./var/package
	tools/image.sh

check-package: ## install the package, use it, remove it (Debian, as root)
	tools/check-package.sh

check-image: ## what is in the image, and that it runs
	SOJOURN_TEST_IMAGE="$$PWD/$$(tools/image.sh)" go -C tools test -count=1 ./image

generate: ## Go code from *.templ
	go tool -modfile=tools/go.mod templ generate

fmt: ## format *.go and *.templ
	gofmt -w .
	go tool -modfile=tools/go.mod templ fmt .

cover: ## which lines the tests reach
	@mkdir -p var
	go test -coverprofile=var/cover.out -coverpkg=./... $(TESTS)
	go tool cover -func=var/cover.out | tail -1
