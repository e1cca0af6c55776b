"""The whole stack: start the services in order, supervise them, stop them in reverse order."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from types import TracebackType
from typing import Self, TypeVar

from local.auth.accounts import Accounts
from local.auth.keys import AuthKeys, load_or_create
from local.errors import LocalError, MigrationError, ServiceFailedError
from local.stack.lock import FolderLock, running_stack
from local.stack.orphan_cleaner import OrphanCleaner
from local.stack.ports import Port, require_free
from local.stack.service import NotReady, Service, postgres_check
from local.stack.service_definitions import ServiceDefinitions, StackUrls
from local.stack.settings import StackSettings
from local.stack.signals import StopSignals, WakeupPipe
from local.stack.supervisor import Report, ServiceSupervisor, SupervisorContext

_Result = TypeVar("_Result")


class Stack:
    """A running stack, to be used as a context manager; made by `Stack.start`.

    SIGINT, SIGTERM and SIGHUP end it: `wait` returns True then, and the caller's own code gets a KeyboardInterrupt,
    which ends the `with` block without an error.

    Attributes:
        settings: What it was started with.
        urls: The addresses of the services.
        keys: The API keys of the local auth.
        accounts: The users of the local auth.
        environment: The environment variables of the Lambdas.
    """

    def __init__(self, settings: StackSettings, report: Report, lock: FolderLock, keys: AuthKeys) -> None:
        self.settings = settings
        self.keys = keys
        self.urls = StackUrls.of(settings)
        self.accounts = Accounts.open(settings.auth_folder)
        self._definitions = ServiceDefinitions(settings, self.urls, keys)
        self.environment: Mapping[str, str] = self._definitions.lambda_environment()
        self._lock = lock
        self._wakeup = WakeupPipe()
        self._signals = StopSignals(self._on_signal)
        self._cleaner = OrphanCleaner(lock.descriptor)
        self._report_mutex = Lock()
        self._report = report
        self._context = SupervisorContext(
            settings.root, settings.log_folder, self._cleaner, self._report_line, self._on_give_up
        )
        self._supervisors: dict[str, ServiceSupervisor] = {}
        self._failure: LocalError | None = None
        self._stop_requested = False
        self._in_caller_code = False

    @classmethod
    def start(cls, settings: StackSettings, report: Report = print, *, database_only: bool = False) -> Self:
        """Start the services one after the other, each once the previous one is ready.

        Args:
            settings: Folders, ports and database.
            report: Called with one line about each thing that happens, now and later, from one thread at a time.
            database_only: Stop after the migrations.

        Returns:
            The running stack.

        Raises:
            LocalError: Something is missing, a port is taken, or a service did not start; everything is stopped again.
            KeyboardInterrupt: A signal asked to stop.
        """
        keys = load_or_create(settings.auth_folder)
        ServiceDefinitions(settings, StackUrls.of(settings), keys).require_prerequisites(database_only)
        ports = [port for port in settings.ports if _is_needed(port, settings, database_only)]
        other_stack = running_stack(settings.home)
        if other_stack is not None:
            require_free(ports, other_stack)
        lock = FolderLock.acquire(settings.home)
        try:
            require_free(ports)
            stack = cls(settings, report, lock, keys)
        except BaseException:
            lock.release()
            raise
        stack._signals.install()
        try:
            stack._start_services(database_only)
        except BaseException:
            stack.stop()
            raise
        stack._in_caller_code = True
        return stack

    def add_service(self, service: Service) -> None:
        """Start one more service and return once it is ready; it is stopped before the others.

        Raises:
            LocalError: It did not start.
        """
        self._without_interrupts(lambda: self._add_service(service))

    def stop_service(self, name: str) -> None:
        """Stop one service for good."""
        self._without_interrupts(lambda: self._supervisors.pop(name).stop())

    def service_pid(self, name: str) -> int | None:
        """Return the pid of a service, which changes with each restart."""
        return self._supervisors[name].pid

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait for a stop signal, at most for the timeout in seconds.

        Returns:
            Whether a signal asked to stop.

        Raises:
            LocalError: A service failed too often.
        """
        return self._without_interrupts(lambda: self._wait(timeout_s))

    def wait_for_stop(self) -> None:
        """Wait until a signal asks to stop.

        Raises:
            LocalError: A service failed too often.
        """
        while not self.wait():
            pass

    def stop(self) -> None:
        """Stop every service in reverse order, with its children. Signals are ignored until that is done."""
        self._in_caller_code = False
        try:
            for supervisor in self._supervisors.values():
                supervisor.interrupt()
            while self._supervisors:
                _, supervisor = self._supervisors.popitem()
                supervisor.stop()
        finally:
            self._cleaner.close()
            self._signals.restore()
            self._wakeup.close()
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self.stop()
        return isinstance(error, KeyboardInterrupt) and self._stop_requested

    def _start_services(self, database_only: bool) -> None:
        if self.settings.database_url is None:
            self._add_service(self._definitions.database())
        started_at = time.monotonic()
        _migrate(self.urls.database)
        self._report_line(f"migrations: done in {time.monotonic() - started_at:.1f} s")
        if database_only:
            return
        self._add_service(self._definitions.auth())
        self._add_service(self._definitions.s3())
        self._add_service(self._definitions.mail())
        self._add_service(self._definitions.lambdas())
        self._add_service(self._definitions.page("dashboard"))
        self._add_service(self._definitions.page("admin"))

    def _add_service(self, service: Service) -> None:
        if service.name in self._supervisors:
            raise ValueError(f"a service with the name {service.name} is already running")
        supervisor = ServiceSupervisor(service, self._context)
        self._supervisors[service.name] = supervisor
        try:
            supervisor.start()
        except BaseException:
            self._supervisors.pop(service.name).stop()
            raise
        if self._stop_requested:
            raise KeyboardInterrupt
        if self._failure is not None:
            raise self._failure

    def _wait(self, timeout_s: float | None) -> bool:
        if not self._stop_requested and self._failure is None:
            self._wakeup.wait(timeout_s)
        if self._failure is not None:
            raise self._failure
        return self._stop_requested

    def _without_interrupts(self, work: Callable[[], _Result]) -> _Result:
        """Run a method of the stack; a signal meanwhile is recorded and raises nothing."""
        self._in_caller_code = False
        try:
            return work()
        finally:
            self._in_caller_code = True

    def _on_signal(self) -> None:
        self._stop_requested = True
        self._wakeup.wake()
        for supervisor in list(self._supervisors.values()):
            supervisor.interrupt()
        if self._in_caller_code:
            raise KeyboardInterrupt

    def _on_give_up(self, error: LocalError) -> None:
        self._failure = error
        self._wakeup.wake()

    def _report_line(self, line: str) -> None:
        with self._report_mutex:
            self._report(line)


@contextmanager
def migrated_database(settings: StackSettings) -> Iterator[str]:
    """Yield the URL of a migrated database for one command.

    It is `DATABASE_URL`, the database of the running stack, or one that is started for the `with` block.

    Raises:
        LocalError: The database cannot be reached or migrated.
    """
    url = StackUrls.of(settings).database
    if settings.database_url is None and running_stack(settings.home) is None:
        with Stack.start(settings, report=lambda _: None, database_only=True):
            yield url
        return
    try:
        postgres_check(url)()
    except NotReady as reason:
        source = "DATABASE_URL" if settings.database_url else f"PORT_DB={settings.ports.database}"
        raise ServiceFailedError(f"the database at {source} cannot be reached: {reason}") from reason
    _migrate(url)
    yield url


def _migrate(database_url: str) -> None:
    # SQLAlchemy and Alembic take half a second to import.
    from db.timescale import migrate

    try:
        migrate.upgrade(database_url)
    except migrate.MigrationError as error:
        raise MigrationError(" ".join(str(error).split())) from error


def _is_needed(port: Port, settings: StackSettings, database_only: bool) -> bool:
    if port.variable == "PORT_DB":
        return settings.database_url is None
    return not database_only
