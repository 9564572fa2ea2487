"""The rules of the house that a reviewer would otherwise have to remember (docs/ARCHITECTURE.md)."""

import ast
import importlib
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

ROOT = Path(__file__).parents[1]
STATUS_FIELDS = {"status", "verification"}
TRUSTED_HTML = ("articles/templatetags/", "articles/text/", "articles/story_page.py")
UNTRUSTED_CALLS = {"mark_safe", "SafeString", "SafeText"}
SAFE_BLOCKS = re.compile(r'<script[^>]*\btype="application/(?:ld\+)?json"|<script[^>]*\b(?:src|nonce)=')
INLINE = re.compile(r"""<script\b|<style\b|\sstyle=["'{]|\son[a-z]+=["']|javascript:""", re.IGNORECASE)
OWN_WORDS = re.compile(r"\.verbatim\b|\.segments\b|quotation\.words|quote\.words|<q\b|<blockquote\b")


def python_files(*folders: str) -> list[Path]:
    """Return the Python files below `folders`, relative to the project, without migrations."""
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return sorted(path.relative_to(ROOT) for path in found if "migrations" not in path.parts)


def parse(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), filename=str(path))


def templates(*folders: str) -> Iterator[tuple[str, str]]:
    """Yield each HTML template below `folders` with its text, comments removed."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.html")):
            text = path.read_text(encoding="utf-8")
            text = re.sub(r"{% comment.*?endcomment %}|{#.*?#}", "", text, flags=re.DOTALL)
            yield str(path.relative_to(ROOT)), text


SOURCES = python_files("articles", "newsroom")


def test_text_loads_without_django() -> None:
    modules = [".".join(path.with_suffix("").parts) for path in python_files("articles/text")]
    names = sorted(name.removesuffix(".__init__") for name in modules)
    assert "articles.text.quotations" in names
    code = (
        f"import importlib, sys\nfor name in {names!r}: importlib.import_module(name)\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'django', 'taggit', 'PIL', 'psycopg'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


def test_imports_go_one_way() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_archive_is_held_to_the_same_contract_as_text() -> None:
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    pure = next(c for c in tools["importlinter"]["contracts"] if c["type"] == "forbidden")["source_modules"]
    for name in ("text", "archive", "workflow"):
        if any((ROOT / "articles").glob(f"{name}*/*.py")) or (ROOT / f"articles/{name}.py").exists():
            assert any(name in checked for checked in tools["mypy"]["files"])
            assert f"articles.{name}" in pure or name == "workflow"


def test_only_the_archive_opens_a_socket() -> None:
    network = {"socket", "ssl", "http.client", "urllib.request", "asyncio", "smtplib", "ftplib"}
    users = {
        path
        for path in SOURCES
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
        and network & {*(alias.name for alias in node.names), getattr(node, "module", None)}
    }
    assert users == {Path("articles/archive.py")}


@pytest.mark.django_db
def test_migrations_match_models() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.parametrize(("suffix", "folders"), [
    ("py", ["articles", "newsroom", "tests"]),
    ("html", ["templates", "articles"]),
    ("js", ["static"]),
])  # fmt: skip
def test_files_have_at_most_400_lines(suffix: str, folders: list[str]) -> None:
    paths = [path for folder in folders for path in (ROOT / folder).rglob(f"*.{suffix}")]
    paths = [path for path in paths if path.parent.name != "migrations"]  # written by Django
    assert paths
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in paths}
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines a function does its work in: signature and docstring are not counted."""
    first = node.body[1:] if ast.get_docstring(node) else node.body
    return node.body[-1].end_lineno - first[0].lineno + 1 if first else 0


