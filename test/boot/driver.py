# SPDX-License-Identifier: BSD-2-Clause
"""labgrid's QEMUDriver for the board's machine (its qemu.toml), with a reader of its own for the console; and
its ShellDriver, in half of its time."""
import json
import socket
import tempfile
import threading

import attr
from labgrid.driver.qemudriver import QEMUDriver
from labgrid.driver.shelldriver import ShellDriver
from labgrid.factory import target_factory
from pexpect import EOF, TIMEOUT

from board import NAME
from boards import qemu_command


@target_factory.reg_driver
@attr.s(eq=False)
class BoardQEMUDriver(QEMUDriver):
    """QEMU's command line is that of tools/run. The console is read at all times: QEMU waits for a
    reader with its big lock held, so that with the stock driver a guest that prints before the
    answer to "cont" is out hangs all of it."""
    # What the stock driver has its command line from.
    qemu_bin, machine, cpu, memory, extra_args = (attr.ib(default="") for _ in range(5))

    def __attrs_post_init__(self):
        super().__attrs_post_init__()
        self.qmp = None
        self._more = threading.Condition()
        self._data, self._ended = b"", False
        self.start_by = None  # called in place of the monitor's "cont": gdb, say
        self.typed_before = b""  # what somebody has typed by then
        self.listener = None  # called with all that is read
        self.log = bytearray()  # all of it
        self.banks, self.machine_options, self.extra = [], {}, []  # as qemu_command() takes them

    def on_activate(self):
        self._tempdir = tempfile.mkdtemp(prefix="labgrid-qemu-")
        path = f"{self._tempdir}/serial"
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.bind(path)
        self._socket.listen(0)
        # -no-shutdown: power-off leaves the console readable.
        self._cmd = qemu_command(NAME, self.banks, **self.machine_options, extra=[
            "-S", "-no-shutdown", "-qmp", "stdio", "-chardev", f"socket,id=console,path={path}",
            "-serial", "chardev:console", "-monitor", "none", *self.extra])

    def monitor_command(self, command):
        if command == "cont":
            self._clientsocket.setblocking(True)
            self.type_before()
            threading.Thread(target=self._pump, daemon=True).start()
            if self.start_by:
                return self.start_by()
        return super().monitor_command(command)

    def type_before(self):
        """Into the UART while the machine is stopped: once QEMU answers, it has seen the socket."""
        if self.typed_before:
            self._clientsocket.sendall(self.typed_before)
            for _ in range(10):
                super().monitor_command("query-status")

    def ask_qemu(self, line):
        """A command as a human types it to QEMU's monitor. labgrid's own client has no arguments."""
        command = {"execute": "human-monitor-command", "arguments": {"command-line": line}}
        self.qmp.monitor_in.write(json.dumps(command).encode() + b"\n")
        self.qmp.monitor_in.flush()
        while "return" not in (answer := self.qmp._read_parse_json()):
            assert "error" not in answer, answer
        return answer["return"]

    def registers(self):
        """Of all cores, as QEMU's monitor prints them."""
        return self.ask_qemu("info registers -a")

    def traced(self, event, path, during):
        """The lines that QEMU has for an event of its own while something is done: as many as there were."""
        self.ask_qemu(f"logfile {path}")
        self.ask_qemu(f"log trace:{event}")
        during()
        self.ask_qemu("log none")
        return [line for line in path.read_text().splitlines() if line.startswith(event)]

    def send(self, data):
        self._clientsocket.sendall(data)

    def on_deactivate(self):
        """labgrid keeps every driver until Python ends, and with it what it has open."""
        super().on_deactivate()
        for one in (self._socket, self._clientsocket, self.qmp and self.qmp.monitor_in,
                    self.qmp and self.qmp.monitor_out):
            if one:
                one.close()

    def gone(self):
        """QEMU was ended by somebody else: power was cut."""
        self._child.wait(60)
        self._child, self.status = None, 0

    def _pump(self):
        while True:
            try:
                data = self._clientsocket.recv(65536)
            except OSError:
                data = b""
            self.log += data
            if self.listener:
                self.listener(data)
            with self._more:
                self._data += data
                self._ended = not data
                self._more.notify()
            if not data:
                return

    def _read(self, size=1, timeout=10):
        with self._more:
            if not self._more.wait_for(lambda: self._data or self._ended, timeout):
                raise TIMEOUT(f"Timeout of {timeout:.2f} seconds exceeded")
            data, self._data = self._data, b""
        if not data:
            raise EOF("QEMU has ended")
        return data


@target_factory.reg_driver
@attr.s(eq=False)
class BoardShellDriver(ShellDriver):
    """Whoever ran a command has waited for the prompt behind it, so none is asked for before the next one,
    and the shell that is there runs it, in a child, without another one."""

    _unsure = False  # whether there is a prompt, after a command that did not end

    def _check_prompt(self):
        if self._unsure:
            super()._check_prompt()
        self._unsure, self._status = False, 1

    def _run(self, *args, **options):
        try:
            return super()._run(*args, **options)
        except BaseException:
            self._unsure = True
            raise

    def _inject_run(self):
        self.console.sendline('run() { echo -n "$MARKER"; (eval "$1"); echo "$MARKER $?"; }')
        self.console.expect(self.prompt)
