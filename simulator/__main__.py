"""Starts a simulated store by itself: python -m simulator --port 8070 --demo"""

import argparse
import signal
import sys

from .http.server import Simulator


def main():
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m simulator")
    parser.add_argument("--port", type=int, default=8070)
    parser.add_argument("--demo", action="store_true", help="with products and orders")
    parser.add_argument("--quota", type=int, default=150, help="requests per 30 s")
    parser.add_argument("--inventory-delay", type=float, default=0.5, metavar="SECONDS")
    arguments = parser.parse_args()
    sim = Simulator(
        arguments.demo, arguments.quota, inventory_delay=arguments.inventory_delay
    )
    try:
        sim.start(arguments.port)
    except (OSError, SystemExit):
        sys.exit(f"Port {arguments.port} is taken: choose another one with --port")
    print(f"The store's page  {sim.url}")
    print(f"API path          {sim.api_path}")
    print(f"Access token      {sim.token}")
    print("Ctrl-C ends it.", flush=True)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        signal.pause()
    except KeyboardInterrupt:
        sim.stop()


if __name__ == "__main__":
    main()
