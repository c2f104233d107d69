package org.nightglass.config;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.nightglass.schemas.serde.AvroDeserializer;
import org.nightglass.schemas.serde.AvroSerializer;

/**
 * Every key that Nightglass knows, defined once. The reference page {@code docs/configuration.md}
 * is made from this.
 *
 * <p>Besides these, {@code kafka.*} goes to Kafka's clients with the prefix taken off (security,
 * timeouts, buffers), the registry client's own settings ({@code basic.auth.*}, {@code
 * schema.registry.ssl.*} …) to the serdes as they are, and {@code serde.config.*} to them with the
 * prefix taken off.
 */
public final class Settings {
  public static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
  public static final String REGISTRY_URL = "schema.registry.url";
  public static final String APPLICATION_ID = "application.id";
  public static final String STATE_DIR = "state.dir";
  public static final String PROCESSING_GUARANTEE = "processing.guarantee";
  public static final String STREAM_THREADS = "num.stream.threads";
  public static final String COMMIT_INTERVAL = "commit.interval.ms";
  public static final String TRANSACTION_TIMEOUT = "transaction.timeout.ms";

  public static final String TOPIC_SPECTRA = "topics.spectra";
  public static final String TOPIC_RESULTS = "topics.results";
  public static final String TOPIC_REJECTS = "topics.rejects";
  public static final String TOPIC_PLAN = "topics.plan";
  public static final String TOPIC_NIGHT_EVENTS = "topics.night.events";
  public static final String TOPIC_OVERRIDES = "topics.overrides";
  public static final String TOPIC_TARGET_STATE = "topics.target.state";
  public static final String TOPIC_FIELD_PROGRESS = "topics.field.progress";
  public static final String TOPIC_NIGHT_YIELD = "topics.night.yield";
  public static final String TOPIC_SURVEY_YIELD = "topics.survey.yield";
  public static final String TOPIC_NIGHTS = "topics.nights";

  /** The keys of all topics' names. */
  public static final List<String> TOPICS =
      List.of(
          TOPIC_SPECTRA,
          TOPIC_RESULTS,
          TOPIC_REJECTS,
          TOPIC_PLAN,
          TOPIC_NIGHT_EVENTS,
          TOPIC_OVERRIDES,
          TOPIC_TARGET_STATE,
          TOPIC_FIELD_PROGRESS,
          TOPIC_NIGHT_YIELD,
          TOPIC_SURVEY_YIELD,
          TOPIC_NIGHTS);

  public static final String TOPICS_CREATE = "topics.create";
  public static final String TOPICS_PARTITIONS = "topics.partitions";
  public static final String TOPICS_REPLICATION = "topics.replication.factor";
  public static final String TOPICS_MAX_MESSAGE_BYTES = "topics.max.message.bytes";

  public static final String BATCH_MAX_SIZE = "batch.max.size";
  public static final String BATCH_MAX_BYTES = "batch.max.bytes";
  public static final String BATCH_LINGER = "batch.linger.ms";

  public static final String MODEL_BUNDLE = "model.bundle";
  public static final String MODEL_BUNDLE_DIRS = "model.bundle.dirs";
  public static final String MODEL_DEVICE = "model.device";
  public static final String MODEL_PRECISION = "model.precision";
  public static final String MODEL_BATCH_SIZES = "model.batch.sizes";
  public static final String MODEL_INTRA_OP = "model.intra.op.threads";
  public static final String MODEL_INTER_OP = "model.inter.op.threads";
  public static final String MODEL_CONCURRENCY = "model.concurrency";

  public static final String OBSERVATORY_ZONE = "observatory.time.zone";
  public static final String OBSERVATORY_LONGITUDE = "observatory.longitude.deg";

  public static final String NIGHT_THREADS = "night.stream.threads";
  public static final String NIGHT_COMMIT_INTERVAL = "night.commit.interval.ms";
  public static final String NIGHT_UPDATE_INTERVAL = "night.update.interval.ms";
  public static final String NIGHT_CLOSE_GRACE = "night.close.grace.s";
  public static final String NIGHT_CLOSE_LONGEST = "night.close.longest.wait.s";

  public static final String LIMIT_ARMS = "limits.max.arms";
  public static final String LIMIT_PIXELS = "limits.max.pixels";
  public static final String LIMIT_FUTURE = "limits.future.tolerance.s";

  public static final String SERDE_SPECTRUM = "serde.spectrum.deserializer";
  public static final String SERDE_RESULT = "serde.result.serializer";
  public static final String SERDE_REJECT = "serde.reject.serializer";
  public static final String SERDE_NIGHT_INPUT = "serde.night.deserializer";
  public static final String SERDE_NIGHT_PRODUCT = "serde.night.serializer";

