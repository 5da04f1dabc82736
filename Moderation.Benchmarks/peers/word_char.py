#!/usr/bin/python3
"""Words and characters in scikit-learn: the peer of the program's default recipe.

Cleaned text -> TF-IDF of words (1- to 2-grams) beside TF-IDF of characters inside words (3- to 5-grams), both sublinear with
min_df 2 -> logistic regression whose C has the least log-loss in cross-validation on the training rows alone (or is the one
that --strength names).
"""

import re

import peer
import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline, make_union

STRENGTHS = (0.3, 1.0, 3.0, 10.0)

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"]+", re.IGNORECASE)


def prepared(text):
    return _ADDRESS.sub(" URL ", peer.clean(text)).lower()


def vectorizers():
    return make_union(
        TfidfVectorizer(preprocessor=prepared, ngram_range=(1, 2), min_df=2, sublinear_tf=True),
        TfidfVectorizer(preprocessor=prepared, analyzer="char_wb", ngram_range=(3, 5), min_df=2, sublinear_tf=True))


def classifier(strength):
    return LogisticRegression(C=strength, solver="liblinear")


def cross_validated(texts, labels):
    """Mean log-loss out of fold for each strength; each fold fits a vocabulary of its own, which all strengths share."""
    losses = {strength: [] for strength in STRENGTHS}
    for train, test in StratifiedKFold(n_splits=5, shuffle=True, random_state=1).split(texts, labels):
        features = vectorizers()
        train_rows = features.fit_transform([texts[row] for row in train])
        test_rows = features.transform([texts[row] for row in test])
        for strength in STRENGTHS:
            scores = classifier(strength).fit(train_rows, labels[train]).predict_proba(test_rows)
            losses[strength].append(log_loss(labels[test], scores))
    return {strength: float(np.mean(values)) for strength, values in losses.items()}


def fit(texts, labels, strength=None):
    settings = {"C": strength}
    if strength is None:
        losses = cross_validated(texts, labels)
        settings = {"C": min(losses, key=losses.get), "crossValidatedLogLoss": {str(s): loss for s, loss in losses.items()}}
    model = make_pipeline(vectorizers(), classifier(settings["C"])).fit(texts, labels)
    return lambda batch: model.predict_proba(batch)[:, 1], settings


if __name__ == "__main__":
    peer.run("word-char-sklearn", __doc__, fit, options=["strength"])
