"""Training: labels from gold, calibration, the card, and one whole run where the extra is installed."""

import importlib.util
import json

import pytest

from extract.cli import main
from extract.gold import gold_documents
from extract.model import KINDS, InputError
from extract.training.calibration import Trial, calibrate, trials
from extract.training.card import Tally
from extract.training.labels import examples_of
from extract.training.recipe import Recipe
from extract.training.written import read_marked, shipped_texts, texts_of, unpack

TEXT = (
    "ACCRA, March 5, 2019 -- Ghanaian President Nana Akufo-Addo met Togolese President Faure Gnassingbe on Tuesday.\n\n"
    "Kenya exports tea to Egypt.\n\n"
    "The President of Ghana may also visit Benin.\n"
)
WRITTEN = (
    "=== 001 ===\nLOME, March 7, 2019\n\n"
    "[[1: Ghana's president was in Lome for two days]]. [[1,2: On Thursday he thanked his host, President Faure of Togo]].\n"
    "--- events ---\n"
    "1 visit/visit occurred main 2019-03-06/2019-03-07~2019-03 GHA,TGO +BEN | Lome | Nana Akufo-Addo GHA; Faure - | A visit\n"
    "2 meeting/talks occurred background 2019-03-07 GHA,TGO optional | | | A meeting\n"
    "\n=== tea ===\nKenya exports tea to Egypt.\n--- events ---\n"
)


def _gold(**changes):
    record = {
        "id": "1", "kind": "meeting", "subtype": "talks", "status": "occurred", "salience": "main", "optional": False,
        "date": "2019-03-05", "date_alt": [], "countries": ["GHA", "TGO"], "countries_optional": [],
        "organizations": [], "actors": [], "place": "Accra", "title": "Akufo-Addo meets Gnassingbe",
        "mentions": ["Ghanaian President Nana Akufo-Addo met Togolese President Faure Gnassingbe on Tuesday"],
    }  # fmt: skip
    return record | changes


@pytest.fixture
def folders(tmp_path):
    def make(*records, text=TEXT, name="one"):
        for folder in ("docs", "gold"):
            (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / "docs" / f"{name}.txt").write_text(text, encoding="utf-8")
        lines = "".join(json.dumps(record) + "\n" for record in records)
        (tmp_path / "gold" / f"{name}.jsonl").write_text(lines, encoding="utf-8")
        return tmp_path / "docs", tmp_path / "gold"

    return make


def _labels(docs, gold):
    (one,) = gold_documents(gold, docs)
    return [(example, row) for example in examples_of(one) for row in example.labels]


def test_a_sentence_of_the_gold_is_labelled_with_its_states_and_date(folders):
    rows = _labels(*folders(_gold()))
    told = [(example, row["meeting"]) for example, row in rows if row["meeting"].told]
    assert len(told) == 1
    example, label = told[0]
    words = {
        example.passage.text[mark.start : mark.end]: label.marks.get(index)
        for index, mark in enumerate(example.passage.marks)
    }
    assert label.status == "occurred" and label.salience == "main"
    assert words["Tuesday"] is True and words["Kenya"] is False and words["Egypt"] is False
    assert words["Ghanaian President Nana Akufo-Addo"] is True
    assert [row["visit"].told for _, row in rows] == [False] * len(rows)


def test_an_optional_event_is_neither_told_nor_not(folders):
    rows = _labels(*folders(_gold(optional=True)))
    assert None in [row["meeting"].told for _, row in rows]
    assert True not in [row["meeting"].told for _, row in rows]


def test_a_state_that_the_gold_leaves_open_is_not_learnt(folders):
    rows = _labels(*folders(_gold(countries=["GHA"], countries_optional=["TGO"])))
    (told,) = [(example, row["meeting"]) for example, row in rows if row["meeting"].told]
    example, label = told
    open_marks = [m for m in range(len(example.passage.marks)) if m not in label.marks]
    assert any("Gnassingbe" in example.passage.text[example.passage.marks[m].start :][:60] for m in open_marks)


def test_what_gold_does_not_cover_is_not_learnt(folders):
    docs, gold = folders(_gold())
    (gold / "one.range").write_text("0 20", encoding="utf-8")
    rows = _labels(docs, gold)
    assert {row["meeting"].told for _, row in rows[1:]} == {None}


def test_calibration_follows_what_was_right():
    found = [Trial({"always": 1.0, "sign": s}, r) for s, r in [(1.0, True)] * 400 + [(0.0, True)] * 50 + [(0.0, False)] * 350]
    made = calibrate(found)
    assert made.probability({"always": 1.0, "sign": 1.0}) > 0.9
    assert made.probability({"always": 1.0, "sign": 0.0}) == pytest.approx(5 / 40, abs=0.06)
    with pytest.raises(ValueError, match="no event"):
        calibrate([])


def test_trials_leave_out_what_the_gold_leaves_open(folders):
    from extract.detection.model import load_detector

    (one,) = gold_documents(*reversed(folders(_gold(optional=True))))
    assert list(trials(one, load_detector())) == []
    (one,) = gold_documents(*reversed(folders(_gold())))
    assert [trial.right for trial in trials(one, load_detector())] == [True]


