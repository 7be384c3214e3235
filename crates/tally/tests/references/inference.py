"""Reference cases for crates/tally/src/inference, written to crates/tally/tests/it/inference.json.

    python3 -m venv /tmp/references
    /tmp/references/bin/pip install statsmodels==0.15.0 mpmath==1.4.1
    /tmp/references/bin/python crates/tally/tests/references/inference.py

What statsmodels has is taken from it. The rest is worked out here in exact fractions, with 50 digits where
a root or a tail is needed, and by another way than in Rust where there is one: the variance of overlapping
groups is a sum over units, rounding gives out one unit after another.

Where doubles do not carry statsmodels far enough (counts beyond 10**9), the cases are worked out here too.
The same versions give the same file.
"""

import json
import random
import warnings
from fractions import Fraction
from pathlib import Path

import mpmath
import scipy
import statsmodels
from mpmath import mpf
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    proportion_confint,
    proportions_ztest,
)

mpmath.mp.dps = 50
draw = random.Random(20260611)
LEVELS = [90, 95, 99]


def real(fraction):
    return mpf(fraction.numerator) / mpf(fraction.denominator)


def z_of(level):
    return mpmath.sqrt(2) * mpmath.erfinv(mpf(level) / 100)


def tails(z):
    return mpmath.erfc(abs(z) / mpmath.sqrt(2))


def score(n, base, level, frame=None):
    """Ends of Wilson's interval as fractions of one: the roots of (p - P)^2 = z^2 P (1 - P) / n."""
    p = Fraction(n, base)
    if frame == base:
        return real(p), real(p)
    effective = Fraction(base) if frame is None else Fraction(base * (frame - 1), frame - base)
    u = z_of(level) ** 2 / real(effective)
    p = real(p)
    root = mpmath.sqrt((2 * p + u) ** 2 - 4 * (1 + u) * p * p)
    return (2 * p + u - root) / (2 * (1 + u)), (2 * p + u + root) / (2 * (1 + u))


def percents(ends):
    return [float(100 * it) for it in ends]


# --- the kinds of cases


def wilson(n, base, level):
    ends = proportion_confint(n, base, alpha=1 - level / 100, method="wilson")
    return {"kind": "wilson", "n": n, "base": base, "level": level, "interval": percents(ends)}


def wilson_exact(n, base, level, frame=None):
    found = {"kind": "wilson", "n": n, "base": base, "level": level}
    if frame is not None:
        found["frame"] = frame
    found["interval"] = percents(score(n, base, level, frame))
    return found


def disjoint(a, b, level):
    statistic, p_value = proportions_ztest([a[0], b[0]], [a[1], b[1]])
    ends = confint_proportions_2indep(
        *a, *b, method="newcomb", compare="diff", alpha=1 - level / 100
    )
    points = float(100 * (Fraction(*a) - Fraction(*b)))
    return groups(a, b, (0, 0), level, points, ends, statistic, p_value)


def groups(a, b, both, level, points, ends, statistic, p_value):
    return {
        "kind": "groups",
        "a": a,
        "b": b,
        "both": both,
        "level": level,
        "points": points,
        "interval": percents(ends),
        "statistic": float(statistic),
        "p_value": float(p_value),
    }


def overlap(a, b, both, level):
    """Every unit of the union adds its own part, 1 / n_a in the one and 1 / n_b in the other."""
    parts = [
        (a[0] - both[0], a[1] - both[1], Fraction(1, a[1])),
        (b[0] - both[0], b[1] - both[1], -Fraction(1, b[1])),
        (both[0], both[1], Fraction(1, a[1]) - Fraction(1, b[1])),
    ]
    p = Fraction(sum(it[0] for it in parts), sum(it[1] for it in parts))
    difference = sum(n * weight for n, _, weight in parts)
    assert difference == Fraction(*a) - Fraction(*b)
    variance = p * (1 - p) * sum(units * weight**2 for _, units, weight in parts)
    statistic = real(difference) / mpmath.sqrt(real(variance)) if difference else mpf(0)
    below = above = mpf(0)
    for n, units, weight in parts:
        if units == 0:
            continue
        bounds = sorted(units * real(weight) * end for end in score(n, units, level))
        at = n * real(weight)
        below += (at - bounds[0]) ** 2
        above += (bounds[1] - at) ** 2
    ends = (
        real(difference) - mpmath.sqrt(below),
        real(difference) + mpmath.sqrt(above),
    )
    points = float(100 * difference)
    return groups(a, b, both, level, points, ends, statistic, tails(statistic))


