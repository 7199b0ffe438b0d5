-- What a moderator chose beyond what a subscription is of, as JSON.

-- +goose Up

ALTER TABLE subscriptions ADD COLUMN choices TEXT NOT NULL DEFAULT '{}';
