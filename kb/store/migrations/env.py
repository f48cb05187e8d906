"""Runs the migrations on the connection that `kb.store.migrate` hands over, in its transaction."""

from alembic import context

from kb.store import account_tables, desk_tables, gate_tables, job_tables, statute_tables
from kb.store.tables import Base

# Their import adds their tables to the metadata.
assert account_tables
assert desk_tables
assert gate_tables
assert job_tables
assert statute_tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite alters a table by making it anew
)
context.run_migrations()
