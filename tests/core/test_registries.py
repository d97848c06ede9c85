"""Registries: order kept, doubles refused, the unknown named."""

import pytest

from core.registries import Registry


def test_entries_come_in_the_order_of_registration() -> None:
    registry: Registry[str] = Registry("Words")
    for key in ("c", "a", "b"):
        assert registry.register(key, key.upper()) == key.upper()
    assert list(registry) == ["C", "A", "B"]
    assert registry.keys() == ["c", "a", "b"]
    assert len(registry) == 3
    assert "a" in registry
    assert "z" not in registry


def test_the_same_entry_may_come_again_and_another_may_not() -> None:
    registry: Registry[str] = Registry("Words")
    registry.register("a", "A")
    registry.register("a", "A")
    with pytest.raises(ValueError, match=r"Words: 'a' is registered twice"):
        registry.register("a", "B")
    assert registry.get("a") == "A"


@pytest.mark.parametrize("falsy", [0, "", None, ()])
def test_falsy_entries_are_entries(falsy: object) -> None:
    registry: Registry[object] = Registry("Things")
    registry.register("a", falsy)
    assert registry.get("a") == falsy
    with pytest.raises(ValueError, match="twice"):
        registry.register("a", "other")


def test_an_unknown_key_names_the_registry() -> None:
    with pytest.raises(KeyError, match=r"Words knows no 'x'"):
        Registry[str]("Words").get("x")


def test_taking_out_is_harmless_twice() -> None:
    registry: Registry[str] = Registry("Words")
    registry.register("a", "A")
    registry.unregister("a")
    registry.unregister("a")
    assert len(registry) == 0
