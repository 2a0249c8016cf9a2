"""The store's API: every path, and what it asks of the store.

An endpoint is a function of the shop, the request and the ids in the path. It returns
the answer's body, or the body and the status; what it refuses, it raises as a Problem.
"""
