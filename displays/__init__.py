"""What visitors see and hear: panel and window pages, LED bars, the loudspeaker."""
