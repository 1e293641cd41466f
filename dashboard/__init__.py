"""The dashboard: shows a store of events with their evidence. Reads the store, never parses text."""
