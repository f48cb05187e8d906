"""BM25 as it is taken off the shelf: the baseline that ranking is measured against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import jieba
import numpy as np

K1, B = 1.2, 0.75


class PlainBm25:
    """Over the words of whole texts, cut by stock jieba in search mode. folder: for its cache."""

    name = f"k1 {K1}, b {B}, jieba search mode"

    def __init__(self, texts: Iterable[str], folder: Path) -> None:
        self._jieba = jieba.Tokenizer()
        self._jieba.tmp_dir = str(folder)
        numbers: dict[str, list[int]] = {}
        counts: dict[str, list[int]] = {}
        lengths = []
        for number, text in enumerate(texts):
            found = Counter(self._words(text))
            lengths.append(found.total())
            for word, count in found.items():
                numbers.setdefault(word, []).append(number)
                counts.setdefault(word, []).append(count)
        self._norm = K1 * (1 - B + B * np.array(lengths) / (np.mean(lengths) if lengths else 1))
        self._postings = {
            word: (np.array(listed), np.array(counts[word])) for word, listed in numbers.items()
        }

    def best(self, question: str, most: int) -> list[int]:
        """The numbers of the texts that match best, in order; none that does not match."""
        scores = np.zeros(self._norm.size)
        for word, times in Counter(self._words(question)).items():
            if word in self._postings:
                found, count = self._postings[word]
                idf = np.log(1 + (scores.size - found.size + 0.5) / (found.size + 0.5))
                scores[found] += times * idf * count * (K1 + 1) / (count + self._norm[found])
        order = np.argsort(-scores, kind="stable")[:most]
        return [int(number) for number in order if scores[number] > 0]

    def _words(self, text: str) -> list[str]:
        return [word for word in self._jieba.cut_for_search(text) if word.strip()]
