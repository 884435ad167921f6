"""Problem text: the Markdown subset prints alike in Typst and HTML, the rest is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partialcredit.errors import FamilyError, MathError
from partialcredit.writers.compiler import compile_document
from partialcredit.writers.prose.html import print_html
from partialcredit.writers.prose.typst import print_typst


@pytest.mark.parametrize(
    ("text", "typst", "html"),
    [
        ("a *b* **c**", "a #emph[b]; #strong[c];", "<p>a <em>b</em> <strong>c</strong></p>"),
        ("`x_1`", '#raw("x_1");', "<p><code>x_1</code></p>"),
        ("#x_y @z", "\\#x\\_y \\@z", "<p>#x_y @z</p>"),
        ("costs \\$5", "costs \\$5", "<p>costs $5</p>"),
        ("3 < 4 & 5", "3 \\< 4 \\& 5", "<p>3 &lt; 4 &amp; 5</p>"),
        ("a\nb", "a\nb", "<p>a\nb</p>"),
        ("- a\n- b", "#list[a][b]", "<ul><li>a\n</li>\n<li>b\n</li>\n</ul>"),
        (
            "3. a\n4. b",
            "#enum(start: 3)[a][b]",
            '<ol start="3">\n<li>a\n</li>\n<li>b\n</li>\n</ol>',
        ),
        ("![alt](figure:0)", "FIGURE", "FIGURE"),
    ],
)
def test_constructs(text: str, typst: str, html: str) -> None:
    assert print_typst(text, ("FIGURE",)) == typst
    assert print_html(text, ("FIGURE",)) == html


def test_tables_keep_their_alignment() -> None:
    text = "| $t$ | b |\n|:-:|--:|\n| 1 | 2 |"
    assert print_typst(text).startswith("#data-table(2, align: (center, right,), table.header[")
    assert '<td style="text-align:right">2</td>' in print_html(text)


def test_an_equation_before_a_bracket_is_not_a_call() -> None:
    assert "];(" in print_typst("$x$(y)")


def test_only_a_long_formula_may_break_in_a_line() -> None:
    assert print_typst(r"$J(\theta) = 5(\theta + 3)^2$").startswith("#box[")
    assert print_typst("$" + " + ".join("abcdefghijklmnop") + "$").startswith("#equation(")


@pytest.mark.parametrize(
    "text",
    ["<b>x</b>", "a <br> b", "# heading", "[a](http://b)", "    code", "---", "![a](http://b)",
     "![a](figure:1)", "a $ b", "it costs $5"],
)  # fmt: skip
def test_what_no_printer_knows_is_refused(text: str) -> None:
    for printed in (print_typst, print_html):
        with pytest.raises(FamilyError):
            printed(text, ("FIGURE",))


MARKS = [*"\\`*_{}[]<>()#+-.!|$&~^'\"/=:;,@ \n", "a", "1", "$x$", "\u00ad", "\x00", "\ud800", "é"]


@pytest.mark.slow
@given(st.lists(st.sampled_from(MARKS), max_size=30).map("".join))
@settings(max_examples=300)
def test_any_text_prints_as_text_or_is_refused(text: str) -> None:
    try:
        printed = print_typst(text)
    except (FamilyError, MathError):
        return
    compile_document(f'#set document(title: "t")\n#[\n{printed}\n]', "pdf")
    assert print_html(text) is not None


def test_words_that_lead_to_a_display_stay_on_its_page() -> None:
    text = "The sum is\n\n$$ a $$\n\nand so\n\n$$ b $$"
    kept = "#block(width: 100%, sticky: true)"
    assert print_typst(text, lead="#label;").startswith(f"{kept}[#label;The sum is]")
    assert print_typst("$$ a $$", lead="#label;").startswith(f"{kept}[#label;]")
    assert print_typst(text).startswith("The sum is\n\n")  # beside the letter of a part
    assert f"{kept}[and so]" in print_typst(text)


def test_words_that_lead_to_a_figure_or_a_list_stay_on_its_page() -> None:
    text = "The window:\n\n![a](figure:0)\n\n![b](figure:1)\n\n$$ a $$\n\nThese:\n\n- one\n"
    printed = print_typst(text, ("#picture(0)", "#picture(1)"), lead="#label;")
    kept = "#block(width: 100%, sticky: true)"
    assert printed.startswith(f"{kept}[#label;The window\\:]")
    assert f"{kept}[These\\:]" in printed
    assert printed.count(kept) == 2
