"""The pages of the dashboard, one file a page: layout only. Streamlit runs them as scripts."""
