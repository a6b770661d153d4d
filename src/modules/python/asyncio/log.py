"""The logger of the package; the module logging is imported when there is something to say."""


class _Logger:
    def __getattr__(self, name):
        import logging
        return getattr(logging.getLogger("asyncio"), name)


logger = _Logger()
