"""What the rooms above register in `ready()`: groups, verbs, and how their objects are found again for a reader."""

from core.registries import Registry
from notifications.data import NoticeGroup, TargetKind, Verb

groups: Registry[NoticeGroup] = Registry("notice groups")
verbs: Registry[Verb] = Registry("notice verbs")
target_kinds: Registry[TargetKind] = Registry("notice targets")
