"""Measures the product by itself: the pure core, and the whole way from a channel to the stored reply."""
