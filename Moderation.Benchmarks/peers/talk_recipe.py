#!/usr/bin/python3
"""The talk's recipe in scikit-learn: the peer of `train --recipe talk`.

Cleaned text -> lower-cased tokens (an address is `URL`, a lone punctuation mark is dropped) -> TF-IDF over 1- to 3-grams (min_df 3,
1,000 features, sublinear tf, smoothed idf, l2 norm) -> logistic regression (C = 1, l2).

The talk's tokens are spaCy's lemmas. This peer has none: its tokens are the words as they stand, cut by a regular
expression. What lemmas are worth is therefore part of the difference to the program's recipe.
"""

import re
import unicodedata

import peer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

# An address, a word with apostrophes inside, or a run of one symbol.
_TOKEN = re.compile(r"(?P<url>(?:https?://|www\.)[^\s<>\"]+)|\w+(?:['’]\w+)*|(?P<symbol>[^\w\s])(?P=symbol)*", re.IGNORECASE)


def tokens(text):
    found = []
    for match in _TOKEN.finditer(peer.clean(text)):
        if match["url"]:
            found.append("URL")
        elif not (match["symbol"] and len(match[0]) == 1 and unicodedata.category(match[0]) != "So"):
            # A picture (an emoji) is no lone mark.
            found.append(match[0].lower().replace("’", "'"))
    return found


def fit(texts, labels):
    features = TfidfVectorizer(
        analyzer=lambda text: _grams(tokens(text)), min_df=3, max_features=1000, sublinear_tf=True, smooth_idf=True, norm="l2")
    model = LogisticRegression(C=1.0, penalty="l2", max_iter=1000)
    model.fit(features.fit_transform(texts), labels)
    return lambda batch: model.predict_proba(features.transform(batch))[:, 1], {"features": len(features.vocabulary_)}


def _grams(words):
    return [" ".join(words[i:i + n]) for n in (1, 2, 3) for i in range(len(words) - n + 1)]


if __name__ == "__main__":
    peer.run("talk-sklearn", __doc__, fit)
