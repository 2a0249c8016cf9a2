"""What speaks HTTP: the server, its quota and faults, and the page in the browser."""
