"""One rule, one pure function: sentences or a reading in, findings out."""
