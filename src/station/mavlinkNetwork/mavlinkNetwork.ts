import type { Time } from "../../core/clock.js";
import type { Result } from "../../core/result.js";
import type { LinkPort } from "../../io/linkPort.js";
import type { LinkUriFailure } from "../../io/linkUri.js";
import { openLink } from "../../io/openLink.js";
import type { StationBus } from "../bus.js";
import { Fleet } from "./fleet.js";
import type { KeyRing } from "../signing/keyRing.js";
import type { VehicleEnvironment } from "../vehicle/vehicleService.js";
import { LinkManager } from "./linkManager.js";

type NetworkOptions = {
  /** For tests: links without sockets. */
  readonly openLink: ((uri: string) => Result<LinkPort, LinkUriFailure>) | undefined;
  readonly time: Time;
  readonly bus: StationBus;
  readonly keys: KeyRing;
  readonly environment: VehicleEnvironment;
};

type MavlinkNetwork = { readonly links: LinkManager; readonly fleet: Fleet };

/**
 * All links and the vehicles behind them. Each received frame is passed to the vehicle that sent it, and its first copy
 * is published (`frame-received`).
 */
export function createMavlinkNetwork(made: NetworkOptions): MavlinkNetwork {
  const { time, bus, keys, environment } = made;
  const fleet = new Fleet({ time, bus, environment });
  const links = new LinkManager({
    ...{ clock: time.clock, keys, bus, dataFolder: environment.dataFolder, vehicles: fleet },
    openPort: made.openLink ?? ((uri) => openLink(uri, time)),
  });
  // Another station's mission transfers with a vehicle: they may change what the vehicle holds.
  bus.on("frame-received", ({ frame }) => {
    if (frame.name?.startsWith("MISSION_") !== true) return;
    for (const session of fleet.all()) session.onOthersFrame(frame);
  });
  return { links, fleet };
}
