"""Turns the content of a tool into the body of a page and back, without loss. The blocks are the schema.

`to_body` refuses a key that no block declares, so that an import fails loudly instead of leaving something out.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from wagtail import blocks

from playbook.blocks.tool import PART_KEYS, ToolBodyBlock, part_of
from playbook.blocks.tool_values import ABSENT, LinesBlock, NestedBlock, ValueBlock, typed, written

BODY = ToolBodyBlock()


def to_body(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The raw stream of a tool's parts, in the order of the file."""
    stream = []
    for key, value in content.items():
        part = part_of(key, value)
        stream.append({"type": part, "value": encode(BODY.child_blocks[part], value, key)})
    return stream


def to_content(stream: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The parts of a raw stream by the keys of the file."""
    content = {}
    for part in stream:
        block = BODY.child_blocks.get(part["type"])
        value = ABSENT if block is None else decode(block, part["value"])
        if value is not ABSENT:
            content[PART_KEYS[part["type"]]] = value
    return content


def encode(block: blocks.Block, value: Any, where: str) -> Any:
    """A value as the block stores it; `where` names the place in errors."""
    if isinstance(block, blocks.StructBlock):
        return _encode_struct(block, value, where)
    if isinstance(block, blocks.ListBlock):
        parts = [] if value is ABSENT else value
        return [
            {
                "type": "item",
                "id": str(uuid5(NAMESPACE_OID, f"{where}.{number}")),
                "value": encode(block.child_block, part, f"{where}.{number}"),
            }
            for number, part in enumerate(parts)
        ]
    if isinstance(block, ValueBlock):
        return written(value)
    if isinstance(block, NestedBlock):
        return None if value is ABSENT else value
    if isinstance(block, LinesBlock):
        return "" if value is ABSENT else "\n".join(value)
    if isinstance(block, blocks.BooleanBlock):
        return _whole(value, bool, where)
    if isinstance(block, blocks.IntegerBlock):
        return _whole(value, int, where)
    return "" if value is ABSENT else _whole(value, str, where)


def decode(block: blocks.Block, raw: Any) -> Any:
    """What a block stores as a value of the content; `ABSENT` where the file has no such key."""
    if isinstance(block, blocks.StructBlock):
        values = {name: decode(child, raw.get(name)) for name, child in block.child_blocks.items()}
        return {name: value for name, value in values.items() if value is not ABSENT}
    if isinstance(block, blocks.ListBlock):
        return [decode(block.child_block, _item(part)) for part in raw or ()] or ABSENT
    if isinstance(block, ValueBlock):
        return typed(raw or "")
    if isinstance(block, LinesBlock):
        return raw.splitlines() if raw else ABSENT
    if isinstance(block, blocks.BooleanBlock):
        return bool(raw)
    return ABSENT if raw is None or raw == "" else raw


def _encode_struct(block: blocks.StructBlock, value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise ValueError(f"{where}: expected fields, found {type(value).__name__}.")
    if unknown := value.keys() - block.child_blocks.keys():
        raise ValueError(f"{where}: no place for {', '.join(sorted(unknown))}.")
    return {
        name: encode(child, value.get(name, ABSENT), f"{where}.{name}")
        for name, child in block.child_blocks.items()
    }


def _whole(value: Any, kind: type, where: str) -> Any:
    if type(value) is not kind:
        raise ValueError(f"{where}: expected {kind.__name__}, found {value!r}.")
    return value


def _item(part: Any) -> Any:
    """The value of a list item; lists of an older form hold the value itself."""
    return part["value"] if isinstance(part, Mapping) and part.get("type") == "item" else part
