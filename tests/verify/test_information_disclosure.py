import re

import pytest

from scaffold.verify.contract.information_disclosure import TRACES

# What the frameworks of the catalog show to their author when something breaks.
INSIDES = [
    'Traceback (most recent call last):\n  File "/app/tasks/api.py", line 12, in create',
    "<li>  File &quot;/app/tasks/api.py&quot;, line 12, in create</li>",
    "<title>KeyError: 'title' // Werkzeug Debugger</title>",
    "You're seeing this error because you have <code>DEBUG = True</code>",
    "<pre>Error: no title<br> &nbsp; at create (file:///app/src/tasks/api.ts:14:11)</pre>",
    '{"stack":"Error: no title\\n    at create (/app/src/tasks/api.js:14:11)"}',
    "    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)",
    "panic: nil\n\ngoroutine 34 [running]:\nmain.create(...)",
    "/app/internal/web/handler.go:51 +0x1c5",
    "#0 /app/public/index.php(51): App\\Http\\Kernel->handle()",
    "Undefined variable $title in /app/src/Controller/TasksController.php on line 31",
    "Stack trace:",
    "app/controllers/tasks_controller.rb:12:in 'TasksController#create'",
    "   at Tasks.Api.Create(HttpContext context) in /app/src/Api/Tasks.cs:line 42",
    "/usr/lib/python3/site-packages/django/core/handlers/base.py",
    "SQLSTATE[42S02]: Base table or view not found",
    "sqlite3.OperationalError: no such table: tasks_task",
    'relation "tasks" does not exist',
]
HARMLESS = [
    '{"type":"about:blank","title":"Not Found","status":404}',
    "<h1>Not found</h1><p>There is nothing at /no-such-page.</p>",
    '{"title":"Unprocessable","status":422,"errors":{"title":["has 1 to 200 characters"]}}',
    '{"title":"Bad Request","detail":"Unexpected end of JSON input at position 1, line 1 column 2"}',
    "<p>Please look at docs/errors.md, or at https://example.org/app.js</p>",
]


def found(text):
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in TRACES)


@pytest.mark.parametrize("text", INSIDES)
def test_what_shows_the_inside_is_known(text):
    assert found(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_a_client_may_read_is_left_alone(text):
    assert not found(text)


@pytest.mark.parametrize("pattern", TRACES)
def test_every_pattern_is_needed_by_an_example(pattern):
    assert any(re.search(pattern, text, re.IGNORECASE) for text in INSIDES)
