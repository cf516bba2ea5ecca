from datetime import timedelta
from secrets import token_urlsafe

import click
from flask import g
from marshmallow import Schema, fields
from sqlalchemy import delete, select

from ..api import Blueprint
from ..database import db, now
from .guard import digest
from .models import Token

bp = Blueprint("tokens", __name__, url_prefix="/api", description="Who is asking")


class Me(Schema):
    name = fields.String(required=True)
    rights = fields.List(fields.String(), required=True)


@bp.get("/me")
@bp.response(200, Me)
def me() -> dict[str, object]:
    """Say whose token this is and what it may do."""
    return {"name": g.token.name, "rights": g.token.rights.split(",")}


@bp.cli.command("create")
@click.argument("name")
@click.option("--rights", type=click.Choice(["read", "write", "read,write"]), default="read")
@click.option("--days", default=365, show_default=True, help="How long it is valid.")
def create(name: str, rights: str, days: int) -> None:
    """Make a token and show it, this once."""
    if db.session.scalar(select(Token).where(Token.name == name)):
        raise click.ClickException(f"There is a token with the name {name}. Revoke it first.")
    secret = token_urlsafe(32)
    expires = now() + timedelta(days=days)
    db.session.add(Token(name=name, digest=digest(secret), rights=rights, expires=expires))
    db.session.commit()
    click.echo(secret)


@bp.cli.command("list")
def show_all() -> None:
    """Show names, rights and when each token expires."""
    for token in db.session.scalars(select(Token).order_by(Token.name)):
        click.echo(f"{token.name}  {token.rights}  {token.expires:%Y-%m-%d}")


@bp.cli.command("revoke")
@click.argument("name")
def revoke(name: str) -> None:
    """Delete a token. It is refused from the next request on."""
    if not db.session.scalar(delete(Token).where(Token.name == name).returning(Token.id)):
        raise click.ClickException(f"There is no token with the name {name}.")
    db.session.commit()
