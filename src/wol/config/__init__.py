"""The settings of a site: from `site.toml` to `Config`."""
