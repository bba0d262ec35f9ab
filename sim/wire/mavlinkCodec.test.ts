import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { emptyMissionServer, stepMissionServer } from "../autopilot/missionServer.js";
import type { StoredItem } from "../autopilot/missionItem.js";
import {
  createEncoder,
  createStreamDecoder,
  decodeDatagram,
  messageNameOf,
  type ReceivedMessage,
} from "./mavlinkCodec.js";
import { missionEventOf, missionMessageOf } from "./missionWire.js";

const GOLDEN = "../shared/vectors/mavlink-golden.json";
const RECORDING = "../shared/vectors/ardupilot-copter.tlog";

type GoldenFrame = {
  readonly name: string;
  readonly msgId: number;
  readonly hex: string;
  readonly fields: Readonly<Record<string, unknown>>;
};

const camel = (name: string): string => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

function plain(value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  if (Array.isArray(value)) return value.map(plain);
  return typeof value === "number" && Number.isNaN(value) ? null : value;
}

describe("the codec", () => {
  it.skipIf(!existsSync(GOLDEN))("reads frames made by pymavlink", () => {
    const { frames } = JSON.parse(readFileSync(GOLDEN, "utf8")) as { readonly frames: readonly GoldenFrame[] };
    let compared = 0;
    for (const { name, msgId, hex, fields } of frames) {
      if (messageNameOf(msgId) !== name) continue;
      const [message] = decodeDatagram(Buffer.from(hex, "hex"));
      expect(message?.name).toBe(name);
      const received = message?.fields as unknown as Readonly<Record<string, unknown>>;
      for (const [field, wanted] of Object.entries(fields)) {
        const own = received[camel(field)] ?? received[`_${camel(field)}`];
        if (typeof wanted === "number" && typeof own === "number")
          expect(own, `${name}.${field}`).toBeCloseTo(wanted, 5);
        else if (own !== undefined && !Number.isNaN(own)) expect(plain(own), `${name}.${field}`).toEqual(wanted);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(500);
  });

  it("pads an all-zero payload to one byte, with a checksum that holds", () => {
    const frame = createEncoder({ systemId: 1, componentId: 1 })({ name: "PARAM_REQUEST_LIST", fields: {} });
    expect(frame).toHaveLength(13);
    expect(decodeDatagram(frame)).toHaveLength(1);
  });

  it("counts the sequence of each link by itself", () => {
    const [one, two] = [createEncoder({ systemId: 1, componentId: 1 }), createEncoder({ systemId: 1, componentId: 1 })];
    const seqs = [one, one, two, one].map((encode) => encode({ name: "HEARTBEAT", fields: { mavlinkVersion: 3 } })[4]);
    expect(seqs).toEqual([0, 1, 0, 2]);
  });

  it("finds messages in a stream cut anywhere, after garbage", () => {
    const received: ReceivedMessage[] = [];
    const feed = createStreamDecoder((message) => received.push(message));
    const encode = createEncoder({ systemId: 255, componentId: 190 });
    const frames = [1, 2, 3].map((customMode) => encode({ name: "SET_MODE", fields: { targetSystem: 1, customMode } }));
    for (const byte of Buffer.concat([Buffer.from("boot text\r\n"), ...frames])) feed(Uint8Array.of(byte));
    expect(received.map(({ name }) => name)).toEqual(["SET_MODE", "SET_MODE", "SET_MODE"]);
  });
});

/** The mission messages of a tlog (8 bytes of timestamp before each frame), both directions. */
function missionTraffic(bytes: Buffer): readonly ReceivedMessage[] {
  const recorded: ReceivedMessage[] = [];
  for (let at = 0; at + 16 < bytes.length;) {
    const frameAt = at + 8;
    const isV2 = bytes[frameAt] === 0xfd;
    const length = (isV2 ? 12 : 8) + (bytes[frameAt + 1] ?? 0);
    const id = bytes[frameAt + 7] ?? 0;
    if (isV2 && id >= 39 && id <= 73) recorded.push(...decodeDatagram(bytes.subarray(frameAt, frameAt + length)));
    at = frameAt + length;
  }
  return recorded;
}

describe("against a recording of a real ArduPilot", () => {
  it.skipIf(!existsSync(RECORDING))("gives the same answers to the same mission transfer", () => {
    const recorded = missionTraffic(readFileSync(RECORDING));
    const theirs = recorded.filter(({ name, from }) => name.startsWith("MISSION_") && from.systemId === 7);
    const kinds = ["MISSION_REQUEST", "MISSION_ACK", "MISSION_COUNT", "MISSION_ITEM_INT"];
    const wanted = theirs.filter(({ name }) => kinds.includes(name)).map(({ name, fields }) => ({ name, fields }));
    const home: StoredItem = {
      frame: 0,
      command: 16,
      params: [0, 0, 0, 0],
      xDegE7: 507264000,
      yDegE7: 16138998,
      zM: Math.fround(20.1),
    };
    let state = emptyMissionServer;
    const ours: unknown[] = [];
    const encode = createEncoder({ systemId: 7, componentId: 1 });
    for (const message of recorded) {
      const event = message.from.systemId === 255 ? missionEventOf(message) : undefined;
      if (!event) continue;
      const [next, effects] = stepMissionServer(state, event, { nowMs: 0, home, isMissionRunning: false });
      state = next;
      for (const effect of effects) {
        if (effect.kind === "say") continue;
        ours.push(...decodeDatagram(encode(missionMessageOf(effect))).map(({ name, fields }) => ({ name, fields })));
      }
    }
    expect(wanted.length).toBe(13 + 1 + 1 + 13);
    expect(ours).toEqual(wanted);
  });
});
