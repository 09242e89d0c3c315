"""Loading YAML that anybody may have written: no aliases, no tags, nothing endless. Dates stay words."""

from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

LARGEST_FILE = 256 * 1024
DEEPEST = 12
MOST_PARTS = 10_000  # a test of 40 questions has about 3,000

# What ruamel lets slip on hostile text, besides its own errors.
SLIPS = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def loader() -> YAML:
    """A fresh loader; after a load its `constructor.repeated` holds the names that were given twice."""
    yaml = YAML(typ="rt")
    yaml.Composer, yaml.Constructor, yaml.max_depth = _CautiousComposer, _PlainConstructor, DEEPEST
    return yaml


def load_with_nodes(text: str) -> tuple[Any, Node | None]:
    """The plain values in `text`, and the node whose marks say where each stands. None for an empty text.

    Raises ValueError for whatever `authored.load_yaml` finds a problem in.
    """
    yaml = loader()
    try:
        node = yaml.compose(text) if len(text) <= LARGEST_FILE else None
        value = yaml.constructor.construct_document(node) if node is not None else None
    except (YAMLError, *SLIPS):
        raise ValueError("This cannot be read.") from None
    if yaml.constructor.repeated or len(text) > LARGEST_FILE:
        raise ValueError("This cannot be read.")
    return value, node


class _CautiousComposer(Composer):
    parts = 0

    def compose_node(self, parent: Node | None, index: Any) -> Node:
        self.parts += 1
        event = self.parser.peek_event()
        if isinstance(event, AliasEvent) or event.anchor is not None:
            raise MarkedYAMLError(problem="aliases are not used", problem_mark=event.start_mark)
        if self.parts > MOST_PARTS:
            raise MarkedYAMLError(problem="too many parts", problem_mark=event.start_mark)
        if event.ctag is not None:
            raise MarkedYAMLError(problem="tags are not used", problem_mark=event.start_mark)
        node: Node = super().compose_node(parent, index)
        return node

    def compose_mapping_node(self, anchor: Any) -> MappingNode:
        node: MappingNode = super().compose_mapping_node(anchor)
        for key, _value in node.value:
            if not isinstance(key, ScalarNode):
                raise MarkedYAMLError(problem="the name of a field", problem_mark=key.start_mark)
            if key.value == "<<":
                raise MarkedYAMLError(problem="for merging", problem_mark=key.start_mark)
        return node


class _PlainConstructor(RoundTripConstructor):
    """Keeps dates and absurdly long numbers as the words that were typed, and collects repeated keys."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.repeated: list[ScalarNode] = []

    def check_mapping_key(
        self, node: MappingNode, key_node: ScalarNode, mapping: Any, key: Any, value: Any
    ) -> bool:
        if key in mapping:
            self.repeated.append(key_node)
            return False
        return True

    def construct_number(self, node: ScalarNode) -> Any:
        return self.construct_yaml_int(node) if len(node.value) < 30 else node.value


_PlainConstructor.add_constructor("tag:yaml.org,2002:timestamp", _PlainConstructor.construct_scalar)
_PlainConstructor.add_constructor("tag:yaml.org,2002:int", _PlainConstructor.construct_number)
