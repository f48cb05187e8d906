"""Cases on paper: a set of them as one DOCX for the file."""

from kb.paper.file import Mark, Paper, file_name, named, write

__all__ = ["Mark", "Paper", "file_name", "named", "write"]
