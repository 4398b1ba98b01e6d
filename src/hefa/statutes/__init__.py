"""The law library: instruments on one shelf whatever they came from, looked up as of a date; citations in a text."""
