package tasks

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"
)

func TestFeedReachesEveryListenerAndNeverWaits(t *testing.T) {
	f := newFeed()
	first, stopFirst := f.listen()
	second, stopSecond := f.listen()
	defer stopSecond()
	for range 1000 { // nobody receives yet
		f.publish()
	}
	for _, changes := range []<-chan struct{}{first, second} {
		select {
		case <-changes:
		default:
			t.Error("a listener missed the change")
		}
	}
	stopFirst()
	f.publish()
	select {
	case <-first:
		t.Error("a listener that stopped still hears")
	default:
	}
}

// The clock in a synctest bubble is not the real one: a minute passes at once.
func TestStreamSendsHeartbeatsAndEndsWithTheClient(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &handlers{feed: newFeed()}
		ctx, cancel := context.WithCancel(t.Context())
		answer := httptest.NewRecorder()
		ended := make(chan error)
		r := httptest.NewRequestWithContext(ctx, http.MethodGet, "/", http.NoBody)
		go func() { ended <- h.events(answer, r) }()

		time.Sleep(heartbeat + time.Second)
		h.feed.publish()
		synctest.Wait()
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		const want = ": open\n\n: still here\n\ndata: changed\n\n"
		if got := answer.Body.String(); got != want {
			t.Errorf("stream = %q, want %q", got, want)
		}
		if len(h.feed.listeners) != 0 {
			t.Error("the listener is still there")
		}
	})
}

func TestStreamOverTheNetworkEndsWithTheServer(t *testing.T) {
	closing := make(chan struct{})
	h := &handlers{feed: newFeed(), closing: closing}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _ = h.events(w, r) }))
	defer server.Close()
	response, err := server.Client().Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	lines := bufio.NewScanner(response.Body)
	lines.Scan() // it is open, so the listener is there
	h.feed.publish()
	for lines.Scan() {
		if lines.Text() == "data: changed" {
			close(closing)
		}
	}
	select {
	case <-closing:
	default:
		t.Error("the stream ended before the change arrived")
	}
}