def pairs(table, level):
    both, first, second, neither = table
    found = mcnemar([[both, first], [second, neither]], exact=first + second < 25, correction=False)
    units = sum(table)
    difference = Fraction(first - second, units)
    low_1, high_1 = score(both + first, units, level)
    low_2, high_2 = score(both + second, units, level)
    p_1, p_2 = real(Fraction(both + first, units)), real(Fraction(both + second, units))
    margins = (both + first) * (second + neither) * (both + second) * (first + neither)
    crossed = Fraction(both * neither - first * second)
    if crossed > 0:
        crossed = max(crossed - Fraction(units, 2), Fraction(0))
    phi = real(crossed) / mpmath.sqrt(margins) if margins else mpf(0)

    def joined(x, y):
        return mpmath.sqrt(x * x - 2 * phi * x * y + y * y)

    ends = (
        real(difference) - joined(p_1 - low_1, high_2 - p_2),
        real(difference) + joined(high_1 - p_1, p_2 - low_2),
    )
    return {
        "kind": "pairs",
        "table": table,
        "level": level,
        "points": float(100 * difference),
        "interval": percents(ends),
        "statistic": float(found.statistic),
        "p_value": float(found.pvalue),
        "exact": first + second < 25,
    }


def holm(p_values):
    corrected = multipletests(p_values, method="holm")[1]
    return {"kind": "holm", "p_values": p_values, "corrected": [float(it) for it in corrected]}


