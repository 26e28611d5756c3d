"""The way to an OpenSearch cluster that several machines share: its address, its client, its errors in one line.

An address reads ``http://host:9200/name``; ``name`` tells the knowledge bases of one cluster apart.  With
``https`` it may hold ``user:password@`` and the options ``?ca=FILE`` (whom to trust) and ``?verify=no``
(test clusters only); ``?shards=N`` and ``?replicas=N`` say how a new one is spread.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from policykb.errors import KnowledgeBaseError

TIMEOUT = 30
"""Seconds that one request may take."""

RETRIES = 6
"""How often a request is sent again to a cluster that is busy or has lost a node, each time after a longer pause."""

CHUNK = 500
"""Operations of one bulk request at most."""

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}")
_OPTIONS = frozenset({"ca", "verify", "shards", "replicas"})


class Cluster(NamedTuple):
    """A cluster, and the name of one knowledge base there.  ``place`` is its address without a password."""

    client: Any
    name: str
    place: str
    settings: dict[str, Any]

    def ensure_index(self, index: str, mappings: dict[str, Any], settings: dict[str, Any] | None = None) -> None:
        """Make ``index`` unless it is there; to one of an older policykb the fields that it has not are added."""
        body = {"settings": self.settings | (settings or {}), "mappings": mappings}
        with self.reported():
            if not self.client.indices.exists(index=index):
                self.client.indices.create(index=index, body=body, params={"ignore": "400"})
            elif missing := self._missing(index, mappings["properties"]):
                self.client.indices.put_mapping(index=index, body={"properties": missing})

    def _missing(self, index: str, fields: dict[str, Any]) -> dict[str, Any]:
        known = [one["mappings"]["properties"] for one in self.client.indices.get_mapping(index=index).values()]
        return {name: field for name, field in fields.items() if any(name not in one for one in known)}

    def bulk(self, operations: Iterable[dict[str, Any]], *, refresh: bool = True) -> list[dict[str, Any]]:
        """Carry out ``operations`` (``_op_type``, ``_index``, ``_id`` …) with retries; the answer of each, in order.

        Conflicts of versions are answers (status 409); any other refusal is an error.
        """
        from opensearchpy.helpers import streaming_bulk  # noqa: PLC0415  # the extra may be missing

        answers: list[dict[str, Any]] = []
        with self.reported():
            options: dict[str, Any] = {"chunk_size": CHUNK, "max_retries": RETRIES, "initial_backoff": 0.5}
            for ok, answer in streaming_bulk(self.client, operations, raise_on_error=False, **options):
                (result,) = answer.values()
                if not ok and result.get("status") not in {404, 409}:
                    raise KnowledgeBaseError(
                        "{place}：OpenSearch 没有收下（{reason}）；请再试",
                        place=self.place,
                        reason=_cause(result.get("error")),
                    )
                answers.append(result)
            if refresh and answers:
                self.client.indices.refresh(index=",".join(sorted({answer["_index"] for answer in answers})))
        return answers

    @contextmanager
    def reported(self) -> Iterator[None]:
        """Turn what the client complains of into a ``KnowledgeBaseError`` of one line."""
        from opensearchpy import exceptions as wrong  # noqa: PLC0415  # the extra may be missing

        try:
            yield
        except (wrong.AuthenticationException, wrong.AuthorizationException) as error:
            raise KnowledgeBaseError(
                "{place}：OpenSearch 不接受这个用户名和密码；请检查地址里的 用户:密码@", place=self.place
            ) from error
        except wrong.SSLError as error:
            raise KnowledgeBaseError(
                "{place}：证书没有通过验证；请用 ?ca=证书文件 指明信任的证书", place=self.place
            ) from error
        except wrong.ConnectionError as error:
            raise KnowledgeBaseError(
                "{place}：连不上 OpenSearch；请检查地址、网络和服务是否在运行", place=self.place
            ) from error
        except wrong.OpenSearchException as error:
            raise KnowledgeBaseError(
                "{place}：OpenSearch 出错（{reason}）；请检查集群的状态", place=self.place, reason=_cause(error)
            ) from error


def is_address(location: str) -> bool:
    """Whether a knowledge base of this name lies in a cluster."""
    return location.startswith(("http://", "https://"))


def open_cluster(address: str) -> Cluster:
    """The cluster and the knowledge base of ``address``.

    Raises ``KnowledgeBaseError`` for an address that cannot be read, a cluster that does not answer, and where
    the extra ``opensearch`` is not installed.
    """
    parts = urlsplit(address)
    name = parts.path.strip("/")
    options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    place = f"{parts.scheme}://{parts.hostname}:{_port(parts.netloc)}/{name}"
    if not parts.hostname or not _NAME.fullmatch(name) or options.keys() - _OPTIONS:
        raise KnowledgeBaseError(
            "{place}：地址要写成 http://主机:9200/名称（名称用小写字母、数字、- 和 _）", place=place
        )
    try:
        from opensearchpy import OpenSearch  # noqa: PLC0415  # the extra may be missing
    except ImportError as error:
        raise KnowledgeBaseError(
            '{place}：没有装 opensearch-py；请运行 pip install "policykb[opensearch]"', place=place
        ) from error
    logging.getLogger("opensearch").setLevel(logging.CRITICAL + 1)  # we tell its errors ourselves, in one line
    login = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    client = OpenSearch(
        hosts=[{"host": parts.hostname, "port": _port(parts.netloc)}], use_ssl=parts.scheme == "https",
        http_auth=login, verify_certs=options.get("verify") != "no", ssl_show_warn=False, ca_certs=options.get("ca"),
        timeout=TIMEOUT, max_retries=RETRIES, retry_on_timeout=True, retry_on_status=(429, 502, 503, 504),
    )  # fmt: skip
    cluster = Cluster(client, name, place, _spread(options))
    with cluster.reported():
        client.info()
    return cluster


def _spread(options: dict[str, str]) -> dict[str, Any]:
    """Shards and replicas; by default one shard, and a copy of it where there are two nodes."""
    copies: dict[str, Any] = {"number_of_shards": int(options.get("shards", "1"))}
    if "replicas" in options:
        return copies | {"number_of_replicas": int(options["replicas"])}
    return copies | {"auto_expand_replicas": "0-1"}


def _port(netloc: str) -> int:
    digits = netloc.rpartition(":")[2]
    return int(digits) if digits.isdigit() else 9200


def _cause(error: object) -> str:
    """What the server says is wrong, in one line."""
    info = getattr(error, "info", error)
    while isinstance(info, dict):
        info = info.get("reason") or info.get("error") or next(iter(info.values()), "")
    return " ".join(str(info or error).split())[:200]
