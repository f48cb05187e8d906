"""Checks of a record before it is published; each says what it finds and changes nothing."""
