import type { Clock } from "../core/clock.js";
import type { LinkStatus, VehiclePaths } from "../contract/linkMessages.js";
import type { ToUi } from "../contract/messages.js";
import type { VehicleState } from "../vehicle/vehicleState.js";
import type { StationBus } from "./bus.js";

/** Link statistics change even when nothing is received, which is when they matter: published at least this often. */
const IDLE_MS = 500;

type TelemetryOptions = {
  readonly clock: Clock;
  readonly bus: StationBus;
  readonly vehicles: () => readonly VehicleState[];
  readonly links: () => readonly LinkStatus[];
  readonly paths: () => readonly VehiclePaths[];
};

/** Sends the states of all vehicles and links to the screens, in batches: a screen cannot show every single frame. */
export class TelemetryPublisher {
  readonly #options: TelemetryOptions;
  #hasChanged = true;
  #publishedAtMonoMs = Number.NEGATIVE_INFINITY;

  constructor(options: TelemetryOptions) {
    this.#options = options;
    const onChange = (): void => {
      this.#hasChanged = true;
    };
    options.bus.on("frame-received", onChange);
    options.bus.on("vehicle-state", onChange);
  }

  vehicles(): readonly VehicleState[] {
    return this.#options.vehicles();
  }

  publish(): void {
    const { clock, bus } = this.#options;
    this.#hasChanged = false;
    this.#publishedAtMonoMs = clock.monoMs();
    bus.send(this.#batch());
  }

  /** Call before sending a reply: the state that it depends on must be published first. */
  publishIfChanged(): void {
    if (this.#hasChanged) this.publish();
  }

  /** Publishes at most as often as screens can show it. */
  publishIfDue(): void {
    const isIdle = this.#options.clock.monoMs() - this.#publishedAtMonoMs >= IDLE_MS;
    if (this.#hasChanged || isIdle) this.publish();
  }

  #batch(): ToUi {
    const { clock, vehicles, links, paths } = this.#options;
    return {
      kind: "telemetry-batch",
      stationMonoMs: clock.monoMs(),
      stationUnixUs: clock.unixUs(),
      vehicles: vehicles(),
      links: links(),
      paths: paths(),
    };
  }
}
