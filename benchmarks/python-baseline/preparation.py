"""Arms as observed to rows that networks take, with NumPy."""

import numpy as np

WINDOW = 301
MEAN_DIFFERENCE_TO_SIGMA = np.sqrt(np.pi) / 2


class Preparer:
    """From the arms of an event to flux and ivar on the model's grid, and the median S/N.

    An arm on the model's own grid, shifted by whole pixels, is copied; any other is rebinned: a
    model pixel holds the mean over the good pixels that overlap it, weighted by the width of the
    overlap, if they cover half of it. Which pixels overlap is worked out once for each grid.
    Vacuum wavelengths only.
    """

    def __init__(self, grid):
        self.start, self.step, self.pixels = grid["log10Start"], grid["log10Step"], grid["pixels"]
        self.edges = 10 ** (self.start + self.step * (np.arange(self.pixels + 1) - 0.5))
        self.width = np.diff(self.edges)
        self.overlaps = {}

    def prepare(self, event):
        weighted = np.zeros(self.pixels)
        weight = np.zeros(self.pixels)
        snr = []
        for arm in event["arms"]:
            if arm["medium"] != "VACUUM":
                raise ValueError("arm in %s; only vacuum is understood" % arm["medium"])
            flux = np.frombuffer(arm["flux"], "<f4")
            ivar = np.frombuffer(arm["ivar"], "<f4").astype("f8")
            if arm["mask"] is not None:
                ivar[np.frombuffer(arm["mask"], "<u4") != 0] = 0
            good = ivar > 0
            snr.append(flux[good] * np.sqrt(ivar[good]))
            first = self.shift(arm["grid"])
            if first is None:
                self.rebin(arm["grid"], flux, ivar, good, weighted, weight)
            else:
                a, b = max(0, -first), min(len(flux), self.pixels - first)
                weighted[a + first : b + first] += ivar[a:b] * flux[a:b]
                weight[a + first : b + first] += ivar[a:b]
        flux = np.divide(weighted, weight, out=np.zeros(self.pixels), where=weight > 0)
        return flux.astype("f4"), weight.astype("f4"), float(np.median(np.concatenate(snr)))

    def shift(self, grid):
        """Where the arm's first pixel lies on the model's grid; None unless its grid is that one."""
        if "log10_step" not in grid:
            return None
        offset = (grid["log10_start"] - self.start) / self.step
        drift = (grid["log10_step"] / self.step - 1) * grid["pixels"]
        same = abs(offset - round(offset)) <= 1e-3 and abs(drift) <= 1e-3
        return round(offset) if same else None

    def rebin(self, grid, flux, ivar, good, weighted, weight):
        model, arm, overlap = self.overlap(grid)
        keep = good[arm]
        model, arm, overlap = model[keep], arm[keep], overlap[keep]
        cover = np.bincount(model, overlap, self.pixels)
        total = np.bincount(model, overlap * flux[arm], self.pixels)
        squares = np.bincount(model, overlap**2 / ivar[arm], self.pixels)
        known = cover >= 0.5 * self.width
        own = cover[known] ** 2 / squares[known]
        weighted[known] += own * total[known] / cover[known]
        weight[known] += own

    def overlap(self, grid):
        """Model pixel, arm pixel and width of the overlap in Å, for every pair that overlaps."""
        key = tuple(grid.values())
        if key not in self.overlaps:
            self.overlaps[key] = self.find_overlap(grid)
        return self.overlaps[key]

    def find_overlap(self, grid):
        edges = np.arange(grid["pixels"] + 1) - 0.5
        if "log10_step" in grid:
            edges = 10 ** (grid["log10_start"] + grid["log10_step"] * edges)
        else:
            edges = grid["start"] + grid["step"] * edges
        # Between two neighbouring edges of either grid lies one pixel of each.
        cuts = np.union1d(self.edges, edges)
        cuts = cuts[(cuts >= max(self.edges[0], edges[0])) & (cuts <= min(self.edges[-1], edges[-1]))]
        middle = (cuts[1:] + cuts[:-1]) / 2
        return (
            np.searchsorted(self.edges, middle) - 1,
            np.searchsorted(edges, middle) - 1,
            np.diff(cuts),
        )


def contrast2(flux, ivar):
    """Two channels, float32 [N, pixels, 2]: shape and lines, as the networks were trained on."""
    good = ivar > 0
    pixels = flux.shape[1]
    median = np.array([[np.median(row[g]) if g.any() else 0] for row, g in zip(flux, good)])
    count = np.maximum(1, good.sum(axis=1, keepdims=True))
    values = np.where(good, flux, 0).astype("f8")
    mean = values.sum(axis=1, keepdims=True) / count
    deviation = np.sqrt((np.where(good, values - mean, 0) ** 2).sum(axis=1, keepdims=True) / count)
    flat = deviation <= 1e-7 * np.abs(mean)
    deviation[flat] = 1
    out = np.empty((*flux.shape, 2), "f4")
    np.clip((values - median) / deviation, -5, 5, out=out[:, :, 0], casting="unsafe")

    pair = good[:, 1:] & good[:, :-1]
    middle = np.arange(pixels)
    a = np.maximum(0, middle - WINDOW // 2)
    b = np.minimum(pixels, middle + WINDOW // 2 + 1)
    number = np.maximum(1, window(good, a, b))
    noise = window(np.where(pair, np.abs(np.diff(values, axis=1)), 0), a, b - 1)
    noise *= MEAN_DIFFERENCE_TO_SIGMA / np.maximum(1, window(pair, a, b - 1))
    values -= window(values, a, b) / number
    values /= np.maximum(noise, 1e-4 * deviation)
    np.clip(values, -15, 15, out=values)
    out[:, :, 1] = values / 3
    out[~good | flat] = 0
    return out


def window(values, a, b):
    """Sums over the columns a to b - 1 of every row, as differences of sums from the left."""
    total = np.zeros((len(values), values.shape[1] + 1))
    np.cumsum(values, axis=1, out=total[:, 1:])
    return total[:, b] - total[:, a]
