"""The pages' words and markup, one template a page, and what fills them."""
