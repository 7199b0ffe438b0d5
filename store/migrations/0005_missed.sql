-- What a digest says of those before it that were not sent: JSON, NULL where there are none.

-- +goose Up

ALTER TABLE messages ADD COLUMN missed TEXT;
