"""Scanners of QR codes and barcodes at a kiosk."""
