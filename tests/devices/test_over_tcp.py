"""A bar on the network: a real TCP far end, which may go, come back, or fall silent with the connection still open."""

import socket
import threading
from contextlib import suppress

import pytest

from devices.driver import DeviceSpec, Job
from displays.bars.onbon_bar import OnbonBar, VirtualOnbon


class Unseen:
    """A sink to nowhere: the test looks at the far end itself."""

    state = far = lambda self, *a, **k: None


class Card:
    """An onbon card that listens on TCP. `deaf` connections stay open and are neither read nor answered."""

    def __init__(self, port=0):
        self.socket = socket.create_server(("127.0.0.1", port))
        self.port = self.socket.getsockname()[1]
        self.end = VirtualOnbon(DeviceSpec("bar", "bar", "onbon-bx", "bar", 1), Unseen())
        self.end.wire = self
        self.connections, self.deaf, self._talking = [], set(), None
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def _accept(self):
        with suppress(OSError):
            while True:
                connection, _ = self.socket.accept()
                self.connections.append(connection)
                self._threads.append(threading.Thread(target=self._serve, args=(connection,), daemon=True))
                self._threads[-1].start()

    def _serve(self, connection):
        with suppress(OSError):
            while data := connection.recv(4096):
                if connection not in self.deaf:
                    self._talking = connection
                    self.end.hear(data)

    def say(self, data):
        self._talking.sendall(data)

    def close(self):
        """The card goes: its connections break, and its port may be taken again."""
        for one in (self.socket, *self.connections):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        for thread in self._threads:
            thread.join(5)


@pytest.fixture
def card():
    """card(port): plug one in."""
    cards = []

    def plug_in(port=0):
        cards.append(Card(port))
        return cards[-1]

    yield plug_in
    for one in cards:
        one.close()


@pytest.fixture
def bar(racks, monkeypatch):
    """bar(port): the bar there, asked often so that the test need not wait."""
    monkeypatch.setattr(OnbonBar, "poll_s", 0.05)

    def start(port):
        options = {"ping_s": 0.2, "answer_s": 0.3, "tries": 1}
        place = {"kind": "bar", "driver": "onbon-bx", "address": 1, "port": f"tcp://127.0.0.1:{port}"}
        return racks([], [{"id": "bar", **place, "options": options}])

    return start


def show(rack, text):
    rack.put(Job(text, "bar", "show", {"text": text, "colour": "red"}))


def state(rack):
    return rack.sinks["bar"].health()["state"]


def test_a_text_travels_over_tcp_and_is_acknowledged(card, bar, ear, until):
    real = card()
    rack = bar(real.port)
    until(lambda: state(rack) == "ok")
    show(rack, "A001→3号窗口")
    until(lambda: ("A001→3号窗口", True, "") in ear.dones)
    assert real.end.text == "A001→3号窗口"


def test_a_connection_that_is_lost_comes_back_with_the_text_of_now(card, bar, ear, until):
    before = card()
    rack = bar(before.port)
    until(lambda: state(rack) == "ok")
    before.close()
    until(lambda: state(rack) == "lost")
    show(rack, "A002")
    after = card(before.port)
    until(lambda: after.end.text == "A002")
    until(lambda: state(rack) == "ok")


def test_a_connection_that_is_open_and_silent_is_made_again(card, bar, ear, until):
    """Half-open TCP: nothing is refused and nothing breaks, only no answer comes."""
    real = card()
    rack = bar(real.port)
    until(lambda: state(rack) == "ok")
    show(rack, "A001")
    until(lambda: ("A001", True, "") in ear.dones)
    real.end.text = ""
    real.deaf.add(real.connections[0])
    until(lambda: len(real.connections) > 1)
    until(lambda: real.end.text == "A001" and state(rack) == "ok")
