from time import time
from typing import Any

from flask import current_app
from flask_security import LoginForm
from sqlalchemy import delete, text
from werkzeug.exceptions import TooManyRequests

from ..database import db
from .models import LogInAttempts

PERIOD = 300
# One statement, so that all processes count together.
COUNT = text("""
    INSERT INTO log_in_attempts (email, period, count) VALUES (:email, :period, 1)
    ON CONFLICT (email, period) DO UPDATE SET count = log_in_attempts.count + 1
    RETURNING count
""")


class LimitedLoginForm(LoginForm):
    def validate(self, **kwargs: Any) -> bool:
        email = (self.email.data or "").replace("\0", "").strip().lower()[:255]
        if attempts(email) > current_app.config["LOGIN_RATE"]:
            raise TooManyRequests(retry_after=PERIOD - int(time()) % PERIOD)
        return bool(super().validate(**kwargs))


def attempts(email: str) -> int:
    """Count one more attempt to log in and return how many there were in this period."""
    period = int(time()) // PERIOD
    count = db.session.scalar(COUNT, {"email": email, "period": period})
    db.session.execute(delete(LogInAttempts).where(LogInAttempts.period < period))
    db.session.commit()
    return int(count or 0)
