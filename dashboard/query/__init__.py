"""The questions that the pages ask of a store, in SQL over its Parquet files. Knows nothing of Streamlit.

A question is a function of an `Archive`, which holds the opened store, and of what is asked for.
"""

from dashboard.query.archive import Archive

__all__ = ["Archive"]
