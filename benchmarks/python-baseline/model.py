"""A bundle's SavedModels, and what is made of their outputs: class, redshift and its error."""

import json
import os

import numpy as np
import tensorflow as tf

PEAK = 6
LEAST = 1e-6
TWO_SIGMA = 0.9545


def signature(folder, network):
    """A network as a function from rows to its output, both NumPy arrays."""
    loaded = tf.saved_model.load(os.path.join(folder, network["path"]), tags=[network["tag"]])
    function = loaded.signatures[network["signature"]]

    # The function only borrows the model: the default value keeps it alive.
    def run(rows, _owner=loaded):
        return function(**{network["input"]: tf.constant(rows)})[network["output"]].numpy()

    return run


class Ensemble:
    """Redshift networks: a distribution a member to z, its error, the members' z, peak probability."""

    def __init__(self, folder, card):
        self.card = card
        self.run = signature(folder, card["network"])

    def estimate(self, p, snr):
        p = p.astype("f8")
        p /= p.sum(axis=2, keepdims=True)
        mean = p.mean(axis=1)
        peak = self.peak(mean)
        bin_ = self.centroid(mean, peak)
        own = np.empty(p.shape[:2])
        mass = np.empty(p.shape[:2])
        for k in range(p.shape[1]):
            top = self.peak(p[:, k])
            own[:, k] = self.centroid(p[:, k], top)
            mass[:, k] = self.around(p[:, k], top)[1].sum(axis=1)
        at, inside = self.around(mean, peak)
        spread = (inside * (at - bin_[:, None]) ** 2).sum(axis=1) / inside.sum(axis=1)
        variance = spread + 1 / 12 + ((own - bin_[:, None]) ** 2).mean(axis=1)
        z = self.z(bin_)
        per_bin = self.card["binStep"] * np.log(10)
        sigma = self.calibrated(np.sqrt(variance) * per_bin, snr)
        sigma = np.maximum(sigma, self.doubt(mean, peak) * per_bin)
        return z, sigma * (1 + z), self.z(own), np.minimum(1, mass.mean(axis=1))

    def calibrated(self, raw, snr):
        c = self.card["calibration"]
        if c is None:
            return raw
        ln = c["w0"] + c["w1"] * np.log(raw) + c["w2"] * np.log(np.maximum(snr, 0.1))
        return np.clip(np.hypot(np.exp(ln), c["floor"] or 0), 1e-6, 10)

    def doubt(self, mean, peak):
        """In bins: half of how far 95.45 % of the sharpened distribution reach beyond the peak."""
        found = np.zeros(len(mean))
        sharpness = (self.card["calibration"] or {}).get("sharpness")
        if sharpness is None:
            return found
        unsure = np.flatnonzero(self.around(mean, peak)[1].sum(axis=1) < TWO_SIGMA)
        if sharpness < 1:
            unsure = np.arange(len(mean))
        p = mean[unsure]
        sharp = (p / p.max(axis=1, keepdims=True)) ** sharpness
        distance = np.abs(np.arange(p.shape[1]) - peak[unsure, None])
        outwards = np.argsort(distance, axis=1, kind="stable")
        held = np.take_along_axis(sharp, outwards, 1).cumsum(axis=1)
        last = (held[:, :-1] < TWO_SIGMA * held[:, -1:]).sum(axis=1, keepdims=True)
        reach = np.take_along_axis(distance, np.take_along_axis(outwards, last, 1), 1)[:, 0]
        found[unsure] = np.where(reach > PEAK, reach / 2, 0)
        return found

    def z(self, bin_):
        return 10 ** (self.card["binStart"] + bin_ * self.card["binStep"]) - 1

    @staticmethod
    def peak(p):
        """The bin whose five bins hold most."""
        wide = np.pad(p, ((0, 0), (2, 2)))
        return sum(wide[:, i : i + p.shape[1]] for i in range(5)).argmax(axis=1)

    @staticmethod
    def around(p, centre):
        """Bins within the peak's half-width of a bin, and what they hold."""
        at = centre[:, None] + np.arange(-PEAK, PEAK + 1)
        there = np.clip(at, 0, p.shape[1] - 1)
        return at, np.take_along_axis(p, there, 1) * (at == there)

    def centroid(self, p, centre):
        at, inside = self.around(p, centre)
        return (inside * at).sum(axis=1) / inside.sum(axis=1)


