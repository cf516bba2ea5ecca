package web

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
)

const maxBody = 1 << 20 // bytes

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

// ReadBody returns the whole body, or the problem with it.
func ReadBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	if r.ContentLength > maxBody { // is refused before it arrives
		return nil, &Problem{Status: http.StatusRequestEntityTooLarge}
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return nil, &Problem{Status: http.StatusRequestEntityTooLarge}
	}
	if err != nil {
		return nil, &Problem{Status: http.StatusBadRequest, Detail: "The body did not arrive."}
	}
	return body, nil
}

// ReadJSON reads the body into a pointer to a struct. Fields that the struct lacks are ignored.
func ReadJSON(w http.ResponseWriter, r *http.Request, into any) error {
	body, err := ReadBody(w, r)
	if err != nil {
		return err
	}
	if err = json.Unmarshal(body, into); err == nil {
		return nil
	}
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && wrong.Field != "" {
		return &Problem{Status: http.StatusBadRequest, Errors: map[string][]string{wrong.Field: {"has the wrong type"}}}
	}
	return &Problem{Status: http.StatusBadRequest, Detail: "The body is not JSON of the right form."}
}
