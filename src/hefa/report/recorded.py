"""The record's figures as the checker of published reports wants them."""
