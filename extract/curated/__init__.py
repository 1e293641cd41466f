"""Tables of events made by hand: a mapping file tells what the columns hold; each row is an event and its evidence."""
