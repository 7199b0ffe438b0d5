// Package config holds what an operator can set and what ships with the program.
//
// [Load] merges defaults, an optional YAML file, the environment and flags into one
// [Settings], and reports every problem at once, each naming its key. [LoadCatalogue]
// decodes the embedded catalogue (conflicts, outlets, feeds, language packs) with an
// operator's overrides. Secrets are a type that never prints.
//
// It reads files, never the network, and decides nothing about news.
package config
