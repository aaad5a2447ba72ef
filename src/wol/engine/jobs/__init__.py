"""Work in batches: reading and rendering, here, in several processes, or on other machines."""
