"""What may import what, how long a thing may be, and what a pure module may not touch."""

import ast
import re
from fnmatch import fnmatch

import grimp
import pytest
from importlinter import configuration
from importlinter.application.use_cases import lint_imports

from tests.house.source import ROOT, Module, functions, imports, modules

configuration.configure()
HTTP = re.compile(r"^(flask|werkzeug|jinja2|wtforms)(_\w+)?(\.|$)")
KNOWS_HTTP = (
    "app/web/*",
    "app/cli.py",
    "app/serving.py",
    "app/checkup.py",
    "app/__init__.py",
    "app/people/tables.py",
)
RENDERS_LETTERS = (
    "app/mail/letters.py",
    "app/mail/composing.py",
)  # Jinja alone, for the letters' own templates
COMMITS = ("app/kernel/db.py", "app/web/*", "app/cli.py")
LONGEST_MODULE, LONGEST_FUNCTION = 200, 40
NOT_IN_THIS_HOUSE = re.compile(
    r"(^|_)(views?|utils?|helpers?|handlers?|process|data|info|misc|common|manager)(_|$)"
)

PURE = (
    "app/*/model.py",
    "app/*/wording.py",
    "app/kernel/authored.py",
    "app/kernel/errors.py",
    "app/kernel/fields.py",
    "app/kernel/problems.py",
    "app/kernel/sentences.py",
    "app/kernel/syntax.py",
    "app/kernel/words.py",
    "app/catalogue/*",
    "app/assessment/checks.py",
    "app/assessment/drawing.py",
    "app/assessment/guessing.py",
    "app/assessment/policy.py",
    "app/assessment/reading.py",
    "app/assessment/weakest.py",
    "app/assessment/questions/*",
    "app/certification/directions.py",
    "app/certification/facts.py",
    "app/certification/facts_file.py",
    "app/certification/fitting.py",
    "app/certification/flowing.py",
    "app/certification/front_page.py",
    "app/certification/layout.py",
    "app/certification/record_page.py",
    "app/certification/record_words.py",
    "app/certification/shaping.py",
    "app/certification/sheet.py",
    "app/certification/structure.py",
    "app/certification/styles.py",
    "app/certification/tabular.py",
    "app/certification/typesetting.py",
    "app/certification/wording.py",
    "app/learning/cpd.py",
    "app/library/compiling.py",
    "app/library/crosschecks.py",
    "app/library/estimate.py",
    "app/library/history.py",
    "app/library/pictures.py",
    "app/library/readability.py",
    "app/library/settling.py",
    "app/web/shared/joining.py",
)
IMPURE_IMPORT = re.compile(
    r"^(sqlalchemy|flask\w*|os|pathlib|random|secrets|uuid|time|io|shutil|tempfile|subprocess|socket)(\.|$)"
)
IMPURE_CALL = {
    "now",
    "utcnow",
    "today",
    "utc_now",
    "new_code",
    "read_text",
    "read_bytes",
    "write_text",
    "open",
}


def fits(module: Module, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(module.place, pattern) for pattern in patterns)


def test_the_import_contracts_are_kept() -> None:
    # Not its command: that one would switch off every logger that there is.
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None, no_logo=True)


def test_the_contracts_speak_of_every_room_and_door() -> None:
    written = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("[tool.importlinter]")[2]
    named = set(re.findall(r"app(?:\.\w+)*", written))
    packages = {module.name for module in modules() if module.place.endswith("__init__.py")}
    rooms = {name for name in packages if name.count(".") == 1}
    doors = {name for name in packages if name.startswith("app.web.") and name.count(".") == 2} - {
        "app.web.shared"
    }
    assert rooms - named == set()
    assert doors - named == set()


def test_doors_do_not_import_doors() -> None:
    graph = grimp.build_graph("app", cache_dir=None)
    doors = {"app.web.public", "app.web.learner", "app.web.studio", "app.web.manage"} & graph.modules
    crossings = [
        f"{one} imports {other}"
        for door in doors
        for other_door in doors - {door}
        for one in sorted(graph.find_descendants(door))
        for other in sorted(graph.find_modules_directly_imported_by(one))
        if other == other_door or other.startswith(f"{other_door}.")
    ]
    assert crossings == []


def test_rooms_know_no_http() -> None:
    crossings = [
        f"{module}:{line} imports {name}"
        for module in modules()
        if not fits(module, KNOWS_HTTP)
        for line, name in imports(module.tree)
        if HTTP.match(name) and not (name.startswith("jinja2") and fits(module, RENDERS_LETTERS))
    ]
    assert crossings == []


def test_only_the_callers_of_use_cases_commit() -> None:
    places = [
        f"{module}:{node.lineno}"
        for module in modules()
        if not fits(module, COMMITS)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"commit", "autocommit"}
    ]
    assert places == []


def test_nothing_is_imported_inside_a_function() -> None:
    places = [
        f"{module}:{line} imports {name}"
        for module in modules()
        for function in functions(module.tree)
        for line, name in imports(function)
    ]
    assert places == []


def test_the_environment_is_read_in_one_place() -> None:
    places = [
        f"{module}:{node.lineno}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
        if module.place != "app/cli.py"
    ]
    assert places == []


def test_modules_are_named_for_what_they_know() -> None:
    misnamed = [
        str(module) for module in modules() if NOT_IN_THIS_HOUSE.search(module.name.rpartition(".")[2])
    ]
    assert misnamed == []


def test_functions_are_named_for_what_they_do() -> None:
    vague = re.compile(r"^_?(process|handle|do|manage)_|_(helper|util|handler|info|data)$")
    misnamed = [
        f"{module}:{function.lineno} {function.name}"
        for module in modules()
        for function in module.tree.body  # a method's name may be the library's choice
        if isinstance(function, ast.FunctionDef) and vague.search(function.name)
    ]
    assert misnamed == []


def test_no_module_is_longer_than_200_lines() -> None:
    lengths = {str(module): module.text.count("\n") for module in modules()}
    assert {place: lines for place, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_no_function_is_longer_than_40_lines() -> None:
    long = {
        f"{module}:{function.lineno} {function.name}": length
        for module in modules()
        for function in functions(module.tree)
        if (length := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
    }
    assert long == {}


def test_pure_modules_touch_nothing_outside() -> None:
    touches = [
        f"{module}:{line} imports {name}"
        for module in pure()
        for line, name in imports(module.tree)
        if IMPURE_IMPORT.match(name)
    ]
    touches += [
        f"{module}:{node.lineno} calls {name}"
        for module in pure()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and (name := _called(node)) in IMPURE_CALL
    ]
    assert touches == []


def test_pure_modules_reach_no_database_and_no_http_even_through_others() -> None:
    graph = grimp.build_graph("app", include_external_packages=True, cache_dir=None)
    outside = sorted({"sqlalchemy", "flask"} & graph.modules)
    assert outside == ["flask", "sqlalchemy"]
    chains = [
        " -> ".join(chain)
        for module in pure()
        for package in outside
        if (chain := graph.find_shortest_chain(importer=module.name, imported=package))
    ]
    assert chains == []


@pytest.mark.parametrize("pattern", PURE)
def test_every_pure_pattern_still_means_something(pattern: str) -> None:
    assert any(fnmatch(module.place, pattern) for module in modules()), f"{pattern} matches no module"


def pure() -> list[Module]:
    return [module for module in modules() if fits(module, PURE)]


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""
