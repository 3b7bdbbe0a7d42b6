"""The full-text index of plan sections; on a file the index of titles in a form that is written faster.

Both are empty after this: what upgrades an office fills them from its records.
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TABLE section_index (section_id INTEGER, piece INTEGER, in_title BOOLEAN NOT NULL,"
            " words TSVECTOR NOT NULL, CONSTRAINT pk_section_index PRIMARY KEY (section_id, piece))"
        )
        op.execute("CREATE INDEX ix_section_index_words ON section_index USING gin (words)")
        op.execute("CREATE INDEX ix_section_index_titles ON section_index USING gin (words) WHERE in_title")
    else:
        op.execute("DROP TABLE search_index")
        _make_fts5("search_index", "words, syllables, initials")
        _make_fts5("section_index", "words")
        _make_fts5("section_titles", "words")


def _make_fts5(name: str, columns: str) -> None:
    # What is indexed are tokens already, so the simplest way of finding them in a text will do.
    op.execute(
        f"CREATE VIRTUAL TABLE {name} USING fts5({columns}, content='', contentless_delete=1, tokenize='ascii')"
    )
    # With more gathered before it is sorted in, and merged less often, 100,000 titles take a third of the time; a
    # leaf of the index that fits into one page of an encrypted file is read and written as one.
    op.execute(
        f"INSERT INTO {name} ({name}, rank) VALUES ('hashsize', 8388608), ('automerge', 8), ('pgsz', 3900)"
    )