class Model:
    """The classifier, the ensemble of each spectrum's class, and in doubt those it may be of as well."""

    def __init__(self, folder):
        with open(os.path.join(folder, "card.json")) as file:
            self.card = json.load(file)
        self.sizes = self.card["batchSizes"]
        self.classes = self.card["classifier"]["classes"]
        self.classifier = signature(folder, self.card["classifier"]["network"])
        self.ensembles = [Ensemble(folder, r) for r in self.card["redshifts"]]
        known = {c: e for e, r in enumerate(self.card["redshifts"]) for c in r["classes"]}
        self.ensemble_of = np.array([known[c] for c in self.classes])

    def warm_up(self):
        rows = np.random.default_rng(1).normal(size=(max(self.sizes), self.card["grid"]["pixels"], 2))
        for size in self.sizes:
            for run in [self.classifier, *(e.run for e in self.ensembles)]:
                run(rows[:size].astype("f4"))

    def padded(self, run, rows):
        """Runs a network on batches of the card's sizes only: TensorFlow plans anew for any other."""
        size = next((s for s in self.sizes if s >= len(rows)), self.sizes[-1])
        if len(rows) > size:
            return np.concatenate([self.padded(run, rows[:size]), self.padded(run, rows[size:])])
        fill = np.repeat(rows[:1], size - len(rows), axis=0)
        return run(np.concatenate([rows, fill]) if len(fill) else rows)[: len(rows)]

    def infer(self, rows, snr):
        """Probabilities, best class, z, z_err, peak probability and members' z of each row."""
        card = self.card["classifier"]
        n, number = len(rows), len(self.ensembles)
        logits = self.padded(self.classifier, rows)
        p = softmax(logits[:, : len(self.classes)] / card["temperature"])
        z, z_err, peak = (np.full((number, n), np.nan) for _ in range(3))
        members = [[None] * n for _ in range(number)]

        def ask(e, which):
            if len(which):
                ensemble = self.ensembles[e]
                found = ensemble.estimate(self.padded(ensemble.run, rows[which]), snr[which])
                z[e, which], z_err[e, which], peak[e, which] = found[0], found[1], found[3]
                for row, own in zip(which, found[2].tolist()):
                    members[e][row] = own

        shares = self.shares(p)
        family = shares.argmax(axis=1)
        i = np.arange(n)
        lead = family[:, None] == np.arange(number)
        opinion = card["secondOpinion"]
        if opinion is None:
            for e in range(number):
                ask(e, np.flatnonzero(lead[:, e]))
        else:
            worth = lead | (shares >= (opinion["minShare"] or 0))
            known = self.is_source(logits)
            unsure = known & (shares[i, family] < opinion["minProbability"])
            first = lead | (worth & unsure[:, None])
            for e in range(number):
                ask(e, np.flatnonzero(first[:, e]))
            doubt = unsure | (known & (peak[family, i] < opinion["minPeak"]))
            rest = worth & doubt[:, None] & ~first
            for e in range(number):
                ask(e, np.flatnonzero(rest[:, e]))
            asked = (first | rest)[doubt]
            p[doubt] = self.revise(opinion, p[doubt], shares[doubt], peak[:, doubt].T, asked)
            family = self.shares(p).argmax(axis=1)
        best = np.where(self.ensemble_of == family[:, None], p, -1).argmax(axis=1)
        own = [members[e][row] for row, e in enumerate(family)]
        return p, best, z[family, i], z_err[family, i], peak[family, i], own

    def shares(self, p):
        """What each ensemble's classes have together, [N, ensembles]."""
        ensembles = range(len(self.ensembles))
        return np.stack([p[:, self.ensemble_of == e].sum(axis=1) for e in ensembles], axis=1)

    def is_source(self, logits):
        """Whether the classifier takes rows for something it knows: of others no more is asked."""
        limit = self.card["classifier"]["outlierLimit"]
        if limit is None:
            return np.ones(len(logits), bool)
        return softmax(logits)[:, len(self.classes)] <= limit

    def revise(self, opinion, p, shares, peak, asked):
        q = np.clip(np.nan_to_num(peak), LEAST, 1 - LEAST)
        score = (
            opinion["classWeight"] * np.log(np.clip(shares, LEAST, 1))
            + np.array(opinion["peakWeights"]) * np.log(q / (1 - q))
            + np.array(opinion["offsets"])
        )
        left = 1 - np.where(asked, 0, shares).sum(axis=1, keepdims=True)
        revised = np.where(asked, left * softmax(np.where(asked, score, -np.inf)), shares)
        of = self.ensemble_of
        alike = 1 / np.bincount(of)[of]
        within = np.where(shares[:, of] > LEAST, p / np.maximum(shares[:, of], LEAST), alike)
        return revised[:, of] * within


def softmax(scores):
    p = np.exp(scores.astype("f8") - scores.max(axis=1, keepdims=True))
    return p / p.sum(axis=1, keepdims=True)
