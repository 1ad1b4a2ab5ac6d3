"""Long sentences in pieces, and pieces stitched together."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brief.translate.pieces import split, stitch

ARABIC_TEXT = st.text(alphabet="ابتوي كلم،؛.:\"'() 123a\n\u2003\U0001f600", max_size=300)


def words(text: str) -> int:
    """Count words, a long one as one token for every five characters."""
    return sum(-(-len(word) // 5) for word in text.split())


@settings(deadline=None)
@given(text=ARABIC_TEXT, limit=st.integers(1, 30))
def test_pieces_give_the_text_back_and_fit(text: str, limit: int) -> None:
    """Joined, the pieces are the text; each is within the limit."""
    pieces = split(text, limit, words)
    assert "".join(pieces) == text
    assert all(words(piece) <= limit for piece in pieces)


@settings(deadline=None)
@given(text=ARABIC_TEXT, limit=st.integers(2, 30))
def test_pieces_fit_a_tokenizer_that_does_not_add_up(text: str, limit: int) -> None:
    """A tokenizer that finds more in a text than in its words gets smaller pieces."""

    def count(text: str) -> int:
        return words(text) + len(text.split()) // 3

    pieces = split(text, limit, count)
    assert "".join(pieces) == text
    assert all(count(piece) <= limit for piece in pieces)


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        pytest.param("قال كلمة", 2, ["قال كلمة"], id="fits"),
        pytest.param("", 2, [], id="empty"),
        pytest.param("ا ب ج د؛ ه و ز", 5, ["ا ب ج د؛ ", "ه و ز"], id="semicolon"),
        pytest.param("ا ب، ج د؛ ه و ز", 5, ["ا ب، ج د؛ ", "ه و ز"], id="semicolon before comma"),
        pytest.param("ا ب ج، د ه و ز", 5, ["ا ب ج، ", "د ه و ز"], id="comma"),
        pytest.param("ا ب،ج د ه و", 4, ["ا ب،", "ج د ه و"], id="comma without space"),
        pytest.param("ا ب ج د حيث ه و ز", 6, ["ا ب ج د ", "حيث ه و ز"], id="conjunction"),
        pytest.param("ا ب ج د وقال ه ز", 6, ["ا ب ج د ", "وقال ه ز"], id="and + verb"),
        pytest.param("ا ب ج د ه ز", 3, ["ا ب ج ", "د ه ز"], id="between words, even"),
        pytest.param("ا ب ج 3 ه ز", 4, ["ا ب ", "ج 3 ه ز"], id="number keeps its neighbours"),
        pytest.param("ا، ب ج د ه و ز ح", 6, ["ا، ب ج د ", "ه و ز ح"], id="no scraps"),
    ],
)
def test_softest_boundary(text: str, limit: int, expected: list[str]) -> None:
    """A sentence is cut where it is softest, unless a scrap would be left."""
    assert split(text, limit, words) == expected


def test_a_word_longer_than_the_limit_is_cut_by_characters() -> None:
    """A token of 10,000 characters is all there."""
    token = "ABCDEFGHIJ" * 1000
    pieces = split(f"قال {token} انتهى", 50, words)
    assert "".join(pieces) == f"قال {token} انتهى"
    assert max(map(words, pieces)) <= 50


def test_counting_does_not_grow_with_the_square() -> None:
    """A sentence of 50,000 words costs a few characters counted for each of its own."""
    text = " ".join(f"كلمة{n}" for n in range(50_000))
    counted = 0

    def count(text: str) -> int:
        nonlocal counted
        counted += len(text)
        return words(text)

    assert "".join(split(text, 80, count)) == text
    assert counted < 5 * len(text)


@pytest.mark.parametrize(
    ("sources", "texts", "expected"),
    [
        pytest.param(["ا ", "ب"], ["He said", "it rained."], "He said it rained.", id="plain"),
        pytest.param(
            ["ا، ", "ب."], ["He said.", "The rain fell."], "He said, the rain fell.", id="comma"
        ),
        pytest.param(
            ["ا؛ ", "ب."], ["He came.", "She left."], "He came; she left.", id="semicolon"
        ),
        pytest.param(
            ["ا ", "ب."], ["He said.", "In Cairo."], "He said in Cairo.", id="stop without source"
        ),
        pytest.param(
            ["ا. ", "ب."], ["He came.", "The rain fell."], "He came. The rain fell.", id="real stop"
        ),
        pytest.param(
            ["ا، ", "ب"], ["In the U.S.", "Obama won."], "In the U.S. Obama won.", id="abbreviation"
        ),
        pytest.param(
            ["ا، ", "ب"], ["He came.", "Cairo slept."], "He came, Cairo slept.", id="name stays"
        ),
        pytest.param(["ا ", "ب"], ["He came", ", then left"], "He came, then left", id="mark"),
        pytest.param(["ا ", "ب ", "ج"], ["One", "  ", "two"], "One two", id="empty piece"),
        pytest.param(["ا ", "ب"], ["", ""], "", id="all empty"),
        pytest.param(["ا ", "ب"], ["One .", "two"], "One two", id="space before the stop"),
        pytest.param(["ABC", "DEF ", "ب"], ["ABC", "DEF", "x"], "ABCDEF x", id="cut word"),
        pytest.param(["ا؟ ", "ب"], ["Why?", "The end."], "Why? The end.", id="question"),
    ],
)
def test_stitch(sources: list[str], texts: list[str], expected: str) -> None:
    """Stitched pieces read as one sentence."""
    assert stitch(sources, texts) == expected


@settings(deadline=None)
@given(st.lists(st.tuples(st.text(max_size=9), st.text("aT.,;?! ", max_size=9)), max_size=9))
def test_stitch_never_doubles_a_space_between_pieces(pairs: list[tuple[str, str]]) -> None:
    """Seams have one space at most, and every letter is still there."""
    texts = [" ".join(text.split()) for _, text in pairs]
    joined = stitch([source for source, _ in pairs], texts)
    assert "  " not in joined
    letters = "".join(c for text in texts for c in text.lower() if c.isalpha())
    assert "".join(c for c in joined.lower() if c.isalpha()) == letters
