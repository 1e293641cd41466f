"""Everything that the extraction of a document needs, loaded by importing this module.

The server imports it from which worker processes are forked (see `scale`), so that models and tables are loaded once
for all of them and lie in memory once. Nothing else imports it.
"""

from __future__ import annotations

import gc

from extract.acts import read_events_trained
from extract.model import Document

_TEXT = (
    "LIMA, Oct. 8, 2015 -- Peruvian President Ana Ejemplo met Chilean Foreign Minister Eva Muestra on Wednesday.\n\n"
    "The two ministers signed an agreement on trade. She will visit Kenya next week, the ministry said.\n"
)

read_events_trained(Document("preloaded", _TEXT, ""))
# What is loaded stays: the collector of a worker need not look at it, nor thereby copy it from the server's memory.
gc.collect()
gc.freeze()
