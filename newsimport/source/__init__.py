"""From a feed's URL to its entries and their headlines."""
