"""What visitors touch: taking a number, the ticket on the phone, the rating pads."""
