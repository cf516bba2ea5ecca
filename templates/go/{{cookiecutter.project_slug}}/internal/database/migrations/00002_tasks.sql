-- +goose Up
CREATE TABLE tasks (
    id      TEXT PRIMARY KEY,
    title   TEXT NOT NULL,
    done    BOOLEAN NOT NULL,
    created TIMESTAMP NOT NULL,
    updated TIMESTAMP NOT NULL
);

CREATE INDEX tasks_created ON tasks (created DESC, id);

-- +goose Down
DROP TABLE tasks;
