"""The words a project cannot be called, an ecosystem a row: each says why it is taken."""

import keyword
import sys
from collections.abc import Mapping

_DEVICES = "con prn aux nul " + " ".join(f"{port}{digit}" for port in ("com", "lpt") for digit in range(10))
# What an unquoted word becomes in YAML or TOML.
_LITERALS = "yes no on off true false null none nan inf y n"
_FOLDERS = """
    bin build cache config coverage dist docs lib node_modules public src static target temp test
    tests tmp vendor
"""

_PYTHON_LIBRARIES = """
    alembic celery click cookiecutter coverage dj-database-url django django-environ environs flask
    flask-migrate flask-sqlalchemy gunicorn hypothesis itsdangerous jinja2 markupsafe mypy pip
    psycopg psycopg2 pydantic pytest pytest-django python-dotenv requests ruff setuptools sqlalchemy
    uv uvicorn waitress werkzeug wheel whitenoise wtforms accounts app apps manage migrations
    settings tasks templates urls wsgi asgi
"""

_JAVASCRIPT_WORDS = """
    abstract arguments async await boolean break byte case catch char class const continue debugger
    default delete do double else enum eval export extends final finally float for function goto if
    implements import in instanceof int interface let long native new package private protected
    public return short static super switch synchronized this throw throws transient try typeof
    undefined var void volatile while with yield
"""
_NODE_MODULES = """
    assert async-hooks buffer child-process cluster console constants crypto dgram
    diagnostics-channel dns domain events fs http http2 https inspector module net os path
    perf-hooks process punycode querystring readline repl sea sqlite stream string-decoder sys
    timers tls trace-events tty url util v8 vm wasi worker-threads zlib
"""
_NODE_LIBRARIES = """
    compression cookie-parser cors dotenv ejs eslint express express-rate-limit express-session
    globals helmet jest kysely knex mocha meteor meteor-node-stubs mongodb mongoose morgan node npm
    npx pg pino pino-http pnpm prettier react react-dom supertest tsx typescript typescript-eslint
    undici vite vitest yarn zod
"""

_GO_WORDS = """
    break case chan const continue default defer else fallthrough for func go goto if import
    interface map package range return select struct switch type var
"""
_GO_PACKAGES = """
    all archive arena bufio builtin bytes cmd cmp compress container context crypto database debug
    embed encoding errors example expvar flag fmt hash html image index internal io iter log main
    maps math mime net os path plugin reflect regexp runtime slices sort std strconv strings structs
    sync syscall testdata testing text time unicode unique unsafe weak
"""

_RUBY_WORDS = """
    alias and begin break case class def defined do else elsif end ensure for if in module next not
    or redo rescue retry return self super then undef unless until when while
"""
_RUBY_CONSTANTS = """
    array base64 basic-object bigdecimal binding bundler class comparable complex csv data date
    delegate digest dir encoding enumerable enumerator env erb errno etc exception fiber file
    file-test fileutils find float forwardable gem gemfile gc hash integer io irb json kernel logger
    marshal match-data math method minitest module monitor mutex net numeric object open3 openssl
    optparse pathname proc process psych queue rack rake ractor random range rational rbconfig rdoc
    regexp ruby ruby-vm securerandom set shellwords signal socket stringio string struct symbol
    tempfile thread time timeout tsort uri warning weakref yaml zlib
"""
_RUBY_LIBRARIES = """
    action-cable action-controller action-mailer action-view active-job active-model active-record
    active-storage active-support application destroy generate plugin puma rackup rails railties
    rspec rubocop runner sequel server sinatra sqlite3 zeitwerk
"""

_PHP_WORDS = """
    abstract and array as bool break callable case catch class clone const continue declare default
    die do echo else elseif empty enddeclare endfor endforeach endif endswitch endwhile enum eval
    exit extends final finally float fn for foreach function global goto if implements include
    instanceof insteadof int interface isset iterable list match mixed namespace never new object or
    parent print private protected public readonly require return self static string switch throw
    trait try unset use var void while xor yield
"""
_PHP_LIBRARIES = """
    app artisan cake cakephp closure composer exception generator illuminate laravel pest php
    phpstan phpunit stdclass
"""

_CSHARP_WORDS = """
    abstract as base bool break byte case catch char checked class const continue decimal default
    delegate do double else enum event explicit extern finally fixed float for foreach goto if
    implicit in int interface internal is lock long namespace new object operator out override
    params private protected public readonly ref return sbyte sealed short sizeof stackalloc static
    string struct switch this throw try typeof uint ulong unchecked unsafe ushort using virtual void
    volatile while
"""
_CSHARP_NAMESPACES = (
    "aspnetcore console dotnet globals microsoft nuget program startup system task windows xunit"
)


def _rows(rows: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    return {why: frozenset(words.lower().split()) for why, words in rows.items()}


EVERYWHERE = _rows(
    {
        "a device on Windows": _DEVICES,
        "a literal in YAML and TOML": _LITERALS,
        "a folder that tools look for": _FOLDERS,
    }
)

BY_LANGUAGE: Mapping[str, Mapping[str, frozenset[str]]] = {
    "python": _rows(
        {
            "a Python keyword": " ".join(keyword.kwlist),
            "a module of Python's standard library": " ".join(sys.stdlib_module_names).replace("_", "-"),
            "a name of the starter or of a library it uses": _PYTHON_LIBRARIES,
        }
    ),
    "javascript": _rows(
        {
            "a JavaScript reserved word": _JAVASCRIPT_WORDS,
            "a module of Node.js": _NODE_MODULES,
            "a package the starter uses": _NODE_LIBRARIES,
        }
    ),
    "go": _rows({"a Go keyword": _GO_WORDS, "a package of Go's standard library": _GO_PACKAGES}),
    "ruby": _rows(
        {
            "a Ruby keyword": _RUBY_WORDS,
            "a constant of Ruby": _RUBY_CONSTANTS,
            "a name of a library the starter uses": _RUBY_LIBRARIES,
        }
    ),
    "php": _rows({"a PHP reserved word": _PHP_WORDS, "a namespace the starter uses": _PHP_LIBRARIES}),
    "csharp": _rows({"a C# keyword": _CSHARP_WORDS, "a namespace of .NET": _CSHARP_NAMESPACES}),
}
"""By the framework's ``language``: the reason, and the words it is a reason for."""
