"""Law data that an installation takes in: proved whole, asked first what they would move, laid over the program's law."""
