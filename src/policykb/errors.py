"""The exception tree. Every error that a user can cause is a ``PolicyKBError`` with one line of text.

    PolicyKBError
    ├── ReadError            a file cannot be read as text (missing, empty, binary, unknown format)
    ├── KnowledgeBaseError   a knowledge base cannot be opened, changed or lacks what was asked for
    │   └── NotFoundError    a document, practice or template of that name is not there
    ├── ProfileError         a locality profile is wrong: unknown field, wrong type, missing name
    ├── TemplateError        a template cannot be read or rendered
    ├── WriteError           a file cannot be written
    └── QueryError           a query or a filter cannot be understood

The text says what is wrong, where, and what to do.  Anything else that is raised is a bug of ours.
"""

from __future__ import annotations


class PolicyKBError(Exception):
    """Base of all errors that policykb raises on purpose."""


class ReadError(PolicyKBError):
    """A source cannot be read as text."""


class KnowledgeBaseError(PolicyKBError):
    """A knowledge base cannot be opened or changed."""


class NotFoundError(KnowledgeBaseError):
    """What was asked for by name or id is not there."""


class ProfileError(PolicyKBError):
    """A locality profile is wrong."""


class TemplateError(PolicyKBError):
    """A template cannot be read or rendered."""


class WriteError(PolicyKBError):
    """A file cannot be written."""


class QueryError(PolicyKBError):
    """A query or a filter cannot be understood."""
