.PHONY: build test long lint fuzz eval eval-blind bench

GOLANGCI = $(shell go env GOPATH)/bin/golangci-lint

build: ; CGO_ENABLED=0 go build -trimpath -o trucewire ./cmd/trucewire
test: ; CGO_ENABLED=0 go test ./...
long: ; TRUCEWIRE_LONG=1 CGO_ENABLED=0 go test -timeout 60m -count=1 ./...
lint: ; $(GOLANGCI) run
fuzz: ; ./.ci/fuzz 200000x
eval: ; ./.ci/eval open
eval-blind: ; ./.ci/eval blind
bench: ; go test -run '^$$' -bench . -benchmem ./...
