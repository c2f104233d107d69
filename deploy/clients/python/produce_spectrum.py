#!/usr/bin/env python3
"""Sends one spectrum of a made-up galaxy to Nightglass.

Shows what a producer has to do: take the schema from the registry, pack the pixels as
little-endian float32, send with the target id as key, and wait for the broker's word.

    python produce_spectrum.py --bootstrap-servers 127.0.0.1:9092 \
        --registry http://127.0.0.1:8080/apis/ccompat/v7 --target-id demo-1 --redshift 0.1

Exit status: 0 delivered, 1 not delivered, 2 wrong arguments.
"""

import argparse
import math
import random
import struct
import sys
import time

from confluent_kafka import KafkaException, Producer
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroSerializer
from confluent_kafka.schema_registry.error import SchemaRegistryError
from confluent_kafka.serialization import MessageField, SerializationContext

# An SDSS-like grid: pixel i is centred at 10^(LOG10_START + i*LOG10_STEP) Angstrom, in vacuum.
LOG10_START = 3.58
LOG10_STEP = 1e-4
PIXELS = 3900

# Rest wavelengths in vacuum, Angstrom; strength as equivalent width in Angstrom, absorption negative.
LINES = [
    (3727.1, 8.0), (3728.8, 9.0), (3934.8, -5.0), (3969.6, -4.5), (4305.6, -3.0), (4862.7, 4.0),
    (4960.3, 3.0), (5008.2, 9.0), (5176.6, -3.5), (5895.6, -2.5), (6549.9, 2.5), (6564.6, 20.0),
    (6585.3, 7.5), (6718.3, 3.5), (6732.7, 2.8),
]
LINE_SIGMA_KM_S = 120.0
SPEED_OF_LIGHT_KM_S = 299792.458
EXPOSURE_SECONDS = 900.0
MJD_OF_UNIX_EPOCH = 40587.0


def galaxy_flux(rest_wavelength):
    """Flux of the galaxy at a rest wavelength in Angstrom, in 1e-17 erg/s/cm2/Angstrom."""
    # A continuum that rises over the 4000 Angstrom break, then falls slowly to the red.
    continuum = 10.0 * (0.55 + 0.45 / (1.0 + math.exp(-(rest_wavelength - 4000.0) / 25.0)))
    continuum *= (rest_wavelength / 5500.0) ** -0.3
    flux = continuum
    for centre, equivalent_width in LINES:
        sigma = centre * LINE_SIGMA_KM_S / SPEED_OF_LIGHT_KM_S
        distance = (rest_wavelength - centre) / sigma
        if abs(distance) < 6.0:
            peak = equivalent_width / (sigma * math.sqrt(2.0 * math.pi))
            flux += continuum * max(-0.9, peak * math.exp(-0.5 * distance * distance))
    return flux


def pack_float32(values):
    """Packs numbers as Nightglass wants pixels: little-endian IEEE 754 float32, no header."""
    return struct.pack("<%df" % len(values), *values)


def spectrum(target_id, redshift, snr, seed):
    """The record, as a dictionary with the fields of the Spectrum schema."""
    noise = random.Random(seed)
    sigma = 10.0 / snr
    flux = []
    for i in range(PIXELS):
        wavelength = 10.0 ** (LOG10_START + i * LOG10_STEP)
        flux.append(galaxy_flux(wavelength / (1.0 + redshift)) + noise.gauss(0.0, sigma))
    exposure_start = time.time() - EXPOSURE_SECONDS
    arm = {
        "name": "joined",
        # A union: the tuple says which of its record types this is.
        "grid": (
            "org.nightglass.avro.LogGrid",
            {"log10_start": LOG10_START, "log10_step": LOG10_STEP, "pixels": PIXELS},
        ),
        "medium": "VACUUM",
        "flux": pack_float32(flux),
        "ivar": pack_float32([1.0 / sigma**2] * PIXELS),
        "mask": None,
    }
    return {
        "spectrum_id": "%s-%d" % (target_id, int(exposure_start)),
        "target_id": target_id,
        "kind": "TARGET",
        "survey": "example",
        "programme": "example",
        "field_id": "example",
        "exposure_id": "example-1",
        "fibre": 1,
        "ra_deg": 150.0,
        "dec_deg": 2.0,
        "mjd": MJD_OF_UNIX_EPOCH + exposure_start / 86400.0,
        "exposure_seconds": EXPOSURE_SECONDS,
        "reduction_version": "example-1",
        "night": None,
        "selected_as": "GALAXY",
        "arms": [arm],
    }


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--bootstrap-servers", required=True, metavar="HOST:PORT")
    parser.add_argument(
        "--registry", required=True, metavar="URL", help="base address of the Confluent API"
    )
    parser.add_argument("--topic", default="nightglass.spectra", help="default: %(default)s")
    parser.add_argument("--target-id", default="example-galaxy", help="default: %(default)s")
    parser.add_argument("--redshift", type=float, default=0.1, help="default: %(default)s")
    parser.add_argument(
        "--snr", type=float, default=15.0, help="signal-to-noise per pixel, default: %(default)s"
    )
    parser.add_argument("--seed", type=int, default=1, help="of the noise, default: %(default)s")
    parser.add_argument(
        "--timeout", type=float, default=30.0, metavar="SECONDS", help="default: %(default)s"
    )
    arguments = parser.parse_args()
    if not 0.0 <= arguments.redshift < 1.2:
        parser.error("--redshift %g is outside 0 <= z < 1.2" % arguments.redshift)
    if not 0.0 < arguments.snr < math.inf:
        parser.error("--snr %g is not a positive number" % arguments.snr)
    return arguments


def main():
    arguments = parse_arguments()
    registry = SchemaRegistryClient({"url": arguments.registry})
    # The application owns the schema: use the one it has registered, never register another.
    serialize = AvroSerializer(
        registry, conf={"auto.register.schemas": False, "use.latest.version": True}
    )
    record = spectrum(arguments.target_id, arguments.redshift, arguments.snr, arguments.seed)
    try:
        value = serialize(record, SerializationContext(arguments.topic, MessageField.VALUE))
    except SchemaRegistryError as error:
        print(
            "no schema for subject %s-value at %s: %s"
            % (arguments.topic, arguments.registry, error),
            file=sys.stderr,
        )
        return 1

    outcome = []
    producer = Producer(
        {
            "bootstrap.servers": arguments.bootstrap_servers,
            "enable.idempotence": True,
            "message.timeout.ms": int(arguments.timeout * 1000),
        }
    )
    producer.produce(
        arguments.topic,
        key=arguments.target_id.encode("utf-8"),
        value=value,
        on_delivery=lambda error, message: outcome.append((error, message)),
    )
    producer.flush(arguments.timeout + 5.0)
    if not outcome:
        print("no word from the broker within %g s" % arguments.timeout, file=sys.stderr)
        return 1
    error, message = outcome[0]
    if error is not None:
        print("not delivered: %s" % error, file=sys.stderr)
        return 1
    print(
        "delivered %s (%d bytes, z = %g) to %s, partition %d, offset %d"
        % (
            record["spectrum_id"],
            len(value),
            arguments.redshift,
            message.topic(),
            message.partition(),
            message.offset(),
        )
    )
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KafkaException as fault:
        print("Kafka: %s" % fault, file=sys.stderr)
        sys.exit(1)
