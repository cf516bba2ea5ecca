"""People who log in, by Flask-Security: https://flask-security.readthedocs.io/"""

from flask import Flask
from flask_mailman import Mail
from flask_security import FSQLALiteUserDatastore, Security

from ..database import db
from .limits import LimitedLoginForm
from .models import Role, User


def init_app(app: Flask) -> None:
    Mail(app)
    Security(app, FSQLALiteUserDatastore(db, User, Role), login_form=LimitedLoginForm)
