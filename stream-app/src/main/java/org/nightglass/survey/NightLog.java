package org.nightglass.survey;

import java.time.Instant;
import java.util.concurrent.CompletionException;
import org.nightglass.avro.NightEvent;
import org.nightglass.avro.NightEventType;
import org.nightglass.config.NightglassConfig;
import org.nightglass.night.Mjd;
import org.nightglass.produce.RecordSender;
import org.nightglass.schemas.serde.AvroSerializer;

/** The observer's words on a simulated survey's nights. Not thread-safe. */
final class NightLog implements AutoCloseable {
  private final RecordSender<NightEvent> sender;
  private final String observatory;

  /**
   * @param config of the application that keeps the account
   * @param observatory its name
   */
  NightLog(NightglassConfig config, String observatory) {
    this.observatory = observatory;
    AvroSerializer<NightEvent> serializer = new AvroSerializer<>();
    serializer.configure(config.serdes(), false);
    this.sender = new RecordSender<>(config.kafka(), serializer, config.topics().nightEvents());
  }

  void opened(ObservingNight night) {
    write(night, NightEventType.OPENED, Mjd.instant(night.begin()));
  }

  void closed(ObservingNight night) {
    write(night, NightEventType.CLOSED, Mjd.instant(night.end()));
  }

  private void write(ObservingNight night, NightEventType type, Instant at) {
    NightEvent event = new NightEvent();
    event.setNight(night.name());
    event.setObservatory(observatory);
    event.setType(type);
    event.setAt(at);
    event.setBy("simulated observer");
    event.setPlannedEnd(Mjd.instant(night.end()));
    try {
      sender.send(night.name(), event).join();
    } catch (CompletionException e) {
      throw new SurveyFaultException(
          "night %s was not declared %s: %s".formatted(night.name(), type, e.getCause()));
    }
  }

  @Override
  public void close() {
    sender.close();
  }
}
