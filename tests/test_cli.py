"""The command as a user runs it: real processes, real files, the embedded models."""

import json
import os
import pty
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest

from brief.chain import schema

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
BRIEF = [str(Path(sys.executable).parent / "brief")]
FLASH = "انهيار سد قرب المدينة\nانهار سد قرب مدينة الرملة يوم الأحد.\nوقتل 12 شخصا.\n"


def run(
    *arguments: str | Path, data: bytes | None = None, folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command and return what it printed."""
    done = subprocess.run(
        [*BRIEF, *map(str, arguments)], input=data, capture_output=True, cwd=folder, timeout=300
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


def is_one_sentence(error: str) -> bool:
    """Tell whether standard error holds one line from brief and no traceback."""
    lines = error.strip().splitlines()
    return len(lines) == 1 and lines[0].startswith("brief: ") and "Traceback" not in error


def test_text_is_the_default() -> None:
    """A brief, its headline and what became of the sentences go to standard output alone."""
    done = run(SAMPLES / "disaster.txt")
    assert done.returncode == 0
    assert done.stderr == ""
    assert "sentences:" in done.stdout
    assert "\x1b" not in done.stdout


def test_json_validates() -> None:
    """One object on one line, as the schema says, with the offsets into the text."""
    done = run(SAMPLES / "politics.txt", "--format", "json")
    form = json.loads(done.stdout)
    jsonschema.validate(form, schema())
    text = (SAMPLES / "politics.txt").read_text(encoding="utf-8")
    assert all(text[r["start"] : r["end"]] == r["source"] for r in form["translation"])
    assert all(sentence["evidence"] for sentence in form["brief"])


def test_a_folder_gives_json_lines() -> None:
    """Every sample gives one valid line, in the order of the names, each sentence accounted for."""
    done = run(SAMPLES / "disaster.txt", SAMPLES / "sport.txt", SAMPLES / "law.txt", "-f", "json")
    forms = [json.loads(line) for line in done.stdout.splitlines()]
    assert [Path(f["article"]["origin"]).name for f in forms] == [
        "disaster.txt",
        "sport.txt",
        "law.txt",
    ]
    assert forms[2]["article"]["encoding"] == "cp1256"
    for form in forms:
        jsonschema.validate(form, schema())
        c = form["coverage"]
        assert c["sentences"] == len(form["translation"])
        assert c["sentences"] == c["translated"] + c["split"] + c["retried"] + c["failed"]


def test_the_same_article_gives_the_same_brief() -> None:
    """A brief does not depend on the run, nor on the articles beside it."""
    alone = run(SAMPLES / "disaster.txt", "--format", "json").stdout
    beside = run(SAMPLES / "sport.txt", SAMPLES / "disaster.txt", "--format", "json").stdout
    assert beside.splitlines()[1] == alone.strip()


def test_evidence_shows_the_arabic() -> None:
    """Under each sentence of the brief stands the Arabic that it rests on."""
    article = (SAMPLES / "disaster.txt").read_text(encoding="utf-8")
    done = run(SAMPLES / "disaster.txt", "--evidence")
    shown = [line.strip() for line in done.stdout.splitlines() if line.startswith("   ")]
    assert shown
    assert all(line in article for line in shown)


def test_translation_adds_the_english_text() -> None:
    """With --translation the whole English text follows the brief."""
    form = json.loads(run(SAMPLES / "disaster.txt", "--format", "json").stdout)
    done = run(SAMPLES / "disaster.txt", "--translation")
    assert all(row["text"] in done.stdout for row in form["translation"])


def test_markdown() -> None:
    """Markdown has a heading and escapes what would be markup."""
    done = run(SAMPLES / "disaster.txt", "--format", "markdown", "--evidence")
    assert done.stdout.startswith("## ")
    assert 'dir="rtl"' in done.stdout


def test_sentences_and_words_decide_the_length() -> None:
    """One sentence is one sentence; fewer words give a shorter brief."""
    one = json.loads(run(SAMPLES / "politics.txt", "-f", "json", "--sentences", "1").stdout)
    assert len(one["brief"]) == 1
    lengths = [
        sum(len(s["text"].split()) for s in json.loads(done.stdout)["brief"])
        for done in (
            run(SAMPLES / "politics.txt", "-f", "json", "--words", words) for words in ("30", "120")
        )
    ]
    assert lengths[0] < lengths[1]


def test_standard_input() -> None:
    """A lone dash reads the article from standard input, whatever its encoding."""
    done = run("-", "-f", "json", data=FLASH.encode("utf-16"))
    form = json.loads(done.stdout)
    assert form["article"]["origin"] == "-"
    assert form["article"]["encoding"].startswith("utf-16")


def test_output_goes_to_a_file(tmp_path: Path) -> None:
    """With --output the screen stays empty and the file is written whole."""
    target = tmp_path / "brief.json"
    done = run(SAMPLES / "disaster.txt", "-f", "json", "-o", target)
    assert (done.returncode, done.stdout) == (0, "")
    jsonschema.validate(json.loads(target.read_text(encoding="utf-8")), schema())
    assert [p.name for p in tmp_path.iterdir()] == ["brief.json"]


def test_a_real_article(shared: Path) -> None:
    """The article that the project started from gives a valid brief, all of it with evidence."""
    done = run(shared / "seed" / "article.txt", "-f", "json")
    form = json.loads(done.stdout)
    jsonschema.validate(form, schema())
    assert done.returncode == 0
    assert form["brief"]
    assert all(sentence["evidence"] for sentence in form["brief"])


def test_every_sample_has_a_brief() -> None:
    """The folder of samples, a page and an old encoding among them, goes through in one run."""
    done = run(SAMPLES, "-f", "json")
    forms = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, "")
    assert len(forms) == 9
    for form in forms:
        jsonschema.validate(form, schema())
        assert form["brief"]


@pytest.mark.parametrize("sample", ["disaster.txt", "science.html"])
def test_no_connection_is_made(sample: str, tmp_path: Path) -> None:
    """With connections forbidden the command works as ever: it needs no network."""
    (tmp_path / "sitecustomize.py").write_text(
        "import socket\n"
        "def refuse(*_, **__): raise SystemExit('a connection was made')\n"
        "socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse\n"
    )
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    command = [*BRIEF, str(SAMPLES / sample)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    refused = subprocess.run(
        [sys.executable, "-c", "import socket; socket.create_connection(('127.0.0.1', 9))"],
        env=environment,
    )
    assert refused.returncode == 1


def test_version_and_help() -> None:
    """Both answer without an article."""
    assert run("--version").stdout.startswith("brief 0.")
    assert "--evidence" in run("--help").stdout


def test_a_terminal_gets_colours_and_a_pipe_does_not() -> None:
    """On a terminal the headline is bold."""
    parent, child = pty.openpty()
    done = subprocess.run(
        [*BRIEF, str(SAMPLES / "disaster.txt"), "--quiet"],
        stdout=child,
        stderr=subprocess.PIPE,
        env=os.environ | {"TERM": "xterm-256color"},
    )
    os.close(child)
    assert done.returncode == 0
    assert b"\x1b[1m" in os.read(parent, 65536)
    os.close(parent)


PERSIAN = (
    "این یک مقاله است که درباره اقتصاد کشور نوشته شده است و گزارش می‌دهد که قیمت‌ها افزایش یافته‌اند. "
)
URDU = (
    "یہ ایک مضمون ہے جو ملک کی معیشت کے بارے میں لکھا گیا ہے اور اس میں بتایا گیا ہے "
    "کہ قیمتیں بڑھ گئی ہیں۔ "
)
HOSTILE = {
    "empty.txt": b"",
    "space.txt": b" \n\t\n",
    "binary.txt": bytes(range(256)) * 40,
    "pdf.txt": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
    "english.txt": b"The president of the country arrived in the capital on Sunday.\n" * 5,
    "persian.txt": (PERSIAN * 5).encode(),
    "urdu.txt": (URDU * 5).encode(),
    "huge.txt": ("قال الوزير " * 1_000_000).encode(),
    "surrogates.txt": FLASH.encode() + "\ud800\udfff".encode("utf-8", "surrogatepass"),
    "surrogates16.txt": b"\xff\xfe" + (FLASH * 3).encode("utf-16-le") + b"\x00\xd8\x41\x00",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_bad_input_gets_one_sentence(name: str, tmp_path: Path) -> None:
    """What is not an Arabic text is named on standard error, with exit code 1."""
    (tmp_path / name).write_bytes(HOSTILE[name])
    done = run(name, folder=tmp_path)
    assert done.returncode == 1
    assert done.stdout == ""
    assert is_one_sentence(done.stderr), done.stderr
    assert name in done.stderr


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """The sentence names the file and the next thing to try."""
    done = run("nowhere.txt", folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert is_one_sentence(done.stderr)
    assert "nowhere.txt" in done.stderr


def test_a_folder_without_articles_is_named(tmp_path: Path) -> None:
    """A folder that holds no article is an error, not an empty success."""
    (tmp_path / "photo.png").write_bytes(b"\x89PNG")
    done = run(".", folder=tmp_path)
    assert done.returncode == 1
    assert is_one_sentence(done.stderr)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_forbidden_file_is_named(tmp_path: Path) -> None:
    """A file that may not be read is an error of its own."""
    secret = tmp_path / "secret.txt"
    secret.write_text(FLASH, encoding="utf-8")
    secret.chmod(0)
    done = run(secret)
    secret.chmod(stat.S_IRUSR | stat.S_IWUSR)
    assert done.returncode == 1
    assert "permission" in done.stderr


def test_one_bad_article_does_not_stop_the_others(tmp_path: Path) -> None:
    """The bad ones are named, the good one is delivered, and the exit code says so."""
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text(FLASH, encoding="utf-8")
    (tmp_path / "c.txt").write_text("Not Arabic at all, this one. " * 3, encoding="utf-8")
    done = run(".", "missing.txt", "-f", "json", folder=tmp_path)
    assert done.returncode == 1
    assert [Path(json.loads(x)["article"]["origin"]).name for x in done.stdout.splitlines()] == [
        "b.txt"
    ]
    complaints = done.stderr.splitlines()
    assert len(complaints) == 3
    assert all(line.startswith("brief: ") for line in complaints)


USAGE = {
    "no article": [],
    "no words": ["--words", "0", "x.txt"],
    "no sentences": ["--sentences", "-1", "x.txt"],
    "unknown format": ["--format", "pdf", "x.txt"],
    "unknown option": ["--colour", "x.txt"],
    "output is a folder": ["--output", ".", "x.txt"],
    "output in no folder": ["--output", "no/such/folder/x.json", "x.txt"],
}


@pytest.mark.parametrize("case", USAGE)
def test_wrong_usage_is_exit_code_2(case: str, tmp_path: Path) -> None:
    """An option that cannot be meant ends before any work, without a traceback."""
    (tmp_path / "x.txt").write_text(FLASH, encoding="utf-8")
    done = run(*USAGE[case], folder=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["klingon", "ascii"])
def test_a_wrong_encoding_is_named(name: str, tmp_path: Path) -> None:
    """An encoding that does not exist or does not fit is named with the next thing to try."""
    (tmp_path / "x.txt").write_text(FLASH, encoding="utf-8")
    done = run("x.txt", "--encoding", name, folder=tmp_path)
    assert done.returncode == 1
    assert is_one_sentence(done.stderr)
    assert name in done.stderr


def test_a_sentence_without_end(tmp_path: Path) -> None:
    """A line of thousands of words is split, translated and accounted for."""
    words = "قال الوزير إن الحكومة سترسل مساعدات إلى القرى المجاورة في الشمال ".split()
    (tmp_path / "endless.txt").write_text(" ".join(words * 120), encoding="utf-8")
    done = run("endless.txt", "-f", "json", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    form = json.loads(done.stdout)
    assert form["coverage"]["sentences"] == 1
    assert form["translation"][0]["status"] in {"split", "retried", "failed"}


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    """`brief … | head -1` prints one line and nothing on standard error."""
    command = f"{BRIEF[0]} {SAMPLES / 'sport.txt'} --translation 2>errors | head -c 1"
    subprocess.run(["sh", "-c", command], cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / "errors").read_text() == ""


def test_a_closed_reader_ends_quietly() -> None:
    """The process ends with the code of a closed pipe."""
    process = subprocess.Popen(
        [*BRIEF, str(SAMPLES / "disaster.txt")], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    complaint = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 141
    assert complaint == b""


def test_control_c_ends_quietly(tmp_path: Path) -> None:
    """Ctrl-C ends the run with one sentence and code 130, and leaves no file."""
    text = FLASH + "".join(
        f"وقال الوزير إن {n} شخصا قتلوا في اليوم {n + 1}.\n" for n in range(3000)
    )
    (tmp_path / "long.txt").write_text(text, encoding="utf-8")
    process = subprocess.Popen(
        [*BRIEF, "long.txt", "-o", "out.txt"], cwd=tmp_path, stderr=subprocess.PIPE
    )
    time.sleep(3)
    process.send_signal(signal.SIGINT)
    assert process.stderr is not None
    complaint = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait() == 130
    assert is_one_sentence(complaint)
    assert not (tmp_path / "out.txt").exists()
