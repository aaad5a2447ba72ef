"""Rendering: views of the site, which record what they hand out, and templates, which see nothing else."""
