"""The rules of a hall, pure: which number, which ticket next, what a window may do; no clock, thread, file, network."""
