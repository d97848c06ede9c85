"""What other rooms and pages get from people/: frozen values, never models."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoSignIn:
    """One invented person to sign in as; `password` is that of the whole demo."""

    name: str
    email: str
    password: str
    role: str
    job_title: str
