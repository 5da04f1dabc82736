"""What the scikit-learn peers share: reading, cleaning, measuring.

A peer is the nearest thing to one of the program's recipes that can be built from scikit-learn's own parts. It answers two
questions: is a recipe as right as the same idea is elsewhere, and how fast is that idea elsewhere. Peers run on one thread.

Needs Debian's python3-sklearn (scikit-learn, numpy, scipy) and nothing else.
"""

import os

for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_threads] = "1"  # Read when numpy is loaded, hence before the imports below.

import argparse
import codecs
import csv
import html
import json
import re
import statistics
import sys
import time

import numpy as np
from sklearn.metrics import log_loss, roc_auc_score

REPEATS = 5
SINGLE_TEXTS = 500

# Rows that are a moderator's notice, not a comment.
NOTICES = ("Your submission has been removed", "This submission has been automatically removed")
NOTICE_LOWERED = "why are so many comments"

_CODE_POINT_MARK = re.compile(r"<(U\+[0-9A-Fa-f]{4,6})>")
_LINK = re.compile(r"\[([^\[\]]{1,2048})\]\(([^)\s]{1,2048})\)")
_SPACE = re.compile(r"\s+")


def _windows_1252(error):
    """Bytes that are not UTF-8 are Windows-1252; the five that it leaves open stay the control characters they are."""
    read = [bytes([b]).decode("cp1252", "ignore") or chr(b) for b in error.object[error.start:error.end]]
    return "".join(read), error.end


codecs.register_error("windows-1252", _windows_1252)


def read_rows(path):
    """The texts and labels (1 = removed) of a CSV file with columns BODY and REMOVED, in row order."""
    with open(path, encoding="utf-8", errors="windows-1252", newline="") as file:
        rows = list(csv.DictReader(file))
    return [row["BODY"] for row in rows], np.array([int(row["REMOVED"]) for row in rows])


def clean(text):
    """Undoes what transport did: entities, line ends, <U+1F600> marks, backslashes; of a markdown link the text stays."""
    text = html.unescape(text)
    text = text.replace("\r", " ").replace("\n", " ")
    text = _CODE_POINT_MARK.sub(r" \1 ", text)
    text = text.replace("\\", "")
    return _LINK.sub(r" \1  \2 ", text)


def training_rows(texts, labels, test_texts):
    """Drops notices, repeated texts and texts that are also tested on, as training does in the program."""
    tested = {_normalised(text) for text in test_texts}
    seen, kept = set(), []
    # Of the same text with different labels the kept one stays.
    for row in sorted(range(len(texts)), key=lambda row: (labels[row], row)):
        key = _normalised(texts[row])
        notice = any(n in texts[row] for n in NOTICES) or NOTICE_LOWERED in texts[row].lower()
        if not notice and key not in seen and key not in tested:
            seen.add(key)
            kept.append(row)
    kept.sort()
    return [texts[row] for row in kept], labels[kept]


def _normalised(text):
    return _SPACE.sub(" ", clean(text)).strip().lower()


def run(name, description, fit, options=()):
    """Reads the arguments, fits, measures and prints JSON.

    fit(texts, labels) returns (predict, settings): a function from texts as they were written to probabilities of
    removal, and what was chosen on the way. Names in options are read as numbers and handed to fit.
    """
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", required=True, metavar="FILE", help="CSV with columns BODY and REMOVED")
    parser.add_argument("--test", required=True, metavar="FILE", help="CSV with the same columns")
    parser.add_argument("--scores", metavar="FILE", help="write the test rows' probabilities here, one a line, in row order")
    parser.add_argument("--rounds", action="store_true",
                        help="time nothing at once; then, for each line on standard input, one batch, as a line of JSON")
    for option in options:
        parser.add_argument(f"--{option}", type=float)
    arguments = parser.parse_args()

    test_texts, test_labels = read_rows(arguments.test)
    train_texts, train_labels = training_rows(*read_rows(arguments.train), test_texts)
    started = time.perf_counter()
    predict, settings = fit(train_texts, train_labels, **{option: getattr(arguments, option) for option in options})
    seconds = time.perf_counter() - started
    scores = predict(test_texts)
    if arguments.scores:
        np.savetxt(arguments.scores, scores, fmt="%.9f")

    report = {
        "name": name,
        "rocAuc": roc_auc_score(test_labels, scores),
        "logLoss": log_loss(test_labels, scores),
        "trainRows": len(train_texts),
        "testRows": len(test_texts),
        "fitSeconds": seconds,
        "settings": settings,
    }
    if not arguments.rounds:
        report["textsPerSecondBatch"] = _rate(lambda: predict(test_texts), len(test_texts))
        singles = test_texts[:SINGLE_TEXTS]
        report["textsPerSecondSingle"] = _rate(lambda: [predict([text]) for text in singles], len(singles))
    print(json.dumps(report), flush=True)
    if arguments.rounds:
        for _ in sys.stdin:
            wall, processor = time.perf_counter(), time.process_time()
            predict(test_texts)
            print(json.dumps({"wall": time.perf_counter() - wall, "processor": time.process_time() - processor}), flush=True)


def _rate(action, texts):
    """Texts a second at the median of several runs."""
    seconds = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - started)
    return texts / statistics.median(seconds)
