"""The reading of pages that the other tests here rest on."""

from __future__ import annotations

from docs.pages import Block, commands, difference, same


def test_a_line_left_out_stands_for_any_lines() -> None:
    assert not difference(["a", "…", "d"], ["a", "b", "c", "d"])
    assert not difference(["a", "…"], ["a", "b"])
    assert not difference(["…", "d"], ["d"])


def test_what_is_shown_must_be_printed_in_order() -> None:
    assert difference(["a", "…", "d"], ["a", "b", "c"])
    assert difference(["…", "b", "…", "a", "…"], ["a", "b"])
    assert difference(["a", "b"], ["a", "x", "b"])


def test_what_is_printed_must_be_shown() -> None:
    assert difference(["a"], ["a", "b"])
    assert difference([], ["a"])
    assert not difference([], [])


def test_text_left_out_of_a_line() -> None:
    assert same("Verdict: … conformant", "Verdict: ✓ conformant")
    assert not same("Verdict: … conformant", "Verdict: ✗ nonconformant.")
    assert not same("1.1", "1x1")


def test_the_width_of_columns_does_not_matter_and_the_indent_does() -> None:
    assert same("✓ conformant  1.1 Scope", "✓ conformant      1.1 Scope")
    assert not same("1.1 Scope", "  1.1 Scope")


def test_a_console_block_falls_into_commands() -> None:
    block = Block(("console",), "$ one \\\n  two\nprinted\n$ three\n", 1)
    assert [(c.text, c.prints) for c in commands(block)] == [("one   two", ("printed",)), ("three", ())]
