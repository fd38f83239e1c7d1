"""How long still: the waits of a hall by simulating it forward from now, and as people say them (docs/estimate.md)."""
