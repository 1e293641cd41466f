"""What happened: triggers and frames make event mentions of an article, and mentions of one act become one event.

`finding.find_mentions` reads an article, `coreference.cluster` and `across` join, `inheritance` dates what has no date.
"""
