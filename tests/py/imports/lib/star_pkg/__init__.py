__all__ = ["modone", "name"]
name = "n"
