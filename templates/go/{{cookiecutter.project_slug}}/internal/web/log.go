package web

import (
	"context"
	"log/slog"
)

// Entry is what the log says about one request, beside its address and its answer.
type Entry struct {
	RequestID string
	Route     string // the pattern
	Err       error  // why it failed
}

type entryKey struct{}

// WithEntry returns a context whose log lines carry the id of the request.
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

// LogHandler adds the id of the request to what is logged with its context, as in log.InfoContext(r.Context(), …).
type LogHandler struct {
	slog.Handler
}

// Handle is called for every line.
func (h LogHandler) Handle(ctx context.Context, line slog.Record) error {
	if id := EntryOf(ctx).RequestID; id != "" {
		line.AddAttrs(slog.String("request_id", id))
	}
	return h.Handler.Handle(ctx, line)
}

// WithAttrs keeps the id for loggers made by With.
func (h LogHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return LogHandler{h.Handler.WithAttrs(attrs)}
}

// WithGroup keeps the id for loggers made by WithGroup.
func (h LogHandler) WithGroup(name string) slog.Handler {
	return LogHandler{h.Handler.WithGroup(name)}
}
