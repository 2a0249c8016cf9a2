"""The V2 endpoints: a folder or file for each part of a path."""