  public static final String HTTP_ENABLED = "http.enabled";
  public static final String HTTP_HOST = "http.host";
  public static final String HTTP_PORT = "http.port";
  public static final String HTTP_TOKEN = "http.token";
  public static final String READ_NIGHTS_KEPT = "read.nights.kept";
  public static final String READ_NIGHTS_IN_MEMORY = "read.nights.in.memory";

  /** Keys that begin so go to Kafka's clients, without it. */
  public static final String KAFKA_PREFIX = "kafka.";

  static final ConfigDef DEFINITION =
      new ConfigDef()
          .define(
              BOOTSTRAP_SERVERS,
              Type.LIST,
              ConfigDef.NO_DEFAULT_VALUE,
              new Addresses(),
              HIGH,
              "Kafka brokers to begin with, host:port, separated by commas.")
          .define(
              REGISTRY_URL,
              Type.STRING,
              ConfigDef.NO_DEFAULT_VALUE,
              new HttpUrls(),
              HIGH,
              "Base address of the schema registry's Confluent API; several separated by commas. For Apicurio it ends in"
                  + " /apis/ccompat/v7.")
          .define(
              APPLICATION_ID,
              Type.STRING,
              "nightglass",
              new TopicName(),
              HIGH,
              "Name of the application. Instances with the same name share the work; it is also the consumer group and the"
                  + " prefix of transactions.")
          .define(
              STATE_DIR,
              Type.STRING,
              "",
              HIGH,
              "Folder for local state. Empty: nightglass-state in the system's temporary folder. Two instances on one"
                  + " machine need two folders.")
          .define(
              PROCESSING_GUARANTEE,
              Type.STRING,
              "exactly_once_v2",
              ValidString.in("exactly_once_v2", "at_least_once"),
              HIGH,
              "exactly_once_v2: each spectrum has one result, whatever crashes; readers must use read_committed."
                  + " at_least_once: results may come twice after a crash, and are seen without waiting for a commit;"
                  + " the account of the night is exact all the same.")
          .define(
              STREAM_THREADS,
              Type.INT,
              2,
              between(1, 256),
              MEDIUM,
              "Threads that decode, prepare and feed the model. More than there are partitions is of no use.")
          .define(
              COMMIT_INTERVAL,
              Type.LONG,
              1000L,
              between(10L, 600_000L),
              MEDIUM,
              "Milliseconds between commits: the first batch that ends later asks for one; where none ends, half as much"
                  + " again. With exactly_once_v2 readers see results only after it. At least four times batch.linger.ms,"
                  + " at most half of transaction.timeout.ms.")
          .define(
              TRANSACTION_TIMEOUT,
              Type.INT,
              60_000,
              between(1000, 900_000),
              LOW,
              "Milliseconds after which the broker gives up a transaction of an instance that has gone silent.")
          .define(
              TOPIC_SPECTRA,
              Type.STRING,
              "nightglass.spectra",
              new TopicName(),
              MEDIUM,
              "Topic that spectra come from.")
          .define(
              TOPIC_RESULTS,
              Type.STRING,
              "nightglass.results",
              new TopicName(),
              MEDIUM,
              "Topic that results go to, keyed by target id.")
          .define(
              TOPIC_REJECTS,
              Type.STRING,
              "nightglass.rejects",
              new TopicName(),
              MEDIUM,
              "Topic that unusable records go to, with reason and original bytes.")
          .define(
              TOPIC_PLAN,
              Type.STRING,
              "nightglass.plan",
              new TopicName(),
              MEDIUM,
              "Topic of what the night is meant to observe (compacted).")
          .define(
              TOPIC_NIGHT_EVENTS,
              Type.STRING,
              "nightglass.night-events",
              new TopicName(),
              MEDIUM,
              "Topic of the observer's word: opened, closed, reopened (compacted).")
          .define(
              TOPIC_OVERRIDES,
              Type.STRING,
              "nightglass.overrides",
              new TopicName(),
              MEDIUM,
              "Topic of people's words on single targets: accept, reject, do not observe (compacted).")
          .define(
              TOPIC_TARGET_STATE,
              Type.STRING,
              "nightglass.target-state",
              new TopicName(),
              MEDIUM,
              "Topic that the state of every target goes to, keyed by target id (compacted).")
          .define(
              TOPIC_FIELD_PROGRESS,
              Type.STRING,
              "nightglass.field-progress",
              new TopicName(),
              MEDIUM,
              "Topic that the progress of every field goes to, keyed by field id (compacted).")
          .define(
              TOPIC_NIGHT_YIELD,
              Type.STRING,
              "nightglass.night-yield",
              new TopicName(),
              MEDIUM,
              "Topic that a night's funnels go to, by programme, field and class (compacted).")
          .define(
              TOPIC_SURVEY_YIELD,
              Type.STRING,
              "nightglass.survey-yield",
              new TopicName(),
              MEDIUM,
              "Topic that the survey's funnels to date go to, by programme and class (compacted).")
          .define(
              TOPIC_NIGHTS,
              Type.STRING,
              "nightglass.nights",
              new TopicName(),
              MEDIUM,
              "Topic that says of every night whether it is open, closed or revised (compacted).")
          .define(
              TOPICS_CREATE,
              Type.BOOLEAN,
              true,
              MEDIUM,
              "Create topics that are missing. Where it is false, a missing topic is a fault at start.")
          .define(
              TOPICS_PARTITIONS,
              Type.INT,
              4,
              between(1, 10_000),
              MEDIUM,
              "Partitions of topics that are created.")
          .define(
              TOPICS_REPLICATION,
              Type.SHORT,
              (short) -1,
              new Replication(),
              MEDIUM,
              "Copies of each partition of topics that are created. -1: the brokers' default.")
          .define(
              TOPICS_MAX_MESSAGE_BYTES,
              Type.INT,
              8 * 1024 * 1024,
              between(64 * 1024, 256 * 1024 * 1024),
              MEDIUM,
              "Greatest record of topics that are created, in bytes. Rejects hold the original, so their topic allows 64 KiB"
                  + " more.")
          .define(
              BATCH_MAX_SIZE,
              Type.INT,
              256,
              between(1, 65_536),
              HIGH,
              "Most spectra in one run of the model. No more than the bundle's greatest batch size.")
          .define(
              BATCH_MAX_BYTES,
              Type.LONG,
              32L * 1024 * 1024,
              between(64 * 1024, 4L << 30),
              MEDIUM,
              "Bytes of events at which a batch is full, whatever its size: a stream thread holds no more than this back in"
                  + " memory.")
          .define(
              BATCH_LINGER,
              Type.LONG,
              100L,
              between(0L, 60_000L),
              HIGH,
              "Milliseconds that a spectrum may wait for others to fill its batch; five times as long while they come faster than"
                  + " the model takes them, since then full batches are what catches up.")
          .define(
              MODEL_BUNDLE,
              Type.STRING,
              "sdss13",
              new NonEmptyString(),
              HIGH,
              "Model bundle: a name, name/version, or the folder of one. Without a version, the newest.")
          .define(
              MODEL_BUNDLE_DIRS,
              Type.LIST,
              "",
              MEDIUM,
              "Folders in which bundles are looked up by name, before those that come with Nightglass.")
          .define(
              MODEL_DEVICE,
              Type.STRING,
              "auto",
              new Devices(),
              HIGH,
              "What the model runs on. auto: every GPU that TensorFlow can use, the processor where there is none. gpu: every"
                  + " GPU; without one the application does not start. gpu:0,gpu:2: these. cpu: the processor. cpu:0,cpu:1: logical parts"
                  + " of it, to try out what several devices do. Each device has sessions of its own, and batches go round.")
          .define(
              MODEL_PRECISION,
              Type.STRING,
              "auto",
              ValidString.in("auto", "float32", "bfloat16"),
              MEDIUM,
              "Numbers that the networks multiply. bfloat16: of 16 bits, summed in float32, nearly twice as fast on processors that have"
                  + " instructions for it, with the same redshifts within a fraction of their errors. float32: as the networks were trained."
                  + " auto: bfloat16 on a processor that has the instructions (avx512_bf16, amx_bf16), but float32 elsewhere, on GPUs, and for"
                  + " networks that give a redshift as a number instead of a distribution.")
          .define(
              MODEL_BATCH_SIZES,
              Type.LIST,
              "",
              new BatchSizeList(),
              MEDIUM,
              "Batch sizes that the model is run with and warmed up for, rising, instead of those on the bundle's card. A GPU wants"
                  + " larger ones; batch.max.size and batch.max.bytes must then allow them.")
          .define(
              MODEL_INTRA_OP,
              Type.INT,
              1,
              between(0, 1024),
              MEDIUM,
              "TensorFlow threads within one operation. 0: TensorFlow decides. With several stream threads 1 is best.")
          .define(
              MODEL_INTER_OP,
              Type.INT,
              2,
              between(0, 1024),
              MEDIUM,
              "TensorFlow threads over operations that do not wait for each other. 0: TensorFlow decides.")
          .define(
              MODEL_CONCURRENCY,
              Type.INT,
              2,
              between(1, 256),
              MEDIUM,
              "Batches in the model at the same time, over all threads, for each device. On GPUs: 1, and as many num.stream.threads as"
                  + " there are GPUs, or one more.")
          .define(
              OBSERVATORY_ZONE,
              Type.STRING,
              "",
              new TimeZoneName(),
              HIGH,
              "Time zone of the observatory, for instance America/Denver: nights last from noon to noon"
                  + " there. Empty, and no longitude either: results do not name their night.")
          .define(
              OBSERVATORY_LONGITUDE,
              Type.DOUBLE,
              null,
              new Longitude(),
              HIGH,
              "Instead of the time zone: longitude of the observatory in degrees east, for nights by"
                  + " the mean sun.")
          .define(
              NIGHT_THREADS,
              Type.INT,
              1,
              between(1, 256),
              MEDIUM,
              "Threads that keep the account of the night, beside those that feed the model.")
          .define(
              NIGHT_COMMIT_INTERVAL,
              Type.LONG,
              100L,
              between(10L, 60_000L),
              MEDIUM,
              "Least milliseconds between commits of the account: a result passes three of them on its way to a field's"
                  + " progress. What has been on its way for long is committed less often, down to once a second.")
          .define(
              NIGHT_UPDATE_INTERVAL,
              Type.LONG,
              1000L,
              between(10L, 3_600_000L),
              HIGH,
              "Milliseconds between two updates of one figure: a target's state, a field's progress, a night's yield. What"
                  + " changes in between is told in the next update.")
          .define(
              NIGHT_CLOSE_GRACE,
              Type.LONG,
              7200L,
              between(1L, 30L * 86_400),
              MEDIUM,
              "Seconds after local noon, and after the last change, when the clock closes a night that no observer closed.")
          .define(
              NIGHT_CLOSE_LONGEST,
              Type.LONG,
              600L,
              between(0L, 30L * 86_400),
              MEDIUM,
              "Seconds that an observer's word to close a night waits, at most, until what was on the road when it was said has been"
                  + " counted; what comes after that revises the night. 0: it does not wait.")
          .define(LIMIT_ARMS, Type.INT, 8, between(1, 64), LOW, "Most arms of a spectrum.")
          .define(
              LIMIT_PIXELS,
              Type.INT,
              65_536,
              between(100, 10_000_000),
              LOW,
              "Most pixels of a spectrum, all arms together.")
          .define(
              LIMIT_FUTURE,
              Type.LONG,
              600L,
              atLeast(0),
              LOW,
              "Seconds by which an exposure may begin after this machine's clock: for clocks that disagree.")
          .define(
              SERDE_SPECTRUM,
              Type.CLASS,
              AvroDeserializer.class,
              LOW,
              "Kafka Deserializer that gives org.nightglass.avro.Spectrum.")
          .define(
              SERDE_RESULT,
              Type.CLASS,
              AvroSerializer.class,
              LOW,
              "Kafka Serializer for org.nightglass.avro.SpectrumResult.")
          .define(
              SERDE_REJECT,
              Type.CLASS,
              AvroSerializer.class,
              LOW,
              "Kafka Serializer for org.nightglass.avro.Reject.")
          .define(
              SERDE_NIGHT_INPUT,
              Type.CLASS,
              AvroDeserializer.class,
              LOW,
              "Kafka Deserializer of what the account reads (results, rejects, plan, night events, overrides) and, with the account's products, the API.")
          .define(
              SERDE_NIGHT_PRODUCT,
              Type.CLASS,
              AvroSerializer.class,
              LOW,
              "Kafka Serializer of what the account tells (target states, field progress, yields, nights), and of overrides given to the API.")
          .define(
              HTTP_ENABLED,
              Type.BOOLEAN,
              true,
              HIGH,
              "Serve the page, the API and the metrics over HTTP.")
          .define(
              HTTP_HOST,
              Type.STRING,
              "127.0.0.1",
              new NonEmptyString(),
              HIGH,
              "Address to listen on. 127.0.0.1: this machine only. 0.0.0.0: every network that the machine is in; anybody"
                  + " there may read, so put what protects the site before it.")
          .define(
              HTTP_PORT,
              Type.INT,
              8080,
              between(0, 65_535),
              HIGH,
              "Port to listen on. 0: any free one, which the log then names.")
          .define(
              HTTP_TOKEN,
              Type.STRING,
              "",
              HIGH,
              "What a request must bring to write: Authorization: Bearer TOKEN. Empty: one is made up at every start and"
                  + " logged; only where http.host is this machine's own.")
          .define(
              READ_NIGHTS_KEPT,
              Type.INT,
              60,
              between(1, 10_000),
              MEDIUM,
              "Nights whose single results and rejects an instance keeps to answer with; older ones are dropped. Figures of"
                  + " nights, fields and targets stay.")
          .define(
              READ_NIGHTS_IN_MEMORY,
              Type.INT,
              2,
              between(1, 100),
              LOW,
              "Of those, nights whose results are held in memory, those asked for last; 200,000 results take some 60 MB.");

  private Settings() {}
}
