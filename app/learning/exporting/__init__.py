"""All that is kept about one person, for that person: read kind by kind, told in words, put into one zip."""
