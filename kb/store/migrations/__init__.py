"""The steps that bring a database of any earlier version to the tables of today (Alembic)."""

HEAD = "0006"
"""The newest step, written here so that opening a database at head need not load Alembic."""
