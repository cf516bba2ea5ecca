"""The check of the API's own document: valid OpenAPI 3.1, complete, and what the service answers."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scaffold.verify.client import ME, TASKS, Client, Undecided, Unmet, expect_json
from scaffold.verify.contract.check import ContractCheck
from scaffold.verify.exchange import Exchange

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

SCHEMA = Path(__file__).with_name("openapi-3.1.json")
"""The schema of OpenAPI 3.1 documents, 2022-10-07, by the OpenAPI Initiative (Apache License 2.0)."""

Document = Mapping[str, Any]
_ANY = "{}"


def api_document(client: Client) -> None:
    """See that the document is valid, names every operation, and that no answer contradicts it."""
    document = expect_json(client.get("/openapi.json"), 200)
    if not isinstance(document, dict) or not str(document.get("openapi")).startswith("3.1."):
        raise Unmet("no `openapi` that begins with 3.1.")
    try:
        import jsonschema  # noqa: F401
    except ImportError as error:
        raise Undecided("install scaffold-backend[verify] to have the API's document checked") from error
    _expect_valid(document)
    _expect_portable(document)
    _expect_complete(document, example="example" not in client.lacks)
    for seen in client.seen:
        _expect_described(document, seen, client)


def _expect_valid(document: Document) -> None:
    from jsonschema import Draft202012Validator

    schema = json.loads(SCHEMA.read_text("utf-8"))
    problem = next(iter(Draft202012Validator(schema).iter_errors(document)), None)
    if problem:
        raise Unmet(f"{'/'.join(map(str, problem.absolute_path))}: {problem.message[:200]}")
    for name, part in document.get("components", {}).get("schemas", {}).items():
        for wrong in Draft202012Validator(Draft202012Validator.META_SCHEMA).iter_errors(part):
            raise Unmet(f"components/schemas/{name}: {wrong.message[:200]}")


def _expect_portable(document: Document) -> None:
    """See that it holds at any address, and that every language can compile its patterns."""
    for server in document.get("servers", ()):
        if "//" in server["url"]:
            raise Unmet(f"the server {server['url']}")
    if "\\p{" in json.dumps(document).replace("\\\\", "\\"):
        raise Unmet("a pattern with \\p{…}, which some validators cannot compile")


def _expect_complete(document: Document, *, example: bool) -> None:
    wanted = [("get", ME)]
    if example:
        wanted += [(method, TASKS) for method in ("get", "post")]
        wanted += [(method, f"{TASKS}/{_ANY}") for method in ("get", "patch", "delete")]
    found = {(method, _shape(path)): each for method, path, each in _operations(document)}
    for method, path in wanted:
        operation = found.get((method, path))
        if operation is None:
            raise Unmet(f"{method.upper()} {path.replace(_ANY, '{id}')} is not in it")
        if not _wants_token(document, operation):
            raise Unmet(
                f"{method.upper()} {path.replace(_ANY, '{id}')} has no security scheme of type bearer"
            )


def _wants_token(document: Document, operation: Mapping[str, Any]) -> bool:
    schemes = document.get("components", {}).get("securitySchemes", {})
    bearer = {name for name, each in schemes.items() if str(each.get("scheme")).lower() == "bearer"}
    required = operation.get("security", document.get("security", []))
    return bool(required) and all(bearer & set(each) for each in required)


def _expect_described(document: Document, seen: Exchange, client: Client) -> None:
    """See that an answer of the visit, where its operation is in the document, is as that says."""
    request, response = seen.request, seen.response
    if response is None or response.status in {413, 431, 500} or "Host" in request.headers:
        return
    operation = _operation(document, request.method.lower(), request.path.partition("?")[0])
    if operation is None:
        return
    where = f"{response.status} from {request.method} {request.path.partition('?')[0]}"
    described = _described(document, operation, response.status)
    if described is None:
        client.seen.append(seen)
        raise Unmet(f"{where} is not among its responses")
    content = described.get("content", {})
    if not content or request.method == "HEAD":
        return
    media = content.get(response.media_type) or content.get("*/*")
    if media is None:
        client.seen.append(seen)
        raise Unmet(f"{where} with content type {response.media_type or '(none)'}")
    problem = _against(document, media.get("schema"), response.json())
    if problem:
        client.seen.append(seen)
        raise Unmet(f"{where}: {problem}")


def _against(document: Document, schema: Any, value: Any) -> str:  # noqa: ANN401 - JSON
    if schema is None:
        return ""
    wrong = next(iter(_validator(document, schema).iter_errors(value)), None)
    return f"{'/'.join(map(str, wrong.absolute_path))}: {wrong.message[:200]}" if wrong else ""


def _validator(document: Document, schema: Any) -> "Validator":  # noqa: ANN401 - JSON
    from jsonschema import Draft202012Validator
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012

    resource = DRAFT202012.create_resource(document)
    registry: Registry[Any] = Registry().with_resource("urn:document", resource)
    referring = json.loads(json.dumps(schema).replace('"$ref": "#', '"$ref": "urn:document#'))
    return Draft202012Validator(referring, registry=registry)


def _described(document: Document, operation: Mapping[str, Any], status: int) -> Mapping[str, Any] | None:
    responses = operation.get("responses", {})
    for name in (str(status), f"{status // 100}XX", f"{status // 100}xx", "default"):
        if name in responses:
            return _resolved(document, responses[name])
    return None


def _operation(document: Document, method: str, path: str) -> Mapping[str, Any] | None:
    """Return the operation of a path; one that is written out wins over one with a parameter."""
    fitting = [
        (each.count("{"), operation)
        for verb, each, operation in _operations(document)
        if verb == method and re.fullmatch(re.sub(r"\\\{[^/]*?\\\}", "[^/]+", re.escape(each)), path)
    ]
    return min(fitting, key=lambda pair: pair[0])[1] if fitting else None


def _operations(document: Document) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for path, item in document.get("paths", {}).items():
        for method, operation in _resolved(document, item).items():
            if method in {"get", "post", "put", "patch", "delete", "head", "options"}:
                yield method, path, operation


def _shape(path: str) -> str:
    return re.sub(r"\{[^/]*\}", _ANY, path)


def _resolved(document: Document, part: Mapping[str, Any]) -> Mapping[str, Any]:
    """Follow references within the document."""
    while "$ref" in part:
        target: Any = document
        for name in str(part["$ref"]).removeprefix("#/").split("/"):
            target = target[name.replace("~1", "/").replace("~0", "~")]
        part = target
    return part


CHECKS = (
    ContractCheck(
        id="api-document",
        level="must",
        sentence="/openapi.json describes the API, and every answer of this visit is as it says",
        expected="OpenAPI 3.1 with every operation, its statuses and its security scheme",
        probe=api_document,
    ),
)
