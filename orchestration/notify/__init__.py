"""Telling people what the published file has for them, by the channels of the centre."""
