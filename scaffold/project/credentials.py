"""The files with a project's secrets: copies of their examples with fresh values."""

import re
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Mapping

from scaffold.errors import TemplateProblem
from scaffold.model.framework import Secret
from scaffold.project.confined_fs import Folder

TokenBytes = Callable[[int], bytes]

PRIVATE = 0o600

_FORMATS: Mapping[str, Callable[[bytes], str]] = {
    "urlsafe": lambda token: urlsafe_b64encode(token).decode().rstrip("="),
    "hex": bytes.hex,
    "base64": lambda token: b64encode(token).decode(),
}


def write_secrets(project: Folder, secrets: Iterable[Secret], token_bytes: TokenBytes) -> None:
    """Write every file with secrets, readable by its owner only; ``token_bytes`` must be unpredictable."""
    texts: dict[str, str] = {}
    for secret in secrets:
        text = texts.get(secret.file) or project.read(secret.example).decode()
        texts[secret.file] = _with_value(text, secret, _FORMATS[secret.format](token_bytes(secret.bytes)))
    for file, text in texts.items():
        project.write(file, text.encode(), mode=PRIVATE)


def _with_value(text: str, secret: Secret, value: str) -> str:
    line = re.compile(rf"^{re.escape(secret.variable)}=[^\r\n]*", re.MULTILINE)
    replaced, count = line.subn(lambda _: f"{secret.variable}={value}", text)
    if count != 1:
        raise TemplateProblem(
            f"{secret.example} has {count} lines `{secret.variable}=…`, and must have one",
            hint="This is a mistake in the template",
        )
    return replaced
