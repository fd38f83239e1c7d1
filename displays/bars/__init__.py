"""LED bars over the windows (条屏): their wire formats, drivers and virtual far ends."""
