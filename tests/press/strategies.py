"""Any paper that the model allows, made of given words."""

from hypothesis import strategies as st

from hefa.press import Blank, Block, Field, Fields, Heading, Paper, Para, Run, Signatures, Table


def any_line(words: st.SearchStrategy[str]) -> st.SearchStrategy[list[Run]]:
    figure = st.none() | st.text("abc._", min_size=1, max_size=8)
    return st.lists(st.builds(Run, words, figure=figure, bold=st.booleans()), max_size=3)


@st.composite
def any_table(draw: st.DrawFn, words: st.SearchStrategy[str]) -> Table:
    columns = draw(st.integers(1, 4))
    row = st.lists(any_line(words), min_size=columns, max_size=columns)
    sides = st.lists(st.sampled_from(["left", "center", "right"]), min_size=columns, max_size=columns)
    widths = st.lists(st.floats(0.1, 100), min_size=columns, max_size=columns)
    rows = draw(st.lists(row, max_size=3))
    return Table(draw(row), rows, draw(sides | st.just([])), draw(words), draw(widths | st.just([])))


def any_block(words: st.SearchStrategy[str]) -> st.SearchStrategy[Block]:
    line = any_line(words)
    field = st.builds(Field, words, line, st.integers(1, 20))
    return st.one_of(
        st.builds(Heading, st.integers(1, 4), line),
        st.builds(Para, line, st.booleans()),
        any_table(words),
        st.builds(Fields, st.lists(st.lists(field, min_size=1, max_size=3), max_size=3)),
        st.builds(Signatures, st.lists(words, max_size=3), st.sampled_from([1, 2])),
        st.just(Blank()),
    )


def any_paper(words: st.SearchStrategy[str]) -> st.SearchStrategy[Paper]:
    with_name = st.tuples(st.sampled_from(["document", "letter"]), st.none() | words)
    without = st.tuples(st.sampled_from(["report", "form"]), st.none())
    return (with_name | without).flatmap(lambda head: _any_paper(words, *head))


def _any_paper(words: st.SearchStrategy[str], kind: str, office: str | None) -> st.SearchStrategy[Paper]:
    return st.builds(
        Paper,
        kind=st.just(kind),
        title=words.map(lambda text: text + "题"),
        office=st.just(office),
        doc_no=words,
        to=words,
        body=st.lists(any_block(words), max_size=4).map(tuple),
        attachments=st.lists(words, max_size=3).map(tuple),
        signed_by=words,
        signed_on=st.dates(),
        copy_to=words,
        printed_by=words,
        note=words,
        sample=st.booleans(),
    )
