#!/usr/bin/env python3
"""Reads what Nightglass says of spectra: class, redshift and its error.

    python read_results.py --bootstrap-servers 127.0.0.1:9092 \
        --registry http://127.0.0.1:8080/apis/ccompat/v7

Prints a table, or with --format jsonl one JSON object a line. Reads from the beginning of the
topic; every run is a reader of its own, and nothing is committed. With --once it stops at the
first result (of --target-id, if given).

Exit status: 0 done, 1 no result within --timeout or a fault, 2 wrong arguments.
"""

import argparse
import json
import sys
import time
import uuid

from confluent_kafka import Consumer, KafkaError, KafkaException
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer
from confluent_kafka.serialization import MessageField, SerializationContext

TABLE = "%-28s %-18s %6s %10s %10s %-5s %s"


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--bootstrap-servers", required=True, metavar="HOST:PORT")
    parser.add_argument(
        "--registry", required=True, metavar="URL", help="base address of the Confluent API"
    )
    parser.add_argument("--topic", default="nightglass.results", help="default: %(default)s")
    parser.add_argument("--target-id", help="only results of this target")
    parser.add_argument("--once", action="store_true", help="stop after the first result")
    parser.add_argument(
        "--timeout",
        type=float,
        metavar="SECONDS",
        help="stop after so long; default: with --once 60, otherwise never",
    )
    parser.add_argument(
        "--format", choices=["table", "jsonl"], default="table", help="default: %(default)s"
    )
    parser.add_argument(
        "--from",
        dest="start",
        choices=["earliest", "latest"],
        default="earliest",
        help="where to begin, default: %(default)s",
    )
    arguments = parser.parse_args()
    if arguments.timeout is None and arguments.once:
        arguments.timeout = 60.0
    return arguments


def print_result(result, form):
    """Prints one SpectrumResult, a dictionary with the fields of its schema."""
    if form == "jsonl":
        line = {
            "spectrum_id": result["spectrum_id"],
            "target_id": result["target_id"],
            "class": result["class_label"],
            "class_probability": result["class_probability"],
            "z": result["z"],
            "z_err": result["z_err"],
            "good_z": result["good_z"],
            "snr": result["snr"],
            "warnings": result["warnings"],
        }
        # What cannot be estimated is null; a NaN here would be a fault worth stopping at.
        print(json.dumps(line, allow_nan=False), flush=True)
        return
    print(
        TABLE
        % (
            result["target_id"],
            result["class_label"],
            "%.3f" % result["class_probability"],
            "" if result["z"] is None else "%.5f" % result["z"],
            "" if result["z_err"] is None else "%.1e" % result["z_err"],
            "yes" if result["good_z"] else "no",
            " ".join(result["warnings"]),
        ),
        flush=True,
    )


def read(consumer, deserialize, arguments):
    """Prints results until told to stop; returns how many were printed."""
    deadline = None if arguments.timeout is None else time.monotonic() + arguments.timeout
    printed = 0
    while deadline is None or time.monotonic() < deadline:
        message = consumer.poll(0.5)
        if message is None:
            continue
        if message.error():
            # The topic is there once the application has been; until then, wait.
            if message.error().code() == KafkaError.UNKNOWN_TOPIC_OR_PART:
                continue
            raise KafkaException(message.error())
        if arguments.target_id is not None and message.key() != arguments.target_id.encode("utf-8"):
            continue
        context = SerializationContext(message.topic(), MessageField.VALUE)
        print_result(deserialize(message.value(), context), arguments.format)
        printed += 1
        if arguments.once:
            break
    return printed


def main():
    arguments = parse_arguments()
    deserialize = AvroDeserializer(SchemaRegistryClient({"url": arguments.registry}))
    consumer = Consumer(
        {
            "bootstrap.servers": arguments.bootstrap_servers,
            "group.id": "read-results-%s" % uuid.uuid4(),
            "auto.offset.reset": arguments.start,
            "enable.auto.commit": False,
            # Nightglass writes in transactions: what was aborted is not a result.
            "isolation.level": "read_committed",
            # A topic made after the start is found within this time.
            "topic.metadata.refresh.interval.ms": 2000,
        }
    )
    try:
        consumer.subscribe([arguments.topic])
        if arguments.format == "table":
            print(
                TABLE % ("target", "class", "prob", "z", "z_err", "good", "warnings"), flush=True
            )
        printed = read(consumer, deserialize, arguments)
    finally:
        consumer.close()
    if arguments.once and printed == 0:
        wanted = "" if arguments.target_id is None else " of target %s" % arguments.target_id
        print(
            "no result%s in %s within %g s" % (wanted, arguments.topic, arguments.timeout),
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KafkaException as fault:
        print("Kafka: %s" % fault, file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(0)