def rounding(counts, decimals):
    """Units of the last decimal are given out one after another."""
    whole, base = 100 * 10**decimals, sum(counts)
    exact = [Fraction(count * whole, base) for count in counts]
    units = [it.numerator // it.denominator for it in exact]
    owed = [it - unit for it, unit in zip(exact, units)]
    while sum(units) < whole:
        at = max(range(len(counts)), key=lambda at: (owed[at], counts[at], -at))
        units[at] += 1
        owed[at] = Fraction(-1)
    return {"kind": "rounding", "counts": counts, "decimals": decimals, "units": units}


# --- which cases


def shares():
    fixed = [(0, 1), (1, 1), (0, 5), (5, 5), (1, 2), (3, 7), (26, 40), (31, 62), (1, 130), (129, 130)]
    fixed += [(0, 10**6), (10**6, 10**6), (1, 10**6), (333_333, 10**6), (10**8, 10**9)]
    return fixed + [(draw.randint(0, base), base) for base in (9, 17, 33, 62, 98, 130, 220, 500, 1000, 4321)]


def frames():
    fixed = [(0, 1, 1), (1, 1, 1), (0, 1, 2), (1, 1, 62), (26, 40, 62), (0, 40, 62), (40, 40, 62)]
    fixed += [(0, 61, 62), (61, 61, 62), (30, 62, 62), (130, 130, 220), (64, 130, 220), (1, 219, 220)]
    fixed += [(12, 20, 10**6), (12, 20, 2**64 - 1), (400, 900, 1000), (2**62, 2**63, 2**64 - 1)]
    for frame in (62, 62, 62, 62, 220, 220, 220, 220, 5000, 10**5):
        base = draw.randint(1, frame)
        fixed.append((draw.randint(0, base), base, frame))
    return fixed


def two_groups():
    fixed = [((56, 70), (48, 80)), ((1, 1), (0, 1)), ((0, 9), (3, 9)), ((10, 10), (0, 20))]
    fixed += [((9, 10), (3, 10)), ((5, 56), (0, 29)), ((29, 62), (110, 220)), ((1, 2), (1, 2))]
    fixed += [((600, 1000), (400, 1000)), ((510_000, 10**6), (509_000, 10**6)), ((900, 1000), (100, 1000))]
    sizes = [(12, 30), (62, 220), (45, 50), (130, 130), (3, 1000), (400, 800), (20, 20), (7, 5)]
    for n_a, n_b in sizes + [(62, 62), (220, 31)]:
        fixed.append(((draw.randint(1, n_a - 1), n_a), (draw.randint(1, n_b - 1), n_b)))
    return fixed


def overlaps():
    fixed = [
        ((35, 50), (27, 45), (23, 35)),
        ((35, 50), (35, 50), (35, 50)),  # the same units
        ((20, 30), (60, 130), (20, 30)),  # a part and the whole
        ((60, 130), (20, 30), (20, 30)),
        ((0, 10), (0, 12), (0, 4)),
        ((10, 10), (12, 12), (4, 4)),
        ((1, 1), (1, 2), (1, 1)),
        ((6, 10), (5, 10), (1, 1)),
        ((9, 10), (8, 9), (8, 9)),
        ((400_000, 10**6), (399_000, 10**6), (300_000, 800_000)),
        ((2**62, 2**63), (2**62 + 10**10, 2**63), (2**61, 2**62)),
        ((2**63, 2**64 - 1), (2**62, 2**63 + 1), (2**61, 2**62)),
    ]
    for _ in range(40):
        sizes = [draw.choice([0, 1, 3, 10, 30, 100]) for _ in range(3)]
        if sizes[0] + sizes[2] == 0 or sizes[1] + sizes[2] == 0:
            sizes[2] = 5
        only_a, only_b, both = [(draw.randint(0, units), units) for units in sizes]
        a = (only_a[0] + both[0], only_a[1] + both[1])
        b = (only_b[0] + both[0], only_b[1] + both[1])
        fixed.append((a, b, both))
    return fixed


def tables():
    fixed = [(59, 6, 16, 80), (1, 1, 7, 12), (0, 0, 0, 1), (1, 0, 0, 0), (0, 1, 0, 0), (10, 0, 0, 10)]
    fixed += [(0, 12, 12, 0), (0, 24, 0, 0), (0, 25, 0, 0), (20, 12, 12, 20), (20, 12, 13, 20)]
    fixed += [(0, 5, 4, 0), (36, 12, 2, 0), (100, 60, 40, 300), (10**6, 2000, 1500, 10**6), (5, 0, 3, 9)]
    fixed += [(200, 900, 100, 400), (62, 30, 5, 3)]
    for most in (3, 3, 8, 8, 12, 12, 40, 40, 60, 200, 200, 3000):
        fixed.append(tuple(draw.randint(0, most) for _ in range(4)))
    return [it for it in fixed if sum(it)]


def families():
    fixed = [[0.5], [0.25, 0.01, 0.5], [0.01, 0.04, 0.03, 0.005], [0.0, 1.0], [0.02, 0.02, 0.02]]
    fixed.append([1e-200, 0.9])
    for size in (2, 5, 10, 21, 40):
        fixed.append([draw.random() ** 3 for _ in range(size)])
    return fixed


def columns():
    fixed = [([1, 1, 1], 0), ([1, 1, 1], 1), ([1, 0, 0], 2), ([1] * 7, 0), ([1] * 200, 0), ([3, 3, 2, 1], 1)]
    fixed += [([1, 2, 5], 1), ([1, 3, 4], 1), ([3, 1, 4], 1)]
    fixed += [([2**64 - 1, 2**64 - 1, 1], 3), ([2**64 - 1] * 3, 15)]
    fixed += [([1, 999_999], 1), ([5, 15, 20], 0), ([25, 15, 20], 0), ([31, 22, 9], 1), ([0, 0, 7, 0], 15)]
    for size in (2, 3, 4, 5, 6, 8, 12, 30):
        fixed.append(([draw.randint(0, 60) for _ in range(size)], draw.randint(0, 3)))
    return [(counts, decimals) for counts, decimals in fixed if sum(counts)]


def cases():
    for at, share in enumerate(shares()):
        for level in LEVELS if at < 8 else [LEVELS[at % 3]]:
            yield wilson(*share, level)
    for n, base in [(2**63, 2**64 - 1), (1, 2**64 - 1), (10**15, 3 * 10**15)]:
        yield wilson_exact(n, base, 95)
    for at, (n, base, frame) in enumerate(frames()):
        yield wilson_exact(n, base, 95 if at < 10 else LEVELS[at % 3], frame)
    for at, (a, b) in enumerate(two_groups()):
        yield disjoint(a, b, 95 if at < 5 else LEVELS[at % 3])
    for at, (a, b, both) in enumerate(overlaps()):
        yield overlap(a, b, both, 95 if at < 5 else LEVELS[at % 3])
    for at, table in enumerate(tables()):
        yield pairs(table, 95 if at < 5 else LEVELS[at % 3])
    for p_values in families():
        yield holm(p_values)
    for counts, decimals in columns():
        yield rounding(counts, decimals)


def main():
    warnings.simplefilter("error")
    target = Path(__file__).parent.parent / "it" / "inference.json"
    lines = ",\n".join(json.dumps(it) for it in cases())
    made_by = {
        "script": "crates/tally/tests/references/inference.py",
        "statsmodels": statsmodels.__version__,
        "scipy": scipy.__version__,
        "mpmath": mpmath.__version__,
    }
    target.write_text(f'{{"made_by": {json.dumps(made_by)}, "cases": [\n{lines}\n]}}\n')


if __name__ == "__main__":
    main()
