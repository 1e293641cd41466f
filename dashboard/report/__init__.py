"""The report file: one page of HTML with timeline, map, table and quotes that needs no server and no network."""

from dashboard.report.figures import Drawn, draw
from dashboard.report.page import to_html

__all__ = ["Drawn", "draw", "to_html"]
