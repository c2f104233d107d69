#!/usr/bin/env python3
"""What one would build without Nightglass: a Python consumer that classifies spectra.

confluent-kafka, fastavro, NumPy and TensorFlow, with the same SavedModels, the same micro-batches
and the same decisions of the model (class, second opinion, redshift with its error), exactly once
by Kafka transactions. Consuming, decoding and preparing overlap with the model, in a thread of
their own. It does less than the application: no rejects, no warnings, no check of its input, no
account of the night. Arms on the model's own logarithmic grid are copied; other logarithmic and
linear ones are interpolated.

Prints `ready` once it consumes; ends on SIGTERM.
"""

import argparse
import io
import json
import os
import queue
import signal
import struct
import threading
import time
import urllib.request

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import fastavro  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
from confluent_kafka import Consumer, KafkaError, Producer, TopicPartition  # noqa: E402

WINDOW = 301
PEAK = 6


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bootstrap-servers", required=True)
    parser.add_argument("--registry", required=True)
    parser.add_argument("--spectra", required=True, help="topic of the spectra")
    parser.add_argument("--results", required=True, help="topic of the results")
    parser.add_argument("--group", required=True)
    parser.add_argument("--bundle", required=True, help="folder with card.json")
    parser.add_argument("--batch", type=int, default=256)
    parser.add_argument("--linger", type=float, default=0.1, help="seconds")
    parser.add_argument("--commit", type=float, default=1.0, help="seconds between commits")
    return parser.parse_args()


class Schemas:
    """Schemas of a Confluent-compatible registry, each fetched once."""

    def __init__(self, address):
        self.address = address
        self.known = {}

    def by_id(self, number):
        if number not in self.known:
            with urllib.request.urlopen(f"{self.address}/schemas/ids/{number}") as answer:
                schema = json.loads(json.load(answer)["schema"])
            self.known[number] = fastavro.parse_schema(schema)
        return self.known[number]

    def latest(self, subject):
        address = f"{self.address}/subjects/{subject}/versions/latest"
        with urllib.request.urlopen(address) as answer:
            found = json.load(answer)
        return found["id"], fastavro.parse_schema(json.loads(found["schema"]))


class Preparer:
    """From arms to a row of flux and ivar on the model's grid."""

    def __init__(self, grid):
        self.start, self.step, self.pixels = grid["log10Start"], grid["log10Step"], grid["pixels"]
        self.loglam = self.start + self.step * np.arange(self.pixels)

    def prepare(self, event):
        weight = np.zeros(self.pixels)
        sum_ = np.zeros(self.pixels)
        snr = []
        for arm in event["arms"]:
            flux = np.frombuffer(arm["flux"], "<f4")
            ivar = np.frombuffer(arm["ivar"], "<f4")
            if arm["mask"] is not None:
                ivar = np.where(np.frombuffer(arm["mask"], "<u4") == 0, ivar, 0)
            good = ivar > 0
            snr.append(flux[good] * np.sqrt(ivar[good]))
            grid = arm["grid"]
            offset = (grid.get("log10_start", 0) - self.start) / self.step
            if "log10_step" in grid and abs(offset - round(offset)) < 1e-3:
                first = round(offset)
                a, b = max(0, -first), min(len(flux), self.pixels - first)
                sum_[a + first : b + first] += ivar[a:b] * flux[a:b]
                weight[a + first : b + first] += ivar[a:b]
            else:
                if "log10_step" in grid:
                    at = grid["log10_start"] + grid["log10_step"] * np.arange(len(flux))
                else:
                    at = np.log10(grid["start"] + grid["step"] * np.arange(len(flux)))
                v = np.interp(self.loglam, at, ivar, 0, 0)
                sum_ += v * np.interp(self.loglam, at, flux)
                weight += v
        good = weight > 0
        flux = np.zeros(self.pixels, "f4")
        flux[good] = sum_[good] / weight[good]
        return flux, weight.astype("f4"), float(np.median(np.concatenate(snr)))


