"""When: the creation time of every article, and the date that each time expression means.

`dct.date_articles` dates the articles of a document; `resolve.resolve` turns an expression of `mentions.timex` into
EDTF.
"""
