"""https://gunicorn.org/reference/settings/"""

import os
from pathlib import Path

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 32
keepalive = 5
# Seconds to answer what has begun when the server is told to stop.
graceful_timeout = 8
# Proxies whose X-Forwarded-Proto is believed; gunicorn alone would believe this machine.
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "")

# Works with a read-only root file system.
control_socket_disable = True
if Path("/dev/shm").is_dir():  # noqa: S108
    worker_tmp_dir = "/dev/shm"  # noqa: S108
