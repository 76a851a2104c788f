# What users and developers do here, one word each. Everything is built for release.

SWIFT ?= swift

.PHONY: build run test test-faults lint bench install-deps install installable uninstall

build: install-deps
	@$(SWIFT) build -c release

# Sends the example job through Inbox, sluiced and Outbox.
run: build
	@Scripts/run-example

test: install-deps
	@Scripts/test

# Kills, full disks, power cuts and hostile files; `make test-faults FULL=1` injects every fault.
test-faults: install-deps
	@$(SWIFT) build -c release --product sluiced
	@$(SWIFT) build -c release --product fake-worker
	@Scripts/faults $(if $(FULL),--full)

# The style, and the rules that need no build.
lint:
	@Scripts/check

# Speed and memory beside PyTorch; writes Benchmarks/results.json.
bench: build
	@Scripts/bench --full

# System packages and libtorch; says what it is about to install, and does nothing when all is there.
install-deps:
	@Scripts/install-packages
	@Scripts/install-libtorch

# Installs into PREFIX (/usr/local) under DESTDIR; see Docs/administration.md. Where root has no
# Swift, another user runs `make installable` before.
install:
	@DESTDIR="$(DESTDIR)" PREFIX="$(PREFIX)" Scripts/install

installable: install-deps
	@Scripts/install --build

# Removes what was installed with the same PREFIX and DESTDIR, but no configuration and no results.
uninstall:
	@DESTDIR="$(DESTDIR)" PREFIX="$(PREFIX)" Scripts/uninstall
