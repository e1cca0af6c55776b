"""Read a template of CloudFormation, and what it becomes with given parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

PSEUDO = {
    "AWS::AccountId": "123456789012",
    "AWS::Partition": "aws",
    "AWS::Region": "eu-central-1",
    "AWS::StackName": "metrica-production-pages",
    "AWS::URLSuffix": "amazonaws.com",
}
_NOTHING = object()


class _Loader(yaml.SafeLoader):  # type: ignore[misc]
    """Reads `!Sub x` as `{"Fn::Sub": "x"}`."""


def _intrinsic(loader: _Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    name = suffix if suffix in {"Ref", "Condition"} else f"Fn::{suffix}"
    if isinstance(node, yaml.ScalarNode):
        value: Any = loader.construct_scalar(node)
        return {name: value.split(".") if suffix == "GetAtt" else value}
    if isinstance(node, yaml.SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    return {name: loader.construct_mapping(node, deep=True)}


_Loader.add_multi_constructor("!", _intrinsic)


def read_template(path: Path) -> dict[str, Any]:
    """Return a template; its functions have their long form."""
    template: dict[str, Any] = yaml.load(path.read_text(), _Loader)  # noqa: S506 - derived from SafeLoader
    return template


class Resolver:
    """Evaluates the functions of a template.

    Args:
        template: The template.
        given: Parameters; the others have their defaults.
    """

    def __init__(self, template: Mapping[str, Any], given: Mapping[str, str]) -> None:
        self._conditions = template.get("Conditions", {})
        self._values = PSEUDO | {
            name: str(given.get(name, one.get("Default", ""))) for name, one in template["Parameters"].items()
        }
        self.resources = {
            name: self.value(one["Properties"])
            for name, one in template["Resources"].items()
            if "Condition" not in one or self._condition(one["Condition"])
        }
        self.outputs = {name: self.value(one["Value"]) for name, one in template.get("Outputs", {}).items()}
        self.broken_rules = [
            assertion["AssertDescription"]
            for rule in template.get("Rules", {}).values()
            if self.value(rule.get("RuleCondition", True))
            for assertion in rule["Assertions"]
            if not self.value(assertion["Assert"])
        ]

    def value(self, one: Any) -> Any:
        """Return a part of the template with its functions evaluated."""
        if isinstance(one, list):
            return [value for value in map(self.value, one) if value is not _NOTHING]
        if not isinstance(one, dict):
            return one
        if len(one) == 1:
            ((name, argument),) = one.items()
            if name == "Ref":
                return _NOTHING if argument == "AWS::NoValue" else self._values.get(argument, f"<{argument}>")
            if name.startswith("Fn::"):
                return self._function(name.removeprefix("Fn::"), argument)
        values = {name: self.value(value) for name, value in one.items()}
        return {name: value for name, value in values.items() if value is not _NOTHING}

    def _condition(self, name: str) -> bool:
        return bool(self.value(self._conditions[name]))

    def _function(self, name: str, argument: Any) -> Any:  # noqa: PLR0911 - one for each function
        match name:
            case "If":
                return self.value(argument[1] if self._condition(argument[0]) else argument[2])
            case "Sub":
                return re.sub(r"\$\{([^}]+)\}", lambda match: self._values.get(match[1], f"<{match[1]}>"), argument)
            case "GetAtt":
                return f"<{'.'.join(argument)}>"
            case "Select":
                return self.value(argument[1])[argument[0]]
            case "Split":
                return self.value(argument[1]).split(argument[0])
            case "Equals":
                return self.value(argument[0]) == self.value(argument[1])
            case "Not":
                return not self.value(argument[0])
            case "Or":
                return any(map(self.value, argument))
            case "And":
                return all(map(self.value, argument))
            case _:
                raise NotImplementedError(name)
