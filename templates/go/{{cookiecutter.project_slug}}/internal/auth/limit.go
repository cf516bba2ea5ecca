package auth

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// limits counts the requests of each token, in this process.
type limits struct {
	perMinute int
	mu        sync.Mutex
	byName    map[string]*rate.Limiter
}

func newLimits(perMinute int) *limits {
	return &limits{perMinute: perMinute, byName: make(map[string]*rate.Limiter)}
}

// wait counts a request, or returns how long the token has to wait before the next one.
func (l *limits) wait(name string) time.Duration {
	l.mu.Lock()
	limiter, known := l.byName[name]
	if !known {
		limiter = rate.NewLimiter(rate.Limit(float64(l.perMinute)/60), l.perMinute)
		l.byName[name] = limiter
	}
	l.mu.Unlock()
	reservation := limiter.Reserve()
	delay := reservation.Delay()
	if delay > 0 {
		reservation.Cancel()
	}
	return delay
}
