"""What servers and the `flask` command import."""

import logging
import os
import sys

from app import create_app
from app.logging import JsonFormatter

# A developer reads what Flask writes by itself.
if os.environ.get("FLASK_RUN_FROM_CLI") != "true":
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonFormatter())
    level = os.environ.get("LOG_LEVEL", "INFO").upper()
    logging.basicConfig(handlers=[handler], level=level)

app = create_app()
