"""The V3 endpoints: a folder or file for each part of a path."""
