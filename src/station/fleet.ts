import type { Clock, Scheduler } from "../core/clock.js";
import type { ToUi } from "../contract/messages.js";
import { MAV_AUTOPILOT_INVALID } from "../mavlink/identity.js";
import type { MavlinkFrame } from "../mavlink/frame.js";
import { fieldsOf } from "../mavlink/messageFields.js";
import { OWN_ADDRESS } from "../mavlink/outgoing.js";
import type { Contact } from "../track/contact.js";
import { vehicleIdOf, type VehicleId, type VehicleState } from "../vehicle/vehicleState.js";
import type { VehicleEvent } from "../vehicle/events.js";
import type { LinkSession } from "./link/linkSession.js";
import type { Notices } from "./notices.js";
import type { Recorder } from "./recording/recorder.js";
import { MavlinkVehicleSession, type VehicleNews, type VehicleSession } from "./vehicle/vehicleSession.js";

/** A flood of invented system ids must not grow without bound; nobody flies so many from one laptop. */
const VEHICLES_MAX = 64;
/** MAV_SEVERITY: warnings and worse go into the event log; everything is in the telemetry. */
const LOGGED_SEVERITY_MAX = 4;

type FleetOptions = {
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly say: (message: ToUi) => void;
  readonly notices: Notices;
  readonly recorder: Recorder;
  readonly contact: (contactId: string) => Contact | undefined;
  readonly dataFolder: string;
  readonly onVehicleHeard: (state: VehicleState) => void;
  /** After every frame of a vehicle. */
  readonly onState: (state: VehicleState, before: VehicleState) => void;
};

/** The vehicles heard on all links, by id; a vehicle begins with its autopilot's first heartbeat and never ends. */
export class Fleet {
  readonly #options: FleetOptions;
  readonly #sessions = new Map<VehicleId, VehicleSession>();

  constructor(options: FleetOptions) {
    this.#options = options;
  }

  get(id: VehicleId): VehicleSession | undefined {
    return this.#sessions.get(id);
  }

  all(): readonly VehicleSession[] {
    return [...this.#sessions.values()];
  }

  states(): readonly VehicleState[] {
    return this.all().map((session) => session.state());
  }

  tick(): void {
    for (const session of this.#sessions.values()) session.tick();
  }

  dispose(): void {
    for (const session of this.#sessions.values()) session.dispose();
  }

  onFrame(link: LinkSession, frame: MavlinkFrame): void {
    // Our own words, come back over a router.
    if (frame.systemId === OWN_ADDRESS.systemId) return;
    const id = vehicleIdOf(link.name, frame.systemId);
    const known = this.#sessions.get(id);
    const session = known ?? this.#begin(id, link, frame);
    if (!session) return;
    // First of all: should its first word be that it is armed, the sortie is open already and knows what it is of.
    if (!known) this.#options.onVehicleHeard(session.state());
    session.onFrame(frame);
    if (!known) {
      this.#options.notices.say({
        id: `vehicle:${id}`,
        severity: "info",
        key: "vehicle-heard",
        facts: { vehicle: id },
      });
    }
  }

  #begin(id: VehicleId, link: LinkSession, frame: MavlinkFrame): VehicleSession | undefined {
    const heartbeat = fieldsOf(frame, "HEARTBEAT");
    const isAutopilot = heartbeat !== undefined && heartbeat.autopilot !== MAV_AUTOPILOT_INVALID;
    if (!isAutopilot || this.#sessions.size >= VEHICLES_MAX) return undefined;
    const { clock, scheduler } = this.#options;
    const session = new MavlinkVehicleSession({
      linkName: link.name,
      systemId: frame.systemId,
      componentId: frame.componentId,
      clock,
      scheduler,
      send: link.send,
      roundTripMs: () => link.status().roundTripMs,
      say: this.#options.say,
      record: (kind, facts) => this.#options.recorder.event(kind, { vehicleId: id, ...facts }),
      contact: this.#options.contact,
      isRecording: () => this.#options.recorder.status().state === "recording",
      dataFolder: this.#options.dataFolder,
      news: this.#newsOf(id),
    });
    this.#sessions.set(id, session);
    return session;
  }

  #newsOf(vehicleId: VehicleId): VehicleNews {
    const { say, recorder, notices } = this.#options;
    return {
      onState: (state, before) => {
        this.#logChanges(state, before);
        this.#options.onState(state, before);
      },
      onEvent: (event) => this.#logEvent(vehicleId, event),
      onPresence: (_state, isLost) => {
        recorder.event(isLost ? "vehicle-lost" : "vehicle-back", { vehicleId });
        notices.say({
          id: `vehicle:${vehicleId}`,
          severity: isLost ? "danger" : "info",
          key: isLost ? "vehicle-lost" : "vehicle-back",
          facts: { vehicle: vehicleId },
        });
      },
      onCommand: (command, status) => {
        say({ kind: "command-status", vehicleId, command, status });
        recorder.event("command", { vehicleId, command, status });
      },
      onTransfer: (status) => {
        say({ kind: "transfer-status", vehicleId, status });
        const isNews = status.phase === "verified" || status.phase === "failed";
        if (isNews) recorder.event("transfer", { vehicleId, status });
      },
      onAircraftPlan: (plan) => {
        say({ kind: "aircraft-plan", vehicleId, plan });
        recorder.event("aircraft-plan", { vehicleId, plan });
      },
    };
  }

  #logChanges(state: VehicleState, before: VehicleState): void {
    const { recorder } = this.#options;
    const now = state.heartbeat?.value;
    const then = before.heartbeat?.value;
    if (!now) return;
    const { modeName, customMode, isArmed } = now;
    if (customMode !== then?.customMode) recorder.event("mode", { vehicleId: state.id, modeName, customMode });
    if (isArmed !== then?.isArmed) recorder.event(isArmed ? "armed" : "disarmed", { vehicleId: state.id });
  }

  #logEvent(vehicleId: VehicleId, event: VehicleEvent): void {
    const { recorder } = this.#options;
    if (event.kind === "mission-reached") recorder.event("mission-reached", { vehicleId, seq: event.seq });
    if (event.kind === "text" && event.severity <= LOGGED_SEVERITY_MAX) {
      recorder.event("text", { vehicleId, severity: event.severity, text: event.text });
    }
  }
}
