"""redislab: teach and explore Redis in Jupyter, on a real server, with a fast client."""

__version__ = "0.1.0"
