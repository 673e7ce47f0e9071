"""A question over many worlds: asked by a file, played in chunks, and taken up again after any end."""

from sim.studies.study.loading import Study, study

__all__ = ["Study", "study"]
