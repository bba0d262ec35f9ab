import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { vehicleEventsFrom } from "../../mavlink/decode.js";
import { encodeFrame } from "../../mavlink/encode.js";
import type { MavlinkFields, MavlinkFrame } from "../../mavlink/frame.js";
import { crc32Part } from "../../core/crc32.js";
import { createReader } from "../../mavlink/reader.js";
import { FtpPeer } from "../../mavlink/testing/ftpPeer.js";
import { reduceVehicle } from "../../vehicle/reduceVehicle.js";
import { aServiceContext } from "../testing/serviceContext.js";
import { EventService } from "./eventService.js";
import { FtpRunner } from "./ftpRunner.js";
import { metadataFileName } from "./metadata/metadataFetcher.js";

/** An event id that no PX4 has: only this vehicle's metadata explains it. */
const OWN_EVENT = 0x01000007;

const EVENTS_JSON = {
  version: 2,
  components: {
    1: {
      namespace: "px4",
      enums: { side_t: { type: "uint8_t", entries: { 2: { name: "left", description: "left wing" } } } },
      event_groups: {
        default: {
          events: {
            7: {
              name: "ice",
              message: "Ice on the {1}, {2:.1} mm",
              arguments: [{ type: "side_t" }, { type: "float" }],
            },
          },
        },
      },
    },
  },
};

function frameOf(name: string, fields: MavlinkFields): MavlinkFrame {
  const frames: MavlinkFrame[] = [];
  const bytes = encodeFrame({ name, fields, systemId: 3, componentId: 1, seq: 0, version: 2 });
  createReader({ isDatagram: true }).push(bytes, (frame) => frames.push(frame));
  return frames[0]!;
}

const eventFrame = (sequence: number, id = OWN_EVENT): MavlinkFrame =>
  frameOf("EVENT", {
    ...{ id, sequence, event_time_boot_ms: sequence },
    log_levels: 0x64,
    arguments: [2, 0, 0, 0, 64],
  });

function aVehicle(dataFolder?: string) {
  const parts = aServiceContext(dataFolder === undefined ? {} : { dataFolder });
  const { context, clock, sent } = parts;
  const events = new TextEncoder().encode(JSON.stringify(EVENTS_JSON));
  const entry = { type: 4, uri: "mftp://etc/all_events.json", fileCrc: crc32Part(events) };
  const general = new TextEncoder().encode(JSON.stringify({ version: 1, metadataTypes: [entry] }));
  const files = new Map([
    ["/etc/general.json", general],
    ["/etc/all_events.json", events],
  ]);
  const ftp = new FtpRunner({ ...context.link, roundTripMs: () => 20 }, clock);
  const service = new EventService(context, ftp);
  const receive = (frame: MavlinkFrame): void => {
    const receivedAt = { receivedAtMonoMs: clock.monoMs(), unixTimeUs: clock.unixUs() };
    for (const received of vehicleEventsFrom(frame, receivedAt))
      parts.become(reduceVehicle(context.vehicle.state(), service.described(received)));
    service.onFrame(frame);
    ftp.onFrame(frame);
  };
  const peer = new FtpPeer({
    ...{ flavour: "px4", files, scheduler: clock },
    send: (payload) =>
      receive(frameOf("FILE_TRANSFER_PROTOCOL", { target_system: 255, target_component: 190, payload: [...payload] })),
  });
  let receivedUntil = 0;
  /** Lets time pass, with a vehicle that answers. */
  const live = async (forMs: number): Promise<void> => {
    for (let passedMs = 0; passedMs < forMs; passedMs += 10) {
      clock.advance(10);
      if (passedMs % 500 === 0) service.tick();
      for (const message of sent.slice(receivedUntil)) {
        receivedUntil++;
        if (message.name === "FILE_TRANSFER_PROTOCOL")
          peer.receive(Uint8Array.from(message.fields["payload"] as number[]));
        if (message.name === "COMMAND_LONG" && message.fields["param1"] === 397)
          receive(frameOf("COMPONENT_METADATA", { file_crc: crc32Part(general), uri: "mftp://etc/general.json" }));
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  /** Waits in real time for files on disk, no longer than needed. */
  const until = async (isReached: () => boolean): Promise<void> => {
    for (let i = 0; i < 20_000 && !isReached(); i++) await live(500);
  };
  const texts = () => context.vehicle.state().texts.map(({ text }) => text);
  const isDescribed = () => texts().some((text) => text.startsWith("Ice"));
  return { ...parts, receive, live, texts, peer, untilDescribed: () => until(isDescribed) };
}

describe("a vehicle's events", () => {
  it("findings 1: that were lost are asked for, and shown when they come", async () => {
    const { receive, live, sent, texts } = aVehicle();
    receive(eventFrame(10));
    receive(eventFrame(13));
    await live(50);
    const [request] = sent.filter(({ name }) => name === "REQUEST_EVENT");
    expect(request?.fields).toMatchObject({
      target_system: 3,
      target_component: 1,
      first_sequence: 11,
      last_sequence: 12,
    });
    receive(eventFrame(11, 0x01000099));
    receive(eventFrame(11, 0x01000099));
    expect(texts().filter((text) => text.includes("0x01000099"))).toHaveLength(1);
  });

  it("findings 1: show their number and severity until the vehicle has told what it means, once", async () => {
    const { receive, live, context, texts, peer, untilDescribed } = aVehicle();
    receive(eventFrame(1));
    expect(context.vehicle.state().texts[0]).toMatchObject({
      text: "event 0x01000007 (no description yet)",
      severity: 4,
    });
    await untilDescribed();
    expect(texts()).toEqual(["Ice on the left wing, 2.0 mm"]);
    receive(eventFrame(2));
    expect(texts()).toHaveLength(2);
    const opens = peer.countOfOpens;
    await live(70_000);
    expect(peer.countOfOpens).toBe(opens);
  });

  it("are known from the disk the next time, by checksum", async () => {
    const first = aVehicle();
    first.receive(eventFrame(1));
    await first.untilDescribed();
    const { dataFolder } = first.context.environment;
    const crc = crc32Part(new TextEncoder().encode(JSON.stringify(EVENTS_JSON)));
    expect(existsSync(join(dataFolder, "params", "metadata", metadataFileName(crc)))).toBe(true);
    const again = aVehicle(dataFolder);
    again.receive(eventFrame(1));
    await again.untilDescribed();
    expect([again.texts(), again.peer.countOfOpens]).toEqual([["Ice on the left wing, 2.0 mm"], 0]);
  });

  it("are not fetched for while it is armed", async () => {
    const { receive, live, peer, become } = aVehicle();
    become({
      heartbeat: { value: { customMode: 0, modeName: "", isArmed: true, systemStatus: 4 }, receivedAtMonoMs: 0 },
    });
    receive(eventFrame(1));
    await live(3000);
    expect(peer.countOfOpens).toBe(0);
  });
});
