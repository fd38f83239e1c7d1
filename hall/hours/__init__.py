"""When numbers are given: shifts, the calendar, the hall's own exceptions. Pure: the time comes in."""