def contrast2(flux, ivar):
    """Two channels, [N, pixels, 2]: shape and lines, as the models were trained on."""
    good = ivar > 0
    masked = np.where(good, flux, np.nan)
    median = np.nanmedian(masked, axis=1, keepdims=True)
    deviation = np.nanstd(masked, axis=1, dtype="f8", keepdims=True)
    shape = np.clip((flux - median) / deviation, -5, 5)
    sums = np.cumsum(np.where(good, flux, 0), axis=1, dtype="f8")
    counts = np.cumsum(good, axis=1)
    pair = good[:, 1:] & good[:, :-1]
    steps = np.cumsum(np.where(pair, np.abs(np.diff(flux, axis=1)), 0), axis=1, dtype="f8")
    pairs = np.cumsum(pair, axis=1)

    def before(total):
        return np.concatenate([np.zeros((len(total), 1)), total], axis=1)

    pixels = flux.shape[1]
    middle = np.arange(pixels)
    a = np.maximum(0, middle - WINDOW // 2)
    b = np.minimum(pixels, middle + WINDOW // 2 + 1)
    sums, counts, steps, pairs = map(before, (sums, counts, steps, pairs))
    n = np.maximum(1, counts[:, b] - counts[:, a])
    mean = (sums[:, b] - sums[:, a]) / n
    m = np.maximum(1, pairs[:, b - 1] - pairs[:, a])
    noise = np.sqrt(np.pi) / 2 * (steps[:, b - 1] - steps[:, a]) / m
    lines = np.clip((flux - mean) / np.maximum(noise, 1e-4 * deviation), -15, 15) / 3
    out = np.stack([shape, lines], axis=2)
    out[~good] = 0
    return out.astype("f4")


class Ensemble:
    """A redshift ensemble: a distribution a member to z, z_err, members and peak probability."""

    def __init__(self, folder, card):
        self.card = card
        self.run = signature(folder, card["network"])

    def estimate(self, rows, snr):
        p = self.run(rows).numpy().astype("f8")
        p /= p.sum(axis=2, keepdims=True)
        members = p.shape[1]
        mean = p.mean(axis=1)
        bin_, spread = self.peak(mean)
        own = np.empty(p.shape[:2])
        mass = np.zeros(len(p))
        for k in range(members):
            own[:, k], _ = self.peak(p[:, k])
            mass += self.mass(p[:, k], own[:, k]) / members
        variance = spread + 1 / 12 + ((own - bin_[:, None]) ** 2).mean(axis=1)
        raw = np.sqrt(variance) * self.card["binStep"] * np.log(10)
        c = self.card["calibration"]
        sigma = np.exp(c["w0"] + c["w1"] * np.log(raw) + c["w2"] * np.log(np.maximum(snr, 0.1)))
        sigma = np.hypot(sigma, c.get("floor") or 0)
        z = self.z(bin_)
        return z, sigma * (1 + z), self.z(own), np.minimum(1, mass)

    def z(self, bin_):
        return 10 ** (self.card["binStart"] + bin_ * self.card["binStep"]) - 1

    @staticmethod
    def windows(p, centre):
        at = np.clip(centre[:, None] + np.arange(-PEAK, PEAK + 1), 0, p.shape[1] - 1)
        inside = (centre[:, None] + np.arange(-PEAK, PEAK + 1)) == at
        return at, np.take_along_axis(p, at, 1) * inside

    def peak(self, p):
        total = np.concatenate([np.zeros((len(p), 1)), np.cumsum(p, axis=1)], axis=1)
        i = np.arange(p.shape[1])
        mass = total[:, np.minimum(p.shape[1], i + 3)] - total[:, np.maximum(0, i - 2)]
        at, window = self.windows(p, mass.argmax(axis=1))
        sum_ = window.sum(axis=1)
        centre = (window * at).sum(axis=1) / sum_
        return centre, (window * (at - centre[:, None]) ** 2).sum(axis=1) / sum_

    def mass(self, p, bin_):
        return self.windows(p, np.rint(bin_).astype(int))[1].sum(axis=1)


def signature(folder, network):
    """The network as a function of rows. Kept alive by its own reference to the loaded model."""
    loaded = tf.saved_model.load(os.path.join(folder, network["path"]), tags=[network["tag"]])
    function = loaded.signatures[network["signature"]]

    def run(rows, owner=loaded):
        return function(**{network["input"]: tf.constant(rows)})[network["output"]]

    return run


class Model:
    """Classes, second opinion, redshifts: what the application's engine says."""

    def __init__(self, folder):
        with open(os.path.join(folder, "card.json")) as file:
            self.card = json.load(file)
        self.classifier = signature(folder, self.card["classifier"]["network"])
        self.classes = self.card["classifier"]["classes"]
        self.ensembles = [Ensemble(folder, r) for r in self.card["redshifts"]]
        known = {c: e for e, r in enumerate(self.card["redshifts"]) for c in r["classes"]}
        self.ensemble_of = np.array([known.get(c, -1) for c in self.classes])

    def infer(self, rows, snr):
        card = self.card["classifier"]
        logits = self.classifier(rows).numpy()[:, : len(self.classes)] / card["temperature"]
        p = np.exp(logits - logits.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        n, number = len(rows), len(self.ensembles)
        shares = np.stack([p[:, self.ensemble_of == e].sum(axis=1) for e in range(number)], axis=1)
        family = shares.argmax(axis=1)
        z, z_err, peak = (np.full((number, n), np.nan) for _ in range(3))
        members = [[None] * n for _ in range(number)]

        def ask(e, which):
            if len(which):
                found = self.ensembles[e].estimate(rows[which], snr[which])
                z[e, which], z_err[e, which], peak[e, which] = found[0], found[1], found[3]
                for k, row in enumerate(which):
                    members[e][row] = found[2][k].tolist()

        for e in range(number):
            ask(e, np.flatnonzero(family == e))
        opinion = card.get("secondOpinion")
        if opinion:
            i = np.arange(n)
            doubt = (shares[i, family] < opinion["minProbability"]) | (
                peak[family, i] < opinion["minPeak"]
            )
            for e in range(number):
                ask(e, np.flatnonzero(doubt & (family != e)))
            q = np.clip(peak[:, doubt].T, 1e-30, 1 - 1e-15)
            score = (
                opinion["classWeight"] * np.log(np.maximum(shares[doubt], 1e-30))
                + np.array(opinion["peakWeights"]) * np.log(q / (1 - q))
                + np.array(opinion["offsets"])
            )
            revised = np.exp(score - score.max(axis=1, keepdims=True))
            revised /= revised.sum(axis=1, keepdims=True)
            p[doubt] *= (revised / np.maximum(shares[doubt], 1e-30))[:, self.ensemble_of]
            shares[doubt] = revised
            family = shares.argmax(axis=1)
        best = np.where(self.ensemble_of[None, :] == family[:, None], p, -1).argmax(axis=1)
        i = np.arange(n)
        return p, best, z[family, i], z_err[family, i], peak[family, i], family, members


def gather(consumer, preparer, schemas, arguments, out, over):
    """Consumes, decodes and prepares, a batch ahead of the model."""
    held, since = [], None
    while not over.is_set():
        for message in consumer.consume(arguments.batch - len(held), 0.02):
            if message.error():
                if message.error().code() != KafkaError._PARTITION_EOF:
                    raise SystemExit(str(message.error()))
                continue
            value = message.value()
            _, number = struct.unpack(">bI", value[:5])
            event = fastavro.schemaless_reader(io.BytesIO(value[5:]), schemas.by_id(number), None)
            at = (message.topic(), message.partition(), message.offset(), message.timestamp()[1])
            held.append((event, preparer.prepare(event), at, time.time()))
            since = since or time.monotonic()
        if held and (
            len(held) >= arguments.batch or time.monotonic() - since > arguments.linger
        ):
            out.put(held)
            held, since = [], None


def result(event, card, classes, answer, row, snr, at, received):
    p, best, z, z_err, peak, family, members = answer
    known = np.isfinite(z[row])
    names = (
        "spectrum_id target_id kind survey programme field_id exposure_id fibre ra_deg dec_deg mjd"
        " exposure_seconds reduction_version night selected_as"
    )
    record = {name: event[name] for name in names.split()}
    now = int(time.time() * 1000)
    record.update(
        night_declared=event["night"],
        class_label=classes[best[row]],
        class_probability=float(p[row, best[row]]),
        probabilities=[
            {"label": c, "probability": float(v)} for c, v in zip(classes, p[row])
        ],
        z=float(z[row]) if known else None,
        z_err=float(z_err[row]) if known else None,
        z_members=members[family[row]][row] or [],
        z_peak_probability=float(peak[row]) if known else None,
        z_alternative=None,
        z_alternative_probability=None,
        z_null_reason=None,
        good_z=bool(known and peak[row] > 0.7),
        warnings=[],
        warning_bits=0,
        snr=snr,
        snr_windows=[],
        coverage=1.0,
        model_name=card["name"],
        model_version=card["version"],
        source_topic=at[0],
        source_partition=at[1],
        source_offset=at[2],
        event_time=int((event["mjd"] - 40587) * 86400e6),
        ingested_at=at[3],
        received_at=int(received * 1000),
        emitted_at=now,
    )
    return record


def main():
    arguments = parse_arguments()
    tf.config.threading.set_intra_op_parallelism_threads(2)
    schemas = Schemas(arguments.registry)
    number, result_schema = schemas.latest(arguments.results + "-value")
    prefix = struct.pack(">bI", 0, number)
    model = Model(arguments.bundle)
    preparer = Preparer(model.card["grid"])
    pixels = model.card["grid"]["pixels"]
    model.infer(np.random.default_rng(1).normal(size=(arguments.batch, pixels, 2)).astype("f4"),
                np.ones(arguments.batch))
    consumer = Consumer(
        {
            "bootstrap.servers": arguments.bootstrap_servers,
            "group.id": arguments.group,
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
            "isolation.level": "read_committed",
            "fetch.message.max.bytes": 16 << 20,
        }
    )
    producer = Producer(
        {
            "bootstrap.servers": arguments.bootstrap_servers,
            "transactional.id": arguments.group,
            "compression.type": "lz4",
            "linger.ms": 20,
        }
    )
    producer.init_transactions(30)
    consumer.subscribe([arguments.spectra])
    over = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: over.set())
    batches = queue.Queue(maxsize=1)
    worker = threading.Thread(
        target=gather, args=(consumer, preparer, schemas, arguments, batches, over), daemon=True
    )
    worker.start()
    print("ready", flush=True)
    offsets, committed, open_ = {}, time.monotonic(), False
    while not over.is_set():
        try:
            batch = batches.get(timeout=0.05)
        except queue.Empty:
            batch = []
        if batch:
            if not open_:
                producer.begin_transaction()
                open_ = True
            flux, ivar, snr = (np.array([b[1][k] for b in batch]) for k in range(3))
            answer = model.infer(contrast2(flux, ivar), snr)
            for row, (event, _, at, received) in enumerate(batch):
                record = result(
                    event, model.card, model.classes, answer, row, float(snr[row]), at, received
                )
                value = io.BytesIO()
                value.write(prefix)
                fastavro.schemaless_writer(value, result_schema, record)
                producer.produce(
                    arguments.results, value.getvalue(), key=event["target_id"].encode()
                )
                offsets[at[:2]] = at[2] + 1
            producer.poll(0)
        if open_ and time.monotonic() - committed >= arguments.commit:
            producer.send_offsets_to_transaction(
                [TopicPartition(t, p, o) for (t, p), o in offsets.items()],
                consumer.consumer_group_metadata(),
            )
            producer.commit_transaction()
            committed, open_ = time.monotonic(), False


if __name__ == "__main__":
    main()
