"""The residents' face: pages that anybody may read, without an account. Nothing here reads a person's data."""
