package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"
)

// Flash carries one short message to the next page in a cookie. The signature keeps others, such as a page on a
// sibling domain, from putting words into this site's mouth.
type Flash struct {
	Key    string
	Secure bool // send the cookie over https only
}

// Set shows the message on the next page that asks for it.
func (f Flash) Set(w http.ResponseWriter, message string) {
	encoded := base64.RawURLEncoding.EncodeToString([]byte(message))
	http.SetCookie(w, f.cookie(encoded+"."+f.sign(encoded), 60))
}

// Take returns the message, or "" when there is none or its signature is wrong, and removes it.
func (f Flash) Take(w http.ResponseWriter, r *http.Request) string {
	cookie, err := r.Cookie(f.name())
	if err != nil {
		return ""
	}
	http.SetCookie(w, f.cookie("", -1))
	encoded, signature, _ := strings.Cut(cookie.Value, ".")
	if !hmac.Equal([]byte(signature), []byte(f.sign(encoded))) {
		return ""
	}
	message, err := base64.RawURLEncoding.DecodeString(encoded)
	if err != nil {
		return ""
	}
	return string(message)
}

func (f Flash) cookie(value string, maxAge int) *http.Cookie {
	return &http.Cookie{ //nolint:gosec // Secure wherever there is https
		Name:     f.name(),
		Value:    value,
		Path:     "/",
		MaxAge:   maxAge,
		Secure:   f.Secure,
		HttpOnly: true,
		SameSite: http.SameSiteLaxMode,
	}
}

// name has the prefix that makes browsers insist on https and on this very host, where there is https.
func (f Flash) name() string {
	if f.Secure {
		return "__Host-flash"
	}
	return "flash"
}

func (f Flash) sign(text string) string {
	mac := hmac.New(sha256.New, []byte(f.Key))
	mac.Write([]byte("flash:" + text))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
