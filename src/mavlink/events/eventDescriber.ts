import type { EventDescription, ReceivedVehicleEvent } from "../../vehicle/events.js";
import type { AutopilotKind, VehicleText } from "../../vehicle/vehicleState.js";
import { metadataJson } from "../metadataJson.js";
import { readEventMetadata, type EventMetadata } from "./eventMetadata.js";
import { PX4_EVENTS_XZ_BASE64 } from "./generated/px4Events.js";

/**
 * Texts for events: by the vehicle's own metadata where known, else by those of a PX4 release bundled with this
 * station.
 */
export class EventDescriber {
  #own: EventMetadata | undefined;

  get hasOwn(): boolean {
    return this.#own !== undefined;
  }

  /** False when the JSON is no event metadata; then what was known before is kept. */
  readonly learn = (json: unknown): boolean => {
    const metadata = readEventMetadata(json);
    this.#own = metadata ?? this.#own;
    return metadata !== undefined;
  };

  readonly describe = (event: ReceivedVehicleEvent, autopilot: AutopilotKind): EventDescription | undefined =>
    this.#own?.(event) ?? (autopilot === "px4" ? px4Events()(event) : undefined);

  /** Texts for events that were received before the metadata. */
  readonly descriptionsOf = (
    texts: readonly VehicleText[],
    autopilot: AutopilotKind,
  ): ReadonlyMap<string, EventDescription> => {
    const descriptions = new Map<string, EventDescription>();
    for (const { event, severity } of texts) {
      if (!event || event.name !== undefined || descriptions.has(event.key)) continue;
      const description = this.describe(eventOfKey(event.key, severity), autopilot);
      if (description) descriptions.set(event.key, description);
    }
    return descriptions;
  };
}

/** The event for a key (`eventKeyOf`); its sequence number no longer matters and is 0. */
function eventOfKey(key: string, severity: number): ReceivedVehicleEvent {
  const [id = "0", bytes = ""] = key.split(":");
  const pairs = bytes.match(/../g) ?? [];
  const event = { eventId: parseInt(id, 16), arguments: pairs.map((pair) => parseInt(pair, 16)) };
  return { ...event, severity, sequence: 0, timeBootMs: 0 };
}

let px4: EventMetadata | undefined;

/** PX4 derives event ids from event names, so one release's metadata fit other releases too. */
function px4Events(): EventMetadata {
  px4 ??= readEventMetadata(metadataJson(bytesFromBase64(PX4_EVENTS_XZ_BASE64)));
  if (!px4) throw new Error("Invariant: the events that come with the station are sound");
  return px4;
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The pure rooms are compiled without `atob`. */
function bytesFromBase64(text: string): Uint8Array {
  const clean = text.replace(/=+$/, "");
  const bytes = new Uint8Array(Math.floor((clean.length * 3) / 4));
  let bits = 0;
  let countOfBits = 0;
  let at = 0;
  for (const letter of clean) {
    bits = ((bits << 6) | ALPHABET.indexOf(letter)) & 0xffffff;
    countOfBits += 6;
    if (countOfBits < 8) continue;
    countOfBits -= 8;
    bytes[at++] = (bits >>> countOfBits) & 0xff;
  }
  return bytes;
}
