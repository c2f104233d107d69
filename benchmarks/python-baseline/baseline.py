#!/usr/bin/env python3
"""What one would build without Nightglass: a Python consumer that classifies spectra.

confluent-kafka, fastavro, NumPy and TensorFlow, with the same SavedModels, the same micro-batches
and the same decisions of the model (class, second opinion, redshift with its error), exactly once
by Kafka transactions, or at least once. Three threads, each a batch ahead of the next:

    consume, decode, prepare  ->  TensorFlow, redshifts  ->  encode, produce, commit

It does less than the application: no check of its input and no rejects, no warnings, no second
redshift, no account of the night, no metrics. Whatever goes wrong ends it; whoever started it
starts it again, from what was committed.

Prints `ready` once it consumes; ends on SIGTERM.
"""

import argparse
import io
import json
import os
import queue
import signal
import struct
import sys
import threading
import time
import traceback
import urllib.request

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import fastavro  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
from confluent_kafka import Consumer, KafkaException, Producer, TopicPartition  # noqa: E402

from model import Model  # noqa: E402
from preparation import Preparer, contrast2  # noqa: E402

COPIED = (
    "spectrum_id target_id kind survey programme field_id exposure_id fibre ra_deg dec_deg mjd"
    " exposure_seconds reduction_version night selected_as"
).split()


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--bootstrap-servers", required=True)
    parser.add_argument("--registry", required=True)
    parser.add_argument("--spectra", required=True, help="topic of the spectra")
    parser.add_argument("--results", required=True, help="topic of the results")
    parser.add_argument("--group", required=True)
    parser.add_argument("--bundle", required=True, help="folder with card.json")
    parser.add_argument("--at-least-once", action="store_true")
    parser.add_argument("--batch", type=int, default=256)
    parser.add_argument("--linger", type=float, default=0.1, help="seconds")
    parser.add_argument("--commit", type=float, default=1.0, help="seconds between commits")
    parser.add_argument("--intra-op", type=int, default=2, help="threads of one operation")
    parser.add_argument(
        "--bfloat16", action="store_true", help="products of 16-bit numbers, by TensorFlow's rewriting"
    )
    parser.add_argument("--inter-op", type=int, default=1, help="operations at a time")
    return parser.parse_args()


class Schemas:
    """Schemas of a Confluent-compatible registry, each fetched once."""

    def __init__(self, address):
        self.address = address
        self.known = {}

    def get(self, path):
        with urllib.request.urlopen(self.address + path) as answer:
            return json.load(answer)

    def by_id(self, number):
        if number not in self.known:
            found = json.loads(self.get(f"/schemas/ids/{number}")["schema"])
            self.known[number] = fastavro.parse_schema(found)
        return self.known[number]

    def latest(self, subject):
        found = self.get(f"/subjects/{subject}/versions/latest")
        return found["id"], fastavro.parse_schema(json.loads(found["schema"]))


class Batch:
    """Spectra on their way: events, where they came from, and the rows for the networks."""

    def __init__(self, group, events, origins, rows, snr, coverage):
        self.group, self.events, self.origins = group, events, origins
        self.rows, self.snr, self.coverage = rows, snr, coverage
        self.answer = None


