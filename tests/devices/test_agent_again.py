"""A hub whose disk fails for a moment answers "again": the agent's letter is not lost."""


def test_an_input_that_the_hub_could_not_keep_is_sent_again_with_its_id(agent, hub, until):
    """An answer alone does not end a letter: it must not say "again"."""
    answer = hub._answer
    hub._answer = lambda told: {"ok": False, "again": True, "code": "not_kept"}
    hub.send("virtual", {"device": "keypad-1", "do": "press", "key": "next"})
    until(lambda: len(hub.inputs) >= 2)
    assert agent._outbox._letters
    hub._answer = answer
    until(lambda: not agent._outbox._letters)
    assert len({told["id"] for told in hub.inputs}) == 1
