"""Readers of ID cards at a kiosk."""
