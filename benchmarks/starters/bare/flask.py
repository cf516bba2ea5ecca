"""Flask and SQLAlchemy alone."""

import os
from datetime import UTC, datetime
from hashlib import sha256

from app.tasks.models import Task
from app.tokens.models import Token
from flask import Flask, request
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session

application = Flask(__name__)
engine = create_engine(os.environ["DATABASE_URL"])


@application.get("/healthz")
def healthz():
    return {"status": "ok"}


@application.get("/api/tasks")
def tasks():
    secret = request.authorization.token if request.authorization else ""
    valid = (Token.digest == sha256(secret.encode()).hexdigest()) & (Token.expires > datetime.now(UTC))
    with Session(engine) as session:
        token = session.scalar(select(Token).where(valid))
        if token is None or "read" not in token.rights.split(","):
            return {}, 401
        total = session.scalar(select(func.count()).select_from(Task))
        found = session.scalars(select(Task).order_by(Task.id.desc()).offset(0).limit(20)).all()
        data = [
            {
                "id": task.id,
                "title": task.title,
                "done": task.done,
                "created": task.created.isoformat(),
                "updated": task.updated.isoformat(),
            }
            for task in found
        ]
    return {"data": data, "meta": {"page": 1, "limit": 20, "total": total}}
