"""The reference of an HTTP API, from its OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Document = Mapping[str, Any]
METHODS = ("get", "put", "post", "patch", "delete")


def http_api_page(document: Document, title: str, introduction: str) -> str:
    """Return a Markdown page with every operation of an API and every object that it uses.

    Args:
        document: The OpenAPI 3.1 document.
        title: The title of the page.
        introduction: The paragraphs below the title.
    """
    parts = [f"# {title}", introduction, "## Operations", _operations_table(document)]
    for path, method, operation in operations(document):
        parts += _operation_section(document, path, method, operation)
    schemas = document.get("components", {}).get("schemas", {})
    if schemas:
        parts.append("## Objects")
        for name, schema in sorted(schemas.items()):
            parts += [f"### {name} {{ #{_anchor(name)} }}", *_schema_section(schema)]
    return "\n\n".join(part for part in parts if part) + "\n"


def operations(document: Document) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield path, method and operation of an OpenAPI document, in its order."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def _operations_table(document: Document) -> str:
    rows = ["| operation | what it does |", "|---|---|"]
    for path, method, operation in operations(document):
        name = f"{method.upper()} {path}"
        rows.append(f"| [`{name}`](#{_anchor(operation['operationId'])}) | {_cell(operation.get('summary', ''))} |")
    return "\n".join(rows)


def _operation_section(document: Document, path: str, method: str, operation: Mapping[str, Any]) -> Iterator[str]:
    yield f"### {method.upper()} {path} {{ #{_anchor(operation['operationId'])} }}"
    yield operation.get("description") or f"{operation.get('summary', '')}."
    parameters = [_resolved(document, one) for one in operation.get("parameters", ())]
    if parameters:
        rows = ["| parameter | in | type | |", "|---|---|---|---|"]
        for one in parameters:
            needed = "required. " if one.get("required") else ""
            rows.append(
                f"| `{one['name']}` | {one['in']} | {type_of(one.get('schema', {}))} "
                f"| {_cell(needed + one.get('description', ''))} |"
            )
        yield "\n".join(rows)
    body = _resolved(document, operation.get("requestBody", {}))
    for media_type, content in body.get("content", {}).items():
        yield f"Body, `{media_type}`: {type_of(content.get('schema', {}))}"
    rows = ["| status | answer |", "|---|---|"]
    for status, reference in operation.get("responses", {}).items():
        response = _resolved(document, reference)
        kinds = [
            f"`{media_type}`: {type_of(content['schema'])}"
            for media_type, content in response.get("content", {}).items()
            if content.get("schema")
        ]
        rows.append(f"| {status} | {_cell('. '.join([response.get('description', '').rstrip('.'), *kinds]))} |")
    yield "\n".join(rows)


def _schema_section(schema: Mapping[str, Any]) -> Iterator[str]:
    if schema.get("description"):
        yield schema["description"]
    if "enum" in schema:
        yield "One of " + ", ".join(f"`{value}`" for value in schema["enum"]) + "."
    properties: Mapping[str, Any] = schema.get("properties", {})
    if properties:
        required: Sequence[str] = schema.get("required", ())
        rows = ["| field | type | |", "|---|---|---|"]
        for name, value in properties.items():
            optional = "" if name in required else "optional. "
            rows.append(f"| `{name}` | {type_of(value)} | {_cell(optional + value.get('description', ''))} |")
        yield "\n".join(rows)


def type_of(schema: Mapping[str, Any]) -> str:
    """Return the type of a schema in Markdown, with links to the objects of the page.

    >>> type_of({"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]})
    'string (date) or null'
    """
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return " or ".join(dict.fromkeys(type_of(one) for one in schema[key]))
    if "allOf" in schema:
        return " and ".join(type_of(one) for one in schema["allOf"])
    if "const" in schema or "enum" in schema:
        return " or ".join(f"`{value}`" for value in schema.get("enum", [schema.get("const")]))
    return _simple_type(schema)


def _simple_type(schema: Mapping[str, Any]) -> str:
    """Return the type of a schema that is not put together from others."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{_anchor(name)})"
    kind = schema.get("type", "any")
    if isinstance(kind, list):
        return " or ".join(kind)
    if kind == "array":
        return f"array of {type_of(schema.get('items', {}))}"
    limits = [schema["format"]] if "format" in schema else []
    limits += [f"{word} {schema[key]}" for key, word in _LIMITS.items() if key in schema]
    return f"{kind} ({', '.join(limits)})" if limits else kind


_LIMITS = {
    "minimum": "at least",
    "maximum": "at most",
    "minLength": "characters at least",
    "maxLength": "characters at most",
}


def _resolved(document: Document, value: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a reference such as `#/components/responses/NotFound` names."""
    while "$ref" in value:
        found: Any = document
        for key in value["$ref"].removeprefix("#/").split("/"):
            found = found[key]
        value = found
    return value


def _anchor(name: str) -> str:
    return name.lower().replace("_", "-")


def _cell(text: str) -> str:
    """Return a text for a cell of a table: in one line, without its separator."""
    return " ".join(text.split()).replace("|", "\\|")
