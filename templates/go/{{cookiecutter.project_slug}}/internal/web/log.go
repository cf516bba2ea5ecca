package web

import "context"

// Entry is what the log says about one request, beside its address and its answer.
type Entry struct {
	RequestID string
	Route     string // the pattern
	Err       error  // why it failed
}

type entryKey struct{}

// WithEntry returns a context that carries the entry of the request.
func WithEntry(ctx context.Context, entry *Entry) context.Context {
	return context.WithValue(ctx, entryKey{}, entry)
}

// EntryOf returns the entry of the request, or one that nobody reads.
func EntryOf(ctx context.Context) *Entry {
	if entry, ok := ctx.Value(entryKey{}).(*Entry); ok {
		return entry
	}
	return &Entry{}
}
