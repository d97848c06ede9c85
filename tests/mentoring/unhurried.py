"""Hypothesis without a stopwatch: a busy machine breaks no rule about points. Speed has tests of its own, in CPU seconds."""

from hypothesis import HealthCheck, settings

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
