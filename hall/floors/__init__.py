"""The building as it is drawn, and the way from one place in it to another."""
