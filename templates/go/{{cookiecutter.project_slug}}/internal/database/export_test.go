package database

// MigrateFrom is migrate for the tests.
var MigrateFrom = migrate
