"""The dispatcher and the desks: journal, live views, API, keypads, clerk console, command line."""

__version__ = "0.1.0"
