"""The trained encoder: windows, judgements, what they decide, and what happens without it."""

import hashlib
import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from told import document

from extract.detection.model import FAR, WEIGHTS, Detector, inputs, load_detector, shipped
from extract.detection.windows import WHO, WINDOW, Mark, Passage, windows
from extract.events.confidence import FILE, Calibration, load_calibration, read_calibration, signals
from extract.events.mention import TRAINED
from extract.explain import explain
from extract.model import KINDS, STATUSES, InputError, Span
from extract.pipeline import annotate, combine, read_events, run
from extract.record import to_jsonl

UNTOLD = (
    "ACCRA, March 5, 2019 -- Ghanaian President Nana Akufo-Addo and his Togolese counterpart Faure Gnassingbe on Tuesday "
    "reviewed bilateral cooperation in Accra.\n\n"
    "Kenya exports tea to Egypt, and prices rose again in Mombasa.\n"
)
# What the constructions of the rules rule out, the encoder must not bring back.
NO_ACTS = (
    "Peru could meet Chile in the final on Sunday.",
    "Argentina met Brazil in the semi-final on Tuesday, and the striker scored twice.",
    "Tourists from Norway visited Greece on Monday.",
    "Zambia hopes to hold talks with Angola.",
    "Zambia urged Angola to hold talks with Congo.",
    "Kenyan President Mwai Kibaki denied that he had met Ugandan President Yoweri Museveni.",
    "If Kenyan President Mwai Kibaki met Ugandan President Yoweri Museveni, trade would gain.",
    "A museum in Portugal lent three paintings to a gallery in Austria last week.",
    "Ghana's trade with Togo grew by a tenth in 2014, and cocoa was its main good.",
)


@pytest.fixture(scope="module")
def detector():
    found = load_detector()
    assert found is not None, "the weights are part of the package"
    return found


def _passage(sentences, titles=()):
    """Make a passage of sentences; every word in capitals is marked as a state."""
    text, spans, marks = "", [], []
    for sentence in sentences:
        start = len(text)
        text += sentence + " "
        spans.append(Span(start, start + len(sentence)))
        place = start
        for word in sentence.split(" "):
            if word.isupper():
                marks.append(Mark(place, place + len(word), "state"))
            place += len(word) + 1
    return Passage(text, tuple(spans), tuple(i in titles for i in range(len(spans))), tuple(marks))