def test_functions_have_at_most_40_lines() -> None:
    long = [
        f"{path}:{node.lineno} {node.name} has {body_lines(node)} lines"
        for path in SOURCES
        for node in ast.walk(parse(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and body_lines(node) > 40
    ]
    assert long == []


def test_nothing_is_imported_inside_a_function() -> None:
    found = [
        f"{path}:{inner.lineno}"
        for path in SOURCES
        for node in ast.walk(parse(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert found == []


def test_nothing_is_imported_by_name_but_the_desk() -> None:
    hidden = re.compile(r"\bimport_module\(|\b__import__\(|\bget_model\(")
    users = [path for path in SOURCES if hidden.search((ROOT / path).read_text(encoding="utf-8"))]
    assert {str(path) for path in users} <= {"articles/apps.py"}


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    names = {"utils", "util", "helpers", "helper", "common", "misc", "selectors", "signals"}
    assert [str(path) for path in SOURCES if {path.stem, path.parent.name} & names] == []


def status_writes(tree: ast.Module) -> Iterator[int]:
    """Yield the lines that write a status: an assignment, or a keyword of update()."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            flat = [part for target in targets for part in ast.walk(target)]
            for part in flat:
                if isinstance(part, ast.Attribute) and part.attr in STATUS_FIELDS:
                    yield node.lineno
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            keywords = {keyword.arg for keyword in node.keywords}
            if node.func.attr in {"update", "aupdate", "update_or_create"} and keywords & STATUS_FIELDS:
                yield node.lineno


@pytest.mark.parametrize("line", [
    "story.status = 'published'",
    "a.status, b = 1, 2",
    "Story.objects.filter(pk=1).update(status='killed')",
    "quote.verification = 'verified'",
])  # fmt: skip
def test_a_planted_status_write_is_found(line: str) -> None:
    assert list(status_writes(ast.parse(line))) == [1]


def test_a_status_is_written_only_in_the_workflow() -> None:
    found = {path: list(status_writes(parse(path))) for path in SOURCES}
    inside = [path for path, lines in found.items() if lines and path.parts[1] == "workflow"]
    outside = [f"{path}:{lines}" for path, lines in found.items() if lines and path.parts[1] != "workflow"]
    assert inside, "No verb writes a status: this rule watches the wrong names."
    assert outside == []


def test_every_check_of_the_gate_has_a_page() -> None:
    checks = importlib.import_module("articles.workflow.gate").CHECKS
    codes = [check.code for check in checks]
    pages = re.findall(r"^#+ .*?\b(G\d{3})\b", (ROOT / "docs/gate.md").read_text(), re.MULTILINE)
    assert len(codes) > 10
    assert len(set(codes)) == len(codes)
    assert sorted(set(codes) - set(pages)) == [], "These checks have no heading in docs/gate.md."
    assert sorted(set(pages) - set(codes)) == [], "These headings in docs/gate.md belong to no check."


def test_a_quotation_is_rendered_by_one_template() -> None:
    pages = dict(templates("templates/articles"))
    one = "templates/articles/_quote.html"
    assert one in pages
    assert [name for name, text in pages.items() if name != one and OWN_WORDS.search(text)] == []
    assert sum("articles/_quote.html" in text for text in pages.values()) >= 2


def test_html_is_trusted_in_three_places_only() -> None:
    found = [
        f"{path}:{node.lineno}"
        for path in SOURCES
        if not str(path).startswith(TRUSTED_HTML)
        for node in ast.walk(parse(path))
        if (isinstance(node, ast.Name) and node.id in UNTRUSTED_CALLS)
        or (isinstance(node, ast.Attribute) and node.attr in UNTRUSTED_CALLS)
    ]
    assert found == []
    blind = re.compile(r"\|safe\b|autoescape off|\|safeseq\b")
    assert [name for name, text in templates("templates", "articles") if blind.search(text)] == []


def test_templates_have_no_inline_script_or_style() -> None:
    pages = dict(templates("templates", "articles"))
    assert pages
    found = [
        f"{name}: {match.group().strip()}"
        for name, text in pages.items()
        for match in INLINE.finditer(SAFE_BLOCKS.sub("", text))
    ]
    assert found == []


def test_templates_name_static_files_that_exist() -> None:
    """A deployed site answers 500 to a page that names a static file which is not there."""
    named = {
        (name, path)
        for name, text in templates("templates", "articles")
        for path in re.findall(r"""{%\s*static\s+["']([^"']+)["']""", text)
    }
    assert named
    assert sorted((name, path) for name, path in named if finders.find(path) is None) == []


def test_no_test_is_skipped_or_expected_to_fail() -> None:
    banned = re.compile(r"pytest\.(?:skip|xfail|importorskip)\(|mark\.(?:skip|skipif|xfail)\b|@skip")
    files = [path for path in python_files("tests") if path != Path("tests/test_house.py")]
    assert [str(path) for path in files if banned.search((ROOT / path).read_text())] == []


def test_the_map_fits_on_a_few_screens() -> None:
    text = (ROOT / "docs/ARCHITECTURE.md").read_text()
    assert 30 < len(text.splitlines()) <= 150
    named = re.findall(r"`((?:articles|newsroom|tests|templates|static|docs)/[\w./-]*)`", text)
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == [], "The map names what is not there."
