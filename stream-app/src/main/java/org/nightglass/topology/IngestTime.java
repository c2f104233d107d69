package org.nightglass.topology;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * A record's time is the time at which it was ingested: the broker's own time where the topic keeps
 * that ({@code LogAppendTime}), now where it does not.
 *
 * <p>Never the time of the observation: Kafka's retention goes by the record's timestamp, and
 * results that carried the time of an old night would be deleted before anyone reads them.
 */
public final class IngestTime implements TimestampExtractor {
  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
    return record.timestampType() == TimestampType.LOG_APPEND_TIME && record.timestamp() >= 0
        ? record.timestamp()
        : System.currentTimeMillis();
  }
}