_SENTENCES = st.lists(
    st.lists(st.sampled_from(["PERU", "CHAD", "met", "the", "minister", "üñî", "東京", "1999"]), min_size=1, max_size=60)
    .map(" ".join), max_size=25,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(_SENTENCES, st.integers(0, WINDOW))
def test_each_sentence_with_somebody_is_asked_once(sentences, shift):
    passage = _passage(sentences)
    found = windows(passage, load_detector().tokenizer, shift)
    asked = [number for window in found for number in window.asked]
    assert asked == [n for n, sentence in enumerate(sentences) if "PERU" in sentence or "CHAD" in sentence]
    for window in found:
        assert len(window.pieces) == len(window.spans)
        assert {number for number, _, _ in window.asked_sentences} == set(window.asked)
        for number, first, last in window.sentences:
            assert 0 < first < last < len(window.pieces)
            span = passage.sentences[number]
            assert all(span.start <= a <= b <= span.end for a, b in window.spans[first:last])
        for mark, first, last in window.marks:
            spans = window.spans[first:last]
            assert spans[0][0] <= passage.marks[mark].start < spans[-1][1]


def test_a_window_opens_with_the_headline_and_the_sentence_before(detector):
    long = "PERU " + "and the minister of trade said so again " * 12
    passage = _passage(["PERU and CHAD talk", *[long] * 4], titles={0})
    found = windows(passage, detector.tokenizer)
    assert len(found) > 1
    for window in found[1:]:
        read = [number for number, _, _ in window.sentences]
        assert 0 in read and window.asked[0] - 1 in read
        assert not {0, window.asked[0] - 1} & set(window.asked)


def test_what_the_encoder_takes_has_the_documented_shapes(detector):
    passage = _passage(["PERU and CHAD met.", "It rained.", "CHAD thanked PERU."])
    (window,) = windows(passage, detector.tokenizer)
    arrays = inputs(passage, window)
    asked, marks, pieces = len(window.asked), len(window.marks), len(window.pieces)
    assert {name: array.shape for name, array in arrays.items()} == {
        "pieces": (1, pieces), "sentences": (asked, pieces), "marks": (marks, pieces), "sorts": (marks,),
        "distances": (asked, marks),
    }  # fmt: skip
    assert np.allclose(arrays["sentences"].sum(axis=1), 1) and np.allclose(arrays["marks"].sum(axis=1), 1)
    # The marks of the third sentence lie two after the first, and those of the first two before the third.
    assert arrays["distances"].tolist() == [[FAR, FAR, FAR + 2, FAR + 2], [FAR - 2, FAR - 2, FAR, FAR]]


def test_a_judgement_is_a_probability_for_every_kind_status_and_mark(detector):
    passage = _passage(["PERU and CHAD met in Lima on Friday."])
    (reading,) = detector.read(passage).values()
    assert tuple(reading) == KINDS
    for judgement in reading.values():
        assert 0 <= judgement.probability <= 1 and 0 <= judgement.main <= 1
        assert len(judgement.status) == len(STATUSES) and abs(sum(judgement.status) - 1) < 0.01
        assert set(judgement.marks) == {0, 1} and all(0 <= p <= 1 for p in judgement.marks.values())
        assert passage.sentences[0].start <= judgement.start < passage.sentences[0].end


def test_a_passage_without_anybody_is_not_asked(detector):
    assert detector.read(_passage(["It rained all day.", "The minister met the press."])) == {}
    assert "time" not in WHO


def test_an_act_without_a_trigger_word_is_found_with_its_parties(detector):
    reading = read_events(document(UNTOLD), detector)
    found = [event for event in combine([reading]).events if event.kind == "meeting"]
    assert [(set(event.countries), event.date) for event in found] == [({"GHA", "TGO"}, "2019-03-05")]
    assert found[0].sources[0].rule == f"meeting:{TRAINED}"
    assert not [e for e in combine([read_events(document(UNTOLD))]).events if e.kind == "meeting"], "no rule finds it"


def test_explain_shows_a_trained_decision_with_its_probability(detector):
    lines = list(explain(document(UNTOLD), detector=detector))
    (founder,) = [line for line in lines if f"encoder meeting:{TRAINED}" in line]
    decided = lines[lines.index(founder) + 1]
    assert decided.strip().startswith("encoder: meeting here 0.") or "meeting here 1.000" in decided
    assert "status occurred" in decided and "GHA takes part" in decided and "TGO takes part" in decided


@pytest.mark.parametrize("text", NO_ACTS)
def test_what_is_no_act_stays_none_with_the_encoder(text, detector):
    text = "NAIROBI, October 7, 2015 -- " + text + "\n"
    found = [cluster.best for cluster in read_events(document(text), detector).clusters]
    assert [mention.rule for mention in found if mention.kind != "statement"] == []
    assert not [mention for mention in found if mention.is_trained]


def test_a_refused_visit_brings_no_statement(detector):
    text = "CAIRO, October 7, 2015 -- Egyptian President Abdel Fattah el-Sisi has put off his visit to Turkey.\n"
    found = [(c.best.kind, c.best.status) for c in read_events(document(text), detector).clusters]
    assert found == [("visit", "cancelled")]


class Doubtful:
    """Takes every sentence to tell acts as likely as `likely` has it, and of kinds not in it with 0.001."""

    def __init__(self, **likely):
        self.likely = dict.fromkeys(KINDS, 0.001) | likely

    def read(self, passage):
        return {
            number: {kind: replace(judgement, probability=self.likely[kind]) for kind, judgement in reading.items()}
            for number, reading in load_detector().read(passage).items()
        }


MET = "Kenyan President William Ruto met Ugandan President Yoweri Museveni in Nairobi on 4 May 2023.\n"


@pytest.mark.parametrize(
    ("likely", "reason"),
    [({"statement": 0.2}, "no meeting here (probability 0.001)"), ({"visit": 0.05}, "no act here (probability 0.050)")],
)
def test_what_the_encoder_finds_unlikely_is_dropped_with_the_probability(likely, reason):
    assert [c.best.kind for c in read_events(document(MET)).clusters] == ["meeting"]
    reading = read_events(document(MET), Doubtful(**likely))
    assert not reading.clusters
    assert [f"the encoder finds {reason}"] == [d.reason for d in reading.dropped if "finds" in d.reason]


@pytest.mark.parametrize(
    ("text", "likely", "parsed"),
    [
        (MET, 0.2, [True]),
        (MET, 0.05, [False]),
        ("ANNE MUTISO (Kenya) met the chair of the body.\n", 0.05, [True]),  # who speaks on a floor
        ("Kenya and Uganda meet\n\nKenya met Uganda.\n", 0.05, [True, False]),  # a headline
        ("The two met on Monday.\n", 0.05, [True]),  # names nobody: the encoder is not asked
    ],
)
def test_what_the_encoder_takes_for_no_act_is_not_parsed(text, likely, parsed):
    (ann,) = annotate(document(text), Doubtful(meeting=likely))
    assert [any(token.pos_ for token in sentence.span) for sentence in ann.parsed.sentences] == parsed


def test_without_weights_rules_work_alone(tmp_path, monkeypatch):
    file = tmp_path / "a.txt"
    file.write_text(UNTOLD, encoding="utf-8")
    monkeypatch.setattr("extract.pipeline.load_detector", lambda: None)
    monkeypatch.setattr("extract.pipeline.load_calibration", lambda: None)
    without = run([file])
    assert to_jsonl(without.events) == to_jsonl(run([file], by_rules=True).events)
    assert all(event.confidence is None for event in without.events)


def test_the_same_document_reads_the_same_beside_any_other(detector):
    other = "Peruvian President Alan Garcia visited Chad in May 2009. " * 3
    alone = detector.read(_passage(["PERU and CHAD met in Lima."]))
    detector.read(_passage([other]))
    assert detector.read(_passage(["PERU and CHAD met in Lima."])) == alone


@pytest.mark.parametrize("broken", [WEIGHTS, "tokenizer.json"])
def test_an_unusable_file_is_named(tmp_path, broken):
    from extract.detection import model

    shipped = model.shipped()
    for name in (WEIGHTS, "tokenizer.json"):
        (tmp_path / name).write_bytes(b"no model" if name == broken else (shipped / name).read_bytes())
    with pytest.raises(InputError, match=broken.replace(".", r"\.")):
        Detector(tmp_path)


def test_the_shipped_weights_are_those_of_their_card_with_fused_attention():
    weights = (shipped() / WEIGHTS).read_bytes()
    assert hashlib.sha256(weights).hexdigest() in (shipped() / "card.md").read_text(encoding="utf-8")
    assert weights.count(b"MultiHeadAttention") == 3


def test_confidence_is_shipped_and_told():
    calibration = load_calibration()
    assert calibration is not None
    text = "Kenyan President William Ruto met Ugandan President Yoweri Museveni in Nairobi on 4 May 2023.\n"
    reading = read_events(document(text), load_detector())
    (event,) = combine([reading], calibration=calibration).events
    assert event.confidence == calibration.confidence(reading.clusters[0])
    assert 0.5 < event.confidence <= 1
    assert set(signals(reading.clusters[0])) == set(calibration.weights)


def test_a_calibration_that_is_none_is_named(tmp_path):
    (tmp_path / FILE).write_text("[1, 2]", encoding="utf-8")
    with pytest.raises(InputError, match=r"confidence\.json"):
        read_calibration(tmp_path)
    (tmp_path / FILE).write_text(json.dumps({"always": 0.0}), encoding="utf-8")
    assert read_calibration(tmp_path) == Calibration({"always": 0.0})
    assert read_calibration(tmp_path).probability({"always": 1.0}) == 0.5
