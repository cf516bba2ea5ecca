"""The recommendation: what choosing each framework would cost a project, and what follows from that.

docs/advice.md explains the method, with an example to check with a pencil.
"""

from scaffold.recommend.engine import order, recommend

__all__ = ["order", "recommend"]
