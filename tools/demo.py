"""The demo: a simulated BigCommerce store and a real Odoo, working together.

demo.py check-ports                 tells which port is taken, before anything else
demo.py run DATABASE FOLDER         starts both, plays the main job, stays until Ctrl-C
demo.py run DATABASE FOLDER --once  the same, and ends: 0 only if both sides agree
"""

import argparse
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import requests
from demo_play import Play
from demo_report import report

PROJECT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
START_SECONDS = 120


def main():
    """Do what the command line says; return the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=["check-ports", "run"])
    parser.add_argument("database", nargs="?")
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--once", action="store_true")
    arguments = parser.parse_args()
    ports = {name: int(os.environ[name]) for name in ("PORT", "STORE_PORT")}
    if arguments.command == "check-ports":
        return check_ports(ports)
    # a closed terminal or a kill ends the two servers like Ctrl-C does
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt):
        return run(arguments, ports)
    say("stopped")
    return 0


def check_ports(ports):
    """Print the ports that something else listens on; return 1 if there are any."""
    taken = {name: port for name, port in ports.items() if not is_free(port)}
    for name, port in taken.items():
        print(f"Port {port} is taken: choose another one, make demo {name}=...")
    if ports["PORT"] == ports["STORE_PORT"]:
        print("PORT and STORE_PORT must differ.")
        return 1
    return int(bool(taken))


def is_free(port):
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def run(arguments, ports):
    """Start both servers, play, report; return 0 when both sides agree."""
    store_url = f"http://{HOST}:{ports['STORE_PORT']}"
    odoo_url = f"http://{HOST}:{ports['PORT']}"
    with contextlib.ExitStack() as servers:
        say(f"starting the simulated store at {store_url}")
        command = ["-m", "simulator", "--demo", "--port", str(ports["STORE_PORT"])]
        servers.enter_context(
            server(command, store_url, arguments.folder / "store.log")
        )
        say(f"starting Odoo at {odoo_url}")
        command = ["-W", "ignore", "-m", "odoo", "-d", arguments.database]
        command += ["--http-port", str(ports["PORT"]), "--max-cron-threads", "0"]
        odoo = f"{odoo_url}/web/login"
        servers.enter_context(server(command, odoo, arguments.folder / "odoo.log"))
        play = Play(odoo_url, arguments.database, store_url, say)
        play.run()
        agreed = report(play)
        if arguments.once:
            return 0 if agreed else 1
        print(f"\nOdoo                {odoo_url}   (login admin, password admin)")
        print(f"The simulated store {store_url}")
        print(f"Logs                {arguments.folder}")
        print("Ctrl-C ends both.", flush=True)
        signal.pause()


@contextlib.contextmanager
def server(command, url, log):
    """Run a server until the block ends; raise when it does not answer."""
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=PROJECT,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        wait_for(url, process, log)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()


def wait_for(url, process, log):
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            sys.exit(f"A server ended by itself. The end of {log}:\n{tail(log)}")
        with contextlib.suppress(requests.ConnectionError, requests.Timeout):
            if requests.get(url, timeout=10).ok:
                return
        time.sleep(0.2)
    sys.exit(f"No answer from {url}. The end of {log}:\n{tail(log)}")


def tail(log):
    return "\n".join(log.read_text(errors="replace").splitlines()[-20:])


def say(text):
    print(f"== {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
