"""Probes for load balancers and orchestrators."""

from flask import Blueprint
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from .database import db

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def alive() -> str:
    return "ok\n"


@bp.get("/readyz")
def ready() -> tuple[str, int]:
    try:
        db.session.execute(select(1))
    except SQLAlchemyError:
        return "database unavailable\n", 503
    return "ok\n", 200
