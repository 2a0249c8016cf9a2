from hypothesis import settings

# How long an example takes says something about the machine only.
settings.register_profile("any machine", parent=settings(), deadline=None)
settings.load_profile("any machine")
