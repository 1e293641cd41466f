"""Training of the detector from documents with gold; needs the extra `train` (torch), which nothing else does."""
