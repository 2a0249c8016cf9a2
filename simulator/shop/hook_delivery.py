"""How webhooks are delivered: by a thread of their own, with a few tries."""

import json
import queue
import threading
import time
import urllib.error
import urllib.request

TRIES = 3


class Delivery:
    """What waits to be delivered, and the thread that does it."""

    def __init__(self):
        self._queue = queue.Queue()
        self._thread = None

    def put(self, hook, body):
        """Have a body sent to a webhook's destination."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._deliver, daemon=True)
            self._thread.start()
        self._queue.put((hook, body))

    def stop(self):
        """End the deliveries, after those that wait."""
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join(5)
            self._thread = None

    def _deliver(self):
        while (job := self._queue.get()) is not None:
            hook, body = job
            for attempt in range(TRIES):
                if 200 <= _post(hook, body) < 300:
                    break
                time.sleep(0.05 * 2**attempt)
            else:
                # A real store gives up after about two days.
                hook["is_active"] = False


def _post(hook, body):
    """Return the status of the receiver's answer, 0 when none came."""
    request = urllib.request.Request(
        hook["destination"],
        json.dumps(body).encode(),
        {"Content-Type": "application/json", **hook["headers"]},
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0
