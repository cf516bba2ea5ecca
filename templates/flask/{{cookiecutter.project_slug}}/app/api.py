"""How flask-smorest reads requests and describes errors in /openapi.json."""

from typing import Any

import flask_smorest
from flask import Flask, Request
from marshmallow import Schema, fields
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import BadRequest, HTTPException, RequestEntityTooLarge
from werkzeug.wrappers import Response

from . import errors


class Problem(Schema):
    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    errors = fields.Dict(keys=fields.String(), values=fields.List(fields.String()))


class Parser(FlaskParser):
    def load_json(self, req: Request, schema: Schema) -> Any:
        """Let Flask read the body: 415 if it is of another type, 400 if it is no JSON."""
        # A body of unknown length is cut off at the limit, silently.
        if req.content_length is None and len(req.get_data()) == req.max_content_length:
            raise RequestEntityTooLarge
        try:
            return req.get_json()
        except RecursionError:
            raise BadRequest from None


class Blueprint(flask_smorest.Blueprint):
    ARGUMENTS_PARSER = Parser()


class Api(flask_smorest.Api):
    ERROR_SCHEMA = Problem
    DEFAULT_RESPONSE_CONTENT_TYPE = "application/problem+json"

    def init_app(self, app: Flask, **options: Any) -> None:
        super().init_app(app, **options)
        # The errors are described. What comes now are the other responses.
        self.DEFAULT_RESPONSE_CONTENT_TYPE = "application/json"

    def handle_http_exception(self, error: HTTPException) -> Response:
        return errors.answer(error)
