package tasks

import (
	"io"
	"net/http"
	"sync"
	"time"
)

const (
	heartbeat   = 20 * time.Second // below the idle limit of common proxies
	streamWrite = 10 * time.Second // a client that takes longer has gone
)

// feed tells everyone who listens that tasks have changed, within this process. With several instances,
// PostgreSQL's LISTEN can call publish.
type feed struct {
	mu        sync.Mutex
	listeners map[chan struct{}]bool
}

func newFeed() *feed {
	return &feed{listeners: make(map[chan struct{}]bool)}
}

// publish never waits: a listener that is behind has one change to look at already, and then sees all of them.
func (f *feed) publish() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for listener := range f.listeners {
		select {
		case listener <- struct{}{}:
		default:
		}
	}
}

func (f *feed) listen() (changes <-chan struct{}, stop func()) {
	listener := make(chan struct{}, 1)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.listeners[listener] = true
	return listener, func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		delete(f.listeners, listener)
	}
}

// events streams a line for every change (server-sent events). Each open stream costs one goroutine.
func (h *handlers) events(w http.ResponseWriter, r *http.Request) error {
	changes, stop := h.feed.listen()
	defer stop()
	tick := time.NewTicker(heartbeat)
	defer tick.Stop()

	stream := http.NewResponseController(w)
	_ = stream.SetReadDeadline(time.Time{}) // the server's limits are for requests that end
	w.Header().Set("Content-Type", "text/event-stream")
	for message := ": open\n\n"; ; {
		_ = stream.SetWriteDeadline(time.Now().Add(streamWrite))
		if _, err := io.WriteString(w, message); err != nil {
			return nil
		}
		if err := stream.Flush(); err != nil {
			return nil
		}
		select {
		case <-changes:
			message = "data: changed\n\n"
		case <-tick.C:
			message = ": still here\n\n"
		case <-r.Context().Done():
			return nil
		case <-h.closing:
			return nil
		}
	}
}
