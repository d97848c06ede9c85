"""The name guard: what in a text may give a partner away, told before the text is posted.

The list of guarded names never leaves the server, and a finding never says why it is one: a listed name, a word that
nobody here uses and a public company's name are worded alike and get the same offers. So a name has to be written with
a capital letter to be found, listed or not, and an unknown one is found at the beginning of a sentence too. What
remains: somebody who tries an everyday word as a first word can tell whether it is listed; missing such a name would
be worse. The guard warns and never refuses; it does not know people's names, other scripts, or misspellings.
Every step is linear in the length of the text.
"""

from composer.guard.findings import check_names, swapped

__all__ = ["check_names", "swapped"]
