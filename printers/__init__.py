"""Tickets on paper: the slip's layout, ESC/POS bytes, printer drivers, and the virtual printer at the far end."""
