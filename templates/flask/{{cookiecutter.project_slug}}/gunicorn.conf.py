"""https://gunicorn.org/reference/settings/"""

import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 32
keepalive = 5
# How long a worker may be silent, and how long requests under way have to end after TERM.
timeout = 30
graceful_timeout = 8
loglevel = os.environ.get("LOG_LEVEL", "info")

# Whatever a developer's .env says, this is no debug mode.
raw_env = ["FLASK_DEBUG=0"]
# Proxies are the application's affair: PROXY_COUNT.
forwarded_allow_ips = ""
# Works with a read-only root file system.
control_socket_disable = True
