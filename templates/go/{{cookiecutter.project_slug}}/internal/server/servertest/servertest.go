// Package servertest calls the whole server, middleware included, and holds its answers against openapi.json.
package servertest

import (
	"bytes"
	"database/sql"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"

	"{{ cookiecutter.module_path }}/internal/auth"
	"{{ cookiecutter.module_path }}/internal/config"
	"{{ cookiecutter.module_path }}/internal/database/databasetest"
	"{{ cookiecutter.module_path }}/internal/server"
)

// PublicURL is where the server of a test believes it is.
const PublicURL = "https://shop.example.com"

// Client sends requests to a server with a database of its own.
type Client struct {
	testing.TB
	Handler  http.Handler
	DB       *sql.DB
	Log      *bytes.Buffer // JSON lines
	Document *openapi3.T
	Token    string // sent as Authorization: Bearer, unless empty
	routes   routers.Router
}

// New returns a client whose token may read and write.
func New(t testing.TB, change ...func(*config.Config)) Client {
	t.Helper()
	address, err := url.Parse(PublicURL)
	if err != nil {
		t.Fatal(err)
	}
	cfg := config.Config{PublicURL: address, APIRate: 1e6, StatementTimeout: 5 * time.Second}
	for _, f := range change {
		f(&cfg)
	}
	c := Client{TB: t, DB: databasetest.Open(t), Log: new(bytes.Buffer)}
	c.Handler = server.New(cfg, c.DB, slog.New(slog.NewJSONHandler(c.Log, nil))).Handler
	document := c.Send(httptest.NewRequest(http.MethodGet, PublicURL+"/openapi.json", http.NoBody))
	if c.Document, err = openapi3.NewLoader().LoadFromData(document.Body.Bytes()); err != nil {
		t.Fatal(err)
	}
	if c.routes, err = legacy.NewRouter(c.Document); err != nil { // validates the document, too
		t.Fatal(err)
	}
	c.Token = c.NewToken("tester", auth.Read, auth.Write)
	return c
}

// NewToken returns the secret of a new token.
func (c Client) NewToken(name string, rights ...string) string {
	c.Helper()
	secret, err := auth.Store{DB: c.DB}.Create(c.Context(), auth.Token{Name: name, Rights: rights}, time.Now().Add(time.Hour))
	if err != nil {
		c.Fatal(err)
	}
	return secret
}

// Do sends a request of the API and checks that the answer is one that openapi.json describes.
func (c Client) Do(method, path, body string) *httptest.ResponseRecorder {
	c.Helper()
	r := httptest.NewRequestWithContext(c.Context(), method, PublicURL+path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	if c.Token != "" {
		r.Header.Set("Authorization", "Bearer "+c.Token)
	}
	answer := c.Send(r)
	c.checkDocument(r, answer)
	return answer
}

// Send sends a request as it is.
func (c Client) Send(r *http.Request) *httptest.ResponseRecorder {
	answer := httptest.NewRecorder()
	c.Handler.ServeHTTP(answer, r)
	return answer
}

func (c Client) checkDocument(r *http.Request, answer *httptest.ResponseRecorder) {
	c.Helper()
	route, parameters, err := c.routes.FindRoute(r)
	if err != nil {
		if answer.Code != http.StatusNotFound && answer.Code != http.StatusMethodNotAllowed {
			c.Errorf("%s %s = %d is not in openapi.json: %v", r.Method, r.URL.Path, answer.Code, err)
		}
		return
	}
	err = openapi3filter.ValidateResponse(r.Context(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: r, PathParams: parameters, Route: route},
		Status:                 answer.Code,
		Header:                 answer.Header(),
		Body:                   answer.Result().Body,
	})
	if err != nil {
		c.Errorf("%s %s = %d is not as openapi.json says: %v", r.Method, r.URL.Path, answer.Code, err)
	}
}
