/**
 * The station's events. Subscribers: the screens, the recorder, the log, the store of notices. Publishing is
 * synchronous and in order: when `publish` returns, every subscriber has handled the event. The rule that all state a
 * reply depends on is published before the reply (`contract/envelope.ts`) relies on that.
 */
import type { CameraId } from "../track/sensorIds.js";
import type { Notice, ToUi, VideoFrame } from "../contract/messages.js";
import type { MavlinkFrame } from "../mavlink/frame.js";
import type { SensorObservation } from "../track/sensorObservation.js";
import type { VehicleState } from "../vehicle/vehicleState.js";

type StationEvent =
  /** A message for every screen. */
  | { readonly kind: "message"; readonly message: ToUi }
  /** A picture, for every screen that has painted the one before. */
  | { readonly kind: "video-frame"; readonly cameraId: CameraId; readonly frame: VideoFrame }
  /** An observation by a sensor that is not a camera. */
  | { readonly kind: "observation"; readonly observation: SensorObservation }
  | { readonly kind: "notice"; readonly notice: Omit<Notice, "unixTimeUs"> }
  /** A line of the sortie's event log. */
  | { readonly kind: "record"; readonly what: string; readonly facts: Readonly<Record<string, unknown>> }
  /** A line for the program's own log, for its operator. */
  | { readonly kind: "log"; readonly line: string }
  /** A MAVLink frame as received or sent, to be recorded. Never a frame that carries a signing key. */
  | { readonly kind: "mavlink-bytes"; readonly bytes: Uint8Array }
  /** A frame from a vehicle's link, first copy only, published after it was applied to the vehicle's state. */
  | { readonly kind: "frame-received"; readonly frame: MavlinkFrame }
  | { readonly kind: "vehicle-found"; readonly state: VehicleState }
  /** Published after every frame of a vehicle. */
  | { readonly kind: "vehicle-state"; readonly state: VehicleState; readonly before: VehicleState }
  | { readonly kind: "coast-replaced" }
  /** All files of heights are read, or cannot be. */
  | { readonly kind: "terrain-read" }
  /** A further sortie begins: contacts and coverage start empty. */
  | { readonly kind: "next-sortie" };

type Kind = StationEvent["kind"];
type EventOf<K extends Kind> = Extract<StationEvent, { readonly kind: K }>;
type Listener = (event: StationEvent) => void;

export class StationBus {
  readonly #listeners = new Map<Kind, Listener[]>();

  /** Subscribes for the life of the station. Subscribers of one kind are called in the order of subscription. */
  on<K extends Kind>(kind: K, listener: (event: EventOf<K>) => void): void {
    const known = this.#listeners.get(kind) ?? [];
    // A listener only ever gets events of its own kind, which the map's type cannot express.
    this.#listeners.set(kind, [...known, listener as Listener]);
  }

  readonly publish = (event: StationEvent): void => {
    for (const listener of this.#listeners.get(event.kind) ?? []) listener(event);
  };

  readonly send = (message: ToUi): void => this.publish({ kind: "message", message });
  readonly record = (what: string, facts: Readonly<Record<string, unknown>>): void =>
    this.publish({ kind: "record", what, facts });
  readonly notice = (notice: Omit<Notice, "unixTimeUs">): void => this.publish({ kind: "notice", notice });
  readonly log = (line: string): void => this.publish({ kind: "log", line });
}
