"""The class of a model that is counted: ``person``, or the one that the user has named."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from edge_worker.errors import ModelError

PERSON = "person"
SEPARATOR = "#"
_SHOWN = 12


def split_class(model: str | None) -> tuple[str | None, str | None]:
    """Return the model and the class of ``MODEL#CLASS``; the class is None if none is named.

    >>> split_class("heads.onnx#head"), split_class("yolo26n"), split_class(None)
    (('heads.onnx', 'head'), ('yolo26n', None), (None, None))
    """
    if model is None or SEPARATOR not in model:
        return model, None
    name, _, class_name = model.rpartition(SEPARATOR)
    return name or None, class_name


def parse_names(text: str) -> tuple[str, ...]:
    """Return the names of the classes from a dictionary or a list, as Ultralytics writes it into model files.

    Returns:
        The names in the order of their numbers; empty if the text is neither.
    """
    try:
        names = ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return ()
    if isinstance(names, dict):
        names = [names[number] for number in sorted(names)]
    return tuple(str(name) for name in names) if isinstance(names, list | tuple) else ()


def class_index(model: str, names: Sequence[str], class_name: str | None) -> int:
    """Return the number of the class to count.

    Args:
        model: Name of the model, for messages.
        names: The names of its classes; empty if the file does not have them.
        class_name: The class that the user has named; None for ``person``, or the only class.

    Raises:
        ModelError: The model has no such class.
    """
    if not names:
        if class_name is None:
            return 0
        raise ModelError(
            f"the file of {model} does not name its classes, so {class_name!r} is not known: export it with Ultralytics"
        )
    wanted = class_name or PERSON
    plain_names = [_plain(name) for name in names]
    if _plain(wanted) in plain_names:
        return plain_names.index(_plain(wanted))
    if class_name is None and len(names) == 1:
        return 0
    known = ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
    raise ModelError(
        f"{model} has no class {wanted!r}, but {known}: name the one to count after the model, "
        f"such as --model {model}{SEPARATOR}{names[0]}"
    )


def _plain(name: str) -> str:
    """Return the name as OpenVINO files have it: without spaces."""
    return name.replace(" ", "_")
