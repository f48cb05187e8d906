"""Runs the migrations on the connection that `kb.store.migrate` hands over, in its transaction."""

from alembic import context

from kb.store import statute_tables
from kb.store.tables import Base

assert statute_tables  # its import adds its tables to the metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite alters a table by making it anew
)
context.run_migrations()
