"""The commands as a person types them."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Relance
from tests.imports.compose import compose
from tests.imports.stories import told

CASES = Path(__file__).parent.parent / "cadence" / "cases.json"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return compose(tmp_path_factory.mktemp("archive") / "Basic_LinkedInDataExport.zip", told(2))


def test_help_names_every_command(relance: Relance) -> None:
    answer = relance()
    assert answer.returncode == 0
    for name in ("start", "signin", "inspect", "import", "queue", "decide", "backup", "restore"):
        assert f"\n  {name} " in answer.stdout
    assert relance("dance").returncode == 2


def test_decide_answers_every_golden_case(relance: Relance) -> None:
    cases = json.loads(CASES.read_text(encoding="utf-8"))
    answer = relance("decide", str(CASES))
    assert answer.returncode == 0, answer.stderr
    decisions = json.loads(answer.stdout)
    assert len(decisions) == len(cases) == 58
    for case, decision in zip(cases, decisions, strict=True):
        assert {name: decision[name] for name in case["expect"]} == case["expect"], case["name"]
    one = relance("decide", "-", stdin=json.dumps(cases[0]))
    assert json.loads(one.stdout)[0]["code"] == cases[0]["expect"]["code"]


@pytest.mark.parametrize(
    "text", ["", "{", "[]]", '{"now": 3}', '{"outreach": {}}', "nothing", '[{"now": "2026-01-01T10:00:00"}]']
)
def test_decide_says_what_is_wrong_in_one_line(relance: Relance, text: str) -> None:
    answer = relance("decide", "-", stdin=text)
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert answer.stderr.count("\n") == 1
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("place", ["now", "at", "brought_in_at"])
@pytest.mark.parametrize(
    "instant",
    [
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
        "1969-12-31T23:59:59Z",
        "2200-01-01T00:00:00Z",
    ],
)
def test_decide_refuses_the_ends_of_the_calendar(relance: Relance, place: str, instant: str) -> None:
    case = json.loads(CASES.read_text(encoding="utf-8"))[0]
    case["outreach"]["events"] = case["outreach"]["events"][:1]
    where = {"now": case, "at": case["outreach"]["events"][0], "brought_in_at": case["outreach"]}[place]
    where[place] = instant
    answer = relance("decide", "-", stdin=json.dumps([case]))
    assert (answer.returncode, answer.stdout, answer.stderr.count("\n")) == (2, "", 1)
    assert "out of range" in answer.stderr


@pytest.mark.parametrize("digits", [4_000, 4_301, 100_000])
def test_decide_takes_no_endless_number(relance: Relance, digits: int) -> None:
    case = json.loads(CASES.read_text(encoding="utf-8"))[0]
    text = json.dumps(case | {"now": "NUMBER"}).replace('"NUMBER"', "9" * digits)
    answer = relance("decide", "-", stdin=text)
    assert (answer.returncode, answer.stdout, answer.stderr.count("\n")) == (2, "", 1)
    assert len(answer.stderr) < 400


def test_inspect_stores_nothing(relance: Relance, archive: Path, data: Path) -> None:
    report = json.loads(relance("inspect", str(archive), "--json").stdout)
    assert report["owner_slug"]
    assert {"accepted_outgoing", "pending_outgoing", "never_replied", "baseline", "left_out"} <= set(report)
    assert not data.exists()
    refused = relance("inspect", __file__)
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1


def people(data: Path) -> int:
    with closing(sqlite3.connect(data / "relance.sqlite3")) as database:
        return int(database.execute("SELECT count(*) FROM candidates_candidate").fetchone()[0])


def test_import_twice_doubles_nothing(relance: Relance, archive: Path, data: Path) -> None:
    everyone = "waiting,accepted,silent,pending,cold,contacts"
    first = json.loads(relance("import", str(archive), "--keep", everyone, "--json").stdout)
    kept = first["result"]["kept"]
    assert kept == people(data) > 10
    with closing(sqlite3.connect(data / "relance.sqlite3")) as database:
        before = database.execute("SELECT count(*), max(id) FROM outreach_event").fetchone()
    second = json.loads(relance("import", str(archive), "--keep", everyone, "--json").stdout)
    assert (second["result"]["kept"], second["result"]["known"]) == (0, kept)
    assert (second["result"]["accepted"], second["result"]["answered"]) == ([], [])
    with closing(sqlite3.connect(data / "relance.sqlite3")) as database:
        assert database.execute("SELECT count(*), max(id) FROM outreach_event").fetchone() == before
    assert not list((data / "temporary").iterdir()), "the temporary area is wiped"
    assert relance("redecide").returncode == 0


def test_import_keeps_only_the_groups_named(relance: Relance, archive: Path, data: Path) -> None:
    assert relance("import", str(archive), "--keep", "none").returncode == 0
    assert people(data) == 0
    assert relance("import", str(archive), "--keep", "everybody").returncode == 2


def test_import_offers_the_groups_it_takes(relance: Relance, archive: Path) -> None:
    said = " ".join(relance("import", "--help").stdout.split())
    groups = said.partition("whom to keep, of: ")[2].partition(" (default")[0].split(", ")
    assert "waiting" in groups
    for group in groups:
        answer = relance("import", str(archive.with_name("absent.zip")), "--keep", group)
        assert "absent.zip" in answer.stderr, group


def test_a_refused_archive_changes_nothing(relance: Relance, tmp_path: Path, data: Path) -> None:
    rubbish = tmp_path / "rubbish.zip"
    rubbish.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 40)
    answer = relance("import", str(rubbish))
    assert answer.returncode == 2
    assert answer.stderr.count("\n") == 1
    assert people(data) == 0
    assert not list((data / "temporary").iterdir())


def test_a_row_of_the_year_9999_makes_nothing_fail(relance: Relance, tmp_path: Path, data: Path) -> None:
    messages = tmp_path / "messages.csv"
    maud, ines = "Maud,https://www.linkedin.com/in/maud", "Inès,https://www.linkedin.com/in/ines"
    rows = [
        f"c,,{maud},{ines},2026-02-03 09:00:00 UTC,,Bonjour,INBOX",
        f"c,,{ines},{maud},9999-12-31 23:59:59 UTC,,Oui,INBOX",
        f"d,,{maud},Hugo,https://www.linkedin.com/in/hugo,9999-12-31 23:59:59 UTC,,Oui,INBOX",
    ]
    header = (
        "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,"
        "CONTENT,FOLDER"
    )
    messages.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    answer = relance("import", str(messages), "--keep", "waiting,silent,cold", "--json")
    assert answer.returncode == 0, answer.stderr
    report = json.loads(answer.stdout)
    assert report["exported_on"] == "2026-02-03"
    assert report["left_out"]["bad_date"] == 2
    table = tmp_path / "table.csv"
    table.write_text(
        "Nom,Mail,Dernier contact,Prochaine relance\n"
        "Hugo Fictif,hugo@exemple.example,31/12/9999,31/12/9999\n"
        "Odile Fictif,odile@exemple.example,02/03/2026,9999-12-31\n",
        encoding="utf-8",
    )
    answer = relance(
        "import", str(table), "--keep", "waiting,accepted,silent,pending,cold,contacts", "--json"
    )
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout)["people"] == 2, answer.stdout


def test_queue_prints_json_as_of_any_instant(relance: Relance, archive: Path) -> None:
    assert relance("queue").returncode == 2, "there is no desk yet"
    relance("import", str(archive), "--keep", "waiting,accepted,silent,pending,cold")
    report = json.loads(relance("queue", "--json", "--as-of", "2026-06-15T10:00:00+02:00").stdout)
    assert report["now"] == "2026-06-15T10:00:00+02:00"
    now = json.loads(relance("queue", "--json").stdout)
    assert now["queue"] == [], "looking ahead or back changed nothing"
    assert relance("queue", "--as-of", "yesterday").returncode == 2
    for end in ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2200-01-01T00:00:00+14:00"):
        refused = relance("queue", "--as-of", end)
        assert (refused.returncode, refused.stderr.count("\n")) == (2, 1), refused.stderr
        assert end in refused.stderr
    for within in ("1970-01-01T00:00:00+14:00", "2199-12-31T23:59:59-12:00"):
        assert relance("queue", "--as-of", within).returncode == 0


def test_backup_and_restore_bring_the_desk_back(
    relance: Relance, archive: Path, data: Path, tmp_path: Path
) -> None:
    assert relance("backup").returncode == 2, "there is no desk yet"
    relance("import", str(archive), "--keep", "cold,silent,waiting,accepted,pending")
    kept = people(data)
    saved = tmp_path / "saved.zip"
    assert relance("backup", str(saved)).returncode == 0
    assert saved.stat().st_mode & 0o077 == 0
    assert relance("backup", str(saved)).returncode == 2, "nothing is overwritten"
    key = (data / "fingerprint.key").read_text()

    elsewhere = tmp_path / "another-machine"
    answer = relance("restore", str(saved), data_dir=elsewhere)
    assert answer.returncode == 0, answer.stderr
    assert people(elsewhere) == kept
    assert (elsewhere / "fingerprint.key").read_text() == key
    assert "/entrer/" in relance("signin", data_dir=elsewhere).stdout

    with closing(sqlite3.connect(data / "relance.sqlite3")) as database, database:
        database.execute("UPDATE candidates_candidate SET name = 'changed since'")
    assert relance("restore", str(saved)).returncode == 0
    with closing(sqlite3.connect(data / "relance.sqlite3")) as database:
        changed = database.execute("SELECT count(*) FROM candidates_candidate WHERE name = 'changed since'")
        assert changed.fetchone()[0] == 0
    assert len(list((data / "backups").glob("before-restore-*"))) == 1, "what was here is kept"


@pytest.mark.parametrize("harm", ["cut", "changed", "rubbish"])
def test_a_harmed_backup_is_refused(
    relance: Relance, archive: Path, data: Path, tmp_path: Path, harm: str
) -> None:
    relance("import", str(archive), "--keep", "cold")
    kept = people(data)
    saved = tmp_path / "saved.zip"
    relance("backup", str(saved))
    content = bytearray(saved.read_bytes())
    if harm == "cut":
        content = content[: len(content) // 2]
    elif harm == "changed":
        content[len(content) // 2] ^= 0xFF
    else:
        content = bytearray(b"not a zip")
    saved.write_bytes(content)
    answer = relance("restore", str(saved))
    assert answer.returncode == 2
    assert answer.stderr.count("\n") == 1
    assert people(data) == kept


def test_a_damaged_database_is_noticed(relance: Relance, archive: Path, data: Path) -> None:
    relance("import", str(archive), "--keep", "cold")
    file = data / "relance.sqlite3"
    content = bytearray(file.read_bytes())
    content[0:64] = b"\0" * 64
    file.write_bytes(content)
    answer = relance("import", str(archive))
    assert answer.returncode == 2
    assert "restore" in answer.stderr


def test_a_key_that_others_read_is_refused(relance: Relance, archive: Path, data: Path) -> None:
    relance("import", str(archive), "--keep", "none")
    (data / "secret.key").chmod(0o644)
    answer = relance("queue")
    assert answer.returncode == 2
    assert "chmod 600" in answer.stderr


def test_a_desk_gets_the_texts_that_came_with_a_later_version(relance: Relance, data: Path) -> None:
    assert relance("prepare").returncode == 0
    with closing(sqlite3.connect(data / "relance.sqlite3")) as database:
        every = database.execute("SELECT COUNT(*) FROM writing_template").fetchone()[0]
        database.execute("UPDATE writing_template SET body = 'à moi' WHERE id = 1")
        database.execute("DELETE FROM writing_template WHERE id > 5")
        database.commit()
    assert relance("prepare").returncode == 0
    with closing(sqlite3.connect(data / "relance.sqlite3")) as database:
        assert database.execute("SELECT COUNT(*) FROM writing_template").fetchone()[0] == every
        kept = database.execute("SELECT body FROM writing_template WHERE id = 1").fetchone()[0]
        assert kept == "à moi"
