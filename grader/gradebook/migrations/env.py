"""Alembic's entry: `store.migrate` hands over the connection, inside a transaction of its own."""

from alembic import context

from grader.gradebook.tables import Table

context.configure(connection=context.config.attributes["connection"], target_metadata=Table.metadata)
context.run_migrations()