class Pipeline:
    def __init__(self, arguments):
        self.arguments = arguments
        self.over = threading.Event()
        self.settled = threading.Event()
        self.prepared = queue.Queue(maxsize=1)
        self.answered = queue.Queue(maxsize=1)
        self.done = queue.SimpleQueue()
        self.schemas = Schemas(arguments.registry)
        self.model = Model(arguments.bundle)
        self.preparer = Preparer(self.model.card["grid"])
        self.consumer = Consumer(
            {
                "bootstrap.servers": arguments.bootstrap_servers,
                "group.id": arguments.group,
                "auto.offset.reset": "earliest",
                # At least once: every second, what has been stored by then, which is what is done.
                "enable.auto.commit": arguments.at_least_once,
                "auto.commit.interval.ms": int(arguments.commit * 1000),
                "enable.auto.offset.store": False,
                "isolation.level": "read_committed",
                # Enough for two batches; the default holds 64 MB.
                "queued.max.messages.kbytes": 16 << 10,
            }
        )
        producer = {
            "bootstrap.servers": arguments.bootstrap_servers,
            "compression.type": "lz4",
            "linger.ms": 20,
        }
        if arguments.at_least_once:
            self.producer = Producer({**producer, "acks": "all"})
        else:
            name = f"{arguments.group}-{os.getpid()}"
            self.producer = Producer({**producer, "transactional.id": name})
            self.producer.init_transactions()

    # Thread 1: consume, decode, prepare.

    def gather(self):
        self.consumer.subscribe([self.arguments.spectra], on_revoke=self.settle)
        print("ready", flush=True)
        while not self.over.is_set():
            messages = self.consumer.consume(self.arguments.batch, self.arguments.linger)
            self.store()
            if messages:
                self.put(self.prepared, self.prepare(messages))
        self.consumer.close()

    def prepare(self, messages):
        events, origins, flux, ivar, snr = [], [], [], [], []
        for message in messages:
            if message.error():
                raise KafkaException(message.error())
            value = message.value()
            _, number = struct.unpack_from(">bI", value)
            schema = self.schemas.by_id(number)
            event = fastavro.schemaless_reader(io.BytesIO(memoryview(value)[5:]), schema, None)
            row = self.preparer.prepare(event)
            events.append(event)
            stamp = message.timestamp()[1]
            origins.append((message.topic(), message.partition(), message.offset(), stamp))
            for list_, value in zip((flux, ivar, snr), row):
                list_.append(value)
        ivar = np.array(ivar)
        coverage = (ivar > 0).mean(axis=1)
        # Asked here: from another thread no call of the consumer returns while this one consumes.
        group = self.consumer.consumer_group_metadata()
        rows = contrast2(np.array(flux), ivar)
        return Batch(group, events, origins, rows, np.array(snr), coverage)

    def settle(self, _consumer, _partitions):
        """Partitions go to another process: what is under way is committed first."""
        self.settled.clear()
        self.put(self.prepared, None)
        while not self.settled.wait(0.1) and not self.over.is_set():
            pass
        self.store()

    def store(self):
        """Hands what is done on to the next commit, at least once."""
        while not self.done.empty():
            self.consumer.store_offsets(offsets=self.done.get())

    # Thread 2: the model.

    def infer(self):
        while not self.over.is_set():
            batch = self.take(self.prepared, 0.1)
            if isinstance(batch, Batch):
                batch.answer = self.model.infer(batch.rows, batch.snr)
                batch.rows = None
            if batch is not queue.Empty:
                self.put(self.answered, batch)

    # Thread 3: encode, produce, commit.

    def publish(self):
        number, schema = self.schemas.latest(self.arguments.results + "-value")
        prefix = struct.pack(">bI", 0, number)
        offsets, group, began = {}, None, time.monotonic()
        while not self.over.is_set():
            batch = self.take(self.answered, 0.05)
            if isinstance(batch, Batch):
                if not offsets and not self.arguments.at_least_once:
                    self.producer.begin_transaction()
                self.produce(batch, prefix, schema)
                group = batch.group
                for topic, partition, offset, _ in batch.origins:
                    offsets[topic, partition] = offset + 1
            due = self.arguments.at_least_once or time.monotonic() - began >= self.arguments.commit
            if offsets and (due or batch is None):
                self.commit([TopicPartition(t, p, o) for (t, p), o in offsets.items()], group)
                offsets, began = {}, time.monotonic()
            if batch is None:
                self.settled.set()

    def produce(self, batch, prefix, schema):
        for row, event in enumerate(batch.events):
            value = io.BytesIO()
            value.write(prefix)
            fastavro.schemaless_writer(value, schema, self.result(batch, row))
            self.producer.produce(
                self.arguments.results, value.getvalue(), key=event["target_id"].encode()
            )
            self.producer.poll(0)

    def commit(self, offsets, group):
        if self.arguments.at_least_once:
            self.producer.flush()
            self.done.put(offsets)
        else:
            self.producer.send_offsets_to_transaction(offsets, group)
            self.producer.commit_transaction()

    def result(self, batch, row):
        event, (topic, partition, offset, stamp) = batch.events[row], batch.origins[row]
        p, best, z, z_err, peak, members = batch.answer
        limits = self.model.card["acceptance"]
        record = {name: event[name] for name in COPIED}
        now = int(time.time() * 1000)
        record.update(
            night_declared=event["night"],
            class_label=self.model.classes[best[row]],
            class_probability=float(p[row, best[row]]),
            probabilities=[
                {"label": label, "probability": value}
                for label, value in zip(self.model.classes, p[row].tolist())
            ],
            z=float(z[row]),
            z_err=float(z_err[row]),
            z_members=members[row],
            z_peak_probability=float(peak[row]),
            good_z=bool(peak[row] >= limits["minPeakProbability"]),
            snr=float(batch.snr[row]),
            coverage=float(batch.coverage[row]),
            model_name=self.model.card["name"],
            model_version=self.model.card["version"],
            source_topic=topic,
            source_partition=partition,
            source_offset=offset,
            event_time=int((event["mjd"] - 40587) * 86400e6),
            ingested_at=stamp,
            received_at=now,
            emitted_at=now,
        )
        return record

    # Between threads.

    def put(self, to, item):
        while not self.over.is_set():
            try:
                return to.put(item, timeout=0.1)
            except queue.Full:
                pass

    @staticmethod
    def take(from_, seconds):
        """The next item; queue.Empty itself if none comes in time."""
        try:
            return from_.get(timeout=seconds)
        except queue.Empty:
            return queue.Empty

    def guarded(self, work):
        try:
            work()
        except BaseException:
            traceback.print_exc()
            os._exit(1)

    def run(self):
        stages = (self.gather, self.infer, self.publish)
        threads = [threading.Thread(target=self.guarded, args=(stage,)) for stage in stages]
        for thread in threads:
            thread.start()
        self.over.wait()
        for thread in threads:
            thread.join()
        sys.stdout.flush()
        os._exit(0)


def main():
    arguments = parse_arguments()
    tf.config.threading.set_intra_op_parallelism_threads(arguments.intra_op)
    tf.config.threading.set_inter_op_parallelism_threads(arguments.inter_op)
    if arguments.bfloat16:
        tf.config.optimizer.set_experimental_options({"auto_mixed_precision_onednn_bfloat16": True})
    pipeline = Pipeline(arguments)
    pipeline.model.warm_up()
    signal.signal(signal.SIGTERM, lambda *_: pipeline.over.set())
    pipeline.run()


if __name__ == "__main__":
    main()
