"""A briefing: dated entries with their quotes, the sources as footnotes, as Markdown and as a document of Word."""

from dashboard.briefing.entries import Briefing, Entry, Quote, facts, where, write
from dashboard.briefing.markdown import to_markdown
from dashboard.briefing.word import to_docx

__all__ = ["Briefing", "Entry", "Quote", "facts", "to_docx", "to_markdown", "where", "write"]
