"""Tables: what an upper level asks for, described once as rows × columns over figures, filled from the record."""
