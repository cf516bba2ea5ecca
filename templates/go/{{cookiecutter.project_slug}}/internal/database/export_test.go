package database

// What the tests need beside Open.
var (
	Connect     = connect
	MigrateFrom = migrate
)
