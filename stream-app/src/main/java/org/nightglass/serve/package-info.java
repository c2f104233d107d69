/**
 * What people and programs see of a night over HTTP: the API that {@code openapi.yaml} beside this
 * package describes, live events, health, metrics, and the page.
 *
 * <pre>
 *  read (read model) ─► NightApi, SurveyApi, SpectrumApi ─► JSON or CSV
 *                    ─► EventsApi ─► server-sent events
 *  Kafka ◄─ OverrideApi ◄─ a person's word     Kafka ─► PixelReader ─► pixels
 * </pre>
 *
 * <p>Answers come from the instance that is asked; none asks another. Nothing here knows Kafka
 * Streams.
 */
@NullMarked
package org.nightglass.serve;

import org.jspecify.annotations.NullMarked;
