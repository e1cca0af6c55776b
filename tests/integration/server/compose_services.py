"""Start the services of compose.yaml without a container engine, as the file says.

Commands, variables, working directories, users and health checks are those of the file. What a container would provide
is replaced: its network (each `service:port` and port becomes one on 127.0.0.1), its volumes and the folders of its
image (a folder of links for each service). Where root runs the tests, each service runs as the user of the file,
without any capability but that of reading files, because Python may be installed in root's home.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[3]
PORTS = (5432, 6432, 9999, 8001, 8002, 8003, 8004, 8080, 8443, 8081)
"""The ports inside the containers."""
START_TIMEOUT_S = 60.0
STOP_TIMEOUT_S = 20.0
READ_ONLY = (
    "--inh-caps=-all,+dac_read_search",
    "--ambient-caps=-all,+dac_read_search",
    "--bounding-set=-all,+dac_read_search",
)


class ServiceError(AssertionError):
    """A service ended or did not become healthy. The message has its log."""


def read_compose(environ: Mapping[str, str], path: Path = ROOT / "compose.yaml") -> dict[str, Any]:
    """Return the file with its variables replaced, as Compose does.

    Raises:
        KeyError: a variable that the file requires is missing.
    """

    def replace(match: re.Match[str]) -> str:
        name, operator, word = match[1], match[2], match[3] or ""
        value = environ.get(name, "")
        if not value and operator == ":?":
            raise KeyError(f"{name}: {word}")
        return value or (word if operator == ":-" else "")

    def replace_all(value: Any) -> Any:
        if isinstance(value, str):
            return re.sub(r"\$\{(\w+)(:[-?])?([^}]*)\}", replace, value)
        if isinstance(value, dict):
            return {key: replace_all(one) for key, one in value.items()}
        return [replace_all(one) for one in value] if isinstance(value, list) else value

    document: dict[str, Any] = replace_all(yaml.safe_load(path.read_text()))
    return document


@dataclass
class ComposeServices:
    """The services of the file, in a folder of their own.

    Attributes:
        folder: Where volumes, logs and links are. Every user can enter it.
        environ: What `.env` contains.
        ports: The port on 127.0.0.1 for each port inside a container.
        image_folders: Folders of the images, by their path in the container.
    """

    folder: Path
    environ: Mapping[str, str]
    ports: Mapping[int, int]
    image_folders: Mapping[str, Path]
    _processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.document = read_compose(self.environ)

    def service(self, name: str) -> dict[str, Any]:
        """Return a service of the file."""
        found: dict[str, Any] = self.document["services"][name]
        return found

    def volume(self, name: str) -> Path:
        """Return the folder of a volume."""
        path = self.folder / "volumes" / name
        if not path.exists():
            path.mkdir(parents=True)
            self._give(path, self._volume_owner(name))
        return path

    def run(self, name: str, *arguments: str) -> str:
        """Run a service that ends, with other arguments if some are given, and return its output."""
        done = subprocess.run(
            self._command(name, list(arguments)),
            env=self._environment(name),
            cwd=self._directory(name),
            capture_output=True,
            text=True,
            timeout=START_TIMEOUT_S,
            check=False,
        )
        (self._log(name)).write_text(done.stdout + done.stderr)
        if done.returncode != 0:
            raise ServiceError(f"{name} ended with {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout

    def start(self, name: str) -> None:
        """Start a service, and return once its health check passes."""
        with self._log(name).open("ab") as log:
            self._processes[name] = subprocess.Popen(
                self._command(name, []),
                env=self._environment(name),
                cwd=self._directory(name),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait_healthy(name)

    def wait_healthy(self, name: str) -> None:
        """Wait until the health check of a service passes."""
        deadline = time.monotonic() + START_TIMEOUT_S
        while (check := self.check(name)).returncode != 0:
            process = self._processes.get(name)
            if process is not None and process.poll() is not None:
                raise ServiceError(f"{name} ended with {process.returncode}: {self._log(name).read_text()}")
            if time.monotonic() > deadline:
                raise ServiceError(f"{name} is not healthy: {check.stderr}{self._log(name).read_text()}")
            time.sleep(0.2)

    def check(self, name: str) -> subprocess.CompletedProcess[str]:
        """Run the health check of a service once."""
        kind, *words = self.service(name)["healthcheck"]["test"]
        assert kind == "CMD"
        return subprocess.run(
            [*self._as_user(name), *self._local_words(name, words)],
            env=self._environment(name),
            cwd=self._directory(name),
            capture_output=True,
            text=True,
            check=False,
        )

    def stop(self, name: str) -> int:
        """Stop a service as `docker stop` does, and return its exit code."""
        process = self._processes.pop(name)
        process.send_signal(signal.SIGTERM)
        try:
            return process.wait(STOP_TIMEOUT_S)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()

    def stop_all(self) -> None:
        """Stop what runs, the last one first."""
        for name in reversed(list(self._processes)):
            self.stop(name)

    def logs(self) -> dict[str, str]:
        """Return what each service has printed."""
        return {path.stem: path.read_text() for path in sorted((self.folder / "logs").iterdir())}

    def pid(self, name: str) -> int:
        """Return the pid of a running service."""
        return self._processes[name].pid

    def _log(self, name: str) -> Path:
        folder = self.folder / "logs"
        folder.mkdir(exist_ok=True)
        return folder / f"{name}.log"

    def _command(self, name: str, arguments: list[str]) -> list[str]:
        service = self.service(name)
        words = [*service.get("entrypoint", []), *(arguments or service["command"])]
        return [*self._as_user(name), *self._local_words(name, words)]

    def _local_words(self, name: str, words: list[str]) -> list[str]:
        """Return the words of a command, with the programs of our image found in this environment."""
        program = Path(sys.executable).with_name(words[0])
        first = str(program) if program.exists() else words[0]
        return [first, *(self._local(name, word) for word in words[1:])]

    def _environment(self, name: str) -> dict[str, str]:
        variables = self.service(name).get("environment") or {}
        return {
            "PATH": os.environ["PATH"],
            "HOME": "/nonexistent",
            "PYTHONDONTWRITEBYTECODE": "1",
            **{key: self._local(name, str(value)) for key, value in variables.items()},
        }

    def _directory(self, name: str) -> Path:
        return Path(self._local(name, self.service(name).get("working_dir", "/")))

    def _as_user(self, name: str) -> list[str]:
        if os.getuid() != 0:
            return []
        user, _, group = self.service(name)["user"].partition(":")
        return ["setpriv", f"--reuid={user}", f"--regid={group}", "--clear-groups", *READ_ONLY, "--no-new-privs", "--"]

    def _local(self, name: str, text: str) -> str:
        """Return a word of the file as it is on this machine."""
        services = "|".join(self.document["services"])
        hosts = rf"\b(?:{services}|127\.0\.0\.1|0\.0\.0\.0):(\d+)"
        text = re.sub(hosts, lambda match: f"127.0.0.1:{self._port(match[1])}", text)
        text = text.replace("0.0.0.0", "127.0.0.1")  # noqa: S104
        if text.isdecimal():
            return str(self._port(text))
        for path in sorted({*self._links(name), "/etc/metrica"}, key=len, reverse=True):
            if text == path or text.startswith(f"{path}/"):
                return f"{self._root(name)}{text}"
        # `setup` names a folder that other services mount.
        volumes = {volume for service in self.document["services"] for volume in self._volumes(service, text)}
        return str(self.volume(volumes.pop())) if len(volumes) == 1 else text

    def _volumes(self, name: str, path: str) -> list[str]:
        mounts = [mount.split(":") for mount in self.service(name).get("volumes", [])]
        return [mount[0] for mount in mounts if mount[1] == path]

    def _port(self, number: str) -> int:
        return self.ports.get(int(number), int(number))

    def _root(self, name: str) -> Path:
        """Return the folder that stands for the root of a container, with a link for each volume."""
        root = self.folder / "roots" / name
        if not root.exists():
            root.mkdir(parents=True)
            for path, target in self._links(name).items():
                link = root / path.removeprefix("/")
                link.parent.mkdir(parents=True, exist_ok=True)
                link.symlink_to(target)
        return root

    def _links(self, name: str) -> dict[str, Path]:
        links = dict(self.image_folders)
        for volume in self.service(name).get("volumes", []):
            source, target, *_ = volume.split(":")
            links[target] = self.volume(source.removeprefix("./"))
        return links

    def _volume_owner(self, volume: str) -> str:
        """Return the user whose image has the folder of a volume: the first service that may write to it."""
        for service in self.document["services"].values():
            for mount in service.get("volumes", []):
                if mount.startswith((f"{volume}:", f"./{volume}:")) and not mount.endswith(":ro"):
                    return str(service["user"])
        raise LookupError(f"nobody may write to {volume}")

    @staticmethod
    def _give(path: Path, owner: str) -> None:
        if os.getuid() == 0:
            user, _, group = owner.partition(":")
            shutil.chown(path, int(user), int(group))
