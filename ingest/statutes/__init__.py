"""Statutes from files: Markdown as collections keep it, DOCX as the national database gives it."""
