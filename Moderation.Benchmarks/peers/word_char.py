#!/usr/bin/python3
"""Words and characters in scikit-learn: the peer of the program's default recipe.

Cleaned text -> TF-IDF of words (1- to 2-grams) beside TF-IDF of characters inside words (3- to 5-grams), both sublinear with
min_df 2 -> logistic regression whose C has the least log-loss in cross-validation on the training rows alone.
"""

import re

import peer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.pipeline import make_pipeline, make_union

STRENGTHS = (0.3, 1.0, 3.0, 10.0)

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"]+", re.IGNORECASE)


def prepared(text):
    return _ADDRESS.sub(" URL ", peer.clean(text)).lower()


def pipeline(strength):
    # Vectorizers stand inside, so that each fold fits a vocabulary of its own.
    features = make_union(
        TfidfVectorizer(preprocessor=prepared, ngram_range=(1, 2), min_df=2, sublinear_tf=True),
        TfidfVectorizer(preprocessor=prepared, analyzer="char_wb", ngram_range=(3, 5), min_df=2, sublinear_tf=True))
    return make_pipeline(features, LogisticRegression(C=strength, solver="liblinear"))


def fit(texts, labels):
    folds = StratifiedKFold(n_splits=5, shuffle=True, random_state=1)
    losses = {
        strength: -cross_val_score(pipeline(strength), texts, labels, cv=folds, scoring="neg_log_loss").mean()
        for strength in STRENGTHS
    }
    chosen = min(losses, key=losses.get)
    model = pipeline(chosen).fit(texts, labels)
    settings = {"C": chosen, "crossValidatedLogLoss": {str(strength): loss for strength, loss in losses.items()}}
    return lambda batch: model.predict_proba(batch)[:, 1], settings


if __name__ == "__main__":
    peer.run("word-char-sklearn", __doc__, fit)
