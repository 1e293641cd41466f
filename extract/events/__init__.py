"""What happened: triggers and frames make event mentions of an article, and mentions of one act become one event.

`finding.find_mentions` reads an article, `coreference.cluster` joins those of a document, `inheritance` dates
what has no date, `across_documents.across` joins the acts of documents.
"""
