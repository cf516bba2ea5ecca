-- Runs on SQLite and on PostgreSQL. Times are UTC.

-- +goose Up
CREATE TABLE tokens (
    hash    TEXT PRIMARY KEY,
    name    TEXT NOT NULL UNIQUE,
    rights  TEXT NOT NULL,
    created TIMESTAMP NOT NULL,
    expires TIMESTAMP NOT NULL
);

-- +goose Down
DROP TABLE tokens;
