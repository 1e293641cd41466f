"""The dashboard: shows a store of events with their evidence. Reads the store, never parses text."""

import gc

# Python looks for garbage whenever 700 more objects were made than freed, and then, ever so often, at all there are:
# while the libraries of the first page are loaded, all of which stay, that takes a fifth of the time. Once the first
# page stands, it looks as often again.
USUAL = gc.get_threshold()
gc.set_threshold(50_000, *USUAL[1:])
