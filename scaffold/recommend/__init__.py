"""From answers to a recommendation: pure, and the same for the same answers on every machine."""

from scaffold.recommend.engine import recommend

__all__ = ["recommend"]
