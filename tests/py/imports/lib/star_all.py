__all__ = ["listed", "_hidden_but_listed"]
listed = 1
_hidden_but_listed = 2
unlisted = 3
