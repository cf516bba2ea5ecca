package web

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
)

// Problem is an error as clients see it (RFC 9457).
type Problem struct {
	Type   string              `json:"type"`
	Title  string              `json:"title"`
	Status int                 `json:"status"`
	Detail string              `json:"detail,omitempty"`
	Errors map[string][]string `json:"errors,omitempty"` // by field
}

func (p *Problem) Error() string {
	return http.StatusText(p.Status) + ": " + p.Detail
}

// WriteJSON answers with value.
func WriteJSON(w http.ResponseWriter, status int, value any) error {
	return writeJSON(w, status, "application/json", value)
}

func writeJSON(w http.ResponseWriter, status int, mediaType string, value any) error {
	body, err := json.Marshal(value)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", mediaType)
	w.WriteHeader(status)
	_, _ = w.Write(append(body, '\n')) // fails only when the client has gone
	return nil
}

// ReadJSON reads the body into a pointer to a struct. Fields that the struct lacks are ignored.
func ReadJSON(r *http.Request, into any) error {
	body, err := io.ReadAll(r.Body)
	if err == nil {
		err = json.Unmarshal(body, into)
	}
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return &Problem{Status: http.StatusRequestEntityTooLarge}
	}
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && wrong.Field != "" {
		return &Problem{Status: http.StatusBadRequest, Errors: map[string][]string{wrong.Field: {"has the wrong type"}}}
	}
	return &Problem{Status: http.StatusBadRequest, Detail: "The body cannot be read."}
}
