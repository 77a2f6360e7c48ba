"""Students, submissions, gradings with their results, marks, extensions; all but students only ever added to."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = ("submissions", "gradings", "results", "marks", "extensions", "settings")


def upgrade() -> None:
    op.create_table(
        "settings",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "students",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("on_roster", sa.Boolean, nullable=False),
        sa.Column("ids", sa.JSON, nullable=False, comment="the ids that other systems know them by"),
    )
    op.create_table(
        "submissions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("student_id", sa.Integer, sa.ForeignKey("students.id"), nullable=False),
        sa.Column("day", sa.Text, nullable=False, index=True),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("received_at", sa.DateTime, nullable=False),
        sa.Column("source", sa.Text, nullable=False, comment="the name of the entry that it came in"),
        sa.UniqueConstraint("student_id", "day", "digest", "received_at"),
    )
    _gradings()
    _decisions()
    for table in APPEND_ONLY:
        _keep(table)


def _gradings() -> None:
    op.create_table(
        "gradings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("submission_id", sa.Integer, sa.ForeignKey("submissions.id"), nullable=False),
        sa.Column("suite", sa.Text, nullable=False, comment="the suite's digest"),
        sa.Column("policy", sa.Text, nullable=False, comment="device and isolation that were asked for"),
        sa.Column("round", sa.Integer, nullable=False, comment="0, and one more each time it is graded again"),
        sa.Column(
            "proposed", sa.Boolean, nullable=False,
            comment="graded to be compared; counts once it is entered again as applied",
        ),
        sa.Column("graded_at", sa.DateTime, nullable=False),
        sa.Column("points", sa.Double, nullable=True, comment="none: the grader failed"),
        sa.Column("max_points", sa.Double, nullable=False),
        sa.Column("isolation", sa.Text, nullable=False),
        sa.Column("record", sa.Text, nullable=False, comment="the record, as JSON"),
        sa.UniqueConstraint("submission_id", "suite", "policy", "round", "proposed"),
    )  # fmt: skip
    op.create_index("gradings_of_submission", "gradings", ["submission_id"])
    op.create_table(
        "results",
        sa.Column("grading_id", sa.Integer, sa.ForeignKey("gradings.id"), primary_key=True),
        sa.Column("task", sa.Text, primary_key=True),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("points", sa.Double, nullable=False),
        sa.Column("max_points", sa.Double, nullable=False),
        sa.Column("mistake", sa.Text, nullable=True),
    )
    op.create_index("results_by_mistake", "results", ["mistake"])


def _decisions() -> None:
    for table, *columns in (
        ("marks", sa.Column("task", sa.Text, nullable=False), sa.Column("points", sa.Double, nullable=True)),
        ("extensions", sa.Column("until", sa.DateTime, nullable=True)),
    ):
        op.create_table(
            table,
            sa.Column("id", sa.Integer, primary_key=True),
            sa.Column("student_id", sa.Integer, sa.ForeignKey("students.id"), nullable=False),
            sa.Column("day", sa.Text, nullable=False, index=True),
            *columns,
            sa.Column("reason", sa.Text, nullable=False),
            sa.Column("who", sa.Text, nullable=False),
            sa.Column("at", sa.DateTime, nullable=False),
        )


def _keep(table: str) -> None:
    """Lets the database itself refuse to change or remove a row."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        return
    for action in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_{action.lower()} BEFORE {action} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def downgrade() -> None:
    raise NotImplementedError("a gradebook only grows; go back to a copy of the file")
