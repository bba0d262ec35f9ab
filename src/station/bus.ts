/**
 * What happens in the station, published once. Whoever has a use for it subscribes: the screens, the recorder, the log, the
 * store of notices. Publishing is synchronous and in order: when `publish` returns, every subscriber has had the event. The
 * rule that a reply follows the state it rests on (`contract/envelope.ts`) stands on that.
 */
import type { CameraId } from "../track/sensorIds.js";
import type { Notice, ToUi, VideoFrame } from "../contract/messages.js";
import type { MavlinkFrame } from "../mavlink/frame.js";
import type { SensorObservation } from "../track/sensorObservation.js";
import type { VehicleState } from "../vehicle/vehicleState.js";

type StationEvent =
  /** To every screen. */
  | { readonly kind: "message"; readonly message: ToUi }
  /** A picture for every screen that has painted the one before. */
  | { readonly kind: "video-frame"; readonly cameraId: CameraId; readonly frame: VideoFrame }
  /** What a sensor that is not a camera reports of an object. */
  | { readonly kind: "observation"; readonly observation: SensorObservation }
  | { readonly kind: "notice"; readonly notice: Omit<Notice, "unixTimeUs"> }
  /** A line of the sortie's event log. */
  | { readonly kind: "record"; readonly what: string; readonly facts: Readonly<Record<string, unknown>> }
  /** A line for the program's log, for whoever runs it. */
  | { readonly kind: "log"; readonly line: string }
  /** A MAVLink frame as it came or went: recorded. Never one that carries a key. */
  | { readonly kind: "mavlink-bytes"; readonly bytes: Uint8Array }
  /** A frame from a vehicle's link, its first copy only, after the vehicle's state has taken it in. */
  | { readonly kind: "frame-received"; readonly frame: MavlinkFrame }
  | { readonly kind: "vehicle-found"; readonly state: VehicleState }
  /** After every frame of a vehicle. */
  | { readonly kind: "vehicle-state"; readonly state: VehicleState; readonly before: VehicleState }
  | { readonly kind: "coast-replaced" }
  /** Another sortie begins than the one the station started with: contacts and coverage begin anew. */
  | { readonly kind: "next-sortie" };

type Kind = StationEvent["kind"];
type EventOf<K extends Kind> = Extract<StationEvent, { readonly kind: K }>;
type Listener = (event: StationEvent) => void;

export class StationBus {
  readonly #listeners = new Map<Kind, Listener[]>();

  /** For the life of the station. Subscribers of one kind are called in the order in which they subscribed. */
  on<K extends Kind>(kind: K, listener: (event: EventOf<K>) => void): void {
    const known = this.#listeners.get(kind) ?? [];
    // Only events of this kind are ever given to it, which the map's type cannot say.
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
