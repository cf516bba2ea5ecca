package web

import (
	"bytes"
	"embed"
	"html/template"
	"io/fs"
	"net/http"
)

//go:embed *.html static
var files embed.FS

var layout = template.Must(template.New("layout.html").Funcs(template.FuncMap{
	"name":        func() string { return "{{ cookiecutter.__name_quoted }}" },
	"description": func() string { return "{{ cookiecutter.__description_quoted }}" },
}).ParseFS(files, "layout.html"))

var (
	homePage  = NewPage(files, "home.html")
	errorPage = NewPage(files, "error.html")
)

// NewPage puts the templates of a file into the layout. A mistake in them ends the program at its start.
func NewPage(source fs.FS, name string) *template.Template {
	return template.Must(template.Must(layout.Clone()).ParseFS(source, name))
}

// WritePage answers with a page.
func WritePage(w http.ResponseWriter, status int, page *template.Template, data any) error {
	var body bytes.Buffer // a template that fails half-way must not leave half a page
	if err := page.Execute(&body, data); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = body.WriteTo(w) // fails only when the client has gone
	return nil
}

// Home is the page at /.
func Home(w http.ResponseWriter, _ *http.Request) error {
	return WritePage(w, http.StatusOK, homePage, nil)
}

// Static serves the files of the static folder, which are inside the program.
func Static(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "public, max-age=3600")
	http.ServeFileFS(w, r, files, "static/"+r.PathValue("file")) //nolint:gosec // refuses "..", and files has no outside
}
