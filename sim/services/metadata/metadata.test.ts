import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readXz } from "../../../src/mavlink/params/xz.js";
import { createServiceHarness, only } from "../../testing/serviceHarness.js";
import { crc32Part } from "../../../src/core/crc32.js";
import { definitionsOf } from "../params/definitions.js";
import { createMetadata } from "./metadataService.js";

/** The station's own xz reader, which also reads files of real autopilots. */
function unpackedByXz(bytes: Uint8Array): string {
  const unpacked = readXz(bytes, 1 << 20);
  if (!unpacked.ok) throw new Error(unpacked.error.kind);
  return Buffer.from(unpacked.value).toString();
}

describe("PX4's component metadata", () => {
  it("leads from the message to a description of every parameter", () => {
    let files: ReadonlyMap<string, () => Uint8Array> = new Map();
    const flavour = { autopilot: "px4", airframe: "copter" } as const;
    const px4 = createServiceHarness(flavour, (view) => {
      const metadata = createMetadata(view);
      files = metadata.files;
      return [metadata.service];
    });
    const answers = px4.ask({
      name: "COMMAND_LONG",
      fields: { targetSystem: 1, targetComponent: 1, command: 512, _param1: 397 },
    });
    expect(only(answers, "COMMAND_ACK")).toMatchObject([{ command: 512, result: 0 }]);
    const { uri, fileCrc } = only(answers, "COMPONENT_METADATA")[0]!;
    const fileOf = (address: string) => files.get(address.replace("mftp:/", ""))!();
    const text = unpackedByXz(fileOf(uri));
    expect(crc32Part(Buffer.from(text))).toBe(fileCrc);
    const general = JSON.parse(text) as {
      metadataTypes: [{ type: number; uri: string }, { type: number; uri: string; fileCrc: number }];
    };
    // The bytes of a real PX4 1.14.3: the checksum equals that in its component information.
    const [, events] = general.metadataTypes;
    expect(events).toMatchObject({ type: 4, uri: "mftp://etc/extras/all_events.json.xz", fileCrc: 2174174309 });
    expect(crc32Part(fileOf(events.uri))).toBe(events.fileCrc);
    expect(general.metadataTypes[0].type).toBe(1);
    const packed = fileOf(general.metadataTypes[0].uri);
    expect(packed.length).toBeLessThan(40_000);
    const { parameters } = JSON.parse(gunzipSync(packed).toString()) as {
      parameters: { name: string; type: string; units?: string }[];
    };
    expect(parameters.map(({ name }) => name)).toEqual(definitionsOf(flavour).map(({ name }) => name));
    expect(parameters.find(({ name }) => name === "MPC_XY_CRUISE")).toMatchObject({
      type: "Float",
      units: "m/s",
      default: 10,
    });
    expect(parameters.find(({ name }) => name === "LND_FLIGHT_T_HI")).toMatchObject({ volatile: true });
  });
});
