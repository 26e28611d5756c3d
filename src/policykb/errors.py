"""The exception tree. Every error that a user can cause is a ``PolicyKBError`` with one line of text.

    PolicyKBError
    ├── ReadError            a file cannot be read as text (missing, empty, binary, unknown format)
    ├── KnowledgeBaseError   a knowledge base cannot be opened, changed or lacks what was asked for
    │   └── NotFoundError    a document, practice or template of that name is not there
    ├── ProfileError         a locality profile is wrong: unknown field, wrong type, missing name
    ├── TemplateError        a template cannot be read or rendered
    ├── RulesError           a file of one's own words and rules is wrong: form, pattern, an example that fails
    ├── WriteError           a file cannot be written
    └── QueryError           a query or a filter cannot be understood

The text says what is wrong, where, and what to do.  Anything else that is raised is a bug of ours.
"""

from __future__ import annotations

import errno


def later(message: str) -> str:
    """``message`` as it is: marks a text, or a part of one, that is translated when it is shown."""
    return message


class PolicyKBError(Exception):
    """Base of all errors that policykb raises on purpose.

    ``message`` is the sentence with names in braces and ``values`` what stands for them, so that it can be told
    in another language; one of them may be another error.  ``str()`` is the Chinese sentence.
    """

    def __init__(self, message: str = "", /, **values: object) -> None:
        super().__init__(message.format(**values) if values else message)
        self.message = message
        kept = (int, PolicyKBError)
        self.values = {name: value if isinstance(value, kept) else str(value) for name, value in values.items()}


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


class RulesError(PolicyKBError):
    """A file of one's own words and rules for extraction is wrong."""


class WriteError(PolicyKBError):
    """A file cannot be written."""


class QueryError(PolicyKBError):
    """A query or a filter cannot be understood."""


def reason_of(error: OSError) -> PolicyKBError:
    """Why the system refused a file, as a clerk reads it: the system's own words are English."""
    if isinstance(error, FileNotFoundError):
        return PolicyKBError("没有这个文件或文件夹")
    if isinstance(error, IsADirectoryError | NotADirectoryError):
        return PolicyKBError("路径里把文件当成了文件夹，或相反")
    if isinstance(error, PermissionError):
        return PolicyKBError("没有权限")
    if error.errno == errno.ENOSPC:
        return PolicyKBError("磁盘满了")
    return PolicyKBError("系统出错")
