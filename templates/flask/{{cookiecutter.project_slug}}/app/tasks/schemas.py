from typing import Any

from marshmallow import EXCLUDE, Schema, fields
from marshmallow.validate import Length, Range


class Text(fields.String):
    """A text without spaces around it, and with nothing that a database cannot store."""

    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> str:
        text = str(super()._deserialize(value, *args, **kwargs)).strip()
        # Half a surrogate pair, which JSON can spell, is not UTF-8.
        if "\0" in text or text != text.encode(errors="replace").decode():
            raise self.make_error("invalid")
        return text


class Flag(fields.Boolean):
    # True or false, and neither 1 nor "yes".
    def _deserialize(self, value: Any, *args: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid")
        return value


class TaskChange(Schema):
    class Meta:
        unknown = EXCLUDE

    title = Text(validate=Length(1, 200))
    done = Flag()


class NewTask(TaskChange):
    title = Text(required=True, validate=Length(1, 200))


class TaskOut(Schema):
    id = fields.Integer(required=True)
    title = fields.String(required=True)
    done = fields.Boolean(required=True)
    created = fields.DateTime(required=True)
    updated = fields.DateTime(required=True)


class PageQuery(Schema):
    page = fields.Integer(load_default=1, validate=Range(1, 2**31 - 1))
    limit = fields.Integer(load_default=20, validate=Range(1, 100))


class TaskPage(Schema):
    data = fields.List(fields.Nested(TaskOut), required=True)
    meta = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