def test_a_tally_counts_right_invented_and_missed():
    tally = Tally()
    for told, said in [(True, True), (True, True), (False, True), (True, False), (False, False)]:
        tally.add(told, said)
    assert (tally.right, tally.invented, tally.missed) == (2, 1, 1)
    assert tally.f1 == pytest.approx(2 / 3)
    assert Tally().f1 == 0


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"layers": 0}, "layers"),
        ({"layers": 7}, "layers"),
        ({"epochs": 0}, "epochs"),
        ({"rate": 1.5}, "rate"),
        ({"repeats": 0}, "repeats"),
    ],
)
def test_a_recipe_that_cannot_be_cooked_is_refused(change, named):
    with pytest.raises(InputError, match=named):
        Recipe(**change)


def test_training_without_the_extra_says_what_to_install(folders, tmp_path, monkeypatch, capsys):
    import sys

    docs, gold = folders(_gold())
    monkeypatch.setitem(sys.modules, "torch", None)
    for name in [name for name in sys.modules if name.startswith("extract.training.")]:
        if name.split(".")[-1] in ("run", "export", "fitting", "network"):
            monkeypatch.delitem(sys.modules, name)
    assert main(["train", "--data", str(docs), str(gold), "-o", str(tmp_path / "weights")]) == 2
    assert "pip install -e '.[train]'" in capsys.readouterr().err
    assert not (tmp_path / "weights").exists()


@pytest.mark.skipif(importlib.util.find_spec("torch") is None, reason="the extra `train` (torch) is not installed")
def test_training_makes_weights_that_can_be_read(folders, tmp_path):
    from extract.detection.model import Detector
    from extract.pipeline import read_events
    from extract.reading import read_document

    for name in ("one", "two", "three", "four"):
        docs, gold = folders(_gold(), name=name)
    output = tmp_path / "weights"
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "few.md").write_text(WRITTEN, encoding="utf-8")
    arguments = ["train", "--data", str(docs), str(gold), "--texts", str(texts), "-o", str(output)]
    arguments += ["--layers", "1", "--epochs", "1"]
    assert main(arguments) == 0
    assert {file.name for file in output.iterdir()} == {"detector.onnx", "tokenizer.json", "confidence.json", "card.md"}
    card = (output / "card.md").read_text(encoding="utf-8")
    assert "4 documents with 4 gold events" in card and "--layers 1 --epochs 1" in card
    assert "2 texts written for training" in card
    assert read_events(read_document(docs / "one.txt"), Detector(output)).clusters


def test_a_marked_text_becomes_a_document_with_gold(tmp_path):
    (tmp_path / "few.md").write_text(WRITTEN, encoding="utf-8")
    documents, gold = unpack(tmp_path, tmp_path / "out")
    first, tea = gold_documents(gold, documents)
    text = first.path.read_text(encoding="utf-8")
    assert text.endswith("for two days. On Thursday he thanked his host, President Faure of Togo.\n") and "[[" not in text
    visit, meeting = first.events
    assert (visit.dates, visit.countries, visit.countries_optional) == (
        ("2019-03-06/2019-03-07", "2019-03"), {"GHA", "TGO"}, {"BEN"}
    )  # fmt: skip
    assert [text[span.start : span.end][:11] for span in visit.ranges] == ["Ghana's pre", "On Thursday"]
    assert (meeting.kind, meeting.salience, meeting.optional, visit.optional) == ("meeting", "background", True, False)
    assert tea.events == () and tea.name == "few_tea"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("=== 001 ===\n", "x\n=== 001 ===\n", "before the first line"),
        ("--- events ---", "--- acts ---", "no line `--- events ---`"),
        ("days]]", "days", "not closed"),
        ("1 visit/visit", "1 trip/visit", "'trip' is not one of"),
        ("occurred main", "happened main", "'happened' is not one of"),
        ("2019-03-06/2019-03-07~", "2019-03-32~", "no EDTF date: 2019-03-32"),
        ("GHA,TGO +BEN", "GHA,TOG +BEN", "no state: TOG"),
        ("2 meeting", "3 meeting", "no passage of the text tells it"),
        ("2 meeting/talks occurred background 2019-03-07 GHA,TGO optional | | | A meeting\n", "", "not listed: [2]"),
        ("| | | A meeting", "| A meeting", "not `number kind/subtype"),
    ],
)
def test_a_fault_of_a_marked_text_is_named(tmp_path, old, new, reason):
    assert old in WRITTEN
    (tmp_path / "few.md").write_text(WRITTEN.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as error:
        unpack(tmp_path, tmp_path / "out")
    assert reason in str(error.value) and "few.md" in str(error.value)


def test_the_texts_that_come_with_the_project_are_sound():
    texts = [text for file in sorted(shipped_texts().glob("*.md")) for text in texts_of(file)]
    events = [event for name, content in texts for event in read_marked(content, name)[1]]
    assert len(texts) > 800 and {event["kind"] for event in events} == set(KINDS)
    assert len({state for event in events for state in event["countries"]}) > 190
