"""A hall's day without the hall: visitors and clerks who act by chance, and how good the estimates would have been."""
