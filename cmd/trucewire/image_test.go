package main

import (
	"os"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// TestImageIsBuiltAsPromised reads the Dockerfile: images cannot be built where the
// tests run.
func TestImageIsBuiltAsPromised(t *testing.T) {
	stages := dockerStages(t)
	if len(stages) != 2 {
		t.Fatalf("got %d stages, want a build stage and the image", len(stages))
	}
	build, image := stages[0], stages[1]
	if build[0] != "FROM golang:1.26 AS build" || image[0] != "FROM scratch" {
		t.Errorf("stages start with %q and %q", build[0], image[0])
	}
	for _, want := range []string{"CGO_ENABLED=0", "-tags timetzdata", "./cmd/trucewire"} {
		if !contains(build, want) {
			t.Errorf("the build stage lacks %s", want)
		}
	}
	for _, want := range []string{"ca-certificates.crt", "USER 65532", `VOLUME ["/data"]`, `ENTRYPOINT ["/trucewire"]`, "ENV TRUCEWIRE_DATA=/data"} {
		if !contains(image, want) {
			t.Errorf("the image lacks %s", want)
		}
	}
}

// dockerStages splits the Dockerfile into stages of whole instructions.
func dockerStages(t *testing.T) [][]string {
	t.Helper()
	raw, err := os.ReadFile("../../Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	var stages [][]string
	for line := range strings.SplitSeq(strings.ReplaceAll(string(raw), "\\\n", " "), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		word, _, _ := strings.Cut(line, " ")
		switch word {
		case "FROM":
			stages = append(stages, nil)
		case "WORKDIR", "COPY", "RUN", "USER", "ENV", "VOLUME", "ENTRYPOINT", "CMD":
		default:
			t.Errorf("not a Dockerfile instruction: %s", line)
		}
		if len(stages) == 0 {
			t.Fatalf("instruction before FROM: %s", line)
		}
		stages[len(stages)-1] = append(stages[len(stages)-1], line)
	}
	return stages
}

func contains(lines []string, part string) bool {
	for _, l := range lines {
		if strings.Contains(l, part) {
			return true
		}
	}
	return false
}

func TestComposeKeepsTheTokenOutOfTheEnvironment(t *testing.T) {
	raw, err := os.ReadFile("../../compose.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Services map[string]struct {
			Environment map[string]string `yaml:"environment"`
			Volumes     []string          `yaml:"volumes"`
			Secrets     []string          `yaml:"secrets"`
		} `yaml:"services"`
	}
	if err := yaml.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	s, ok := file.Services["trucewire"]
	if !ok || len(s.Volumes) != 1 || !strings.HasSuffix(s.Volumes[0], ":/data") || len(s.Secrets) != 1 {
		t.Errorf("got %+v", s)
	}
	if _, ok := s.Environment["DISCORD_TOKEN"]; ok || s.Environment["DISCORD_TOKEN_FILE"] == "" {
		t.Errorf("environment: got %v", s.Environment)
	}
}
