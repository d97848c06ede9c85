"""One sentence of advice from its three parts: who does what, and when."""

ENDS = ".!?;, "


def composed(who: str, does: str, when: str) -> str:
    """The sentence as readers see it first; empty where a part is missing."""
    parts = [part.strip().rstrip(ENDS) for part in (who, does, when)]
    if not all(parts):
        return ""
    sentence = " ".join(parts)
    return f"{sentence[:1].upper()}{sentence[1:]}."
