import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 32
preload_app = True  # A fault in the configuration ends the start, with one traceback.
graceful_timeout = 8  # Seconds that requests under way get on TERM.
# Addresses of proxies whose X-Forwarded-Proto counts: none, where gunicorn would trust 127.0.0.1.
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "")
control_socket_disable = True
