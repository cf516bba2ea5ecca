from flask import g
from marshmallow import Schema, fields

from ..api import Blueprint

bp = Blueprint("tokens", __name__, url_prefix="/api", description="Who is asking")


class Me(Schema):
    name = fields.String(required=True)
    rights = fields.List(fields.String(), required=True)


@bp.get("/me")
@bp.response(200, Me)
def me() -> dict[str, object]:
    """Say whose token this is and what it may do."""
    return {"name": g.token.name, "rights": g.token.rights.split(",")}
