"""Where law texts come from: each source hands over `texts.Draft`s; the shelf keeps them."""
