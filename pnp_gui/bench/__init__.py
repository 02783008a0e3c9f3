"""The technician's data: phones with decision and URL, what is kept of them, sheet and settings.

There is no Qt and no socket here. Nothing answers a phone by itself: `Bench.url_for` says whether
one is answered, and only a technician's decision makes it say yes.
"""
