"""How what goes to another process is written: nothing goes there."""


class ForkingPickler:
    @classmethod
    def register(cls, type, reduce):
        """Register a reduce function for a type."""
