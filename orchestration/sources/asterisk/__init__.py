"""Asterisk's queue_log."""
