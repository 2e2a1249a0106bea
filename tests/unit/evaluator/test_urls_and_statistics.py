"""The shared pure functions that verdicts and figures rest on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.statistics import wilson
from infra.urls import canonical_url


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTP://Example.COM:80", "http://example.com/"),
        ("https://x:443/a/./b/../c/", "https://x/a/c/"),
        ("http://x:8080/a#part", "http://x:8080/a"),
        ("http://x/#/orders", "http://x/#/orders"),
        ("http://x/shop/index.html?b=2&a=1", "http://x/shop/?a=1&b=2"),
        ("http://x/?q=a+b&utm_source=n&gclid=1&fbclid=2", "http://x/?q=a+b"),
        ("http://x/?q=a%20b%26c", "http://x/?q=a+b%26c"),
        ("http://x/a;jsessionid=0AF?PHPSESSID=abc", "http://x/a"),
        ("http://x/?sid=0123456789abcdef0&id=7", "http://x/?id=7"),
        ("http://x/?sid=7", "http://x/?sid=7"),
        ("http://x/?c=2&c=1&q=", "http://x/?c=2&c=1&q="),
        ("http://x/a%2fb/%7Euser", "http://x/a%2Fb/~user"),
        ("http://user:secret@x/", "http://x/"),
        ("http://x/%ff", "http://x/%FF"),
        ("about:blank#x", "about:blank"),
    ],
)
def test_canonical_urls(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical
    assert canonical_url(canonical) == canonical


@given(st.text(max_size=30), st.text(max_size=30))
def test_canonical_form_is_stable(path: str, query: str) -> None:
    once = canonical_url(f"http://example.com/{path}?{query}")
    assert canonical_url(once) == once


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [  # Wilson's formula worked out by hand with z = 1.96
        (0, 0, 0.0, 1.0),
        (0, 10, 0.0, 0.27754),
        (10, 10, 0.72246, 1.0),
        (7, 10, 0.39677, 0.89221),
        (50, 100, 0.40383, 0.59617),
    ],
)
def test_wilson(successes: int, n: int, low: float, high: float) -> None:
    assert wilson(successes, n) == pytest.approx((low, high), abs=1e-5)


def test_wilson_refuses_the_impossible() -> None:
    with pytest.raises(ValueError, match="impossible"):
        wilson(3, 2)


@given(st.integers(0, 500), st.integers(1, 500))
def test_wilson_holds_the_proportion(successes: int, n: int) -> None:
    successes = min(successes, n)
    low, high = wilson(successes, n)
    assert 0 <= low <= successes / n <= high <= 1
