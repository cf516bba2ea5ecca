import importlib.util
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

SERVICE = Path(__file__).with_name("tiny_service.py")


@pytest.fixture(scope="session")
def tiny():
    """The module with the sound service and the broken ones."""
    spec = importlib.util.spec_from_file_location("tiny_service", SERVICE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def served(tiny):
    """Serve a handler of the tiny service in this process, and yield its address."""

    @contextmanager
    def serving(name):
        server = tiny.serve(tiny.handlers()[name], "127.0.0.1", 0)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}", server
        finally:
            server.released.set()
            server.shutdown()
            thread.join()
            server.server_close()

    return serving
